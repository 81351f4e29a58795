"""The completion of a filter: what is typed of it, with its last part completed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from discord import Interaction
from discord.app_commands import Choice, Transformer

from bot.arguments import CHOICE_LIMIT, CHOICES_LIMIT, Choices, Typed
from bot.mistakes import FilterUnknown
from bot.replies.marks import clip
from bot.replies.requests import IMPORTANCES, interest_text
from bot.requests.interests import BETWEEN, Filters, merge, wish_of, write_interest
from store.boards import fold
from store.news.values import Interest

TOPS = (10, 3, 5, 20, 30)
"""First places that are offered."""


class FilterArgument(Transformer):
    """Which changes to be told of."""

    async def transform(self, interaction: Interaction[Any], value: str) -> Interest:
        """Return the interest; raises FilterUnknown."""
        return _filters(interaction).read(value)

    async def autocomplete(self, interaction: Interaction[Any], value: Typed) -> Choices:
        """Return filters that go on from what is typed, each with all that it means."""
        bot = interaction.client
        catalogue, language = bot.desk.archive.catalogue, bot.language_of(interaction)
        offered = complete_filter(str(value), _filters(interaction))
        return [
            Choice(
                name=clip(interest_text(meant, catalogue, language), CHOICE_LIMIT),
                value=write_interest(meant),
            )
            for meant in offered
        ]


def complete_filter(text: str, filters: Filters) -> list[Interest]:
    """Return what texts that go on from `text` mean; none where its beginning means nothing.

    Those that cannot be written within Discord's limit of a choice are left out: they can be typed.
    """
    typed = unicodedata.normalize("NFKC", text)
    found = [_read(typed, filters)] if typed.strip() else []
    for begun, last in _splits(typed):
        earlier = _read(begun, filters)
        if earlier is not None:
            found += (_merged(earlier, wish) for wish in _wishes(fold(last), filters) if wish != earlier)
        if any(found):
            break
    meant = [each for each in dict.fromkeys(found) if each is not None]
    return [each for each in meant if len(write_interest(each)) <= CHOICE_LIMIT][:CHOICES_LIMIT]


def _filters(interaction: Interaction[Any]) -> Filters:
    bot = interaction.client
    return Filters(bot.desk.reference.traits, bot.texts)


def _splits(text: str) -> Iterator[tuple[str, str]]:
    """Give what may be the finished parts of `text`, and the one that is being typed."""
    at = max((found.end() for found in BETWEEN.finditer(text)), default=0)
    yield text[:at], text[at:]
    space = text.rstrip().rfind(" ")
    if space > at:
        yield text[:space], text[space:]


def _read(text: str, filters: Filters) -> Interest | None:
    try:
        return filters.read(text.strip(" ,"))
    except FilterUnknown:
        return None


def _merged(interest: Interest, wish: Interest) -> Interest | None:
    try:
        merged = merge(interest, wish, "")
    except FilterUnknown:
        return None
    return merged if merged != interest else None


def _wishes(typed: str, filters: Filters) -> Iterator[Interest]:
    """Give what a part that begins with `typed` can say; likely parts where nothing is typed."""
    for top in TOPS:
        if any(fold(f"{word}{top}").startswith(typed) for word in filters.texts.words("filter.top")):
            yield Interest(top=top)
    if not typed:
        yield from (Interest(importance=value) for value in IMPORTANCES.values() if value)
    yield from (
        Interest(importance=value) for word, value in filters.importances.items() if word.startswith(typed)
    )
    traits = filters.traits.complete(typed) if typed else filters.traits.traits
    yield from filter(None, map(wish_of, traits))
