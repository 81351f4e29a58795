"""The argument `board` of `/pin-board`: a board, or one of its domains."""

from __future__ import annotations

from typing import Any

from discord import Interaction

from bot.arguments import BoardArgument, Choices, Typed, field_choice
from bot.mistakes import FieldUnknown
from bot.replies.figures import title_of
from store.fields import Field


class LeadersArgument(BoardArgument):
    """A board or a domain, in any of its words."""

    async def transform(self, interaction: Interaction[Any], value: str) -> Field:
        """Return the likeliest field; raises FieldUnknown, with suggestions."""
        finding = interaction.client.desk.reference.fields.find(value)
        if not finding.fields:
            raise FieldUnknown(value, finding.suggestions)
        field: Field = finding.fields[0]
        return field

    async def autocomplete(self, interaction: Interaction[Any], value: Typed) -> Choices:
        """Return the boards and domains whose words go on from what is typed."""
        bot = interaction.client
        language = bot.language_of(interaction)
        found = {
            each.titled.key: each.board.title(language.tag)
            if each.whole
            else title_of(each.dimension, language)
            for each in bot.desk.reference.fields.complete(str(value))
        }
        return [field_choice(title, key) for key, title in found.items()][:25]
