"""`/help`: what the bot can do, and how each command is used, for whoever asks alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import Transform
from discord.ext import commands

from bot.guide import CommandArgument

if TYPE_CHECKING:
    from bot.client import Bangdan


class Help(commands.Cog):
    """The guide."""

    def __init__(self, bot: Bangdan) -> None:
        self.bot = bot

    @app_commands.command()
    async def help(
        self,
        interaction: discord.Interaction[Bangdan],
        command: Transform[str, CommandArgument] | None = None,
    ) -> None:
        """Tell what there is, or how a command is used."""
        guide = self.bot.guide
        panel = guide.topic(interaction, command) if command else guide.overview(interaction)
        await self.bot.management.show(interaction, panel)


async def setup(bot: Bangdan) -> None:
    """Add the command to the bot."""
    await bot.add_cog(Help(bot))
