"""The errand: a process of its own fetches the boards whose time has come.

Reading a data set takes memory and a busy processor for a moment; the process gives both back, and if
it breaks, the bot goes on answering.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
from collections.abc import Callable, Sequence

from discord.ext import tasks

from bot.listing import FAILED

log = logging.getLogger(__name__)

EVERY = 600.0
"""Seconds between two looks at what is due; how often a board is due, upstreams.toml says."""

PATIENCE = 1800.0
"""Seconds after which a process that does not end is stopped."""

COMMAND = (sys.executable, "-m", "bot", "refresh", "--due", "--json")

Note = Callable[[str, str], None]
"""What is told a board, and what became of its refresh."""


class Errand:
    """Runs the refresh again and again, one process at a time."""

    def __init__(
        self, command: Sequence[str] = COMMAND, every: float = EVERY, note: Note = lambda board, outcome: None
    ) -> None:
        self._command = command
        self._note = note
        self._loop = tasks.loop(seconds=every)(self._run)

    def start(self) -> None:
        """Begin with the first run at once."""
        self._loop.start()

    def stop(self) -> None:
        """End, also a run that is under way."""
        self._loop.cancel()

    async def _run(self) -> None:
        try:
            await self.run_once()
        except Exception:  # the next run may do better, and an error would end the loop
            log.exception("refresh could not run")

    async def run_once(self) -> None:
        """Run the process to its end, and log what it says."""
        process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        try:
            async with asyncio.timeout(PATIENCE):
                said, _ = await process.communicate()
        except TimeoutError:
            log.warning("refresh stopped after %.0f s", PATIENCE)
            return
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        level = logging.WARNING if process.returncode else logging.INFO
        for line in said.decode(errors="replace").splitlines():
            self._hear(line, level)

    def _hear(self, line: str, level: int) -> None:
        """Log a line of the process; of one that tells what became of a board, take note."""
        told = read_told(line)
        if told is None:
            log.log(level, "refresh: %s", line)
            return
        board, outcome = str(told.get("board")), str(told.get("outcome"))
        self._note(board, outcome)
        level = logging.WARNING if outcome == FAILED else logging.INFO
        log.log(level, "refresh: %s %s", board, outcome, extra={"told": told})


def read_told(line: str) -> dict[str, object] | None:
    """Return what a line tells as JSON, None where it is a sentence."""
    try:
        told = json.loads(line)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None
