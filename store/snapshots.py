"""A table becomes a snapshot: its rows, the dimensions they score, and when they were issued.

The same rows of a board are one snapshot, however often they are issued: a fresh time stamp adds a
sighting and nothing else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from store.boards import Board
from store.doubts import Before
from store.edition import publish
from store.packing import pack_headings, plain_row
from store.registry import Registry
from store.renames import note_renames
from store.schema import UNDATED, entries, sightings, snapshots, standings
from store.values import Row, Table


def find_snapshot(connection: Connection, board_id: int, digest: str) -> int | None:
    """Return the id of the snapshot of a board with this content."""
    found: int | None = connection.scalar(
        select(snapshots.c.id).where(snapshots.c.board_id == board_id, snapshots.c.digest == digest)
    )
    return found


def pages_before(connection: Connection, board_id: int, at: datetime) -> Before:
    """Return what is known of a board's pages by `at`.

    Undated pages (UNDATED) are compared with each other, dated ones with dated ones.
    """
    newest = (
        select(snapshots.c.rows)
        .join_from(sightings, snapshots)
        .where(sightings.c.board_id == board_id, sightings.c.at <= at)
        .order_by(sightings.c.at.desc(), sightings.c.read_at.desc(), sightings.c.id.desc())
        .limit(1)
    )
    if at != UNDATED:
        newest = newest.where(sightings.c.at != UNDATED)
    full = newest.where(snapshots.c.top.is_(None))
    return Before(newest=connection.scalar(newest), full=connection.scalar(full))


def add_snapshot(connection: Connection, registry: Registry, board: Board, table: Table, digest: str) -> int:
    """Store a table's rows under a new id."""
    added = insert(snapshots).values(
        board_id=registry.board(board.key),
        digest=digest,
        dimension_id=registry.score(board, table),
        top=table.coverage.top,
        rows=len(table.rows),
        origin=table.origin,
        method=table.method,
        headings=pack_headings(table),
    )
    snapshot_id: int = connection.execute(added.returning(snapshots.c.id)).scalar_one()
    registry.learn(table.rows)
    connection.execute(insert(entries), [_entry(registry, snapshot_id, row) for row in table.rows])
    connection.execute(insert(standings), list(_standings(registry, board, table, snapshot_id)))
    return snapshot_id


def sight(
    connection: Connection, board_id: int, snapshot_id: int, at: datetime, now: datetime, source: str
) -> None:
    """Note that a snapshot was issued at `at`, UNDATED for a page without a date."""
    same = (
        sightings.c.board_id == board_id,
        sightings.c.at == at,
        sightings.c.snapshot_id == snapshot_id,
    )
    if connection.scalar(select(sightings.c.id).where(*same)) is None:
        added = insert(sightings).values(
            board_id=board_id, snapshot_id=snapshot_id, at=at, read_at=now, source=source
        )
        connection.execute(added)
    elif at == UNDATED and now != UNDATED:
        # Pages without a date have no order but that of reading: the one read last is current.
        connection.execute(update(sightings).where(*same).values(read_at=now))
        publish(connection)


def digest_rows(table: Table) -> str:
    """Return the identity of a table's content: SHA-256 over its rows, without any date."""
    content = {
        "coverage": str(table.coverage),
        "score": table.score_label,
        "rows": [plain_row(row) for row in table.rows],
    }
    packed = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(packed.encode()).hexdigest()


def compare_with_neighbours(connection: Connection, board_id: int, snapshot_id: int, at: datetime) -> None:
    """Look for renames between this snapshot and the dated ones before and after it."""
    others = select(sightings.c.snapshot_id).where(
        sightings.c.board_id == board_id, sightings.c.snapshot_id != snapshot_id, sightings.c.at != UNDATED
    )
    before = connection.scalar(others.where(sightings.c.at <= at).order_by(sightings.c.at.desc()).limit(1))
    after = connection.scalar(others.where(sightings.c.at > at).order_by(sightings.c.at).limit(1))
    if before is not None:
        note_renames(connection, board_id, before, snapshot_id)
    if after is not None:
        note_renames(connection, board_id, snapshot_id, after)


def _entry(registry: Registry, snapshot_id: int, row: Row) -> dict[str, Any]:
    return {
        "snapshot_id": snapshot_id,
        "position": row.position,
        "name_id": registry.name(row.name),
        "organization_id": registry.term(row.organization),
        "license_id": registry.term(row.license),
        "cutoff_id": registry.term(row.cutoff),
        "url_id": registry.term(row.url),
        "price_input": row.price.input if row.price else None,
        "price_output": row.price.output if row.price else None,
        "currency": row.price.currency if row.price else None,
        "size": row.size,
        "context": row.context,
        "flags": " ".join(sorted(row.flags)),
        "extras": dict(row.extras) or None,
    }


def _standings(registry: Registry, board: Board, table: Table, snapshot_id: int) -> Iterator[dict[str, Any]]:
    score = registry.score(board, table)
    for row in table.rows:
        yield {
            "snapshot_id": snapshot_id,
            "dimension_id": score,
            "position": row.position,
            "rank": row.rank,
            "rank_style_control": row.rank_style_control,
            "best": row.best,
            "worst": row.worst,
            "score": row.score,
            "low": row.low,
            "high": row.high,
            "votes": row.votes,
        }
        for label, measure in row.measures.items():
            yield {
                "snapshot_id": snapshot_id,
                "dimension_id": registry.dimension(label, measure.unit),
                "position": row.position,
                "rank": measure.rank,
                "rank_style_control": None,
                "best": None,
                "worst": None,
                "score": measure.value,
                "low": measure.low,
                "high": measure.high,
                "votes": measure.votes,
            }
