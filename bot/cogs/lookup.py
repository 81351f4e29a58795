"""`/rank`, `/top` and `/compare`."""

from __future__ import annotations

from datetime import date
from functools import partial, reduce
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import Transform
from discord.ext import commands

from bot.arguments import BoardArgument, DayArgument, ModelArgument, key_of, keys_of, readings_of
from bot.asking.limits import merge
from bot.questions import CompareQuestion, RankQuestion
from bot.wanted import (
    COUNT,
    FieldArgument,
    NewArgument,
    OpennessArgument,
    PriceArgument,
    SizeArgument,
    VendorArgument,
    Wanted,
    is_priced,
    top_question,
)
from store.fields import Field
from store.filters import ANY, Filter, PriceLimit
from store.models import Resolution

if TYPE_CHECKING:
    from bot.client import Bangdan


class Lookup(commands.Cog):
    """Questions about what the boards say."""

    def __init__(self, bot: Bangdan) -> None:
        self.bot = bot

    @app_commands.command()
    async def rank(
        self,
        interaction: discord.Interaction[Bangdan],
        model: Transform[Resolution, ModelArgument],
        board: Transform[Field, BoardArgument] | None = None,
        date: Transform[date, DayArgument] | None = None,
        private: bool | None = None,
    ) -> None:
        """Tell where a model stands."""
        question = RankQuestion(key_of(model), board.board.key if board else None, date)
        await self.bot.respond(interaction, question, readings_of(model), private=private)

    @app_commands.command()
    @app_commands.rename(max_size="max-size", max_price="max-price")
    async def top(
        self,
        interaction: discord.Interaction[Bangdan],
        field: Transform[Wanted, FieldArgument] | None = None,
        count: int = COUNT,
        board: Transform[Field, BoardArgument] | None = None,
        date: Transform[date, DayArgument] | None = None,
        vendor: Transform[Filter, VendorArgument] | None = None,
        openness: Transform[Filter, OpennessArgument] | None = None,
        max_size: Transform[float, SizeArgument] | None = None,
        max_price: Transform[PriceLimit, PriceArgument] | None = None,
        new: Transform[int, NewArgument] | None = None,
        private: bool | None = None,
    ) -> None:
        """Show who leads a board or a domain, of all models or of some."""
        options = (vendor or ANY, openness or ANY, Filter(size=max_size, price=max_price, new=new))
        default, only = self.bot.decisions.board(interaction), reduce(merge, options)
        find = partial(top_question, self.bot.desk, field, count, board, date, only, default)
        if is_priced(field, only):
            question = await self.bot.settled(interaction, self.bot.ask(find), private=private)
        else:
            question = find()
        await self.bot.respond(interaction, question, private=private)

    @app_commands.command()
    async def compare(
        self,
        interaction: discord.Interaction[Bangdan],
        first: Transform[Resolution, ModelArgument],
        second: Transform[Resolution, ModelArgument],
        third: Transform[Resolution, ModelArgument] | None = None,
        fourth: Transform[Resolution, ModelArgument] | None = None,
        date: Transform[date, DayArgument] | None = None,
        private: bool | None = None,
    ) -> None:
        """Put two to four models side by side."""
        given = [each for each in (first, second, third, fourth) if each is not None]
        question = CompareQuestion(keys_of(*given), date)
        await self.bot.respond(interaction, question, readings_of(*given), private=private)


async def setup(bot: Bangdan) -> None:
    """Add the commands to the bot."""
    await bot.add_cog(Lookup(bot))
