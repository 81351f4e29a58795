"""Kill a bot with SIGKILL at random moments while it delivers news, and count what is lost and repeated.

python -m tests.killing                          # the trivial bot that is sound; --manner repeats, loses
python -m tests.killing --bot "python my_bot.py" --runs 20 --kills 2
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.delivering import Delivery, Tally, count, trivial, wait_for_posts, written
from tests.discord_api.remote import RemoteDiscord
from tests.discord_api.running import BotProcess

PER_SECOND = 48


@dataclass(frozen=True)
class Killing:
    """How often which bot is killed, and how long it is waited for after the last time.

    distance: seconds that requests travel each way, so that kills fall between a message and its answer.
    starting: seconds a start takes, about; kills come from its beginning on. quiet: seconds without a message
    after which no more are waited for; give it more than the bot takes to start and to try again.
    """

    channels: int = 150
    runs: int = 20
    kills: int = 2
    distance: float = 0.05
    starting: float = 1.0
    quiet: float = 4.0
    seed: int = 0

    async def run(self, delivery: Delivery, number: int) -> tuple[list[float], Tally]:
        """Return when the bot was killed, in seconds after its starts, and what became of the news."""
        chance = random.Random(f"{self.seed} {number}")
        span = self.starting + self.channels / PER_SECOND / self.kills
        moments = [chance.uniform(0, span) for _ in range(self.kills)]
        with tempfile.TemporaryDirectory() as name:
            async with RemoteDiscord(channels=self.channels, distance=self.distance) as discord:
                return moments, await self._deliver(discord, delivery, Path(name), moments)

    async def _deliver(
        self, discord: RemoteDiscord, delivery: Delivery, folder: Path, moments: list[float]
    ) -> Tally:
        env, targets = await delivery.prepare(discord, folder), await delivery.targets(discord)
        bot = await discord.spawn(*delivery.command, env=env)
        try:
            await delivery.begin(discord, folder)
            for moment in moments:
                await asyncio.sleep(moment)
                await bot.kill()
                bot = await discord.spawn(*delivery.command, env=env)
            return await self._wait(discord, delivery, bot, targets)
        finally:
            await bot.stop()

    async def _wait(
        self, discord: RemoteDiscord, delivery: Delivery, bot: BotProcess, targets: list[int]
    ) -> Tally:
        await discord.wait_until_answered(bot, delivery.ping, delivery.options)
        await wait_for_posts(discord, sys.maxsize, self.quiet)
        return count(await discord.posts(), targets, delivery.each)


def measure_killing(
    delivery: Delivery | None = None, killing: Killing | None = None, *, aloud: bool = False
) -> Tally:
    """Return what all runs together lost and repeated; `aloud` prints each."""
    return asyncio.run(_measure(delivery or trivial(), killing or Killing(), aloud))


async def _measure(delivery: Delivery, killing: Killing, aloud: bool) -> Tally:
    total = Tally(0, 0, 0, 0, 0)
    for number in range(1, killing.runs + 1):
        moments, tally = await killing.run(delivery, number)
        total += tally
        if aloud:
            when = ", ".join(f"{moment:.2f}" for moment in moments)
            print(f"run {number:2}: killed {when} s after its starts: {tally}", flush=True)
    return total


def main() -> None:
    """Print what became of the news of each run and of all."""
    parser = argparse.ArgumentParser(description="kill a bot while it delivers")
    parser.add_argument("--bot", help="its command line; it delivers when $NEWS_FOLDER/begin is there")
    parser.add_argument("--manner", default="sound", choices=("sound", "repeats", "loses"))
    for name in ("channels", "runs", "kills", "seed"):
        parser.add_argument(f"--{name}", type=int, default=getattr(Killing, name))
    for name in ("distance", "starting", "quiet"):
        parser.add_argument(f"--{name}", type=float, default=getattr(Killing, name))
    wanted = vars(parser.parse_args())
    command, manner = wanted.pop("bot"), wanted.pop("manner")
    total = measure_killing(written(command) if command else trivial(manner), Killing(**wanted), aloud=True)
    print(f"in all: {total}")
    sys.exit(not total.clean)


if __name__ == "__main__":
    main()
