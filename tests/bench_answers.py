"""Measure how long people wait for answers, for `make bench`: beside an empty command of the same process.

The Discord, the bot and this are a process each; the database holds 1.1 million standings. Commands take
turns, so that what disturbs the machine disturbs all of them.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import seeds
from store.archive import Archive
from tests.bench_archive import MODEL, postgres_archive, sqlite_archive
from tests.discord_api.remote import RemoteDiscord
from tests.load import work_beside

TURNS, EACH = 8, 250
"""Turns, and commands in each: so many that its first one, which comes while the Discord still reads what is
wanted of it, is not among the slowest hundredth."""
PEOPLE, ASKED = 100, 500
LOG = "ERROR"

Options = Mapping[str, object]


@dataclass
class Question:
    """A command with its options, one after the other, and how it went: seconds, and answers a second."""

    command: str
    options: Sequence[Options]
    latencies: list[float] = field(default_factory=list)
    at_once: float = 0.0
    slowest: float = 0.0

    @property
    def p50(self) -> float:
        """The seconds that half of the answers took at most."""
        return statistics.median(self.latencies)

    @property
    def p99(self) -> float:
        """The seconds that nearly all answers took at most."""
        return statistics.quantiles(self.latencies, n=100)[98]


Questions = Mapping[str, Question]


def questions_on(url: str) -> Questions:
    """Return what is asked, the empty command first."""
    archive = Archive.open(url, seeds.FOLDER)
    names = [model.name for model in archive.reference().models.values()]
    archive.close()
    return {
        "an empty command": Question("ping", [{}]),
        "/rank": Question("rank", [{"model": MODEL}]),
        "/rank, each time of another model": Question("rank", [{"model": name} for name in names]),
        "/top": Question("top", [{}]),
        "/compare, with its picture": Question("compare", [{"first": MODEL, "second": "deepseek-r1"}]),
    }


def measure_answers() -> list[str]:
    """Return the rows of the table, of both engines."""
    with tempfile.TemporaryDirectory() as folder, sqlite_archive(Path(folder)) as url:
        lines, sqlite = asyncio.run(_measure(url, "SQLite"))
    with postgres_archive() as url:
        if url is None:
            return [*lines, "| the same on PostgreSQL | no server answers | – | – | – |"]
        more, postgres = asyncio.run(_measure(url, "PostgreSQL"))
    return [*lines, *more, *_engines(sqlite, postgres)]


async def _measure(url: str, engine: str) -> tuple[list[str], Questions]:
    """Ask a bot on a database, and return the rows with what was measured."""
    asked = questions_on(url)
    async with RemoteDiscord(askers=PEOPLE, limited=False) as discord:
        bot = await discord.spawn(sys.executable, "-m", "tests.bench_bot", env=bot_env(discord, url))
        try:
            await discord.wait_until_answered(bot, "ping")
            for each in asked.values():
                await discord.crowd(each.command, *each.options, times=3, at_once=1)
            loop = asyncio.get_running_loop()
            began, before = loop.time(), work_beside(bot.process.pid, discord.pid)
            await _take_turns(discord, asked)
            await _ask_at_once(discord, asked)
            beside = (work_beside(bot.process.pid, discord.pid) - before) / (loop.time() - began)
        finally:
            await bot.stop()
    others = f"| {engine}: what other processes took of a processor meanwhile | {beside:.0%} | – | – | – |"
    return [*_rows(engine, asked), others], asked


def bot_env(discord: RemoteDiscord, url: str) -> dict[str, str]:
    """Return the settings of a bot on a loopback Discord."""
    return {
        "DATABASE_URL": url,
        "BANGDAN_REFRESH": "false",
        "BANGDAN_DISCORD_API": discord.api_url,
        "BANGDAN_DISCORD_GATEWAY": discord.gateway_url,
        "BANGDAN_LOG_LEVEL": LOG,
        "BANGDAN_METRICS": "",
        "BANGDAN_PERSON_LIMIT": "",
        "BANGDAN_SERVER_LIMIT": "",
    }


async def _take_turns(discord: RemoteDiscord, asked: Questions) -> None:
    for turn in range(TURNS):
        for each in asked.values():
            begin = turn * EACH
            options = [each.options[at % len(each.options)] for at in range(begin, begin + EACH)]
            told = await discord.crowd(each.command, *options, times=EACH, at_once=1)
            assert not told["unanswered"], each
            each.latencies += told["latencies"]
        await discord.forget()


async def _ask_at_once(discord: RemoteDiscord, asked: Questions) -> None:
    for each in asked.values():
        told = await discord.crowd(each.command, *each.options, times=ASKED, at_once=PEOPLE)
        each.at_once = len(told["latencies"]) / told["seconds"]
        each.slowest = float("inf") if told["unanswered"] else max(told["latencies"])
        await discord.forget()


def _rows(engine: str, asked: Questions) -> list[str]:
    empty, *_ = asked.values()
    lines = []
    for name, each in asked.items():
        for part, mine, floor in (("p50", each.p50, empty.p50), ("p99", each.p99, empty.p99)):
            ratio = "– | –" if each is empty else f"{mine / floor:.2f} | ≤ 3"
            beside = "–" if each is empty else f"{floor * 1000:.2f} ms"
            lines.append(f"| {engine}: {name}, {part} | {mine * 1000:.2f} ms | {beside} | {ratio} |")
    for name, each in asked.items():
        told = f"| {engine}: {name}, {PEOPLE} people at once, answers a second | {each.at_once:.0f} |"
        beside = f"{empty.at_once:.0f} | {each.at_once / empty.at_once:.2f} | ≥ 0.33"
        lines.append(f"{told} {'– | – | –' if each is empty else beside} |")
        lines.append(f"| {engine}: the slowest of them | {each.slowest:.2f} s | – | – | < 3 s |")
    return lines


def _engines(sqlite: Questions, postgres: Questions) -> list[str]:
    return [
        f"| PostgreSQL: {name}, p50, against SQLite | {postgres[name].p50 * 1000:.2f} ms "
        f"| {each.p50 * 1000:.2f} ms | {postgres[name].p50 / each.p50:.2f} | ≤ 2 |"
        for name, each in sqlite.items()
    ]


if __name__ == "__main__":
    print(*measure_answers(), sep="\n")
