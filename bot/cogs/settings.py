"""`/settings`: what a server or one of its channels decides about answers, for those who manage it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import Transform
from discord.ext import commands

from bot.arguments import BoardArgument
from bot.cogs.alias import managers_only
from bot.cogs.subscriptions import servers_only
from bot.requests.languages import LanguageArgument
from bot.requests.zones import ZoneArgument
from store.fields import Field
from store.preferences import NONE, WHOLE, Preferences

if TYPE_CHECKING:
    from bot.client import Bangdan

Channel = discord.TextChannel | discord.ForumChannel | discord.VoiceChannel | discord.Thread


class ServerSettings(commands.Cog):
    """What counts where nothing is asked for."""

    def __init__(self, bot: Bangdan) -> None:
        self.bot = bot

    @app_commands.command()
    @servers_only
    @app_commands.default_permissions(manage_guild=True)
    @managers_only
    async def settings(
        self,
        interaction: discord.Interaction[Bangdan],
        language: Transform[str, LanguageArgument] | None = None,
        board: Transform[Field, BoardArgument] | None = None,
        privacy: bool | None = None,
        timezone: Transform[str, ZoneArgument] | None = None,
        channel: Channel | None = None,
    ) -> None:
        """Show what is decided, after deciding what is given."""
        management, decisions = self.bot.management, self.bot.decisions
        wanted = Preferences(language, board.board.key if board else None, privacy, timezone)
        where = channel.id if channel else WHOLE
        if wanted == NONE:
            await management.show(interaction, decisions.panel(interaction, where))
            return
        await management.answer(interaction, decisions.decide(interaction, where, wanted))


async def setup(bot: Bangdan) -> None:
    """Add the command to the bot."""
    await bot.add_cog(ServerSettings(bot))
