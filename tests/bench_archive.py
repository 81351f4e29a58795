"""The database that `make bench` measures on: ten boards over 400 days, 1.1 million standings.

Each board has one page that came in as any page does; its other days are that page with moved scores, copied
inside the database, which takes seconds where reading 4,000 pages would take minutes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, func, insert, literal, select, text

import seeds
from store.archive import Archive
from store.catalogue import read_catalogue
from store.database import writing
from store.gate import Reading
from store.parse import parse
from store.schema import boards, entries, sightings, snapshots, standings
from store.values import Parsed
from store.values import Table as Page
from tests.databases import PostgresMaker, postgres_answers

PAGES = Path(str(seeds.FOLDER)) / "boards"
RATED = ("text", "search", "vision", "webdev", "image", "document", "image-edit", "text-to-video")
SCORED = {"rele-open": 60, "rele-total": 56}
"""The boards with domains, and how many models each lists."""
DAYS = 400
STANDINGS = 1_100_000
"""How many there are, about: 8 boards of 213 models, and 116 lines with 9 scores each, a day."""
MODEL = "qwq-32b"
"""A model that every board lists."""


def fill(archive: Archive, days: int = DAYS) -> int:
    """Store the boards of the last `days` days, today's as well, and return how many standings there are."""
    today = datetime.combine(datetime.now(UTC).date(), time(), UTC)
    for number, page in enumerate(_pages(today)):
        path = f"bench-{number}"
        archive.intake.take(Reading(Parsed(path, (page,)), path, trusted=True))
    with writing(archive.engine) as connection:
        for board in connection.execute(select(boards.c.id, boards.c.key)).all():
            if board.key.removeprefix("arena-") in RATED or board.key in SCORED:
                _go_back(connection, board.id, today, days)
    with archive.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("ANALYZE"))
        return connection.scalar(select(func.count()).select_from(standings)) or 0


def _pages(today: datetime) -> Iterator[Page]:
    """Give today's page of each board, made of two shipped pages."""
    catalogue = read_catalogue(seeds.FOLDER)
    rated, scored = (
        parse(name, (PAGES / name).read_bytes(), catalogue).tables[0]
        for name in ("arena-text-2025-07-09.md", "rele-open.md")
    )
    for name in RATED:
        yield replace(rated, board=f"arena-{name}", as_of=today)
    for key, count in SCORED.items():
        few = len(scored.rows)
        rows = [
            replace(row, name=f"{row.name}-v{turn}" if turn else row.name, position=row.position + few * turn)
            for turn in range(-(-count // few))
            for row in scored.rows
        ]
        yield replace(scored, board=key, as_of=today, rows=tuple(rows[:count]))


def _go_back(connection: Connection, board: int, today: datetime, days: int) -> None:
    """Store the board's newest page once more for each day before."""
    found = connection.execute(
        select(snapshots)
        .join_from(snapshots, sightings)
        .where(sightings.c.board_id == board)
        .order_by(sightings.c.at.desc())
        .limit(1)
    ).one()
    digests = {f"{day:064}": today - timedelta(days=day) for day in range(1, days)}
    same = {**found._mapping}
    del same["id"]
    connection.execute(insert(snapshots), [{**same, "digest": digest} for digest in digests])
    made = connection.execute(
        select(snapshots.c.id, snapshots.c.digest).where(
            snapshots.c.board_id == board, snapshots.c.digest.in_(digests)
        )
    ).all()
    seen = {"board_id": board, "read_at": today, "source": "bench"}
    connection.execute(
        insert(sightings), [{**seen, "snapshot_id": row.id, "at": digests[row.digest]} for row in made]
    )
    copies = (snapshots.c.board_id == board) & snapshots.c.digest.in_(digests)
    _copy(connection, entries, found.id, copies)
    moved = standings.c.score + (snapshots.c.id % 13) * 0.1
    _copy(connection, standings, found.id, copies, score=moved)


def _copy(
    connection: Connection,
    table: Table,
    first: int,
    copies: ColumnElement[bool],
    **changed: ColumnElement[Any],
) -> None:
    """Copy a page's rows for all its copies, with some columns changed."""
    columns = [
        snapshots.c.id if column.name == "snapshot_id" else changed.get(column.name, column)
        for column in table.c
    ]
    source = select(*columns).select_from(table.join(snapshots, literal(1) == 1))
    wanted = source.where(table.c.snapshot_id == first, copies)
    connection.execute(insert(table).from_select([column.name for column in table.c], wanted))


@contextmanager
def sqlite_archive(folder: Path, days: int = DAYS) -> Iterator[str]:
    """Give the address of the database as a SQLite file."""
    url = f"sqlite:///{folder}/{days}.db"
    archive = Archive.open(url, seeds.FOLDER)
    fill(archive, days)
    archive.close()
    yield url


@contextmanager
def postgres_archive(days: int = DAYS) -> Iterator[str | None]:
    """Give the address of the database on PostgreSQL, dropped afterwards; None where no server answers."""
    if not postgres_answers():
        yield None
        return
    with PostgresMaker().empty() as url:
        archive = Archive.open(url, seeds.FOLDER)
        fill(archive, days)
        archive.close()
        yield url
