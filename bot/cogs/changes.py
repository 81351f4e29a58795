"""`/changes`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import Transform
from discord.ext import commands

from bot.arguments import BoardArgument
from bot.questions import ChangesQuestion
from bot.since import SinceArgument
from store.fields import Field

if TYPE_CHECKING:
    from bot.client import Bangdan


class News(commands.Cog):
    """Questions about what changed."""

    def __init__(self, bot: Bangdan) -> None:
        self.bot = bot

    @app_commands.command()
    async def changes(
        self,
        interaction: discord.Interaction[Bangdan],
        board: Transform[Field, BoardArgument] | None = None,
        since: Transform[date, SinceArgument] | None = None,
        private: bool | None = None,
    ) -> None:
        """Tell what changed on a board."""
        chosen = board or self.bot.decisions.board(interaction)
        asked = chosen.board.key if chosen else None
        await self.bot.respond(interaction, ChangesQuestion(asked, since), private=private)


async def setup(bot: Bangdan) -> None:
    """Add the command to the bot."""
    await bot.add_cog(News(bot))
