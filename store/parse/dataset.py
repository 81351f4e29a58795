"""Arena's official data set: a parquet file of a configuration, read one publish date at a time.

Hugging Face lmarena-ai/leaderboard-dataset, licence CC-BY-4.0. Peak memory is bounded whatever the
order of the lines: they are read in windows of consecutive days.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from store.boards import DATASET, Catalogue
from store.parse.dataset_rows import CATEGORY, DayReader
from store.parse.document import conclude
from store.parse.grid import Fault
from store.parse.pages import Refusal
from store.values import Code, Coverage, Method, Origin, Parsed, Table

if TYPE_CHECKING:  # pyarrow is loaded when a file is opened, and not before
    from store.parse.parquet import Sheet, Window

MAIN = "overall"
WINDOW = 300_000
"""Lines, as a balance of memory against passes over a file in no order."""
MAX_WHOLE = 200_000
"""Lines of a file that is read as one document."""

_SPLIT = re.compile(r"(latest|full)-.*")


class Dataset:
    """A file of the data set, open as long as this lives.

    `config` is the name of its configuration, `board` the key of the board it belongs to or None, `dates`
    the publish dates, ascending, at midnight UTC, and `rows` the number of its lines.
    """

    def __init__(
        self, path: str, config: str, board: str | None, method: Method | None, main: str | None, sheet: Sheet
    ) -> None:
        self.path, self.config, self.board = path, config, board
        self.rows = sheet.rows
        self.dates = tuple(map(_midnight, sorted(sheet.days)))
        self._method, self._main, self._sheet = method, main, sheet

    def days(self, after: datetime | None = None, window: int = WINDOW) -> Iterator[Parsed]:
        """Give each publish date after `after` (aware) as a document of one table, ascending.

        A date whose lines contradict themselves is refused, and the others are given all the same. `window`
        is how many lines are in memory together, unless one date alone has more.
        """
        for table, faults in self._read(after, window):
            yield conclude(self.path, [] if table is None else [table], faults)

    def whole(self) -> Parsed:
        """Return all publish dates as one document, refused whole if any of them is."""
        tables: list[Table] = []
        found: list[Fault] = []
        for table, faults in self._read(None, WINDOW):
            found += faults
            if table is not None:
                tables.append(table)
        return conclude(self.path, tables, found)

    def _read(self, after: datetime | None, window: int) -> Iterator[tuple[Table | None, list[Fault]]]:
        wanted = [each.date() for each in self.dates if after is None or each > after]
        for days in _windows(wanted, self._sheet.days, window):
            yield from self._read_window(days)

    def _read_window(self, days: Sequence[date]) -> Iterator[tuple[Table | None, list[Fault]]]:
        try:
            window = self._sheet.read(days)
        except Refusal as refusal:
            yield from ((None, [refusal.fault]) for _ in days)
            return
        for day in days:
            yield self._read_day(window, day)

    def _read_day(self, window: Window, day: date) -> tuple[Table, list[Fault]]:
        shape = self._sheet.shape
        reader = DayReader(day.isoformat(), shape, self._main)
        rows = reader.read(window.records(day))
        table = Table(
            board=self.board,
            title=self.config,
            score_label=shape.label,
            unit=shape.unit,
            as_of=_midnight(day),
            coverage=Coverage(),
            rows=tuple(rows),
            origin=Origin.DATASET,
            method=self._method,
        )
        return table, reader.faults


def open_dataset(
    path: str, source: Path | BinaryIO, catalogue: Catalogue, board: str | None = None
) -> Dataset | Parsed:
    """Return the data set in `source`, or the document that says why it is refused.

    `path` (or a URL) tells the configuration, and by it the board, unless `board` is given; a `source`
    that is no Path is left open. Checked are the columns, the number of lines and the size that they
    unpack to; a file that is broken elsewhere is refused by the days that are concerned.
    """
    from store.parse.parquet import Sheet

    try:
        sheet = Sheet(source)
        main = _find_main(sheet.categories)
    except Refusal as refusal:
        return conclude(path, [], [refusal.fault])
    config = find_config(path, catalogue)
    known = catalogue.board_of_config(config) if board is None else catalogue.boards.get(board)
    key = board if board is not None else known.key if known else None
    return Dataset(path, config, key, known.method if known else None, main, sheet)


def read_dataset(path: str, content: bytes, catalogue: Catalogue) -> Parsed:
    """Return all of a small data set as one document."""
    opened = open_dataset(path, BytesIO(content), catalogue)
    if isinstance(opened, Parsed):
        return opened
    if opened.rows > MAX_WHOLE:
        return conclude(path, [], [Fault(Code.TOO_LARGE, found=str(opened.rows))])
    return opened.whole()


def find_config(path: str, catalogue: Catalogue) -> str:
    """Return the configuration that a path names, known to the catalogue or not.

    The part nearest to the end that is a known one counts; a file's name can go on after it with `-` or
    `.`, and `text_style_control` is never taken for `text`.
    """
    plain = re.split(r"[?#]", path, maxsplit=1)[0] if "://" in path else path
    *folders, file = re.split(r"[\\/]", plain)
    known = {
        live.name for each in catalogue.boards.values() for live in each.live if live.upstream == DATASET
    }
    for part in (re.split(r"[-.]", file, maxsplit=1)[0], *reversed(folders)):
        if part in known:
            return part
    return folders[-1] if folders and _SPLIT.fullmatch(file) else file.removesuffix(".parquet")


def _find_main(categories: Iterable[str | None]) -> str | None:
    known = set(categories)
    if MAIN in known or not known:
        return MAIN if known else None
    if len(known) > 1:
        found = ", ".join(sorted(filter(None, known)))[:80]
        raise Refusal(Fault(Code.NOT_UNDERSTOOD, column=CATEGORY, found=found))
    return known.pop()


def _windows(days: Sequence[date], rows: Mapping[date, int], most: int) -> Iterator[list[date]]:
    window: list[date] = []
    held = 0
    for day in days:
        if window and held + rows[day] > most:
            yield window
            window, held = [], 0
        window.append(day)
        held += rows[day]
    if window:
        yield window


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
