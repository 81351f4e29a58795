"""The only write path of boards: a parsed document becomes snapshots, in one transaction.

The same rows of a board are one snapshot, however often they are issued: a fresh time stamp adds a
sighting and nothing else. A document that is refused changes nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, update

from store.boards import Board, Catalogue
from store.database import writing
from store.errors import DocumentError
from store.gate import Reading, find_nonsense
from store.names import Identities
from store.registry import Registry
from store.renames import note_renames
from store.schema import UNDATED, entries, sightings, snapshots, standings
from store.values import Code, Measure, Problem, Row, Table


class Outcome(StrEnum):
    """What became of a table."""

    ADDED = "added"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was done with one table of a document."""

    path: str
    board: str
    as_of: datetime | None
    rows: int
    outcome: Outcome
    notes: tuple[Problem, ...] = ()


def ingest(
    engine: Engine, catalogue: Catalogue, identities: Identities, reading: Reading, now: datetime
) -> tuple[Receipt, ...]:
    """Store every table of `reading`, or nothing.

    Raises DocumentError when the document was refused or matches no board, UnknownBoard when the
    given board does not exist, DatabaseUnavailable.
    """
    if reading.parsed.refused:
        raise DocumentError(reading.parsed.problems)
    tables = [(_board_of(catalogue, reading, table), table) for table in reading.parsed.tables]
    problems = find_nonsense(reading, tables, now)
    if problems:
        raise DocumentError(problems)
    with writing(engine) as connection:
        registry = Registry(connection, catalogue, identities)
        return tuple(_store(connection, registry, reading, board, table, now) for board, table in tables)


def _board_of(catalogue: Catalogue, reading: Reading, table: Table) -> Board:
    key = reading.board or table.board
    if key is None:
        raise DocumentError(
            (Problem(reading.parsed.path, Code.UNKNOWN_BOARD, table.line, None, table.title),)
        )
    return catalogue.board(key)


def _store(
    connection: Connection, registry: Registry, reading: Reading, board: Board, table: Table, now: datetime
) -> Receipt:
    as_of = reading.as_of or table.as_of
    board_id, digest = registry.board(board.key), digest_rows(table)
    snapshot_id = connection.scalar(
        select(snapshots.c.id).where(snapshots.c.board_id == board_id, snapshots.c.digest == digest)
    )
    outcome = Outcome.ADDED if snapshot_id is None else Outcome.UNCHANGED
    if snapshot_id is None:
        snapshot_id = _add_snapshot(connection, registry, board, table, digest)
    at = as_of or UNDATED
    read_at = UNDATED if reading.shipped else now
    _sight(connection, board_id, snapshot_id, at, read_at, reading.source)
    if outcome is Outcome.ADDED and as_of is not None:
        _compare_with_neighbours(connection, board_id, snapshot_id, at)
    return Receipt(reading.parsed.path, board.key, as_of, len(table.rows), outcome, reading.parsed.problems)


def _add_snapshot(connection: Connection, registry: Registry, board: Board, table: Table, digest: str) -> int:
    added = insert(snapshots).values(
        board_id=registry.board(board.key),
        digest=digest,
        dimension_id=registry.score(board, table),
        top=table.coverage.top,
        rows=len(table.rows),
        origin=table.origin,
        method=table.method,
        headings=[table.score_label, *dict.fromkeys(label for row in table.rows for label in row.measures)],
    )
    snapshot_id: int = connection.execute(added.returning(snapshots.c.id)).scalar_one()
    connection.execute(insert(entries), [_entry(registry, snapshot_id, row) for row in table.rows])
    connection.execute(insert(standings), list(_standings(registry, board, table, snapshot_id)))
    return snapshot_id


def _sight(
    connection: Connection, board_id: int, snapshot_id: int, at: datetime, now: datetime, source: str
) -> None:
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


def digest_rows(table: Table) -> str:
    """Return the identity of a table's content: SHA-256 over its rows, without any date."""
    content = {
        "coverage": str(table.coverage),
        "score": table.score_label,
        "rows": [_plain(row) for row in table.rows],
        **({"method": table.method} if table.method else {}),
    }
    packed = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(packed.encode()).hexdigest()


def _plain(row: Row) -> dict[str, Any]:
    fields = {name: getattr(row, name) for name in row.__slots__}
    return fields | {
        "price": asdict(row.price) if row.price else None,
        "measures": {label: _measured(measure) for label, measure in row.measures.items()},
        "extras": dict(row.extras),
        "flags": sorted(row.flags),
    }


def _measured(measure: Measure) -> dict[str, Any]:
    """Return a measure's fields; those that came later count only where they say something."""
    fields = asdict(measure)
    return {
        name: fields[name] for name in fields if name not in ("rank", "votes") or fields[name] is not None
    }


def _compare_with_neighbours(connection: Connection, board_id: int, snapshot_id: int, at: datetime) -> None:
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
