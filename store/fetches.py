"""How fetching went: the last try and the last success of every source of every board."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from sqlalchemy import Connection, insert, select, update

from store.boards import Board, Catalogue, Live, Upstream
from store.registry import Registry
from store.schema import boards, fetches
from store.sources.addresses import resolve

if TYPE_CHECKING:  # whoever only reads how fetching went need not hold all that fetches
    from store.sources.fetcher import Fetched

AGAIN = timedelta(hours=1)
"""The time after which a source that failed is tried again."""

FAILED = "failed"
"""What is told of a refresh that brought nothing; the other outcomes are those of what was stored."""

_EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Fetch:
    """The state of one source of a board.

    `code` and `found` tell why the last try failed, None where it did not. `etag` and `modified` are the
    upstream's own, of the document that was stored last. `through` is the last day that was read of a
    history which is not read to its end.
    """

    board: str
    live: Live
    tried_at: datetime
    succeeded_at: datetime | None = None
    code: str | None = None
    found: str | None = None
    address: str | None = None
    etag: str | None = None
    modified: str | None = None
    through: datetime | None = None
    not_before: datetime | None = None


def read_fetches(connection: Connection, board: str | None = None) -> tuple[Fetch, ...]:
    """Return the state of every source that was ever tried, of one board if given."""
    query = select(fetches, boards.c.key.label("key")).join_from(fetches, boards).order_by(fetches.c.id)
    rows = connection.execute(query if board is None else query.where(boards.c.key == board))
    return tuple(
        Fetch(
            board=row.key,
            live=Live(row.upstream, row.name),
            tried_at=row.tried_at,
            succeeded_at=row.succeeded_at,
            code=row.code,
            found=row.found,
            address=row.address,
            etag=row.etag,
            modified=row.modified,
            through=row.through,
            not_before=row.not_before,
        )
        for row in rows
    )


def note_fetch(connection: Connection, registry: Registry, fetch: Fetch) -> None:
    """Keep the state of a source in place of the one before."""
    key = {
        "board_id": registry.board(fetch.board),
        "upstream": fetch.live.upstream,
        "name": fetch.live.name,
    }
    values = {
        "tried_at": fetch.tried_at,
        "succeeded_at": fetch.succeeded_at,
        "code": fetch.code,
        "found": fetch.found and fetch.found[:500],
        "address": fetch.address,
        "etag": fetch.etag,
        "modified": fetch.modified,
        "through": fetch.through,
        "not_before": fetch.not_before,
    }
    here = [fetches.c[name] == value for name, value in key.items()]
    if connection.scalar(select(fetches.c.id).where(*here)) is None:
        connection.execute(insert(fetches).values(key | values))
    else:
        connection.execute(update(fetches).where(*here).values(values))


def due_boards(
    catalogue: Catalogue, known: tuple[Fetch, ...], now: datetime, mirrors: Mapping[str, str]
) -> tuple[Board, ...]:
    """Return the boards whose time to be looked at has come, the longest waiting first.

    The first source that has an address sets the time.
    """
    tries = {(each.board, each.live): each for each in known}
    waiting = []
    for board in catalogue.boards.values():
        asked = (each for each in board.live if resolve(catalogue.upstreams[each.upstream], mirrors).base)
        for live in islice(asked, 1):
            last = tries.get((board.key, live))
            at = _next_time(catalogue.upstreams[live.upstream], last) if last else _EVER
            if at <= now:
                waiting.append((at, board))
    return tuple(board for _, board in sorted(waiting, key=lambda each: each[0]))


def _next_time(upstream: Upstream, last: Fetch) -> datetime:
    usual = timedelta(hours=upstream.every_hours)
    at = last.tried_at + (usual if last.code is None else min(usual, AGAIN))
    return max(at, last.not_before) if last.not_before else at


def succeed(fetch: Fetch, now: datetime, fetched: Fetched | None = None) -> Fetch:
    """Return the state after a success: with a new document, or None for the one known before."""
    state = replace(
        fetch, tried_at=now, succeeded_at=now, code=None, found=None, through=None, not_before=None
    )
    return _mark(state, fetched) if fetched else state


def advance(fetch: Fetch, now: datetime, fetched: Fetched, through: datetime) -> Fetch:
    """Return the state after one more day of a history was stored."""
    return replace(_mark(fetch, fetched), tried_at=now, through=through)


def fail(fetch: Fetch, now: datetime, code: str, found: str, wait: float | None) -> Fetch:
    """Return the state after a failure: what succeeded before stays known; `wait` is in seconds."""
    not_before = None if wait is None else now + timedelta(seconds=wait)
    return replace(fetch, tried_at=now, code=code, found=found, not_before=not_before)


def _mark(fetch: Fetch, fetched: Fetched) -> Fetch:
    marks = fetched.validators
    return replace(fetch, address=fetched.address, etag=marks.etag, modified=marks.modified)
