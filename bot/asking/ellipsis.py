"""Names that go without what they share with the one before: `gemini 2.5 pro vs flash`, qwen3-32b 和 14b."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator

from bot.asking.vocabulary import alternatives
from store.models import Resolution
from store.names.tokens import Kind, kind_of, tokens_of

_PARTS = re.compile(r"[^\s()\[\]_-]+")
_VERSION = re.compile(r"v\d+(?:\.\d+)?")
_COUNT = re.compile(r"\d{1,2}")


class Ellipsis:
    """Completes names behind one of the `joins`; figures before one of the `counted` are none."""

    def __init__(self, joins: Collection[str], counted: Collection[str]) -> None:
        self._join = re.compile(rf"\s*{alternatives(joins)}\s*")
        self._counted = re.compile(rf"\s*(?:[a-z]|{alternatives(counted)})")

    def begins(self, between: str) -> bool:
        """Tell whether what stands `between` a name and figures joins them to two names."""
        return self._join.fullmatch(between) is not None

    def complete(
        self, typed: str, behind: str, earlier: str, resolve: Callable[[str], Resolution]
    ) -> tuple[str, Resolution] | None:
        """Return what is `typed` with the beginning of an `earlier` name, rather where that is one model.

        Where there is no such model, figures are a name all the same, so that this can be said:
        `grok 3 or 4` asks for a Grok 4.
        """
        if _COUNT.fullmatch(typed) and self._counted.match(behind):
            return None  # "gpt-4 and 5 others"
        found = [(whole, resolve(whole)) for whole in (f"{each} {typed}" for each in _beginnings(earlier))]
        known = sorted((each for each in found if each[1].model), key=lambda each: each[1].ambiguous)
        unknown = _unknown(typed, earlier)
        return known[0] if known else (unknown, resolve(unknown)) if unknown else None


def is_version(word: str) -> bool:
    """Tell whether a word is a mere version, `v4`, which is a name only behind another."""
    return _VERSION.fullmatch(word) is not None


def _unknown(typed: str, earlier: str) -> str:
    """Return an earlier name with its figures exchanged for those that are typed, "" where it has none."""
    first = _PARTS.search(typed)
    for each in _PARTS.finditer(earlier):
        same = first is not None and _kind(each[0]) == _kind(first[0])
        if same and each.start() and is_version(each[0]) == is_version(typed):
            return f"{earlier[: each.start()].rstrip(' -_(')} {typed}"
    return ""


def _kind(part: str) -> Kind | None:
    kinds = {kind_of(token) for token in tokens_of(part)} & {Kind.SIZE, Kind.VERSION}
    return min(kinds, default=None)


def _beginnings(name: str) -> Iterator[str]:
    """Yield the beginnings of a name, the longer first, but the whole name last."""
    ends = [each.end() for each in _PARTS.finditer(name)]
    yield from (name[:end] for end in reversed(ends[:-1]))
    yield name
