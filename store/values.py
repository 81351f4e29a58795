"""The frozen values that cross the borders of the store.

Numbers are as the board printed them. Scores are ratings (Arena, 400 points = 10:1), points or
percent, which the dimension's unit tells; prices are per million tokens; sizes are in billions of
parameters; times are aware and in UTC, midnight meaning that only the day is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any


def _nothing() -> Mapping[str, Any]:
    return MappingProxyType({})


class Unit(StrEnum):
    """What a number of a dimension counts."""

    RATING = "rating"
    POINTS = "points"
    PERCENT = "percent"
    SECONDS = "seconds"
    TOKENS = "tokens"
    YUAN = "yuan"
    COUNT = "count"


class Method(StrEnum):
    """How ratings were computed, where the source tells."""

    RAW = "raw"
    STYLE_CONTROL = "style-control"


class Origin(StrEnum):
    """The kind of document that rows were read from; figures of two kinds are never news of each other."""

    PAGE = "page"
    RELEASE = "release"
    """A delimited file, such as the CSV releases."""
    DATASET = "dataset"
    """The official data set in parquet."""


class Flag(StrEnum):
    """What a board says of a row beside its numbers."""

    NEW = "new"
    """The name was marked `(new)`."""
    PRELIMINARY = "preliminary"
    """The board calls the score preliminary."""
    TRY_IT = "try-it"
    """The link leads to a page where the model can be tried, not to the model's own page."""
    OPEN = "open"
    """The board files the model under open source (开源)."""
    COMMERCIAL = "commercial"
    """The board files the model under commercial (商用)."""
    REPEATED = "repeated"
    """The page had the row twice; it is kept once."""
    MAYBE_ZERO = "maybe-zero"
    """The score is printed `/%` beside a time and a token count: nothing, or a real zero."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a board a page shows: all of it, or the first `top` models."""

    top: int | None = None

    def __str__(self) -> str:
        """Return `full` or `top N`."""
        return "full" if self.top is None else f"top {self.top}"


@dataclass(frozen=True, slots=True)
class Price:
    """A price per million tokens in an ISO 4217 currency; `input` is unknown on ReLE boards."""

    output: float
    currency: str
    input: float | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """A number in one of a board's further columns, with its interval's bounds if it has one."""

    value: float | None
    unit: Unit
    low: float | None = None
    high: float | None = None
    rank: int | None = None
    votes: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a board, typed.

    `low` and `high` are the bounds of the 95 % interval themselves, not distances from the score.
    `best` and `worst` are the ends of the printed rank spread. `measures` and `extras` have the
    printed column headings as keys; `extras` keeps columns that no rule knows, as text.
    """

    position: int
    name: str
    rank: int | None = None
    rank_style_control: int | None = None
    best: int | None = None
    worst: int | None = None
    score: float | None = None
    low: float | None = None
    high: float | None = None
    votes: int | None = None
    organization: str | None = None
    license: str | None = None
    cutoff: str | None = None
    url: str | None = None
    price: Price | None = None
    size: float | None = None
    context: int | None = None
    measures: Mapping[str, Measure] = field(default_factory=_nothing)
    extras: Mapping[str, str] = field(default_factory=_nothing)
    flags: frozenset[Flag] = frozenset()


@dataclass(frozen=True, slots=True)
class Table:
    """One board table of a document.

    `board` is the key of the board it was matched to, or None; `title` the heading above the table;
    `score_label` the heading of the score column, with `unit` and `as_of` as printed or None. `method`
    is None where the document does not tell.
    """

    board: str | None
    title: str
    score_label: str
    unit: Unit
    as_of: datetime | None
    coverage: Coverage
    rows: tuple[Row, ...]
    line: int = 1
    origin: Origin = Origin.PAGE
    method: Method | None = None


class Code(StrEnum):
    """Why a document, row or cell is refused, or (the notes) what was done about it."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    EMPTY = "empty"
    BINARY = "binary"
    ENCODING = "encoding"
    TOO_LARGE = "too-large"
    WEB_PAGE = "web-page"
    JSON = "json"
    NO_TABLE = "no-table"
    NO_ROWS = "no-rows"
    TRUNCATED = "truncated"
    FEW_CELLS = "few-cells"
    MANY_CELLS = "many-cells"
    NO_COLUMN = "no-column"
    SAME_COLUMN = "same-column"
    NO_NAME = "no-name"
    NOT_A_NUMBER = "not-a-number"
    NOT_UNDERSTOOD = "not-understood"
    CONFLICT = "conflict"
    UNKNOWN_BOARD = "unknown-board"
    TOO_LONG = "too-long"
    OUT_OF_RANGE = "out-of-range"
    FUTURE = "future"
    SEVERAL_TABLES = "several-tables"
    OTHER_BOARD = "other-board"
    SHRUNK = "shrunk"
    CONTRADICTION = "contradiction"
    REPEATED = "repeated"
    """A note, not a refusal: a row came twice with the same figures and is kept once."""

    @property
    def fatal(self) -> bool:
        """Whether the document is refused because of it."""
        return self is not Code.REPEATED


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a document, and where: `row` is the file's line from 1, `column` its heading."""

    path: str
    code: Code
    row: int | None = None
    column: str | None = None
    found: str | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a document holds; with a fatal problem it has no tables, since it is refused whole."""

    path: str
    tables: tuple[Table, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether any problem is fatal."""
        return any(problem.code.fatal for problem in self.problems)
