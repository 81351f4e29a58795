"""`/rank`, `/top` and `/compare`."""

from __future__ import annotations

from datetime import date
from functools import reduce
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import Transform
from discord.ext import commands

from bot.arguments import BoardArgument, DayArgument, ModelArgument
from bot.asking.limits import merge
from bot.desk import Readings
from bot.errors import CountOutside, NotScored, SameModel
from bot.questions import CompareQuestion, RankQuestion, TopQuestion
from bot.wanted import (
    FieldArgument,
    NewArgument,
    OpennessArgument,
    PriceArgument,
    SizeArgument,
    VendorArgument,
    Wanted,
)
from store.fields import Field
from store.filters import Filter, PriceLimit
from store.models import Resolution

if TYPE_CHECKING:
    from bot.client import Bangdan

COUNT = 10
COUNTS = (1, 25)


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
    ) -> None:
        """Tell where a model stands."""
        question = RankQuestion(_key(model), board.board.key if board else None, date)
        await self.bot.respond(interaction, question, _readings(model))

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
    ) -> None:
        """Show who leads a board or a domain, of all models or of some."""
        if not COUNTS[0] <= count <= COUNTS[1]:
            raise CountOutside(count, *COUNTS)
        meant = self._field(field, board) or self.bot.desk.default_field()
        options = (vendor or Filter(), openness or Filter(), Filter(size=max_size, price=max_price, new=new))
        only = reduce(merge, options, field.only if field else Filter())
        question = TopQuestion(meant.board.key, meant.dimension.key, count, date, only=only)
        await self.bot.respond(interaction, question)

    def _field(self, wanted: Wanted | None, board: Field | None) -> Field | None:
        """Return the likeliest field, on the given board if there is one; raises NotScored."""
        fields = wanted.fields if wanted else ()
        if wanted is None or board is None or not fields:
            return board or next(iter(fields), None)
        own = next((field for field in fields if field.board == board.board), None)
        found = own or self.bot.desk.reference.fields.find_on(board.board, wanted.typed)
        if found is None:
            raise NotScored(fields[0].titled.title(), board.board, fields)
        return found

    @app_commands.command()
    async def compare(
        self,
        interaction: discord.Interaction[Bangdan],
        first: Transform[Resolution, ModelArgument],
        second: Transform[Resolution, ModelArgument],
        third: Transform[Resolution, ModelArgument] | None = None,
        fourth: Transform[Resolution, ModelArgument] | None = None,
        date: Transform[date, DayArgument] | None = None,
    ) -> None:
        """Put two to four models side by side."""
        given = [each for each in (first, second, third, fourth) if each is not None]
        models = tuple(_key(each) for each in given)
        for at, each in enumerate(given):
            if models[at] in models[:at]:
                raise SameModel(each.query)
        await self.bot.respond(interaction, CompareQuestion(models, date), _readings(*given))


def _key(resolution: Resolution) -> str:
    assert resolution.model is not None  # the argument refuses unknown names
    return resolution.model.key


def _readings(*resolutions: Resolution) -> Readings:
    """Return the readings of the ambiguous ones, by their place."""
    return {
        f"m{at}": [_key(each), *(model.key for model in each.alternatives)]
        for at, each in enumerate(resolutions)
        if each.ambiguous
    }


async def setup(bot: Bangdan) -> None:
    """Add the commands to the bot."""
    await bot.add_cog(Lookup(bot))
