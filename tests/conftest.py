"""Fixtures: a seeded archive on each engine, the texts, and a bot in a make-believe Discord."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

import pytest
import simcord
from discord.app_commands import CommandInvokeError, MissingPermissions
from hypothesis import HealthCheck, settings
from simcord import ChannelHandle, MemberActor

from bot.client import Bangdan
from bot.mistakes import Mistake
from bot.studio import Studio
from bot.texts import Texts
from store.archive import Archive
from store.boards import Catalogue
from store.errors import StoreError
from tests.console import bangdan  # noqa: F401 - a fixture of every test
from tests.databases import PostgresMaker, SqliteMaker, shipped, skip_without_postgres
from tests.discord_api import DiscordApi
from tests.discord_api.fixtures import alice, channel  # noqa: F401 - fixtures of every test
from tests.listening import complaints  # noqa: F401 - a fixture of every test

SETTLING = 60.0
"""Real seconds that either Discord gives the bot to settle; a busy machine takes some."""

# A busy machine is no reason for a property to fail; in CI, hypothesis goes without chance already.
settings.register_profile(
    "unhurried", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def sqlite_maker(tmp_path_factory: pytest.TempPathFactory) -> SqliteMaker:
    return SqliteMaker(tmp_path_factory.mktemp("databases"))


@pytest.fixture(scope="session")
def postgres_maker() -> Iterator[PostgresMaker]:
    maker = PostgresMaker()
    yield maker
    maker.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def maker(request: pytest.FixtureRequest) -> SqliteMaker | PostgresMaker:
    """Every test that asks for a database runs on both engines."""
    if request.param == "sqlite":
        small: SqliteMaker = request.getfixturevalue("sqlite_maker")
        return small
    skip_without_postgres()
    large: PostgresMaker = request.getfixturevalue("postgres_maker")
    return large


@pytest.fixture
def empty_url(maker: SqliteMaker | PostgresMaker) -> Iterator[str]:
    """The address of a database without tables."""
    with maker.empty() as url:
        yield url


@pytest.fixture
def postgres_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a PostgreSQL database of the shipped boards, for what several processes share."""
    skip_without_postgres()
    with request.getfixturevalue("postgres_maker").seeded() as url:
        yield url


@pytest.fixture
def archive(maker: SqliteMaker | PostgresMaker) -> Iterator[Archive]:
    """An archive of the shipped boards, on each engine."""
    with maker.archive() as archive:
        yield archive


@pytest.fixture
def shelf(sqlite_maker: SqliteMaker) -> Iterator[Archive]:
    """An archive of the shipped boards where the engine does not matter: SQLite."""
    with sqlite_maker.archive() as archive:
        yield archive


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return shipped()[0]


@pytest.fixture(scope="session")
def texts() -> Texts:
    return Texts.load()


class SharedStudio(Studio):
    """A studio of many bots: one that closes it leaves it open for the others."""

    def close(self) -> None:
        """Do nothing."""


@pytest.fixture(scope="session")
def studio() -> Iterator[Studio]:
    """What draws, one process for all tests."""
    studio = SharedStudio(seconds=20, patience=30)
    yield studio
    Studio.close(studio)


@pytest.fixture
async def discord_api() -> AsyncIterator[DiscordApi]:
    """A loopback Discord whose people wait as long as a busy machine takes, not only three seconds."""
    async with DiscordApi() as api:
        api.patience.answer = api.patience.deferred = api.patience.update = SETTLING
        yield api


@pytest.fixture
def bot(shelf: Archive, texts: Texts) -> Bangdan:
    """A bot for the loopback Discord, not yet connected."""
    return Bangdan(shelf, texts, guild_ready_timeout=0.02)


@dataclass(frozen=True)
class World:
    """A make-believe Discord with the bot in it, a channel, and two people."""

    env: simcord.Env
    archive: Archive
    channel: ChannelHandle
    alice: MemberActor
    bob: MemberActor


@pytest.fixture
async def env(archive: Archive, texts: Texts) -> AsyncIterator[simcord.Env]:
    """A make-believe Discord with the bot in it; an error that the bot did not handle fails the test."""
    env = simcord.Env(Bangdan(archive, texts), shard_count=1, settle_timeout=SETTLING)
    await env.start()
    yield env
    await env.shutdown()
    unforeseen = [error for error in env.errors if not foreseen(error)]
    assert not unforeseen, unforeseen


def foreseen(error: BaseException) -> bool:
    """Return whether the bot has a sentence of its own for `error`."""
    cause = error.original if isinstance(error, CommandInvokeError) else error
    return isinstance(cause, (Mistake, StoreError, MissingPermissions))


@pytest.fixture
def world(env: simcord.Env, archive: Archive) -> World:
    guild = env.create_guild("Team")
    room = guild.create_text_channel("models")
    people = [guild.add_member(env.create_user(name)) for name in ("alice", "bob")]
    return World(env, archive, room, *people)
