"""What tests.load and tests.killing share: a bot that delivers, the wait for its news, and their count."""

from __future__ import annotations

import asyncio
import shlex
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.discord_api.errors import Json
from tests.discord_api.remote import RemoteDiscord

TRIVIAL = Path(__file__).with_name("delivering_bot.py")


@dataclass(frozen=True)
class Delivery:
    """A bot's command line, how its news begin, and whom they are for; a bot of one's own overrides it.

    command: of the process. ping, options: the command that people use meanwhile.
    """

    command: Sequence[str]
    ping: str = "ping"
    options: Mapping[str, object] | None = None

    async def prepare(self, discord: RemoteDiscord, folder: Path) -> Mapping[str, str]:
        """Do what comes before the bot's first start, such as subscribing; return its environment."""
        return {"NEWS_FOLDER": str(folder)}

    async def begin(self, discord: RemoteDiscord, folder: Path) -> None:
        """Let there be news; the bot's process runs already, whether it is ready or not."""
        (folder / "begin").touch()

    async def targets(self, discord: RemoteDiscord) -> list[int]:
        """Return the channels, or users, who must each get `each` messages."""
        return [place["id"] for place in await discord.places() if place["kind"] == "TEXT"]

    each: int = 1


def trivial(manner: str = "sound") -> Delivery:
    """Return the trivial bot: sound, or one that repeats or loses."""
    return Delivery((sys.executable, str(TRIVIAL), manner))


def written(command: str) -> Delivery:
    """Return the bot of a command line."""
    return Delivery(shlex.split(command))


@dataclass(frozen=True)
class Tally:
    """What became of the news of all targets."""

    wanted: int
    arrived: int
    lost: int
    repeated: int
    elsewhere: int

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, key) + getattr(other, key) for key in self.__dataclass_fields__))

    @property
    def clean(self) -> bool:
        """Whether each target got everything once."""
        return not (self.lost or self.repeated or self.elsewhere)


def count(posts: Iterable[Json], targets: Sequence[int], each: int = 1) -> Tally:
    """Return what is lost, sent twice (alike in text, also if deleted since), or sent where nobody asked."""
    got: dict[int, Counter[str]] = {target: Counter() for target in targets}
    elsewhere = arrived = 0
    for post in posts:
        counter = got.get(post["recipient"] or post["channel"])
        if counter is None:
            elsewhere += 1
        else:
            arrived += 1
            counter[f"{post['content']} {post['titles']}"] += 1
    lost = sum(max(0, each - len(counter)) for counter in got.values())
    repeated = sum(counter.total() - len(counter) for counter in got.values())
    return Tally(len(targets) * each, arrived, lost, repeated, elsewhere)


async def wait_for_posts(discord: RemoteDiscord, wanted: int, quiet: float) -> float:
    """Wait until so many messages are there, or none came for `quiet` seconds; return when it gave up."""
    seen, since = -1, time.monotonic()
    while True:
        posts = (await discord.state())["posts"]
        if posts != seen:
            seen, since = posts, time.monotonic()
        if posts >= wanted or time.monotonic() - since > quiet:
            return time.monotonic()
        await asyncio.sleep(0.25)
