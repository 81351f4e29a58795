"""The days on which boards said something new."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection, func, select

from store.schema import UNDATED, boards, sightings


def read_days(connection: Connection) -> Mapping[str, tuple[date, ...]]:
    """Return the days (UTC) on which a content of a board was first issued, the newest first, by its key.

    Pages without a date have no day.
    """
    rows = connection.execute(
        select(boards.c.key, func.min(sightings.c.at).label("at"))
        .join_from(sightings, boards)
        .where(sightings.c.at != UNDATED)
        .group_by(boards.c.key, sightings.c.snapshot_id)
    )
    found: dict[str, set[date]] = {}
    for row in rows:
        found.setdefault(row.key, set()).add(row.at.date())
    return {board: tuple(sorted(days, reverse=True)) for board, days in found.items()}
