from collections.abc import AsyncIterator

import discord
import pytest_asyncio
from discord.http import HTTPClient

from tests.discord_api import Channel, DiscordApi, Guild, Member
from tests.discord_api.fixtures import discord_api
from tests.discord_api_tests.bots import SmallBot

__all__ = ["discord_api"]


@pytest_asyncio.fixture
async def api(discord_api: DiscordApi) -> DiscordApi:
    return discord_api


@pytest_asyncio.fixture
async def guild(api: DiscordApi) -> Guild:
    return api.add_guild("lab", locale="zh-CN")


@pytest_asyncio.fixture
async def channel(guild: Guild) -> Channel:
    return guild.add_text_channel("general")


@pytest_asyncio.fixture
async def alice(guild: Guild) -> Member:
    return guild.add_member("alice", locale="zh-TW")


@pytest_asyncio.fixture
async def bot() -> SmallBot:
    """A bot that is not started; give it commands, then `discord_api.run(bot)`."""
    return SmallBot()


@pytest_asyncio.fixture
async def http(api: DiscordApi) -> AsyncIterator[HTTPClient]:
    """discord.py's own HTTP client, logged in, to send whatever a bad bot would."""
    async with discord.Client(intents=discord.Intents.default()) as client:
        with api.point():
            await client.login(api.token)
            yield client.http
