"""The errand: a process of its own fetches the boards whose time has come.

Reading a data set takes memory and a busy processor for a moment; the process gives both back, and if
it breaks, the bot goes on answering. Of several bots on one database each looks whether there is something to
do and nobody at it: so another one takes over soon when the one that was at it dies.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
import time
from collections.abc import Callable, Sequence

from discord.ext import tasks

from store.errors import DatabaseUnavailable
from store.fetches import FAILED

log = logging.getLogger(__name__)

LOOK = 30.0
"""Seconds between two looks at what is due, each a question to the database; how often a board is due,
upstreams.toml says."""

LONGEST = 600.0
"""Seconds of rest, at most, after a run that changed nothing: two looks first, and twice that each time."""

PATIENCE = 1800.0
"""Seconds after which a process that does not end is stopped."""

TAKEN = 3
"""How a refresh ends that finds another one at it."""

COMMAND = (sys.executable, "-m", "bot", "refresh", "--due", "--json")

UNTOLD = {"DISCORD_TOKEN": "", "DISCORD_TOKEN_FILE": ""}
"""What the process that reads strangers' documents has no use for; empty, so that `.env` counts no more."""

Note = Callable[[str, str], None]
"""What is told a board, and what became of its refresh."""


class Errand:
    """Runs the refresh when there is something to do, one process at a time.

    `wanted` asks the database whether there is; it runs in a thread.
    """

    def __init__(
        self,
        wanted: Callable[[], bool],
        command: Sequence[str] = COMMAND,
        look: float = LOOK,
        note: Note = lambda board, outcome: None,
    ) -> None:
        self._wanted = wanted
        self._command = command
        self._look = look
        self._note = note
        self._failures = 0
        self._rests_until = 0.0
        self._loop = tasks.loop(seconds=look)(self._run)

    def start(self) -> None:
        """Begin with the first look at once."""
        self._loop.start()

    async def stop(self) -> None:
        """End, also a run that is under way, whose process is gone then."""
        running = self._loop.get_task()
        self._loop.cancel()
        if running is not None:
            await asyncio.wait({running})

    async def _run(self) -> None:
        if time.monotonic() < self._rests_until:
            return
        try:
            if await asyncio.to_thread(self._wanted):
                ended = await self.run_once()
                self._rest(ended == TAKEN or not await asyncio.to_thread(self._wanted))
        except DatabaseUnavailable as down:
            log.warning("refresh waits: %s", down)
        except Exception:  # the next run may do better, and an error would end the loop
            log.exception("refresh could not run")
            self._rest(False)

    def _rest(self, done: bool) -> None:
        """Rest after a run that crashed: what stays due would be tried at every look.

        A board that fails is noted, and due again much later; it keeps nobody from taking over.
        """
        self._failures = 0 if done else min(self._failures + 1, 16)
        rest = min(self._look * 2**self._failures, LONGEST) if self._failures else 0.0
        self._rests_until = time.monotonic() + rest

    async def run_once(self) -> int | None:
        """Run the process to its end, log what it says, and return how it ended; None if it was stopped."""
        process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            env={**os.environ, **UNTOLD, "PYTHONUNBUFFERED": "1"},
        )
        try:
            async with asyncio.timeout(PATIENCE):
                said, _ = await process.communicate()
        except TimeoutError:
            log.warning("refresh stopped after %.0f s", PATIENCE)
            return None
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        level = logging.INFO if process.returncode in (0, TAKEN) else logging.WARNING
        for line in said.decode(errors="replace").splitlines():
            self._hear(line, level)
        return process.returncode

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
