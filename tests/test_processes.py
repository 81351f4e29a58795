"""Three bots as real processes on one PostgreSQL, each with a third of the servers; one of them is killed.

They are started at once on an empty database. The one that is killed is the one that fetches, at a time when
all of them deliver.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text

import seeds
from store.archive import Archive
from store.boards import DATASET, Catalogue
from store.news.values import Rhythm, Schedule, Subscription
from store.outbox.shares import Share
from store.sources.addresses import latest, resolve
from tests.databases import PostgresMaker, skip_without_postgres
from tests.dataset_maker import make_lines, make_table, pack
from tests.discord_api import Channel, DiscordApi, Guild
from tests.discord_api.running import BotProcess
from tests.newsroom import BOARD, REST
from tests.test_renames import page
from tests.upstream import UpstreamServer, serving

SHARDS = 3
GUILDS, CHANNELS = 2, 8
"""Servers of each shard, and channels of each server."""
AT_ONCE = Schedule(Rhythm.AT_ONCE)


@dataclass
class Company:
    """Three processes, their Discord, their database and an upstream that does not answer."""

    api: DiscordApi
    url: str
    upstream: UpstreamServer
    processes: list[BotProcess]
    shards: list[list[Guild]]

    @property
    def channels(self) -> list[Channel]:
        guilds = [guild for guilds in self.shards for guild in guilds]
        return [channel for guild in guilds for channel in guild.channels.values() if channel.name != "talk"]

    @property
    def posts(self) -> Counter[int]:
        """How many messages each channel got."""
        return Counter(message.channel.id for message in self.api.world.posts)

    def settings(self, number: int) -> dict[str, str]:
        return {
            "DATABASE_URL": self.url,
            "BANGDAN_SHARDS": f"{number}/{SHARDS}",
            "BANGDAN_LEASE": "5",
            "BANGDAN_REFRESH_LOOK": "0.5",
            "BANGDAN_UPSTREAMS": f"{DATASET}={self.upstream.url} rele= release= page=",
            "BANGDAN_DISCORD_API": self.api.api_url,
            "BANGDAN_DISCORD_GATEWAY": self.api.gateway_url,
            "BANGDAN_LOG_LEVEL": "WARNING",
            "BANGDAN_METRICS": "",
        }

    @asynccontextmanager
    async def process(self, number: int) -> AsyncIterator[BotProcess]:
        """Run the process of a shard."""
        command = (sys.executable, "-m", "bot", "run")
        async with self.api.spawn(*command, env=self.settings(number), seconds=60) as process:
            yield process

    async def ask(self, number: int) -> str:
        """Return what a command is answered in a server of a shard."""
        guild = self.shards[number][0]
        talk = next(channel for channel in guild.channels.values() if channel.name == "talk")
        answer = await guild.add_member(f"asker {number}").slash(talk, "rank", model="qwq-32b")
        return str(answer.check().message.embeds)

    async def refresher(self) -> tuple[int, int]:
        """Return the shard of the process that fetches, and the process that does it for that one."""
        while True:
            found = [
                (number, each) for number, bot in enumerate(self.processes) for each in fetching_for(bot)
            ]
            if len(found) == 1 and any(self.upstream.requests):
                return found[0]
            await asyncio.sleep(0.1)


def fetching_for(bot: BotProcess) -> list[int]:
    """Return the processes that a bot has sent to fetch."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            words = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:  # it has ended
            continue
        if parent == bot.process.pid and b"refresh" in words:
            found.append(int(folder.name))
    return found


def make_guilds(api: DiscordApi) -> list[list[Guild]]:
    """Make the servers of each shard."""
    shards: list[list[Guild]] = [[] for _ in range(SHARDS)]
    while any(len(guilds) < GUILDS for guilds in shards):
        guild = api.add_guild()
        for name in ("talk", *(f"news-{number}" for number in range(CHANNELS))):
            guild.add_text_channel(name)
        number = next(number for number in range(SHARDS) if Share((number,), SHARDS).has(guild.id))
        shards[number].append(guild)
    return shards


def paths_of(catalogue: Catalogue, base: str) -> list[str]:
    """Return the paths of all boards at the upstream."""
    upstream = resolve(catalogue.upstreams[DATASET], {DATASET: base})
    lives = [live for board in catalogue.boards.values() for live in board.live]
    return [latest(upstream, live.name).removeprefix(base) for live in lives if live.upstream == DATASET]


@pytest.fixture
async def company(
    discord_api: DiscordApi, postgres_maker: PostgresMaker, catalogue: Catalogue
) -> AsyncIterator[Company]:
    skip_without_postgres()
    discord_api.world.shards = SHARDS
    with postgres_maker.empty() as url, serving() as upstream:
        company = Company(discord_api, url, upstream, [], make_guilds(discord_api))
        for path in paths_of(catalogue, upstream.url):
            upstream.hang(path)
        async with AsyncExitStack() as stack:
            starting = [stack.enter_async_context(company.process(number)) for number in range(SHARDS)]
            company.processes += await asyncio.gather(*starting)
            await discord_api.gateway.wait_until_connected(SHARDS, seconds=60)
            yield company


async def until(holds: Callable[[], object], seconds: float = 60.0) -> None:
    async with asyncio.timeout(seconds):
        while not holds():
            await asyncio.sleep(0.05)


def subscribe(archive: Archive, channels: list[Channel]) -> None:
    """Let every channel be told of a board, which begins with a page."""
    archive.intake.add("1.md", page("2026-01-01", ("nova-2", 1420, 3000), *REST), "test")
    for channel in channels:
        assert channel.guild
        archive.requests.subscribe(Subscription(channel.guild.id, channel.id, 1, (BOARD,), AT_ONCE))


def publish(archive: Archive) -> None:
    """Let there be news, due at once."""
    archive.intake.add("2.md", page("2026-01-02", ("nova-2", 1480, 3001), *REST), "test")
    with archive.engine.begin() as connection:
        connection.execute(text("UPDATE deliveries SET due = now()"))


def states(archive: Archive) -> set[str]:
    with archive.engine.connect() as connection:
        return set(connection.scalars(text("SELECT DISTINCT state FROM deliveries")))


async def test_news_arrive_once_and_another_fetches_when_one_of_three_is_killed(company: Company) -> None:
    archive = Archive.open(company.url, seeds.FOLDER)
    for number in range(SHARDS):
        assert "1333" in await company.ask(number)
    async with asyncio.timeout(60):
        killed, fetching = await company.refresher()

    subscribe(archive, company.channels)
    publish(archive)
    await until(lambda: len(company.posts) > SHARDS)
    os.kill(fetching, signal.SIGKILL)
    await company.processes[killed].kill()
    for path in paths_of(archive.catalogue, company.upstream.url):
        company.upstream.remove(path)
    vision = make_table(make_lines("vision", rows=600, models=30))
    company.upstream.put("/vision/latest-00000-of-00001.parquet", pack(vision))

    await until(lambda: any(each.succeeded_at for each in archive.upkeep.fetches()))
    await until(lambda: states(archive) == {"sent"})
    assert company.posts == Counter({channel.id: 1 for channel in company.channels})
    assert pauses(archive) == 0
    for number in {*range(SHARDS)} - {killed}:
        assert "1333" in await company.ask(number)
    async with company.process(killed):
        assert "1333" in await company.ask(killed)
    assert sum(each.method == "PUT" for each in company.api.journal.requests) == 1
    archive.close()


def pauses(archive: Archive) -> int:
    with archive.engine.connect() as connection:
        counted = text("SELECT count(*) FROM subscriptions WHERE pause_code IS NOT NULL")
        return connection.scalar(counted) or 0
