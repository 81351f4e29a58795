"""`/pin-board`: a message that always shows the first of a board, for those who manage a server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import Transform
from discord.ext import commands

from bot.access import check_place
from bot.cogs.alias import managers_only
from bot.cogs.subscriptions import servers_only
from bot.mistakes import CountOutside
from bot.requests.languages import LanguageArgument
from bot.requests.leaders import LeadersArgument
from store.fields import Field
from store.news.values import LiveBoard

if TYPE_CHECKING:
    from bot.client import Bangdan

COUNT = 10
COUNTS = (1, 25)


class Live(commands.Cog):
    """Boards that are kept up to date."""

    def __init__(self, bot: Bangdan) -> None:
        self.bot = bot

    @app_commands.command(name="pin-board")
    @servers_only
    @app_commands.default_permissions(manage_guild=True)
    @managers_only
    async def pin_board(
        self,
        interaction: discord.Interaction[Bangdan],
        board: Transform[Field, LeadersArgument] | None = None,
        count: int = COUNT,
        channel: discord.TextChannel | discord.Thread | None = None,
        language: Transform[str, LanguageArgument] | None = None,
    ) -> None:
        """Keep a board in a channel up to date."""
        if not COUNTS[0] <= count <= COUNTS[1]:
            raise CountOutside(count, *COUNTS)
        field = board or self.bot.decisions.board(interaction) or self.bot.desk.default_field()
        wanted = LiveBoard(
            server=interaction.guild_id or 0,
            channel=channel.id if channel else interaction.channel_id or 0,
            by=interaction.user.id,
            board=field.board.key,
            dimension=field.dimension.key,
            count=count,
            language=language or self.bot.decisions.language(interaction).tag,
        )
        check_place(interaction, wanted)
        storing = self.bot.ask(self.bot.archive.requests.pin, wanted)
        stored = await self.bot.management.in_time(interaction, storing)
        self.bot.postroom.wake()
        management = self.bot.management
        panel = await management.panel_of(interaction, stored)
        await management.show(interaction, panel.saying("live.added", self.bot.language_of(interaction)))


async def setup(bot: Bangdan) -> None:
    """Add the command to the bot."""
    await bot.add_cog(Live(bot))
