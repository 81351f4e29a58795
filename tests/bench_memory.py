"""Measure what the bot takes, for `make bench`: its memory and its start, beside a trivial bot's."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import seeds
from store.archive import Archive
from tests.bench_answers import Questions, bot_env, questions_on
from tests.bench_archive import sqlite_archive
from tests.bench_discord import EMPTY_BOT
from tests.discord_api.remote import RemoteDiscord
from tests.discord_api.running import BotProcess

LIBRARIES = "discord.ext.commands sqlalchemy sqlalchemy.dialects.sqlite.pysqlite rapidfuzz.fuzz babel.numbers"
"""What our bot cannot be without."""
COMMANDS, CHUNK, AT_ONCE = 100_000, 1000, 20
STARTS = 3
IMAGE = {"PYTHONOPTIMIZE": "2"}
"""What our bot runs with in its image (Dockerfile); the trivial one runs as Python does by itself."""
BYTECODE = {
    "PYTHONDONTWRITEBYTECODE": "",
    "PYTHONPYCACHEPREFIX": f"{tempfile.gettempdir()}/bangdan-bench",
}
"""Both bots find their code compiled, as they do where they were installed; the first start compiles it."""
OURS = ["-m", "tests.bench_bot"]


@dataclass
class Size:
    """Megabytes that a bot takes: when it is ready, after a thousand commands, and after all."""

    ready: float
    warm: float
    last: float


def measure_memory(commands: int = COMMANDS) -> list[str]:
    """Return the rows of the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        seeded = f"sqlite:///{folder}/seeds.db"
        Archive.open(seeded, seeds.FOLDER).close()
        with sqlite_archive(folder) as url:
            starts = asyncio.run(_start_all(folder, seeded, url))
            ours, empty = asyncio.run(_measure_sizes(url, commands))
    return [*starts, *_rows(ours, empty, commands)]


async def _measure_sizes(url: str, commands: int) -> tuple[Size, Size]:
    async with RemoteDiscord(askers=100, limited=False) as discord:
        empty = await _grow(discord, url, None, commands)
        ours = await _grow(discord, url, questions_on(url), commands)
    return ours, empty


async def _spawn(discord: RemoteDiscord, url: str, *, empty: bool = False) -> BotProcess:
    """Start a bot that need not compile its code, as it is where it was installed; the first one does."""
    env = bot_env(discord, url) | BYTECODE | ({} if empty else IMAGE)
    return await discord.spawn(sys.executable, *([EMPTY_BOT] if empty else OURS), env=env)


async def _grow(discord: RemoteDiscord, url: str, asked: Questions | None, commands: int) -> Size:
    """Let a bot answer very many commands, and return how large it was."""
    bot = await _spawn(discord, url, empty=asked is None)
    try:
        await discord.wait_until_answered(bot, "ping")
        await asyncio.sleep(3)
        pid = bot.process.pid
        ready = warm = megabytes(pid)
        for chunk in range(commands // CHUNK):
            if asked is None:
                await discord.crowd("ping", times=CHUNK, at_once=AT_ONCE)
            else:
                for each in asked.values():
                    await discord.crowd(
                        each.command, *each.options, times=CHUNK // len(asked), at_once=AT_ONCE
                    )
            await discord.forget()
            warm = megabytes(pid) if chunk == 0 else warm
        return Size(ready, warm, megabytes(pid))
    finally:
        await bot.stop()


async def _start_all(folder: Path, seeded: str, filled: str) -> list[str]:
    """Return how long bots take from their process's start to their first answer."""
    async with RemoteDiscord(limited=False) as discord:
        fresh = [f"sqlite:///{folder}/fresh-{number}.db" for number in range(STARTS)]
        floor = min([await _start(discord, seeded, empty=True) for _ in range(STARTS)])
        rows = []
        for what, urls, promised in (
            ("on a new database, with the seeds", fresh, "< 3 s"),
            ("on one that has them", [seeded] * STARTS, "< 2 s"),
            ("on 1.1 million standings", [filled] * STARTS, "–"),
        ):
            took = min([await _start(discord, url) for url in urls])
            rows.append(
                f"| from start to the first answer, {what} | {took:.2f} s | {floor:.2f} s "
                f"| {took / floor:.1f} | {promised} |"
            )
    return rows


async def _start(discord: RemoteDiscord, url: str, *, empty: bool = False) -> float:
    began = time.monotonic()
    bot = await _spawn(discord, url, empty=empty)
    try:
        await discord.wait_until_answered(bot, "ping")
        return time.monotonic() - began
    finally:
        await bot.stop()


def megabytes(pid: int) -> float:
    """Return the resident memory of a process."""
    return _resident(Path(f"/proc/{pid}/status").read_text())


def _resident(status: str) -> float:
    told = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
    return int(told["VmRSS"].split()[0]) / 1024


def _rows(ours: Size, empty: Size, commands: int) -> list[str]:
    return [
        _row("memory of the libraries alone, imported", _libraries(), empty.ready, "–"),
        _row("memory when ready, as in the image, against a trivial bot", ours.ready, empty.ready, "≤ 1.5"),
        _row(f"memory after {commands:,} commands", ours.last, empty.last, "≤ 1.5"),
        f"| memory grown from the first thousand commands to the last | {ours.last - ours.warm:.1f} MB "
        f"| {empty.last - empty.warm:.1f} MB | – | flat |",
    ]


def _libraries() -> float:
    """Return the megabytes of a process that has imported the libraries and does nothing."""
    code = f"import {LIBRARIES.replace(' ', ', ')}\nprint(open('/proc/self/status').read())"
    for _ in range(2):  # the first one may compile
        told = subprocess.run(
            [sys.executable, "-c", code], env=os.environ | BYTECODE | IMAGE, capture_output=True, check=True
        )
    return _resident(told.stdout.decode())


def _row(what: str, ours: float, floor: float, promised: str) -> str:
    return f"| {what} | {ours:.0f} MB | {floor:.0f} MB | {ours / floor:.2f} | {promised} |"


if __name__ == "__main__":
    print(*measure_memory(), sep="\n")
