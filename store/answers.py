"""The frozen values that the read path gives: what is stored, with where it comes from.

Scores keep their board's own numbers; `place` alone is ours: one more than the number of better
scores on the same page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from store.boards import Board, Dimension
from store.values import Coverage, Flag, Method, Origin, Price


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One reading of one board.

    `as_of` is the newest time stamp under which these rows were issued by the day that was asked for,
    or None for a page without a date; `read_at` is when we read it. `origin` and `method` are None where
    nothing tells. `domains` are the headings of the domains that a ReLE board's total is made of, folded.
    """

    id: int
    board: Board
    score: Dimension
    as_of: datetime | None
    read_at: datetime
    coverage: Coverage
    rows: int
    source: str
    origin: Origin | None = None
    method: Method | None = None
    domains: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Score:
    """A model's score in one dimension; `low` and `high` bound its 95 % interval.

    `place` is one more than the number of better scores on the same page, None where there is no score.
    """

    dimension: Dimension
    score: float | None
    low: float | None = None
    high: float | None = None
    votes: int | None = None
    rank: int | None = None
    rank_style_control: int | None = None
    best: int | None = None
    worst: int | None = None
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """One line of a stored board: what it says of one model in one dimension.

    `domains` are its scores in the board's other dimensions, where they were asked for.
    `organization` is the vendor as printed.
    """

    snapshot: Snapshot
    name: str
    model: str
    main: Score
    domains: tuple[Score, ...] = ()
    organization: str | None = None
    license: str | None = None
    cutoff: str | None = None
    url: str | None = None
    price: Price | None = None
    size: float | None = None
    context: int | None = None
    flags: frozenset[Flag] = frozenset()


@dataclass(frozen=True, slots=True)
class Leaders:
    """A page of a board in one dimension, best first.

    `total` counts the models with a score, `unscored` those that the board lists without one. Where only
    models of some kind were asked for, `total` counts those, and `untold` the ones left out since the
    board does not tell, by the key of what it does not tell of them (`store.filters.Aspect`).
    """

    snapshot: Snapshot
    dimension: Dimension
    standings: tuple[Standing, ...]
    total: int
    unscored: int
    untold: Mapping[str, int] = field(default_factory=dict)
