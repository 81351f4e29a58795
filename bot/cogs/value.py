"""`/value`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import Transform
from discord.ext import commands

from bot.arguments import FieldArgument, Wanted
from bot.errors import FieldUnknown
from bot.questions import ValueQuestion
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
        field: Transform[Wanted, FieldArgument] | None = None,
    ) -> None:
        """Draw a board's scores against prices."""
        if field is not None and field.only is not None:
            raise FieldUnknown(field.only.titled.title(self.bot.language_of(interaction).tag), ())
        meant = await self._field(field.fields if field else ())
        await self.bot.respond(interaction, ValueQuestion(meant.board.key, meant.dimension.key))

    async def _field(self, fields: tuple[Field, ...]) -> Field:
        """Return the first of the fields whose board prints prices, of all where none is given."""
        priced = await self.bot.ask(self.bot.archive.priced_boards)
        wanted = fields or tuple(each for each in self.bot.desk.reference.fields.fields if each.whole)
        known = next((each for each in wanted if each.board.key in priced), None)
        return known or next(iter(wanted), None) or self.bot.desk.default_field()


async def setup(bot: Bangdan) -> None:
    """Add the command to the bot."""
    await bot.add_cog(Value(bot))
