"""The only write path of boards: a parsed document becomes snapshots, in one transaction.

A document that is refused changes nothing; a table that is hard to believe is held back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, Engine

from store.boards import Board, Catalogue
from store.database import writing
from store.doubts import find_doubt
from store.errors import DocumentError
from store.gate import Reading, find_nonsense
from store.names import Identities
from store.news.contents import current_contents
from store.outbox.planning import plan_news
from store.quarantine import hold, was_dropped
from store.registry import Registry
from store.schema import UNDATED
from store.snapshots import (
    add_snapshot,
    compare_with_neighbours,
    digest_rows,
    find_snapshot,
    pages_before,
    sight,
)
from store.values import Code, Problem, Table


class Outcome(StrEnum):
    """What became of a table."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    HELD = "held"
    """It waits in quarantine for a person's decision."""
    DROPPED = "dropped"
    """A person had dropped the same rows before."""


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
    """Store every table of `reading` that belongs to a board, or nothing.

    Raises DocumentError when the document was refused or no table of it matches a board, UnknownBoard
    when the given board does not exist, DatabaseUnavailable.
    """
    tables, notes = check_reading(catalogue, reading, now)
    with writing(engine) as connection:
        registry = Registry(connection, catalogue, identities)
        return tuple(
            store_table(connection, registry, reading, board, table, notes, now) for board, table in tables
        )


def check_reading(
    catalogue: Catalogue, reading: Reading, now: datetime
) -> tuple[list[tuple[Board, Table]], tuple[Problem, ...]]:
    """Return the tables to store with their boards, and the notes; raises DocumentError, UnknownBoard."""
    if reading.parsed.refused:
        raise DocumentError(reading.parsed.problems)
    tables: list[tuple[Board, Table]] = []
    strangers: list[Problem] = []
    for table in reading.parsed.tables:
        key = reading.board or table.board
        if key is None:
            strangers.append(Problem(reading.parsed.path, Code.UNKNOWN_BOARD, table.line, None, table.title))
        else:
            tables.append((catalogue.board(key), table))
    problems = find_nonsense(reading, tables, now) or (() if tables else tuple(strangers))
    if problems:
        raise DocumentError(problems)
    return tables, (*reading.parsed.problems, *strangers)


def store_table(
    connection: Connection,
    registry: Registry,
    reading: Reading,
    board: Board,
    table: Table,
    notes: tuple[Problem, ...],
    now: datetime,
) -> Receipt:
    """Store one table, or hold it back."""
    as_of = reading.as_of or table.as_of
    board_id, digest, at = registry.board(board.key), digest_rows(table), as_of or UNDATED
    snapshot_id = find_snapshot(connection, board_id, digest)
    outcome = Outcome.ADDED if snapshot_id is None else Outcome.UNCHANGED
    if snapshot_id is None and not reading.trusted:
        before = pages_before(connection, board_id, at)
        doubt = find_doubt(reading.parsed.path, board, table, before)
        if doubt is not None:
            dropped = was_dropped(connection, board_id, digest)
            if dropped is None:
                hold(connection, registry, board, table, digest, doubt, reading, now)
            outcome, notes = (Outcome.DROPPED if dropped else Outcome.HELD), (*notes, doubt)
    if outcome in (Outcome.ADDED, Outcome.UNCHANGED):
        if snapshot_id is None:
            snapshot_id = add_snapshot(connection, registry, board, table, digest)
        said = current_contents(connection, board.key).get(board.key)
        sight(connection, board_id, snapshot_id, at, UNDATED if reading.shipped else now, reading.source)
        if outcome is Outcome.ADDED and as_of is not None:
            compare_with_neighbours(connection, board_id, snapshot_id, at)
        says = current_contents(connection, board.key)[board.key]
        if says != said and not reading.shipped:
            plan_news(connection, registry.catalogue, board.key, said, says, now)
    return Receipt(reading.parsed.path, board.key, as_of, len(table.rows), outcome, notes)
