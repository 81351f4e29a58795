"""What reads people's words with the names of now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.asking.filters import FilterReader
from bot.asking.grammar import Grammar
from bot.asking.vocabulary import Vocabulary
from store.reference import Reference

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reading:
    """What reads filters in the words for a field, and what reads questions."""

    filters: FilterReader
    grammar: Grammar


def make_reading(vocabulary: Vocabulary, reference: Reference, words: Mapping[str, Sequence[str]]) -> Reading:
    """Return what reads with the names of a reference; `words` has what names print by what people type."""
    return Reading(
        FilterReader(vocabulary, reference.fields, reference.traits), Grammar(vocabulary, reference, words)
    )


class OfNow(Generic[T]):
    """Something made of a reference when it is first needed, and kept until there is another one."""

    def __init__(self, make: Callable[[Reference], T]) -> None:
        self._make = make
        self._kept: tuple[Reference, T] | None = None

    def of(self, reference: Reference) -> T:
        """Return what was made of this reference."""
        kept = self._kept
        if kept is None or kept[0] is not reference:
            self._kept = kept = (reference, self._make(reference))
        return kept[1]
