"""`/history`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import Transform
from discord.ext import commands

from bot.arguments import BoardArgument, ModelArgument, keys_of, readings_of
from bot.questions import HistoryQuestion
from bot.since import SinceArgument
from store.fields import Field
from store.models import Resolution

if TYPE_CHECKING:
    from bot.client import Bangdan


class History(commands.Cog):
    """Questions about how models fared over time."""

    def __init__(self, bot: Bangdan) -> None:
        self.bot = bot

    @app_commands.command()
    async def history(
        self,
        interaction: discord.Interaction[Bangdan],
        model: Transform[Resolution, ModelArgument],
        model2: Transform[Resolution, ModelArgument] | None = None,
        model3: Transform[Resolution, ModelArgument] | None = None,
        model4: Transform[Resolution, ModelArgument] | None = None,
        model5: Transform[Resolution, ModelArgument] | None = None,
        board: Transform[Field, BoardArgument] | None = None,
        since: Transform[date, SinceArgument] | None = None,
        private: bool | None = None,
    ) -> None:
        """Draw how up to five models fared on a board."""
        given = [each for each in (model, model2, model3, model4, model5) if each is not None]
        keys = keys_of(*given)
        if board is None:
            finding = self.bot.decisions.board_with(interaction, keys)
            board = await self.bot.settled(interaction, finding, private=private)
        question = HistoryQuestion(keys, board.board.key if board else None, since)
        await self.bot.respond(interaction, question, readings_of(*given), private=private)


async def setup(bot: Bangdan) -> None:
    """Add the command to the bot."""
    await bot.add_cog(History(bot))
