"""What models can have in common beside a board: their vendor, and the kind of their licence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from store.boards import Catalogue, License, Organization
from store.fields import fold_typed
from store.filters import Filter, Openness

TYPO = 85.0
"""The similarity (0–100) from which a misspelt word counts as meant."""


@dataclass(frozen=True, slots=True)
class Trait:
    """A vendor, or a kind of licence, that models are to have."""

    titled: Organization | License

    @property
    def key(self) -> str:
        """A name that no other trait has."""
        return f"{type(self.titled).__name__.lower()}:{self.titled.key}"

    @property
    def words(self) -> tuple[str, ...]:
        """What people may type for it."""
        one = self.titled
        families = one.families if isinstance(one, Organization) else ()
        return (self.key, one.key, *one.titles.values(), *one.words, *families)

    @property
    def filter(self) -> Filter:
        """What asks for the trait."""
        if isinstance(self.titled, Organization):
            return Filter(vendors=(self.titled.key,))
        return Filter(openness=Openness(self.titled.key))


class TraitIndex:
    """Finds traits by any of their words; `words` are all of them, folded."""

    def __init__(self, catalogue: Catalogue) -> None:
        licenses = [Trait(each) for each in catalogue.licenses.values()]
        self.traits = licenses + [Trait(each) for each in catalogue.organizations.values()]
        self.words = {fold_typed(word): trait for trait in reversed(self.traits) for word in trait.words}

    def named(self, text: str) -> Trait | None:
        """Return the trait of which `text` is a word, letter by letter, or None."""
        return self.words.get(fold_typed(text)[:100])

    def find(self, text: str) -> Trait | None:
        """Return the trait that `text` means, also with a typo, or None."""
        typed = fold_typed(text)[:100]
        if typed in self.words or len(typed) < 5:
            return self.words.get(typed)
        best = process.extractOne(typed, self.words.keys(), scorer=fuzz.ratio, score_cutoff=TYPO)
        return self.words[best[0]] if best else None

    def complete(self, text: str) -> Iterable[Trait]:
        """Return the traits with a word that begins with `text`, as the catalogue orders them.

        There are none while nothing is typed.
        """
        typed = fold_typed(text)[:100]
        begins = {trait.key for word, trait in self.words.items() if typed and word.startswith(typed)}
        return [trait for trait in self.traits if trait.key in begins]
