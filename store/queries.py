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
    Select,
    and_,
    bindparam,
    func,
    select,
    true,
)

from store.answers import Leaders, Score, Snapshot, Standing
from store.boards import Catalogue, Dimension
from store.errors import NoSnapshot
from store.filters import UNTOLD, Filter, Newness, conclude, count_untold
from store.lines import (
    SCORE,
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

_OF_MODELS = (
    models.c.key.in_(bindparam("keys", expanding=True)),
    entries.c.snapshot_id.in_(bindparam("pages", expanding=True)),
)
_LINES = select_entries().where(*_OF_MODELS)
_LISTED = (
    select(entries.c.snapshot_id, entries.c.position)
    .join_from(models, names)
    .join(entries)
    .where(*_OF_MODELS)
    .cte("listed")
    .prefix_with("MATERIALIZED")  # else whole pages are read to find a line
)
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
) -> Mapping[str, tuple[Standing, ...]]:
    """Return where each model (a key) stands on those of the snapshots that have it, with domains."""
    by_id = {snapshot.id: snapshot for snapshot in among}
    lines = connection.execute(_LINES, {"keys": keys, "pages": list(by_id)}).all()
    listed = {line.snapshot_id: by_id[line.snapshot_id] for line in lines}
    scores = _scores(connection, keys, listed, tallies)
    found: dict[str, list[Standing]] = {key: [] for key in keys}
    for line in lines:
        snapshot = by_id[line.snapshot_id]
        ordered = _in_order(catalogue, snapshot, scores[line.snapshot_id, line.position])
        found[line.model].append(read_standing(snapshot, line, ordered))
    order = {number: at for at, number in enumerate(by_id)}
    return {
        key: tuple(sorted(each, key=lambda one: (order[one.snapshot.id], one.main.place or 0)))
        for key, each in found.items()
    }


def leaders(
    connection: Connection,
    catalogue: Catalogue,
    snapshot: Snapshot,
    tally: Tally,
    offset: int = 0,
    limit: int | None = None,
    only: Filter | None = None,
    newness: Newness = UNTOLD,
) -> Leaders:
    """Return a page of a snapshot in one of its dimensions, best first, in the board's own order of rank.

    Places are those among all models, also where `only` some are asked for.
    """
    dimension = tally.dimension
    total, unscored = len(tally.scores), tally.listed - len(tally.scores)
    if not only:
        lines = tuple(_read_leaders(connection, snapshot, tally, offset, limit))
        return Leaders(snapshot, dimension, lines, total, unscored)
    everyone = _read_leaders(connection, snapshot, tally)
    judged = [(each, only.judge(each, catalogue, newness)) for each in everyone]
    kept = [each for each, told in judged if conclude(told)]
    end = None if limit is None else offset + limit
    untold = count_untold(told for _, told in judged)
    return Leaders(snapshot, dimension, tuple(kept[offset:end]), len(kept), unscored, untold)


def _read_leaders(
    connection: Connection, snapshot: Snapshot, tally: Tally, offset: int = 0, limit: int | None = None
) -> Iterator[Standing]:
    """Give the lines of a page by rank, each with its score in one dimension."""
    for row in connection.execute(_leading(snapshot, tally, offset, limit)):
        yield read_standing(snapshot, row, [read_score(tally.dimension, row, tally.place(row.score))])


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


def _leading(snapshot: Snapshot, tally: Tally, offset: int, limit: int | None) -> Select[Any]:
    """Return the query of some lines of a page; they are chosen before all else of them is looked up."""
    here = (
        standings.c.snapshot_id == snapshot.id,
        standings.c.dimension_id == tally.id,
        standings.c.score.is_not(None),
    )
    by_rank = _by_rank(standings.c, tally)
    chosen = select(standings).where(*here).order_by(*by_rank).offset(offset).limit(limit).subquery()
    same = and_(entries.c.snapshot_id == snapshot.id, entries.c.position == chosen.c.position)
    scores = [chosen.c[each.name] for each in SCORE]
    return select_entries(*scores).join(chosen, same).order_by(*_by_rank(chosen.c, tally))


def _by_rank(columns: Any, tally: Tally) -> tuple[Any, ...]:  # noqa: ANN401 - of a table or a query
    score = columns.score if tally.dimension.lower_is_better else columns.score.desc()
    return (columns.rank.is_(None), columns.rank, score, columns.position)


def _scores(
    connection: Connection, keys: Sequence[str], among: Mapping[int, Snapshot], tallies: Tallying
) -> Mapping[tuple[int, int], list[Score]]:
    """Return the scores of the lines of models, by snapshot and position."""
    counted = {number: {each.id: each for each in tallies(page).values()} for number, page in among.items()}
    scored = {number for each in counted.values() for number in each}
    found: dict[tuple[int, int], list[Score]] = {}
    asked = {"keys": keys, "pages": list(among), "dimensions": list(scored)}
    for row in connection.execute(_SCORES, asked):
        tally = counted[row.snapshot_id][row.dimension_id]
        score = read_score(tally.dimension, row, tally.place(row.score))
        found.setdefault((row.snapshot_id, row.position), []).append(score)
    return found


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
