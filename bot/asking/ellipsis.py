"""Names that go without what they share with the one before: `gemini 2.5 pro vs flash`, qwen3-32b 和 14b."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from store.models import Resolution
from store.names.tokens import Kind, kind_of, tokens_of

_PARTS = re.compile(r"[^\s()\[\]_-]+")
_COUNT = re.compile(r"\d{1,2}")


def is_count(typed: str, behind: str) -> bool:
    """Tell whether figures rather count what is `behind` them: `gpt-4 and 5 others`."""
    return bool(_COUNT.fullmatch(typed) and re.search(r"\w", behind))


def complete(typed: str, earlier: str, resolve: Callable[[str], Resolution]) -> tuple[str, Resolution] | None:
    """Return what is `typed` with the beginning of an `earlier` name, rather where that is one model.

    A size is part of a name also where no model has that name, so that this is said.
    """
    wholes = [f"{beginning} {typed}" for beginning in _beginnings(earlier)]
    found = [(whole, resolve(whole)) for whole in wholes]
    known = sorted((each for each in found if each[1].model), key=lambda each: each[1].ambiguous)
    if not known and {kind_of(token) for token in tokens_of(typed)} == {Kind.SIZE}:
        return found[0]
    return known[0] if known else None


def _beginnings(name: str) -> Iterator[str]:
    """Yield the beginnings of a name, the longer first, but the whole name last."""
    ends = [each.end() for each in _PARTS.finditer(name)]
    yield from (name[:end] for end in reversed(ends[:-1]))
    yield name
