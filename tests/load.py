"""Measure how fast news reach very many channels at Discord's limits, and how long commands wait meanwhile.

    python -m tests.load --channels 10000            # the trivial bot
    python -m tests.load --bot "python my_bot.py"

The Discord, the bot, and this are a process each.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from tests.delivering import Delivery, Tally, count, trivial, wait_for_posts, written
from tests.discord_api.errors import Json
from tests.discord_api.remote import RemoteDiscord

CHANNELS, PERMITTED = 10_000, 50
IDLE_SECONDS, COMMANDS_PER_SECOND, QUIET = 40.0, 30.0, 30.0
TICKS = os.sysconf("SC_CLK_TCK")


class Use(NamedTuple):
    """Seconds of a processor, and megabytes at most, of a process."""

    cpu: float
    megabytes: float


@dataclass(frozen=True)
class Load:
    """The figures of one run; seconds, and messages a second."""

    channels: int
    started: float
    idle: Json
    busy: Json
    first: float
    last: float
    rate: float
    tally: Tally
    traffic: Json
    bot: Use
    server: Use
    others: tuple[float, float]
    took: float

    def rows(self) -> list[str]:
        """Return the rows of the table of docs/benchmarks.md."""
        idle, busy, tally = percentiles(self.idle), percentiles(self.busy), self.tally
        statuses = self.traffic["statuses"]
        refused = ", ".join(f"{key}: {statuses.get(key, 0)}" for key in ("429", "403", "401"))
        deaf = f"{self.idle['unanswered']} and {self.busy['unanswered']}"
        many = f"{self.channels:,} channels"
        return [
            row(f"from the bot's start to its first answer, {many}", f"{self.started:.1f} s"),
            row(f"news to {many}: the first message after", f"{self.first:.2f} s"),
            row("the last", f"{self.last:.1f} s"),
            row("rate, of 50 a second", f"{self.rate / PERMITTED:.1%}", "≥ 90 %"),
            row("lost, repeated", f"{tally.lost}, {tally.repeated}", "0, 0"),
            row("a command, idle, p50 and p99", f"{ms(idle[0])}, {ms(idle[1])}"),
            row("the same during delivery", f"{ms(busy[0])}, {ms(busy[1])}"),
            row("p99 during delivery, of that idle", f"{busy[1] / idle[1]:.2f}", "< 2"),
            row("commands unanswered, idle and during delivery", deaf, "0 and 0"),
            row("requests refused", refused, "429: 0, 403: 0, 401: 0"),
            row(
                "most requests in a second, without answers to commands",
                str(max(n for _, n in self.traffic["seconds"])),
            ),
            row("the bot's share of a processor during delivery", f"{self.bot.cpu / self.took:.0%}"),
            row("its memory at most", f"{self.bot.megabytes:.0f} MB"),
            row(
                "that of all other processes, idle and during delivery", "{:.0%}, {:.0%}".format(*self.others)
            ),
            row("the loopback Discord's share of a processor", f"{self.server.cpu / self.took:.0%}"),
        ]


def row(what: str, measured: str, promised: str = "–") -> str:
    """Return a row of the table."""
    return f"| {what} | {measured} | – | – | {promised} |"


def ms(seconds: float) -> str:
    """Return milliseconds as text."""
    return f"{seconds * 1000:.2f} ms"


def percentiles(stream: Json) -> tuple[float, float]:
    """Return p50 and p99 of a stream's latencies."""
    parts = statistics.quantiles(stream["latencies"], n=100)
    return parts[49], parts[98]


