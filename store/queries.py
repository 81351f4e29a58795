"""The only read path: questions about stored boards, answered with values.

Every function takes an open connection, so that one answer is read from one state of the database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    ScalarSelect,
    and_,
    bindparam,
    func,
    select,
    true,
)

from store.answers import Score, Snapshot, Standing
from store.boards import Catalogue, Dimension
from store.errors import NoSnapshot
from store.lines import (
    read_dimension,
    read_score,
    read_snapshot,
    read_standing,
    select_entries,
    select_snapshots,
)
from store.schema import UNDATED, boards, dimensions, entries, models, names, sightings, snapshots, standings
from store.tally import Tallies, Tally

other = standings.alias("other")

Tallying = Callable[[Snapshot], Tallies]
"""Gives the tallies of a page, which need not be read each time."""
Everywhere = Mapping[str, Sequence[Standing]]
"""Where models (keys) stand, page by page."""

_HERE = entries.c.snapshot_id.in_(bindparam("pages", expanding=True))
_OF_MODELS = models.c.key.in_(bindparam("keys", expanding=True))
_WHOLE_LINES = select_entries().where(_HERE)
_LINES = _WHOLE_LINES.where(_OF_MODELS)
_LISTED = (
    select(entries.c.snapshot_id, entries.c.position)
    .join_from(models, names)
    .join(entries)
    .where(_OF_MODELS, _HERE)
    .cte("listed")
    .prefix_with("MATERIALIZED")  # else whole pages are read to find a line
)
_WHOLE_SCORES = select(standings).where(standings.c.snapshot_id.in_(bindparam("pages", expanding=True)))
_SCORES = (
    select(standings)
    .join_from(
        _LISTED,
        standings,
        and_(
            standings.c.snapshot_id == _LISTED.c.snapshot_id,
            standings.c.position == _LISTED.c.position,
        ),
    )
    .where(standings.c.dimension_id.in_(bindparam("dimensions", expanding=True)))
)
"""With the dimensions, the key finds each score by itself; statements made once are quick to run."""


def current(
    connection: Connection,
    catalogue: Catalogue,
    on: date | None = None,
    board: str | None = None,
    *,
    whole: bool = False,
) -> dict[str, Snapshot]:
    """Return what every board says, or one: its newest snapshot, or its newest by the end of day `on` (UTC).

    With `whole`, its newest that shows the whole board. Boards come in the catalogue's order; undated
    pages count only where no day is asked for.
    """
    newest = select(sightings.c.id).where(sightings.c.board_id == boards.c.id)
    if whole:
        full = select(snapshots.c.id).where(snapshots.c.board_id == boards.c.id, snapshots.c.top.is_(None))
        newest = newest.where(sightings.c.snapshot_id.in_(full.correlate(boards)))
    if on is not None:
        end = datetime.combine(on, time(), UTC) + timedelta(days=1)
        newest = newest.where(sightings.c.at < end, sightings.c.at != UNDATED)
    newest = newest.order_by(sightings.c.at.desc(), sightings.c.read_at.desc(), sightings.c.id.desc()).limit(
        1
    )
    found: Iterable[Row[Any]] = connection.execute(
        select_snapshots().where(
            sightings.c.id == newest.correlate(boards).scalar_subquery(),
            true() if board is None else boards.c.key == board,
        )
    )
    read = {row.key: read_snapshot(catalogue, row) for row in found if row.key in catalogue.boards}
    return {key: read[key] for key in catalogue.boards if key in read}


def snapshot_of(connection: Connection, catalogue: Catalogue, board: str, on: date | None = None) -> Snapshot:
    """Return what one board says (by day `on`); raises NoSnapshot, UnknownBoard."""
    found = current(connection, catalogue, on, catalogue.board(board).key).get(board)
    if found is None:
        raise NoSnapshot(board, on)
    return found


def standings_of(
    connection: Connection,
    catalogue: Catalogue,
    keys: Sequence[str],
    among: Iterable[Snapshot],
    tallies: Tallying,
) -> Everywhere:
    """Return where each model (a key) stands on those of the snapshots that have it, with domains."""
    by_id = {snapshot.id: snapshot for snapshot in among}
    lines = connection.execute(_LINES, {"keys": keys, "pages": list(by_id)}).all()
    listed = {line.snapshot_id: by_id[line.snapshot_id] for line in lines}
    counted = _by_number(listed.values(), tallies)
    asked = {
        "keys": keys,
        "pages": list(listed),
        "dimensions": list({id for each in counted.values() for id in each}),
    }
    scores = connection.execute(_SCORES, asked)
    order = {number: at for at, number in enumerate(by_id)}
    read = _read_lines(catalogue, by_id, lines, scores, counted)
    found: dict[str, list[Standing]] = {key: [] for key in keys}
    for each in sorted(read, key=lambda one: (order[one.snapshot.id], one.main.place or 0)):
        found[each.model].append(each)
    return found


def lines_of(
    connection: Connection, catalogue: Catalogue, page: Snapshot, tallies: Tallying
) -> tuple[Standing, ...]:
    """Return every line of a page with all its scores, in the page's order."""
    asked = {"pages": [page.id]}
    lines = connection.execute(_WHOLE_LINES.order_by(entries.c.position), asked).all()
    scores = connection.execute(_WHOLE_SCORES, asked)
    return tuple(_read_lines(catalogue, {page.id: page}, lines, scores, _by_number([page], tallies)))


