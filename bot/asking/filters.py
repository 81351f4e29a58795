"""Filters among the words for a field: `法律 open max-size:14B` is the field 法律 with two filters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from bot.asking.limits import GAP, Limits, merge
from bot.asking.vocabulary import Found, Phrases, Vocabulary
from store.fields import FieldIndex
from store.filters import MOST_VENDORS, Filter
from store.traits import Trait, TraitIndex

Named = Trait | None
"""What a phrase names: a vendor or a kind of licence, or (None) a board or a domain."""


@dataclass(frozen=True, slots=True)
class Sieve:
    """The filter that a text holds, and the rest of its words."""

    filter: Filter
    rest: str


class FilterReader:
    """Reads filters in text, among the boards and domains that are stored now."""

    def __init__(self, vocabulary: Vocabulary, fields: FieldIndex, traits: TraitIndex) -> None:
        self.vocabulary = vocabulary
        self.limits = Limits(vocabulary)
        self.phrases: Phrases[Named] = Phrases(self._named(fields, traits))
        self._noise = re.compile(vocabulary.pattern("field", "noise"))

    def _named(self, fields: FieldIndex, traits: TraitIndex) -> Iterator[tuple[str, Named]]:
        normal = self.vocabulary.normal
        yield from ((normal(word), None) for word in fields.words())
        yield from ((normal(word), trait) for word, trait in traits.words.items())

    def read(self, text: str) -> Sieve:
        """Return the filter of a text and its other words; nothing of it is a filter where none is meant."""
        found, rest = self.limits.read(self.vocabulary.normal(text))
        traits = [each for each in self.phrases.find(rest) if each.meaning is not None]
        meant = merge(found, trait_filter(each.meaning for each in traits if each.meaning))
        left = without(rest, traits)
        return Sieve(meant, " ".join(self._noise.sub(" ", left).split()))


def trait_filter(traits: Iterable[Trait]) -> Filter:
    """Return what asks for any of the vendors and for the kind of licence, the last where there are two."""
    filters = [trait.filter for trait in traits]
    vendors = dict.fromkeys(key for each in filters for key in each.vendors)
    openness = [each.openness for each in filters if each.openness]
    return Filter(tuple(vendors)[:MOST_VENDORS], openness[-1] if openness else None)


def without(text: str, found: Iterable[Found[Any]]) -> str:
    """Return `text` with a gap where phrases were found."""
    for each in sorted(found, key=lambda one: one.start, reverse=True):
        text = f"{text[: each.start]}{GAP}{text[each.end :]}"
    return text
