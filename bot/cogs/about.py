"""`/boards` and `/about`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.questions import AboutQuestion, BoardsQuestion

if TYPE_CHECKING:
    from bot.client import Bangdan


class About(commands.Cog):
    """Questions about the boards themselves."""

    def __init__(self, bot: Bangdan) -> None:
        self.bot = bot

    @app_commands.command()
    async def boards(self, interaction: discord.Interaction[Bangdan], private: bool | None = None) -> None:
        """List what is stored."""
        await self.bot.respond(interaction, BoardsQuestion(), private=private)

    @app_commands.command()
    async def about(self, interaction: discord.Interaction[Bangdan], private: bool | None = None) -> None:
        """Explain the columns and name the sources."""
        await self.bot.respond(interaction, AboutQuestion(), private=private)


async def setup(bot: Bangdan) -> None:
    """Add the commands to the bot."""
    await bot.add_cog(About(bot))
