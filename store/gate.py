"""The gate before the database: what cannot be true is refused, what is hard to believe is held back."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate

from store.boards import Board
from store.values import Code, Parsed, Problem, Row, Table

NAME_LIMIT = 200
TERM_LIMIT = 600
"""Characters of a name, and of a vendor, licence, cutoff or link: beyond any real one by far."""

SLACK = 3
"""Places by which ranks may contradict ratings; printed bounds are rounded, and real pages reach one."""


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


def find_doubt(path: str, board: Board, table: Table, previous: int | None) -> Problem | None:
    """Return why a table is hard to believe, or None.

    `previous` counts the rows of the full page before it, None where there is none.
    """
    return _check_range(path, board, table) or _check_ranks(path, table) or _check_size(path, table, previous)


def _check_range(path: str, board: Board, table: Table) -> Problem | None:
    for row in table.rows:
        if row.score is not None and not board.low <= row.score <= board.high:
            found = f"{row.name}: {row.score:g}"
            return Problem(path, Code.OUT_OF_RANGE, table.line, table.score_label, found)
    return None


def _check_size(path: str, table: Table, previous: int | None) -> Problem | None:
    if previous is None or table.coverage.top is not None or len(table.rows) * 2 >= previous:
        return None
    return Problem(path, Code.SHRUNK, table.line, found=f"{len(table.rows)} < {previous} / 2")


def _check_ranks(path: str, table: Table) -> Problem | None:
    """Find a model that is ranked behind another although all of its interval lies above the other's.

    However a board ranks, this cannot be; and it needs no row that a page may have left out.
    """
    told = [row for row in table.rows if row.score is not None and row.rank is not None]
    told.sort(key=_high)
    highs = [_high(row) for row in told]
    leading = list(accumulate(told, _better_ranked))
    for row in told:
        below = bisect_left(highs, _low(row))
        if below and _rank(row) > _rank(leading[below - 1]) + SLACK:
            other = leading[below - 1]
            found = f"{row.name}: #{row.rank}, {row.score:g}; {other.name}: #{other.rank}, {other.score:g}"
            return Problem(path, Code.CONTRADICTION, table.line, found=found)
    return None


def _better_ranked(one: Row, other: Row) -> Row:
    return min(one, other, key=_rank)


def _rank(row: Row) -> int:
    return row.rank or 0


def _low(row: Row) -> float:
    return (row.score or 0.0) if row.low is None else row.low


def _high(row: Row) -> float:
    return (row.score or 0.0) if row.high is None else row.high
