"""Tables that the gate held back: kept whole, out of every answer, until a person decides.

An accepted one is stored as if it had come through; a dropped one is not held back again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from store.boards import Board, Catalogue
from store.gate import Reading
from store.packing import pack, unpack
from store.registry import Registry
from store.schema import UNDATED, boards, quarantine
from store.values import Code, Parsed, Problem, Table


@dataclass(frozen=True, slots=True)
class Held:
    """A table that awaits a decision; `as_of` is None for an undated one."""

    id: int
    board: str
    as_of: datetime | None
    read_at: datetime
    source: str
    rows: int
    code: Code
    found: str


def hold(
    connection: Connection,
    registry: Registry,
    board: Board,
    table: Table,
    digest: str,
    doubt: Problem,
    reading: Reading,
    now: datetime,
) -> None:
    """Keep a table that is hard to believe, with the reason."""
    connection.execute(
        insert(quarantine).values(
            board_id=registry.board(board.key),
            digest=digest,
            at=reading.as_of or table.as_of or UNDATED,
            read_at=now,
            source=reading.source,
            rows=len(table.rows),
            code=doubt.code,
            found=doubt.found or "",
            content=pack(table),
        )
    )


def was_dropped(connection: Connection, board_id: int, digest: str) -> bool | None:
    """Return whether a person dropped a table of this content: False while it waits, None if it never was."""
    here = (quarantine.c.board_id == board_id, quarantine.c.digest == digest)
    row = connection.execute(select(quarantine.c.accepted).where(*here)).first()
    return None if row is None else row.accepted is False


def held_tables(connection: Connection, catalogue: Catalogue) -> tuple[Held, ...]:
    """Return the tables that await a decision, the first read first."""
    rows = connection.execute(
        select(
            quarantine.c.id,
            boards.c.key.label("board"),
            quarantine.c.at,
            quarantine.c.read_at,
            quarantine.c.source,
            quarantine.c.rows,
            quarantine.c.code,
            quarantine.c.found,
        )
        .join_from(quarantine, boards)
        .where(quarantine.c.accepted.is_(None))
        .order_by(quarantine.c.id)
    )
    return tuple(
        Held(
            id=row.id,
            board=row.board,
            as_of=None if row.at == UNDATED else row.at,
            read_at=row.read_at,
            source=row.source,
            rows=row.rows,
            code=Code(row.code),
            found=row.found,
        )
        for row in rows
        if row.board in catalogue.boards
    )


def decide_held(connection: Connection, number: int, *, accept: bool) -> Reading | None:
    """Note a decision, and return what is to be stored of it (no table if dropped); None if not open."""
    row = connection.execute(
        select(quarantine, boards.c.key.label("board"))
        .join_from(quarantine, boards)
        .where(quarantine.c.id == number, quarantine.c.accepted.is_(None))
    ).first()
    if row is None:
        return None
    connection.execute(update(quarantine).where(quarantine.c.id == number).values(accepted=accept))
    table = replace(unpack(row.content), board=row.board)
    tables = (table,) if accept else ()
    as_of = None if row.at == UNDATED else row.at
    return Reading(Parsed(row.source, tables), row.source, row.board, as_of, trusted=True)
