"""Since when the models of a board have been listed on it, as far as the stored pages tell."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, select

from store.answers import Snapshot
from store.filters import SINCE_CHANGE, Newness
from store.schema import UNDATED, boards, entries, models, names, sightings, snapshots


@dataclass(frozen=True, slots=True)
class Sighting:
    """A page of a board, in the order of its history: its content, and whether that is the whole board."""

    snapshot: int
    at: datetime
    whole: bool


def read_newness(connection: Connection, snapshot: Snapshot, days: int, now: datetime) -> Newness:
    """Return which models of a snapshot are new on its board: listed first within `days` before `now`.

    With `SINCE_CHANGE`, those that its last change of content brought.
    """
    history = _history(connection, snapshot)
    if days == SINCE_CHANGE:
        since: int | None = _last_change(history)
    elif snapshot.as_of is None:
        return {}
    else:
        since = next((at for at, page in enumerate(history) if page.at >= now - timedelta(days=days)), None)
    listed = _listed(connection, snapshot.id)
    before = _listed(connection, history[since - 1].snapshot) if since else frozenset()
    came = listed - before if since is not None else frozenset()
    first = _first_pages(connection, history, came) if came else {}
    return {model: model in first and is_new(history, first[model], since) for model in listed}


def is_new(history: Sequence[Sighting], first: int, since: int | None) -> bool | None:
    """Tell whether a model is new that is listed first on page `first`; None where the pages do not tell.

    New is who came on the page `since` or later. Nobody is known to have come with the first page of all;
    and behind a page of the top models only, one may have been listed long before further down.
    """
    if since is None or first < since:
        return False
    if any(page.whole for page in history[since:first]):
        return True
    return True if first and history[first - 1].whole else None


def _history(connection: Connection, snapshot: Snapshot) -> list[Sighting]:
    """Return the pages of a snapshot's board up to it, oldest first, undated ones in the order of reading."""
    rows: Iterable[Row[Any]] = connection.execute(
        select(sightings.c.snapshot_id, sightings.c.at, snapshots.c.top)
        .join_from(sightings, snapshots, snapshots.c.id == sightings.c.snapshot_id)
        .join(boards, boards.c.id == sightings.c.board_id)
        .where(boards.c.key == snapshot.board.key, sightings.c.at <= (snapshot.as_of or UNDATED))
        .order_by(sightings.c.at, sightings.c.read_at, sightings.c.id)
    )
    return [Sighting(row.snapshot_id, row.at, row.top is None) for row in rows]


def _listed(connection: Connection, snapshot: int) -> frozenset[str]:
    """Return the models of a page."""
    rows = connection.scalars(
        select(models.c.key).join_from(entries, names).join(models).where(entries.c.snapshot_id == snapshot)
    )
    return frozenset(rows)


def _first_pages(
    connection: Connection, history: Sequence[Sighting], keys: Collection[str]
) -> Mapping[str, int]:
    """Return for some models the page of a board's history that listed it first.

    Few are asked for, since most were on the page before those that are new: what is read does not grow with
    the history.
    """
    page_of = {page.snapshot: at for at, page in reversed(list(enumerate(history)))}
    rows: Iterable[Row[Any]] = connection.execute(
        select(models.c.key, entries.c.snapshot_id)
        .distinct()
        .join_from(models, names)
        .join(entries)
        .where(models.c.key.in_(keys), entries.c.snapshot_id.in_(page_of))
    )
    first: dict[str, int] = {}
    for row in rows:
        first[row.key] = min(page_of[row.snapshot_id], first.get(row.key, len(history)))
    return first


def _last_change(history: Sequence[Sighting]) -> int:
    """Return the page with which the present content came, whatever it was before."""
    at = len(history) - 1
    while at > 0 and history[at - 1].snapshot == history[at].snapshot:
        at -= 1
    return at
