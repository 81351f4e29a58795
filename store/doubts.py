"""What is hard to believe of a table: it is held back until a person decides.

Asked are the main score and every category that has ranks or ratings of its own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from store.boards import Board
from store.values import Code, Flag, Problem, Table, Unit

SLACK = 3
"""Places by which ranks may contradict ratings; printed bounds are rounded, and real pages reach one."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a page says of one model in one column."""

    name: str
    score: float
    low: float
    high: float
    rank: int | None


@dataclass(frozen=True, slots=True)
class Before:
    """The pages of a board before this one: rows of the newest, and of the newest full one; None without."""

    newest: int | None = None
    full: int | None = None


def find_doubt(path: str, board: Board, table: Table, before: Before) -> Problem | None:
    """Return why a table is hard to believe, or None."""
    for label, ranged, claims in _columns(table):
        found = (_outside(board, claims) if ranged else None, _contradiction(claims))
        for code, what in zip((Code.OUT_OF_RANGE, Code.CONTRADICTION), found, strict=True):
            if what is not None:
                return Problem(path, code, table.line, label, what)
    shrunk = _shrinking(table, before)
    return Problem(path, Code.SHRUNK, table.line, found=shrunk) if shrunk else None


def _columns(table: Table) -> Iterator[tuple[str, bool, list[Claim]]]:
    """Give every column of scores: its heading, whether the board's range is for it, and its claims."""
    scored = [(row.name, row.score, row.low, row.high, row.rank) for row in table.rows]
    yield table.score_label, True, list(_claims(scored))
    for label in dict.fromkeys(label for row in table.rows for label in row.measures):
        named = [(row.name, row.measures[label]) for row in table.rows if label in row.measures]
        ranged = any(measure.unit is Unit.RATING for _, measure in named) and table.unit is Unit.RATING
        yield label, ranged, list(_claims((name, m.value, m.low, m.high, m.rank) for name, m in named))


def _claims(
    told: Iterable[tuple[str, float | None, float | None, float | None, int | None]],
) -> Iterator[Claim]:
    for name, score, low, high, rank in told:
        if score is not None:
            yield Claim(name, score, score if low is None else low, score if high is None else high, rank)


def _outside(board: Board, claims: Iterable[Claim]) -> str | None:
    outside = (each for each in claims if not board.low <= each.score <= board.high)
    return next((f"{each.name}: {each.score:g}" for each in outside), None)


def _contradiction(claims: Sequence[Claim]) -> str | None:
    """Find a model that is ranked behind another although all of its interval lies above the other's.

    However a board ranks, this cannot be; and it needs no row that a page may have left out.
    """
    ranked = sorted((each for each in claims if each.rank is not None), key=lambda each: each.high)
    highs = [each.high for each in ranked]
    leading = list(accumulate(ranked, _better_ranked))
    for each in ranked:
        below = bisect_left(highs, each.low)
        if below and _rank(each) > _rank(leading[below - 1]) + SLACK:
            other = leading[below - 1]
            return f"{each.name}: #{each.rank}, {each.score:g}; {other.name}: #{other.rank}, {other.score:g}"
    return None


def _better_ranked(one: Claim, other: Claim) -> Claim:
    return min(one, other, key=_rank)


def _rank(claim: Claim) -> int:
    return claim.rank or 0


def _shrinking(table: Table, before: Before) -> str | None:
    """Compare the number of rows with what the page says of itself and with the pages before.

    A page of the top N has N rows as long as there were so many; a row that stood twice counts twice.
    """
    rows = len(table.rows) + sum(Flag.REPEATED in row.flags for row in table.rows)
    top = table.coverage.top
    if top is not None:
        return f"{rows} < {top}" if rows < top <= (before.newest or 0) else None
    if before.full is None or rows * 2 >= before.full:
        return None
    return f"{rows} < {before.full} / 2"
