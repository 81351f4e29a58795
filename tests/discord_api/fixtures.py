"""pytest fixtures, for a conftest.py: `from tests.discord_api.fixtures import bot, discord_api`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from .channel import Channel
from .people import Member
from .running import BotProcess
from .server import DiscordApi

if TYPE_CHECKING:
    from discord import Client


@pytest_asyncio.fixture
async def discord_api() -> AsyncIterator[DiscordApi]:
    """Start a Discord on 127.0.0.1; the test fails at its end if the bot used what it does not have."""
    async with DiscordApi() as api:
        yield api


@pytest_asyncio.fixture
async def bot(
    discord_api: DiscordApi, bot_under_test: Client | Sequence[str]
) -> AsyncIterator[Client | BotProcess]:
    """Start what your own fixture `bot_under_test` gives, until the test ends.

    A client runs in the test's process, a command line as a process of its own.
    """
    if isinstance(bot_under_test, Sequence):
        async with discord_api.spawn(*bot_under_test) as process:
            yield process
    else:
        async with discord_api.run(bot_under_test) as client:
            yield client


@pytest.fixture
def channel(discord_api: DiscordApi) -> Channel:
    """A channel of the loopback Discord."""
    return discord_api.add_guild().add_text_channel("models")


@pytest.fixture
def alice(channel: Channel) -> Member:
    """Somebody who can use it."""
    assert channel.guild is not None
    return channel.guild.add_member("alice")
