"""What boards say now, as ids of snapshots: the least that planning has to know."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, Connection, ScalarSelect, Table, select, true

from store.answers import Snapshot
from store.boards import Catalogue
from store.lines import read_snapshot, select_snapshots
from store.schema import boards, sightings, snapshots


def current_contents(connection: Connection, board: str | None = None) -> dict[str, int]:
    """Return the id of what every board (or one) says now, by the board's key."""
    rows = connection.execute(
        select(boards.c.key, sightings.c.snapshot_id)
        .join_from(boards, sightings, sightings.c.id == _newest(boards, sightings.c.board_id == boards.c.id))
        .where(true() if board is None else boards.c.key == board)
    )
    return {row.key: row.snapshot_id for row in rows}


def read_contents(connection: Connection, catalogue: Catalogue, ids: Collection[int]) -> dict[int, Snapshot]:
    """Return snapshots by their ids, each as it was issued last; those of boards that are unknown lack."""
    newest = _newest(snapshots, sightings.c.snapshot_id == snapshots.c.id)
    rows = connection.execute(select_snapshots().where(snapshots.c.id.in_(ids), sightings.c.id == newest))
    return {row.id: read_snapshot(catalogue, row) for row in rows if row.key in catalogue.boards}


def _newest(of: Table, which: ColumnElement[bool]) -> ScalarSelect[int]:
    """Return the newest sighting, for each row of the table `of`."""
    order = (sightings.c.at.desc(), sightings.c.read_at.desc(), sightings.c.id.desc())
    return select(sightings.c.id).where(which).order_by(*order).limit(1).correlate(of).scalar_subquery()
