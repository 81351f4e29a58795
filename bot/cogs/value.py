"""`/value`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import Transform
from discord.ext import commands

from bot.pricing import PricedArgument, value_question
from store.fields import Field

if TYPE_CHECKING:
    from bot.client import Bangdan


class Value(commands.Cog):
    """Questions about what scores cost."""

    def __init__(self, bot: Bangdan) -> None:
        self.bot = bot

    @app_commands.command()
    async def value(
        self,
        interaction: discord.Interaction[Bangdan],
        field: Transform[tuple[Field, ...], PricedArgument] | None = None,
        private: bool | None = None,
    ) -> None:
        """Draw a board's scores against prices."""
        finding = self.bot.ask(value_question, self.bot.desk, field or ())
        question = await self.bot.settled(interaction, finding, private=private)
        await self.bot.respond(interaction, question, private=private)


async def setup(bot: Bangdan) -> None:
    """Add the command to the bot."""
    await bot.add_cog(Value(bot))
