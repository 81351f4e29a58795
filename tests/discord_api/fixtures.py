"""pytest fixtures: `from tests.discord_api.fixtures import discord_api  # noqa: F401` in a conftest.py."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from .server import DiscordApi


@pytest_asyncio.fixture
async def discord_api() -> AsyncIterator[DiscordApi]:
    """Start a Discord on 127.0.0.1; the test fails at its end if the bot used what it does not have."""
    async with DiscordApi() as api:
        yield api