def use_of(pid: int) -> Use:
    """Return what a process has used so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    status = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    return Use((int(fields[11]) + int(fields[12])) / TICKS, int(status["VmHWM"].split()[0]) / 1024)


def work_beside(*pids: int) -> float:
    """Return the seconds that all processors have worked so far, but for these processes: others disturb."""
    user, nice, system, _, _, irq, softirq, *_ = map(int, Path("/proc/stat").read_text().split()[1:11])
    return (user + nice + system + irq + softirq) / TICKS - sum(use_of(pid).cpu for pid in pids)


@dataclass(frozen=True)
class Trial:
    """One delivery: to how many channels, how long and how often people ask, and when to give up.

    quiet: seconds without a message after which no more are waited for.
    """

    channels: int = CHANNELS
    idle: float = IDLE_SECONDS
    per_second: float = COMMANDS_PER_SECOND
    quiet: float = QUIET

    async def run(self, delivery: Delivery) -> Load:
        """Start the Discord and the bot, and measure both, idle and delivering."""
        with tempfile.TemporaryDirectory() as name:
            async with RemoteDiscord(channels=self.channels) as discord:
                env = await delivery.prepare(discord, Path(name))
                began = time.monotonic()
                bot = await discord.spawn(*delivery.command, env=env)
                try:
                    await discord.wait_until_answered(bot, delivery.ping, delivery.options)
                    started = time.monotonic() - began
                    await self._ask(discord, delivery, 2.0)
                    before = work_beside(bot.process.pid, discord.pid)
                    idle = await self._ask(discord, delivery, self.idle)
                    idle["others"] = (work_beside(bot.process.pid, discord.pid) - before) / self.idle
                    return await self._deliver(discord, delivery, Path(name), bot.process.pid, started, idle)
                finally:
                    await bot.stop()

    async def _ask(self, discord: RemoteDiscord, delivery: Delivery, seconds: float) -> Json:
        await discord.start_stream(delivery.ping, delivery.options, per_second=self.per_second)
        await asyncio.sleep(seconds)
        return await discord.stop_stream()

    async def _deliver(
        self, discord: RemoteDiscord, delivery: Delivery, folder: Path, pid: int, started: float, idle: Json
    ) -> Load:
        targets, before = await delivery.targets(discord), (use_of(pid), use_of(discord.pid))
        work = work_beside(pid, discord.pid)
        await discord.start_stream(delivery.ping, delivery.options, per_second=self.per_second)
        began = (await discord.state())["now"]
        await delivery.begin(discord, folder)
        await wait_for_posts(discord, len(targets) * delivery.each, self.quiet)
        after, work = (use_of(pid), use_of(discord.pid)), work_beside(pid, discord.pid) - work
        took = (await discord.state())["now"] - began
        busy, posts = await discord.stop_stream(), await discord.posts()
        first, last = posts[0]["time"], posts[-1]["time"]
        rate = (len(posts) - 1) / (last - first)
        bot, server = (new._replace(cpu=new.cpu - old.cpu) for new, old in zip(after, before, strict=True))
        tally, traffic = count(posts, targets, delivery.each), await discord.traffic()
        others = idle["others"], work / took
        times = (first - began, last - began, rate)
        return Load(self.channels, started, idle, busy, *times, tally, traffic, bot, server, others, took)


def measure_load(delivery: Delivery | None = None, trial: Trial | None = None) -> list[str]:
    """Return the rows of the table, of our delivery or of the trivial bot's."""
    return asyncio.run((trial or Trial()).run(delivery or trivial())).rows()


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="deliver news to very many channels")
    parser.add_argument("--channels", type=int, default=CHANNELS)
    parser.add_argument("--idle", type=float, default=IDLE_SECONDS, help="seconds to measure before the news")
    parser.add_argument("--per-second", type=float, default=COMMANDS_PER_SECOND, help="commands a second")
    parser.add_argument("--bot", help="its command line; it delivers when $NEWS_FOLDER/begin is there")
    wanted = parser.parse_args()
    trial = Trial(wanted.channels, wanted.idle, wanted.per_second)
    print("\n".join(measure_load(written(wanted.bot) if wanted.bot else None, trial)))


if __name__ == "__main__":
    main()