def dimensions_of(
    connection: Connection, catalogue: Catalogue, among: Iterable[Snapshot]
) -> Mapping[str, tuple[Dimension, ...]]:
    """Return the dimensions of each snapshot by its board's key, the main score first."""
    by_id = {snapshot.id: snapshot for snapshot in among}
    rows: Iterable[Row[Any]] = connection.execute(
        select(standings.c.snapshot_id, dimensions.c.key, dimensions.c.label, dimensions.c.unit)
        .distinct()
        .join_from(standings, dimensions)
        .where(standings.c.snapshot_id.in_(by_id))
    )
    found: dict[int, list[Dimension]] = {each: [] for each in by_id}
    for row in rows:
        found[row.snapshot_id].append(read_dimension(catalogue, row))
    return {
        by_id[each].board.key: tuple(sorted(dims, key=lambda one: _order(catalogue, by_id[each], one)))
        for each, dims in found.items()
    }


def _by_number(among: Iterable[Snapshot], tallies: Tallying) -> Mapping[int, Mapping[int, Tally]]:
    """Return the tallies of pages by the numbers of the page and of the dimension."""
    return {page.id: {each.id: each for each in tallies(page).values()} for page in among}


def _read_lines(
    catalogue: Catalogue,
    pages: Mapping[int, Snapshot],
    lines: Iterable[Row[Any]],
    scores: Iterable[Row[Any]],
    counted: Mapping[int, Mapping[int, Tally]],
) -> Iterator[Standing]:
    """Give the standing of each line, with its scores."""
    found: dict[tuple[int, int], list[Score]] = {}
    for row in scores:
        tally = counted[row.snapshot_id][row.dimension_id]
        score = read_score(tally.dimension, row, tally.place(row.score))
        found.setdefault((row.snapshot_id, row.position), []).append(score)
    for line in lines:
        page = pages[line.snapshot_id]
        ordered = _in_order(catalogue, page, found[line.snapshot_id, line.position])
        yield read_standing(page, line, ordered)


def count_scores(condition: ColumnElement[bool]) -> ScalarSelect[int]:
    """Return how many scores (`other`) of the same page and dimension meet a condition."""
    here = and_(
        other.c.snapshot_id == standings.c.snapshot_id, other.c.dimension_id == standings.c.dimension_id
    )
    return select(func.count()).where(here, condition).correlate(standings).scalar_subquery()


def _in_order(catalogue: Catalogue, snapshot: Snapshot, scores: Sequence[Score]) -> list[Score]:
    return sorted(scores, key=lambda score: _order(catalogue, snapshot, score.dimension))


def _order(catalogue: Catalogue, snapshot: Snapshot, dimension: Dimension) -> tuple[bool, int, str]:
    keys = list(catalogue.dimensions)
    place = keys.index(dimension.key) if dimension.key in keys else len(keys)
    return dimension.key != snapshot.score.key, place, dimension.key
