"""The words of all names, with the forms that have them.

Forms are bits of an integer, in the order of their models' likelihood, so that "has this word and
that version" is one `&`, and the first bits are the likeliest. Only frequent words keep such an
integer; the others keep a short array, since a vocabulary is long and mostly rare.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from store.names.forms import Form
from store.names.tokens import Kind, kind_of

FULL_DATE: Final = len("@20250326")
_RARE: Final = 48
_SHORTEST_PART: Final = 3  # of both halves: `chat` and `gpt`, but `molmo` is not a kind of `olmo`


class Lexicon:
    """An inverted index from tokens to forms."""

    def __init__(self, forms: Iterable[Form]) -> None:
        places: dict[str, array[int]] = {}
        for place, form in enumerate(forms):
            for token in dict.fromkeys(form.tokens):
                places.setdefault(token, array("I")).append(place)
        self._implied: dict[str, list[str]] = {}
        for token in places:
            for name in _implied(token):
                self._implied.setdefault(name, []).append(token)
        self._places: Mapping[str, array[int] | int] = {
            token: each if len(each) <= _RARE else _bits(each) for token, each in places.items()
        }
        self.parts = _parts(places)
        """The longer words that end in a word: `gpt` → `chatgpt`."""

    def __contains__(self, token: str) -> bool:
        return token in self._places

    def implied(self, name: str) -> Sequence[str]:
        """Return the tokens that `name` is a part of: `3` of `v3`, `~0326` of `@20250326`."""
        return self._implied.get(name, ())

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def forms(self, token: str) -> int:
        """Return the forms that have `token`, as bits."""
        found = self._places.get(token, 0)
        return found if isinstance(found, int) else _bits(found)


def places(bits: int) -> list[int]:
    """Return the places of the bits that are set, in order."""
    text = bin(bits)[:1:-1]
    found: list[int] = []
    place = text.find("1")
    while place >= 0:
        found.append(place)
        place = text.find("1", place + 1)
    return found


def _bits(places: Iterable[int]) -> int:
    bits = 0
    for place in places:
        bits |= 1 << place
    return bits


def _implied(token: str) -> Iterator[str]:
    """Yield the parts that may name `token`: of a full date its day, its month and its year."""
    kind = kind_of(token)
    if kind is Kind.VERSION and token[0] == "v":
        yield token[1:]
    elif kind is Kind.DATE and len(token) == FULL_DATE:
        yield from (f"~{token[5:]}", f"~{token[3:7]}", f"~{token[1:5]}")


def _parts(tokens: Iterable[str]) -> dict[str, tuple[str, ...]]:
    words = {each for each in tokens if kind_of(each) is Kind.NAME and each.isalpha()}
    parts: dict[str, tuple[str, ...]] = {}
    for word in words:
        for start in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            if (part := word[start:]) in words:
                parts[part] = (*parts.get(part, ()), word)
    return parts
