"""The argument `when` of `/watch`: an occasion, in the words of any language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from discord import Interaction
from discord.app_commands import Choice, Transformer

from bot.arguments import Choices, Typed
from bot.mistakes import OccasionUnknown
from bot.replies.marks import plain
from bot.replies.watches import occasion_text
from bot.texts import Texts
from store.boards import fold
from store.news.values import Occasion

TOP = 10
TOPS = (10, 1, 3, 5, 20)
LAST = 100
"""The last rank that a person can ask for."""


@dataclass(frozen=True, slots=True)
class When:
    """An occasion, with the ranks that count where it has any."""

    occasion: Occasion
    top: int = TOP


class OccasionArgument(Transformer):
    """When to hear of a model."""

    async def transform(self, interaction: Interaction[Any], value: str) -> When:
        """Return the occasion; raises OccasionUnknown."""
        return read_occasion(value, interaction.client.texts)

    async def autocomplete(self, interaction: Interaction[Any], value: Typed) -> Choices:
        """Return all occasions."""
        language = interaction.client.language_of(interaction)
        offered = [When(each) for each in Occasion if each is not Occasion.TOP]
        offered[2:2] = [When(Occasion.TOP, top) for top in TOPS]
        texts = [occasion_text(each.occasion, each.top, language) for each in offered]
        typed = fold(plain(str(value)))
        return [Choice(name=each, value=each) for each in texts if typed in fold(each)]


def read_occasion(text: str, texts: Texts) -> When:
    """Return the occasion that `text` names, with its ranks if it gives them; raises OccasionUnknown."""
    typed, number = _split(plain(text)[:100])
    for occasion in Occasion:
        if typed in {fold(word) for word in texts.words(f"when.{occasion}")}:
            if number is not None and (occasion is not Occasion.TOP or not 1 <= number <= LAST):
                break
            return When(occasion, number or TOP)
    raise OccasionUnknown(text)


def _split(text: str) -> tuple[str, int | None]:
    found = re.fullmatch(r"(.*?)\s*#?(\d{1,6})\s*名?", text)
    return (fold(found[1]), int(found[2])) if found else (fold(text), None)
