"""Arena's official data set in parquet: its columns checked, its lines read a window of days at a time.

Nothing here is imported before there is such a file, since pyarrow takes 60 MB. A window of 300,000 lines
takes 30 MB.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from store.parse.cells import is_missing
from store.parse.dataset_rows import CATEGORY, DATE, NAME, RANK, Record
from store.parse.grid import Fault
from store.parse.markup import squeeze
from store.parse.pages import Refusal, check_outline
from store.parse.parquet_columns import (
    TEXTS,
    Arrow,
    check_columns,
    check_size,
    needed_columns,
    to_counts,
    to_dictionary,
    to_floats,
    to_ordinals,
)
from store.values import Code

MAX_DAYS = 5_000
MAX_DAY_ROWS = 100_000
MAX_CATEGORIES = 300
"""A real day has 10,000 lines in 27 categories."""

_BATCH = 32_768
_BUFFER = 256 * 1024
_BROKEN = (pa.ArrowException, OSError, ValueError, LookupError, OverflowError, MemoryError)
"""What pyarrow raises for files that are not what they say."""


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except _BROKEN as error:
        raise Refusal(Fault(Code.UNREADABLE, found=" ".join(str(error).split())[:80])) from error


class Sheet:
    """The lines of one file, which stays open: `days` are their dates and how many lines each has."""

    def __init__(self, source: Path | BinaryIO) -> None:
        """Check the file and read its dates and categories; raises Refusal."""
        file = _open_file(source) if isinstance(source, Path) else source
        check_outline(file)
        with _refusing():
            self._parquet = _open_parquet(file)
            self.shape = check_columns(self._parquet.schema_arrow)
            self._columns = needed_columns(self.shape, self._parquet.schema_arrow.names)
            self.rows: int = self._parquet.metadata.num_rows
            check_size(file, self._parquet.metadata, self._columns)
            groups = range(self._parquet.num_row_groups)
            sizes = (self._parquet.metadata.row_group(group).num_rows for group in groups)
            self._starts = list(accumulate(sizes, initial=1))
            self.days: Counter[date] = Counter()
            self.categories: set[str | None] = set()
            self._groups = [self._survey(group) for group in groups]
        if self.days.total() != self.rows:
            raise Refusal(Fault(Code.TRUNCATED, found=f"{self.days.total()}/{self.rows}"))
        if max(self.days.values()) > MAX_DAY_ROWS:
            raise Refusal(Fault(Code.TOO_LARGE, column=DATE, found=str(max(self.days.values()))))

    def read(self, days: Sequence[date]) -> Window:
        """Return the lines of `days` together; raises Refusal."""
        with _refusing():
            wanted = {day.toordinal() for day in days}
            parts = [
                part
                for group, held in enumerate(self._groups)
                if not wanted.isdisjoint(held)
                for part in self._select(group, wanted)
            ]
            return Window(pa.Table.from_batches(parts))

    def _survey(self, group: int) -> set[int]:
        held: set[int] = set()
        columns = [name for name in (DATE, CATEGORY) if name in self._columns]
        for batch in self._batches(group, columns):
            for each in pc.value_counts(to_ordinals(batch[DATE])).to_pylist():
                held.add(each["values"])
                self.days[date.fromordinal(each["values"])] += each["counts"]
            if CATEGORY in columns:
                column = to_dictionary(batch[CATEGORY])
                self.categories.update(_clean(column.unique(), squeeze))
            if len(self.days) > MAX_DAYS or len(self.categories) > MAX_CATEGORIES:
                raise Refusal(Fault(Code.TOO_LARGE, column=DATE if len(self.days) > MAX_DAYS else CATEGORY))
        return held

    def _select(self, group: int, wanted: Iterable[int]) -> Iterator[Arrow]:
        line = self._starts[group]
        days = pa.array(sorted(wanted), pa.int32())
        for batch in self._batches(group, self._columns):
            ordinals = to_ordinals(batch[DATE])
            chosen = pc.is_in(ordinals, value_set=days)
            lines = pa.arange(line, line + batch.num_rows)
            line += batch.num_rows
            if chosen.true_count:
                yield self._plain(batch.filter(chosen), ordinals.filter(chosen), lines.filter(chosen))

    def _plain(self, batch: Arrow, ordinals: Arrow, lines: Arrow) -> Arrow:
        """Return a batch whose columns have the same names and types whatever the file's are."""
        shape, rows = self.shape, batch.num_rows
        texts = {
            name: to_dictionary(batch[name] if name in self._columns else pa.nulls(rows)) for name in TEXTS
        }
        figures = {"value": shape.value, "low": shape.low, "high": shape.high}
        counts = {"votes": shape.votes, "rank": RANK, "sessions": shape.sessions}
        numbers = {to: to_floats(batch[name]) for to, name in figures.items()}
        numbers |= {to: to_counts(batch[name] if name else pa.nulls(rows)) for to, name in counts.items()}
        return pa.record_batch({"day": ordinals, "line": lines, **texts, **numbers})

    def _batches(self, group: int, columns: Sequence[str]) -> Iterator[Arrow]:
        batches: Iterator[Arrow] = self._parquet.iter_batches(
            batch_size=_BATCH, row_groups=[group], columns=list(columns), use_threads=False
        )
        return batches


class Window:
    """The lines of some days, in memory."""

    def __init__(self, table: Arrow) -> None:
        self._table = table.unify_dictionaries()
        self._texts = {
            name: _clean(
                self._table[name].chunk(0).dictionary, squeeze if name in (NAME, CATEGORY) else _term
            )
            for name in TEXTS
        }

    def records(self, day: date) -> list[Record]:
        """Return the lines of `day` in the order of the file."""
        lines = self._table.filter(pc.equal(self._table["day"], day.toordinal()))
        texts = (self._text(lines, name) for name in TEXTS)
        numbers = (lines[name].to_pylist() for name in ("value", "low", "high", "votes", "rank", "sessions"))
        return list(map(Record, lines["line"].to_pylist(), *texts, *numbers))

    def _text(self, lines: Arrow, name: str) -> list[str | None]:
        texts = self._texts[name]
        return [
            None if each is None else texts[each]
            for chunk in lines[name].chunks
            for each in chunk.indices.to_pylist()
        ]


def _open_file(path: Path) -> BinaryIO:
    try:
        # Unlike Python's own files it closes without a word when nobody needs it any more.
        file: BinaryIO = pa.OSFile(str(path))
    except FileNotFoundError:
        raise Refusal(Fault(Code.MISSING)) from None
    except OSError as error:
        raise Refusal(Fault(Code.UNREADABLE, found=error.strerror)) from error
    return file


def _open_parquet(file: BinaryIO) -> Arrow:
    options = {"pre_buffer": False, "buffer_size": _BUFFER, "page_checksum_verification": True}
    schema = pq.ParquetFile(file, **options).schema
    columns = [schema.column(place) for place in range(len(schema))]
    # As dictionaries even texts that are long and often repeated take their place once.
    texts = [each.path for each in columns if each.physical_type == "BYTE_ARRAY"]
    return pq.ParquetFile(file, read_dictionary=texts, **options)


def _clean(texts: Arrow, clean: Callable[[str], str | None]) -> list[str | None]:
    return [None if each is None else clean(each) or None for each in texts.to_pylist()]


def _term(text: str) -> str | None:
    return None if is_missing(text) else squeeze(text)
