"""The days on which boards said something new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import Connection, func, select

from store.schema import UNDATED, boards, sightings

LAST = 26
"""Days that are remembered one by one: more than any menu of Discord has room for."""


def read_days(connection: Connection) -> Mapping[str, tuple[date, ...]]:
    """Return the days (UTC) on which a content of a board was first issued, by the board's key, thinned out.

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
    return {board: thin_out(days) for board, days in found.items()}


def thin_out(days: Iterable[date]) -> tuple[date, ...]:
    """Return the newest days, and of those before the last of each month and the very first; newest first.

    No menu offers more, whichever boards it is of, and every answer has one.
    """
    ordered = sorted(days)
    monthly = {(day.year, day.month): day for day in ordered}
    return tuple(sorted({*ordered[:1], *monthly.values(), *ordered[-LAST:]}, reverse=True))
