"""A board's history as steps from one content to the next, and what changed in any of them.

`read_changes` takes an open connection, so that news can be planned in the transaction that stores a page.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, Row, and_, func, or_, select

from store.answers import Snapshot
from store.boards import Board, Catalogue
from store.changes import Changes, Page, compare
from store.errors import OneSnapshot
from store.lines import (
    SAME_ENTRY,
    SCORE,
    read_score,
    read_snapshot,
    read_standing,
    select_entries,
    select_snapshots,
)
from store.queries import snapshot_of
from store.schema import (
    UNDATED,
    boards,
    dimensions,
    entries,
    models,
    names,
    renames,
    sightings,
    snapshots,
    standings,
)

Step = tuple[Snapshot, Snapshot]


def find_ends(
    connection: Connection,
    catalogue: Catalogue,
    board: str,
    older: date | None = None,
    newer: date | None = None,
) -> Step:
    """Return what a board said by the end of day `older`, and what by the end of day `newer` (or says now).

    Without `older`, the last step by then: the newest content, when it was first issued, and the one
    before. Raises NoSnapshot, UnknownBoard, and OneSnapshot where there was never another content.
    """
    if older is not None:
        before = snapshot_of(connection, catalogue, board, older)
        return before, snapshot_of(connection, catalogue, board, newer)
    return _last_step(connection, catalogue, snapshot_of(connection, catalogue, board, newer))


def _last_step(connection: Connection, catalogue: Catalogue, newest: Snapshot) -> Step:
    """Return the last step to the `newest` content; however long the history is, two rows are read.

    Raises OneSnapshot.
    """
    by_time = (sightings.c.at, sightings.c.read_at, sightings.c.id)
    numbered = select_snapshots().add_columns(sightings.c.id.label("number"))
    here = numbered.where(boards.c.key == newest.board.key, sightings.c.at <= (newest.as_of or UNDATED))
    last_first = here.where(snapshots.c.id != newest.id).order_by(*(each.desc() for each in by_time))
    before = connection.execute(last_first.limit(1)).first()
    if before is None:
        raise OneSnapshot(newest.board.key)
    same = here.where(snapshots.c.id == newest.id, sightings.c.at >= before.at)
    found = connection.execute(same.order_by(*by_time)).all()
    since = (before.at, before.read_at, before.number)
    after = next(row for row in found if (row.at, row.read_at, row.number) > since)
    return read_snapshot(catalogue, before), read_snapshot(catalogue, after)


def read_steps(
    connection: Connection, catalogue: Catalogue, board: str, on: date | None = None
) -> tuple[Step, ...]:
    """Return every change of a board's content by the end of day `on`, oldest first.

    Each is the last sighting of one content and the first of the next. Undated pages come first, in the
    order of reading. Raises NoSnapshot, UnknownBoard.
    """
    newest = snapshot_of(connection, catalogue, board, on)
    rows: Iterable[Row[Any]] = connection.execute(
        select_snapshots()
        .where(boards.c.key == board, sightings.c.at <= (newest.as_of or UNDATED))
        .order_by(sightings.c.at, sightings.c.read_at, sightings.c.id)
    )
    pairs = pairwise(rows)
    return tuple(
        (read_snapshot(catalogue, one), read_snapshot(catalogue, other))
        for one, other in pairs
        if one.id != other.id
    )


def changing_boards(connection: Connection, catalogue: Catalogue) -> tuple[Board, ...]:
    """Return the boards of which more than one content is stored, in the catalogue's order."""
    several = (
        select(boards.c.key)
        .join_from(snapshots, boards)
        .group_by(boards.c.key)
        .having(func.count(snapshots.c.id) > 1)
    )
    found = set(connection.scalars(several))
    return tuple(board for key, board in catalogue.boards.items() if key in found)


def read_changes(connection: Connection, catalogue: Catalogue, older: Snapshot, newer: Snapshot) -> Changes:
    """Return what changed from one snapshot of a board to another one of it."""
    if older.id == newer.id:
        return Changes(older, newer)
    return read_both(connection, catalogue, older, newer)[2]


def read_both(
    connection: Connection, catalogue: Catalogue, older: Snapshot, newer: Snapshot
) -> tuple[Page, Page, Changes]:
    """Return two snapshots of a board as pages, with what changed from one to the other."""
    before, after = (read_standings(connection, catalogue, each) for each in (older, newer))
    strangers = after.by_model.keys() - before.by_model.keys()
    known = seen_before(connection, older, strangers)
    return before, after, compare(before, after, known, rejected_renames(connection))


def read_history(connection: Connection, catalogue: Catalogue, board: str) -> Iterator[Changes]:
    """Give what changed in every step of a board's history, oldest first; raises as `read_steps`."""
    for older, newer in read_steps(connection, catalogue, board):
        yield read_changes(connection, catalogue, older, newer)


def read_standings(connection: Connection, catalogue: Catalogue, snapshot: Snapshot) -> Page:
    """Return all lines of a snapshot in its main dimension, also those without a score."""
    better = standings.c.score if snapshot.score.lower_is_better else standings.c.score.desc()
    place = func.rank().over(order_by=(standings.c.score.is_(None), better))
    rows = connection.execute(
        select_entries(*SCORE, place.label("place"))
        .join(standings, SAME_ENTRY)
        .join(dimensions, dimensions.c.id == standings.c.dimension_id)
        .where(entries.c.snapshot_id == snapshot.id, dimensions.c.key == snapshot.score.key)
        .order_by(entries.c.position)
    )
    return Page.of(
        snapshot,
        [read_standing(snapshot, row, [read_score(snapshot.score, row, row.place)]) for row in rows],
    )


def seen_before(connection: Connection, snapshot: Snapshot, keys: Collection[str]) -> frozenset[str]:
    """Return those of the models `keys` that a snapshot's board listed before it or in it.

    Of one time, what was read first is earlier; so are pages without a date that were read before.
    """
    if not keys:
        return frozenset()
    at = snapshot.as_of or UNDATED
    board = select(boards.c.id).where(boards.c.key == snapshot.board.key).scalar_subquery()
    older = and_(sightings.c.at < at, sightings.c.at != UNDATED)
    first = and_(sightings.c.at.in_((at, UNDATED)), sightings.c.read_at <= snapshot.read_at)
    earlier = and_(sightings.c.board_id == board, or_(older, first))
    found = connection.scalars(
        select(models.c.key)
        .distinct()
        .join_from(entries, names)
        .join(models)
        .join(sightings, sightings.c.snapshot_id == entries.c.snapshot_id)
        .where(models.c.key.in_(keys), earlier)
    )
    return frozenset(found)


def rejected_renames(connection: Connection) -> frozenset[tuple[str, str]]:
    """Return the pairs of printed names, older and newer, that a person said are two models."""
    older, newer = names.alias("older"), names.alias("newer")
    rows = connection.execute(
        select(older.c.text.label("before"), newer.c.text.label("after"))
        .join_from(renames, older, older.c.id == renames.c.older_id)
        .join(newer, newer.c.id == renames.c.newer_id)
        .where(renames.c.accepted.is_(False))
    )
    return frozenset((row.before, row.after) for row in rows)
