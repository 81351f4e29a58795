"""The questions that commands and buttons ask; the same question always has the same answer.

A question is small enough to live in a component's `custom_id`, so that a button still works after
the bot was restarted. Names are written there as short tags, since `custom_id` holds 100 characters.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.drawing.values import Theme

_WORD = re.compile(r"[a-z0-9-]{1,9}\Z")
"""Keys that are no longer than their tags would be."""
_SINGLE = re.compile(r"[hHv][01]\.")
"""How the questions begin whose answers have one page: with their kind and their theme."""


@dataclass(frozen=True, slots=True)
class RankQuestion:
    """Where a model stands, on every board or on one."""

    model: str
    board: str | None = None
    on: date | None = None
    page: int = 0


@dataclass(frozen=True, slots=True)
class TopQuestion:
    """Who leads a board in one dimension, of the models with the trait `only` (a key) if there is one.

    `count` models are shown on a page.
    """

    board: str
    dimension: str
    count: int = 10
    on: date | None = None
    page: int = 0
    only: str | None = None


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


def write(question: Question) -> str:
    """Return `question` in at most 70 characters."""
    page = "" if isinstance(question, Single) else str(question.page)
    match question:
        case RankQuestion():
            parts = ["r", page, _day(question.on), tag(question.board or ""), tag(question.model)]
        case TopQuestion():
            parts = ["t", page, _day(question.on), tag(question.board), tag(question.dimension)]
            parts += [str(question.count), tag(question.only or "")]
        case CompareQuestion():
            parts = ["cC"[question.theme is Theme.LIGHT], page, _day(question.on), *map(tag, question.models)]
        case ChangesQuestion():
            parts = ["d", page, _day(question.since), tag(question.board or "")]
        case HistoryQuestion():
            kind = "hH"[question.by_rank] + str(list(Theme).index(question.theme))
            since = f"{question.since.toordinal():x}" if question.since else ""
            parts = [kind, since, tag(question.board or ""), *map(tag, question.models)]
        case ValueQuestion(board, dimension, theme):
            parts = [f"v{list(Theme).index(theme)}", tag(board), tag(dimension)]
        case BoardsQuestion():
            parts = ["b", page]
        case AboutQuestion():
            parts = ["a", page]
        case NicknamesQuestion():
            parts = ["n", page, str(question.server)]
    return ".".join(parts)


def read(written: str, models: Keys, boards: Keys, dimensions: Keys, traits: Keys) -> Question:
    """Return the question that `write` wrote; raises Unreadable."""
    try:
        match written.split("."):
            case ["r", page, on, board, model]:
                where = boards.of(board) if board != tag("") else None
                return RankQuestion(models.of(model), where, _read_day(on), int(page))
            case ["t", page, on, board, dimension, count, only]:
                trait = traits.of(only) if only != tag("") else None
                where, what = boards.of(board), dimensions.of(dimension)
                return TopQuestion(where, what, int(count), _read_day(on), int(page), trait)
            case ["c" | "C" as kind, page, on, *names]:
                theme = Theme.LIGHT if kind == "C" else Theme.DARK
                return CompareQuestion(tuple(map(models.of, names)), _read_day(on), int(page), theme)
            case ["d", page, since, board]:
                where = boards.of(board) if board != tag("") else None
                return ChangesQuestion(where, _read_day(since), int(page))
            case [_, _, _, *_] if _SINGLE.match(written):
                return _read_single(written, models, boards, dimensions)
            case ["b", page]:
                return BoardsQuestion(int(page))
            case ["a", page]:
                return AboutQuestion(int(page))
            case ["n", page, server]:
                return NicknamesQuestion(int(server), int(page))
    except (ValueError, OverflowError) as error:
        raise Unreadable(written) from error
    raise Unreadable(written)


def _read_single(written: str, models: Keys, boards: Keys, dimensions: Keys) -> Question:
    """Return a question whose answer has one page; raises Unreadable, ValueError, OverflowError."""
    begun, *rest = written.split(".")
    kind, theme = begun[0], list(Theme)[int(begun[1:])]
    match kind, rest:
        case "h" | "H", [since, board, *names]:
            where = boards.of(board) if board != tag("") else None
            begin = date.fromordinal(int(since, 16)) if since else None
            return HistoryQuestion(tuple(map(models.of, names)), where, begin, kind == "H", theme)
        case "v", [board, dimension]:
            return ValueQuestion(boards.of(board), dimensions.of(dimension), theme)
    raise Unreadable(written)


def _day(on: date | None) -> str:
    return on.strftime("%Y%m%d") if on else ""


def _read_day(written: str) -> date | None:
    return datetime.strptime(written, "%Y%m%d").date() if written else None  # noqa: DTZ007 - a day, no time
