"""How models fared on a board over all its dated pages, as values.

A course has days; each day is what the board said at its end. A line through a series may connect two
points only within a run: what lies between two runs is a page that does not list the model, or a break
after which figures mean something else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from store.answers import Score
from store.boards import Board, Dimension
from store.changes import Bulk
from store.values import Coverage


@dataclass(frozen=True, slots=True)
class Day:
    """What a board said on one day: when it was issued last, in which content, and how much it showed."""

    at: datetime
    snapshot: int
    score: Dimension
    coverage: Coverage
    rows: int


@dataclass(frozen=True, slots=True)
class Break:
    """A place between two days that no line may cross: the board is measured otherwise from `at` on."""

    at: datetime
    causes: tuple[Bulk, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """Where a model stood at a time; its score is there, and `rank` is the board's, else our place."""

    at: datetime
    score: Score
    rank: int | None


Run = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """A model's points on a board, in runs that a line may connect.

    `missing` counts the days between its first and its last that do not list it with a score, `cut` those of
    them that show only the top; `there` tells whether the newest day lists it.
    """

    model: str
    runs: tuple[Run, ...]
    missing: int = 0
    cut: int = 0
    there: bool = False

    @property
    def points(self) -> Sequence[Point]:
        """All points, oldest first."""
        return [point for run in self.runs for point in run]


@dataclass(frozen=True, slots=True)
class Course:
    """The series of some models on one board, in the order they were asked for.

    `contents` counts the different pages among the days, `undated` the pages that have no day and are in
    no series.
    """

    board: Board
    days: tuple[Day, ...]
    series: tuple[Series, ...]
    breaks: tuple[Break, ...] = ()
    contents: int = 0
    undated: int = 0
