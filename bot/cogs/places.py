"""What happens to the places of posts: servers that remove the bot, deleted channels, deleted messages."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import discord
from discord.ext import commands

from store.errors import DatabaseUnavailable
from store.news.values import Pause

if TYPE_CHECKING:
    from bot.client import Bangdan

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger(__name__)


class Places(commands.Cog):
    """Pauses posts whose place is gone, and has live boards sent again."""

    def __init__(self, bot: Bangdan) -> None:
        self.bot = bot
        self._requests = bot.archive.requests

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Pause everything of a server that the bot is not in any more."""
        await self._note(self._requests.pause_server, guild.id, Pause("removed"))

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Pause everything of a channel that is gone."""
        await self._note(self._requests.pause_channel, channel.id, Pause("gone"))

    @commands.Cog.listener()
    async def on_raw_thread_delete(self, gone: discord.RawThreadDeleteEvent) -> None:
        """Pause everything of a thread that is gone."""
        await self._note(self._requests.pause_channel, gone.thread_id, Pause("gone"))

    @commands.Cog.listener()
    async def on_raw_message_delete(self, gone: discord.RawMessageDeleteEvent) -> None:
        """Send a live board again whose message was deleted."""
        await self._revive([gone.message_id])

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, gone: discord.RawBulkMessageDeleteEvent) -> None:
        """Send live boards again whose messages were deleted."""
        await self._revive(list(gone.message_ids))

    async def _revive(self, messages: list[int]) -> None:
        if await self._note(self._requests.revive, messages):
            self.bot.postroom.wake()

    async def _note(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """Run a call of the store; where the database is away, the next post meets what has happened."""
        try:
            return await self.bot.ask(call, *args, **kwargs)
        except DatabaseUnavailable as down:
            log.warning("not noted: %s", down)
            return None


async def setup(bot: Bangdan) -> None:
    """Add the listeners to the bot."""
    await bot.add_cog(Places(bot))
