"""The questions that commands and buttons ask; the same question always has the same answer.

A question is small enough to live in a component's `custom_id`, so that a button still works after
the bot was restarted. Names are written there as short tags, since `custom_id` holds 100 characters.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from bot.drawing.values import Theme
from store.filters import ANY, Filter

_WORD = re.compile(r"[a-z0-9-]{1,9}\Z")
"""Keys that are no longer than their tags would be."""

Readings = Mapping[str, Sequence[str]]
"""The model keys that an ambiguous name may mean, by menu slot, the likeliest first."""
NONE: Readings = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class RankQuestion:
    """Where a model stands, on every board or on one."""

    model: str
    board: str | None = None
    on: date | None = None
    page: int = 0


@dataclass(frozen=True, slots=True)
class TopQuestion:
    """Who leads a board in one dimension, of the models that fit the filter `only`.

    `count` models are shown on a page.
    """

    board: str
    dimension: str
    count: int = 10
    on: date | None = None
    page: int = 0
    only: Filter = ANY


@dataclass(frozen=True, slots=True)
class CompareQuestion:
    """How two to four models compare."""

    models: tuple[str, ...]
    on: date | None = None
    page: int = 0
    theme: Theme = Theme.DARK


@dataclass(frozen=True, slots=True)
class ChangesQuestion:
    """What changed on a board (None: the first that ever did) since the end of a day, else the last time."""

    board: str | None = None
    since: date | None = None
    page: int = 0


@dataclass(frozen=True, slots=True)
class HistoryQuestion:
    """How up to five models fared on a board (None: the likeliest) since a day, by their score or rank."""

    models: tuple[str, ...]
    board: str | None = None
    since: date | None = None
    by_rank: bool = False
    theme: Theme = Theme.DARK


@dataclass(frozen=True, slots=True)
class ValueQuestion:
    """What the scores of a board in one dimension cost."""

    board: str
    dimension: str
    theme: Theme = Theme.DARK


@dataclass(frozen=True, slots=True)
class ProfileQuestion:
    """All about a model."""

    model: str
    page: int = 0
    theme: Theme = Theme.DARK


@dataclass(frozen=True, slots=True)
class BoardsQuestion:
    """What is stored."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class AboutQuestion:
    """What the columns mean, and where it is all from."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class NicknamesQuestion:
    """What a server calls its models."""

    server: int
    page: int = 0


Paged = (
    RankQuestion
    | TopQuestion
    | CompareQuestion
    | ChangesQuestion
    | ProfileQuestion
    | BoardsQuestion
    | AboutQuestion
    | NicknamesQuestion
)
"""Questions whose answers can have several pages."""
Single = HistoryQuestion | ValueQuestion
"""Questions whose answers have one page and a picture."""
Question = Paged | Single


def turn(question: Paged, page: int) -> Paged:
    """Return the same question at another page, counted from 0."""
    return replace(question, page=page)


@lru_cache(maxsize=1024)
def tag(key: str) -> str:
    """Return a short name for `key`: itself, or 8 characters of its SHA-256 behind a `~`."""
    if _WORD.match(key):
        return key
    return "~" + base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest()[:6]).decode()


class Unreadable(Exception):
    """A component's question cannot be read: it is of another version, or its model is gone."""


class Keys:
    """Finds the key behind a tag, among those that exist now."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = {tag(key): key for key in keys}

    def of(self, written: str) -> str:
        """Return the key that was written as this tag; raises Unreadable."""
        try:
            return self._keys[written]
        except KeyError:
            raise Unreadable(written) from None
