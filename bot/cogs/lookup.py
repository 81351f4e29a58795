"""`/rank`, `/top` and `/compare`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import Transform
from discord.ext import commands

from bot.arguments import BoardArgument, DayArgument, FieldArgument, ModelArgument, Wanted
from bot.desk import Readings
from bot.errors import CountOutside, NotScored, SameModel
from bot.questions import CompareQuestion, RankQuestion, TopQuestion
from store.fields import Field
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
        await self.bot.respond(interaction, question, readings_of([model]))

    @app_commands.command()
    async def top(
        self,
        interaction: discord.Interaction[Bangdan],
        field: Transform[Wanted, FieldArgument] | None = None,
        count: int = COUNT,
        board: Transform[Field, BoardArgument] | None = None,
        date: Transform[date, DayArgument] | None = None,
    ) -> None:
        """Show who leads a board or a domain."""
        if not COUNTS[0] <= count <= COUNTS[1]:
            raise CountOutside(count, *COUNTS)
        meant = self._field(field, board) or self.bot.desk.default_field()
        only = field.only.key if field and field.only else None
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
        question = CompareQuestion(keys_of(given), date)
        await self.bot.respond(interaction, question, readings_of(given))


def _key(resolution: Resolution) -> str:
    assert resolution.model is not None  # the argument refuses unknown names
    return resolution.model.key


def keys_of(resolutions: Sequence[Resolution]) -> tuple[str, ...]:
    """Return the keys of different models; raises SameModel."""
    keys = tuple(map(_key, resolutions))
    for at, each in enumerate(resolutions):
        if keys[at] in keys[:at]:
            raise SameModel(each.query)
    return keys


def readings_of(resolutions: Sequence[Resolution]) -> Readings:
    """Return the readings of the ambiguous ones, by their place."""
    return {
        f"m{at}": [_key(each), *(model.key for model in each.alternatives)]
        for at, each in enumerate(resolutions)
        if each.ambiguous
    }


async def setup(bot: Bangdan) -> None:
    """Add the commands to the bot."""
    await bot.add_cog(Lookup(bot))
