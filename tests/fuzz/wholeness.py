"""Wholeness: what holds in our database at any time, whatever happened to those who write to it."""

from __future__ import annotations

from sqlalchemy import Engine, func, select, text

from store.news.tables import metadata
from store.schema import entries, quarantine, sightings, snapshots, standings


def count_rows(engine: Engine) -> dict[str, int]:
    """Return how many rows each table has."""
    with engine.connect() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in metadata.tables.values()
        }


def check_whole(engine: Engine) -> None:
    """Raise AssertionError where a key leads nowhere, a snapshot is half there, or one is held back too."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
            assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
        lines = select(func.count()).where(entries.c.snapshot_id == snapshots.c.id).scalar_subquery()
        main = standings.c.dimension_id == snapshots.c.dimension_id
        scores = select(func.count()).where(standings.c.snapshot_id == snapshots.c.id, main).scalar_subquery()
        seen = select(func.count()).where(sightings.c.snapshot_id == snapshots.c.id).scalar_subquery()
        told = connection.execute(select(snapshots.c.id, snapshots.c.rows, lines, scores, seen)).all()
        halves = [row for row in told if not (row[1] == row[2] == row[3] and row[4])]
        assert not halves, f"half of a snapshot: {halves[:3]}"
        same = (quarantine.c.board_id == snapshots.c.board_id) & (quarantine.c.digest == snapshots.c.digest)
        waiting = select(func.count()).select_from(quarantine.join(snapshots, same))
        held = connection.scalar(waiting.where(quarantine.c.accepted.is_(None)))
        assert not held, "a table is stored and held back"
