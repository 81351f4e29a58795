"""The argument of `/value`: a field without filters, on a board that prints prices where there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discord import Interaction
from discord.app_commands import Transformer

from bot.arguments import CHOICES_LIMIT, Choices, Typed, field_choice, field_title
from bot.mistakes import FieldUnknown
from bot.questions import ValueQuestion
from bot.wanted import read_wanted
from store.fields import Field

if TYPE_CHECKING:
    from bot.client import Bangdan
    from bot.desk import Desk


class PricedArgument(Transformer):
    """A board or a domain, likeliest first."""

    async def transform(self, interaction: Interaction[Any], value: str) -> tuple[Field, ...]:
        """Return what the words mean; raises FieldUnknown or NothingStored, with suggestions."""
        bot: Bangdan = interaction.client
        return read_fields(bot.desk, value)

    async def autocomplete(self, interaction: Interaction[Any], value: Typed) -> Choices:
        """Return the boards and domains whose words go on from what is typed."""
        bot: Bangdan = interaction.client
        language, fields = bot.language_of(interaction), bot.desk.reference.fields.complete(str(value))
        titles = dict.fromkeys((field_title(each, language), each.titled.key) for each in fields)
        return [field_choice(title, key) for title, key in titles][:CHOICES_LIMIT]


def read_fields(desk: Desk, value: str) -> tuple[Field, ...]:
    """Return the fields that words mean, best first; raises NothingStored, or FieldUnknown (filters too)."""
    wanted = read_wanted(desk, value)
    if wanted.only:
        raise FieldUnknown(value, wanted.fields)
    return wanted.fields


def value_question(desk: Desk, fields: tuple[Field, ...] = ()) -> ValueQuestion:
    """Return the question for what scores cost, on the first of the fields whose board prints prices.

    Where none are given, any board will do. It asks the database; raises NoSnapshot where nothing is stored.
    """
    priced = desk.archive.priced_boards()
    wanted = fields or tuple(each for each in desk.reference.fields.fields if each.whole)
    known = next((each for each in wanted if each.board.key in priced), None)
    meant = known or next(iter(wanted), None) or desk.default_field()
    return ValueQuestion(meant.board.key, meant.dimension.key)
