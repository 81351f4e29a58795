"""The scores of a page by dimension, in order: what tells a place without asking the database again.

A page never changes, so its tallies are kept; they take eight bytes a score.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from store.answers import Snapshot
from store.boards import Catalogue, Dimension
from store.lines import read_dimension
from store.schema import dimensions, standings


@dataclass(frozen=True, slots=True)
class Tally:
    """All scores of a page in one dimension, the lowest first.

    `id` is the dimension's in the database; `listed` counts the lines, also those without a score.
    """

    id: int
    dimension: Dimension
    listed: int
    scores: array[float]

    def place(self, score: float | None) -> int:
        """Return one more than the number of better scores."""
        if score is None:
            return 1
        if self.dimension.lower_is_better:
            return bisect_left(self.scores, score) + 1
        return len(self.scores) - bisect_right(self.scores, score) + 1


Tallies = Mapping[str, Tally]
"""The tallies of a page by the dimension's key."""


def read_tallies(connection: Connection, catalogue: Catalogue, snapshot: Snapshot) -> Tallies:
    """Return the tallies of a page."""
    rows: Iterable[Row[Any]] = connection.execute(
        select(
            standings.c.dimension_id,
            standings.c.score,
            dimensions.c.key,
            dimensions.c.label,
            dimensions.c.unit,
        )
        .join_from(standings, dimensions)
        .where(standings.c.snapshot_id == snapshot.id)
    )
    titled: dict[int, Row[Any]] = {}
    found: dict[int, list[float]] = {}
    listed: dict[int, int] = {}
    for row in rows:
        number = row.dimension_id
        titled.setdefault(number, row)
        listed[number] = listed.get(number, 0) + 1
        scores = found.setdefault(number, [])
        if row.score is not None:
            scores.append(row.score)
    return {
        row.key: Tally(
            number, read_dimension(catalogue, row), listed[number], array("d", sorted(found[number]))
        )
        for number, row in titled.items()
    }
