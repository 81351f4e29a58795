"""The only read path: questions about stored boards, answered with values.

Every function takes an open connection, so that one answer is read from one state of the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    ScalarSelect,
    Select,
    and_,
    false,
    func,
    or_,
    select,
    true,
)

from store.answers import Leaders, Score, Snapshot, Standing
from store.boards import Catalogue, Dimension
from store.errors import NoSnapshot, UnknownDimension
from store.filters import UNTOLD, Filter, Newness, conclude, count_untold
from store.lines import (
    SAME_ENTRY,
    SCORE,
    read_dimension,
    read_score,
    read_snapshot,
    read_standing,
    select_entries,
    select_snapshots,
)
from store.schema import UNDATED, boards, dimensions, entries, models, sightings, snapshots, standings

other = standings.alias("other")


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
    connection: Connection, catalogue: Catalogue, model: str, among: Iterable[Snapshot]
) -> tuple[Standing, ...]:
    """Return where the model `model` (a key) stands on each of the snapshots that has it, with domains."""
    by_id = {snapshot.id: snapshot for snapshot in among}
    lines = connection.execute(
        select_entries().where(models.c.key == model, entries.c.snapshot_id.in_(by_id))
    ).all()
    scores = _scores(connection, catalogue, [(line.snapshot_id, line.position) for line in lines])
    found = []
    for line in lines:
        snapshot = by_id[line.snapshot_id]
        ordered = _in_order(catalogue, snapshot, scores[line.snapshot_id, line.position])
        found.append(read_standing(snapshot, line, ordered))
    boards_in_order = list(by_id)
    return tuple(
        sorted(found, key=lambda each: (boards_in_order.index(each.snapshot.id), each.main.place or 0))
    )


def leaders(
    connection: Connection,
    catalogue: Catalogue,
    snapshot: Snapshot,
    dimension: str,
    offset: int = 0,
    limit: int | None = None,
    only: Filter | None = None,
    newness: Newness = UNTOLD,
) -> Leaders:
    """Return a page of a snapshot in one dimension, best first, in the board's own order of rank.

    Places are those among all models, also where `only` some are asked for.
    Raises UnknownDimension when the snapshot has no such dimension.
    """
    known = connection.execute(_describe(snapshot, dimension)).first()
    if known is None:
        raise UnknownDimension(snapshot.board.key, dimension)
    scored = read_dimension(catalogue, known)
    page = _page(snapshot, known.id, scored)
    read = partial(_read_leader, snapshot, scored)
    unscored = known.listed - known.scored
    if not only:
        lines = tuple(map(read, connection.execute(page.offset(offset).limit(limit))))
        return Leaders(snapshot, scored, lines, known.scored, unscored)
    judged = [(each, only.judge(each, catalogue, newness)) for each in map(read, connection.execute(page))]
    kept = [each for each, told in judged if conclude(told)]
    end = None if limit is None else offset + limit
    untold = count_untold(told for _, told in judged)
    return Leaders(snapshot, scored, tuple(kept[offset:end]), len(kept), unscored, untold)


def _read_leader(snapshot: Snapshot, dimension: Dimension, row: Row[Any]) -> Standing:
    return read_standing(snapshot, row, [read_score(dimension, row, row.place)])


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


def _describe(snapshot: Snapshot, dimension: str) -> Select[Any]:
    return (
        select(
            dimensions.c.id,
            dimensions.c.key,
            dimensions.c.label,
            dimensions.c.unit,
            func.count(standings.c.score).label("scored"),
            func.count().label("listed"),
        )
        .join_from(standings, dimensions)
        .where(standings.c.snapshot_id == snapshot.id, dimensions.c.key == dimension)
        .group_by(dimensions.c.id, dimensions.c.key, dimensions.c.label, dimensions.c.unit)
    )


def _page(snapshot: Snapshot, dimension_id: int, dimension: Dimension) -> Select[Any]:
    better = standings.c.score if dimension.lower_is_better else standings.c.score.desc()
    return (
        select_entries(*SCORE, func.rank().over(order_by=better).label("place"))
        .join(standings, SAME_ENTRY)
        .where(
            entries.c.snapshot_id == snapshot.id,
            standings.c.dimension_id == dimension_id,
            standings.c.score.is_not(None),
        )
        .order_by(standings.c.rank.is_(None), standings.c.rank, better, entries.c.position)
    )


def _scores(
    connection: Connection, catalogue: Catalogue, places: Sequence[tuple[int, int]]
) -> Mapping[tuple[int, int], list[Score]]:
    wanted = [
        and_(standings.c.snapshot_id == snapshot_id, standings.c.position == position)
        for snapshot_id, position in places
    ]
    rows = connection.execute(
        select(
            standings,
            dimensions.c.key,
            dimensions.c.label,
            dimensions.c.unit,
            count_scores(other.c.score > standings.c.score).label("higher"),
            count_scores(other.c.score < standings.c.score).label("lower"),
        )
        .join_from(standings, dimensions)
        .where(or_(false(), *wanted))
    )
    found: dict[tuple[int, int], list[Score]] = {place: [] for place in places}
    for row in rows:
        found[row.snapshot_id, row.position].append(_read_placed(catalogue, row))
    return found


def count_scores(condition: ColumnElement[bool]) -> ScalarSelect[int]:
    """Return how many scores (`other`) of the same page and dimension meet a condition."""
    here = and_(
        other.c.snapshot_id == standings.c.snapshot_id, other.c.dimension_id == standings.c.dimension_id
    )
    return select(func.count()).where(here, condition).correlate(standings).scalar_subquery()


def _read_placed(catalogue: Catalogue, row: Row[Any]) -> Score:
    dimension = read_dimension(catalogue, row)
    better = row.lower if dimension.lower_is_better else row.higher
    return read_score(dimension, row, better + 1)


def _in_order(catalogue: Catalogue, snapshot: Snapshot, scores: Sequence[Score]) -> list[Score]:
    return sorted(scores, key=lambda score: _order(catalogue, snapshot, score.dimension))


def _order(catalogue: Catalogue, snapshot: Snapshot, dimension: Dimension) -> tuple[bool, int, str]:
    keys = list(catalogue.dimensions)
    place = keys.index(dimension.key) if dimension.key in keys else len(keys)
    return dimension.key != snapshot.score.key, place, dimension.key
