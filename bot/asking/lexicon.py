"""Every phrase that a question can have, with all that it can mean there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from bot.asking.vocabulary import Phrases, Vocabulary
from store.boards import Board
from store.fields import FieldIndex
from store.traits import Trait, TraitIndex


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase can mean: commands that it asks for, a vendor or licence, a field, a small word's roles.

    `word` is the trait's without a noun behind it; `board` tells that the field is a whole board, and
    `stored` that there is anything of it; an `absent` board is known, with nothing stored of it.
    """

    cues: frozenset[str] = frozenset()
    trait: Trait | None = None
    word: str = ""
    field: bool = False
    board: bool = False
    stored: bool = False
    absent: bool = False
    roles: frozenset[str] = frozenset()


NOTHING = Meaning()


def read_lexicon(vocabulary: Vocabulary, fields: FieldIndex, traits: TraitIndex) -> Phrases[Meaning]:
    """Return all phrases of questions about these fields and traits."""
    known: dict[str, Meaning] = {}
    for group, enter in (("cues", _with_cue), ("small", _with_role)):
        for name in vocabulary.names(group):
            for word in vocabulary.words(group, name):
                _enter(known, word, partial(enter, name=name))
    for word, meaning in _traits(vocabulary, traits):
        _enter(known, word, partial(_with_trait, meaning=meaning))
    for word, stored in fields.words().items():
        normal = vocabulary.normal(word)
        earlier = known.get("".join(normal.split()), NOTHING)
        within = not stored and fields.within(word)  # nothing of 法律榜 is stored, but of 法律
        if (earlier == NOTHING or earlier.field) and not within:
            board = bool(stored and stored[0].whole)
            absent = not stored and isinstance(fields.unstored(word), Board)
            found = partial(replace, field=True, board=board, stored=bool(stored), absent=absent)
            _enter(known, normal, found)
    return Phrases(known.items())


def _traits(vocabulary: Vocabulary, traits: TraitIndex) -> Iterator[tuple[str, Meaning]]:
    """Yield the words of traits, also followed by a word for models: 开源大模型."""
    nouns, subject = vocabulary.words("small", "nouns"), frozenset({"subject", "matter"})
    for word, trait in traits.words.items():
        normal = vocabulary.normal(word)
        yield normal, Meaning(trait=trait, word=normal)
        yield from ((f"{normal}{noun}", Meaning(trait=trait, word=normal, roles=subject)) for noun in nouns)


def _enter(known: dict[str, Meaning], word: str, change: Callable[[Meaning], Meaning]) -> None:
    key = "".join(word.split())
    known[key] = change(known.get(key, NOTHING))


def _with_cue(one: Meaning, name: str) -> Meaning:
    return replace(one, cues=one.cues | {name})


def _with_trait(one: Meaning, meaning: Meaning) -> Meaning:
    return replace(one, trait=meaning.trait, word=meaning.word, roles=one.roles | meaning.roles)


def _with_role(one: Meaning, name: str) -> Meaning:
    return replace(one, roles=one.roles | {name})


def vendor_names(traits: TraitIndex, normal: Callable[[str], str]) -> tuple[str, ...]:
    """Return the words for vendors, of which many are names of models or stand before them."""
    words: Iterable[str] = (normal(word) for word, trait in traits.words.items() if trait.filter.vendors)
    return tuple(dict.fromkeys(word for word in words if len(word) > 1 and not word.isdecimal()))
