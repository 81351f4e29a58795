"""`/model`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import Transform
from discord.ext import commands

from bot.arguments import ModelArgument, key_of, readings_of
from bot.questions import ProfileQuestion
from store.models import Resolution

if TYPE_CHECKING:
    from bot.client import Bangdan


class Profile(commands.Cog):
    """Questions about one model."""

    def __init__(self, bot: Bangdan) -> None:
        self.bot = bot

    @app_commands.command()
    async def model(
        self,
        interaction: discord.Interaction[Bangdan],
        model: Transform[Resolution, ModelArgument],
        private: bool | None = None,
    ) -> None:
        """Tell all about a model."""
        question = ProfileQuestion(key_of(model))
        await self.bot.respond(interaction, question, readings_of(model), private=private)


async def setup(bot: Bangdan) -> None:
    """Add the command to the bot."""
    await bot.add_cog(Profile(bot))
