"""The two ends of a printed rank spread: `1◄─►2`, `1-4`, or run together: `1328` for 13 to 28."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from store.parse.cells import is_missing, normalise
from store.parse.grid import CellError
from store.values import Code, Row

_PARTED = re.compile(r"\[?\(?\s*(\d{1,6})\s*[^\d\s.,][^\d.,]{0,8}?\s*(\d{1,6})\s*\)?\]?")
_JOINED = re.compile(r"\d{1,12}")


class Overlaps:
    """The spread that the intervals of a board's rows imply.

    Best is 1 + the models surely better, worst the models not surely worse: Arena's own rule, which
    holds to within a few places since the bounds are rounded.
    """

    def __init__(self, rows: Sequence[Row]) -> None:
        self._lows = sorted(row.low for row in rows if row.low is not None)
        self._highs = sorted(row.high for row in rows if row.high is not None)

    def of(self, row: Row) -> tuple[int, int] | None:
        """Return the implied best and worst rank, or None without an interval."""
        if row.low is None or row.high is None:
            return None
        better = len(self._lows) - bisect_right(self._lows, row.high)
        return better + 1, len(self._highs) - bisect_left(self._highs, row.low)


def read_spread(cell: str, row: Row, last: int, overlaps: Overlaps) -> tuple[int, int] | None:
    """Return the best and worst rank of `row`; `last` is the lowest rank there can be.

    Digits run together are parted where best ≤ rank ≤ worst ≤ `last`; where that leaves a choice,
    nearest to what the intervals imply, else narrowest. Raises CellError when no parting makes sense.
    """
    text = normalise(cell)
    if is_missing(text):
        return None
    if match := _PARTED.fullmatch(text):
        best, worst = int(match[1]), int(match[2])
        if not 1 <= best <= worst:
            raise CellError(Code.NOT_UNDERSTOOD, text)
        return best, worst
    if not _JOINED.fullmatch(text):
        raise CellError(Code.NOT_UNDERSTOOD, text)
    return _part(text, row, last, overlaps)


def _part(digits: str, row: Row, last: int, overlaps: Overlaps) -> tuple[int, int]:
    rank = row.rank
    ends = [(int(digits[:cut]), int(digits[cut:])) for cut in range(1, len(digits)) if digits[cut] != "0"]
    ends = [(best, worst) for best, worst in ends if 1 <= best <= worst]
    if not ends:
        if rank is not None and int(digits) == rank:
            return rank, rank
        raise CellError(Code.NOT_UNDERSTOOD, digits)
    ends = [each for each in ends if each[1] <= last] or ends
    if rank is not None:
        ends = [each for each in ends if each[0] <= rank <= each[1]] or ends
    if len(ends) == 1:
        return ends[0]
    expected = overlaps.of(row)
    if expected is None:
        return min(ends, key=lambda each: each[1] - each[0])
    return min(ends, key=lambda each: abs(each[0] - expected[0]) + abs(each[1] - expected[1]))
