"""The gate before the database: what cannot be true of a document refuses it whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from store.boards import Board
from store.values import Code, Parsed, Problem, Table

NAME_LIMIT = 200
TERM_LIMIT = 600
"""Characters of a name, and of a vendor, licence, cutoff or link: beyond any real one by far."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A parsed document with what the person or the source says of it.

    `board` and `as_of` take the place of what the document says; `source` is where it came from. A page
    that is `shipped` is older than any that a person reads, whenever it is read; one that a person
    `trusted` is stored whatever the gate thinks of it.
    """

    parsed: Parsed
    source: str
    board: str | None = None
    as_of: datetime | None = None
    shipped: bool = False
    trusted: bool = False


def find_nonsense(
    reading: Reading, tables: Sequence[tuple[Board, Table]], now: datetime
) -> tuple[Problem, ...]:
    """Return everything that cannot be true of a document whose tables belong to these boards."""
    return (*_check_lengths(reading.parsed), *_check_sense(reading, tables, now))


def _check_sense(reading: Reading, tables: Sequence[tuple[Board, Table]], now: datetime) -> Iterator[Problem]:
    """Find a day to come, and one board for two tables."""
    path = reading.parsed.path
    if reading.board is not None and len(reading.parsed.tables) > 1:
        yield Problem(path, Code.SEVERAL_TABLES)
    for _, table in tables:
        as_of = reading.as_of or table.as_of
        if as_of is not None and as_of > now + timedelta(days=1):
            yield Problem(path, Code.FUTURE, table.line, found=f"{as_of:%Y-%m-%d}")


def _check_lengths(parsed: Parsed) -> Iterator[Problem]:
    for table in parsed.tables:
        for row in table.rows:
            terms = (row.organization, row.license, row.cutoff, row.url)
            labels = (*row.measures, *row.extras)
            if (
                len(row.name) > NAME_LIMIT
                or any(len(label) > NAME_LIMIT for label in labels)
                or any(term is not None and len(term) > TERM_LIMIT for term in terms)
            ):
                yield Problem(parsed.path, Code.TOO_LONG, table.line, None, row.name)
