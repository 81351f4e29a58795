"""One line of a board becomes a row: each cell is read by its column's role."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from store.parse import cells
from store.parse.columns import Column, Columns
from store.parse.glue import Glue, Unglued
from store.parse.grid import CellError, Fault, Line
from store.parse.headings import Role
from store.parse.markup import read_label, read_plain
from store.values import Code, Flag, Measure, Row, Unit

_TYPOS = {"Propretary": "Proprietary"}
_NO_SHARE = "/%"
_PRICED = re.compile(r"价格|price", re.I)
_EXPENSES = frozenset({Unit.SECONDS, Unit.TOKENS})


class RowReader:
    """Reads the lines of one table; without `glue` nothing sticks to its names."""

    def __init__(self, columns: Columns, glue: Glue | None) -> None:
        self._columns = columns
        self._glue = glue

    def read(self, line: Line, position: int) -> Row | Fault:
        """Return the row of `line`, or the first cell in it that cannot be read."""
        draft = Draft(self._glue)
        for column in self._columns.all:
            cell = line.cells[column.index]
            try:
                _READERS[column.role](draft, column, cell)
            except CellError as error:
                if column.strict:
                    return Fault(error.code, line.number, column.heading, error.found[:80])
                draft.keep(column, cell)
        name = draft.name()
        if not name or cells.is_missing(name):
            heading = self._columns.get(Role.NAME)
            return Fault(Code.NO_NAME, line.number, heading.heading if heading else None)
        return draft.finish(name, position)


class Draft:
    """The fields of a row while its cells are read."""

    def __init__(self, glue: Glue | None) -> None:
        self._glue = glue
        self._label, self._linked = "", False
        self._fields: dict[str, Any] = {}
        self._distances: tuple[float, float] | None = None
        self._measures: dict[str, Measure] = {}
        self._extras: dict[str, str] = {}
        self._flags: set[Flag] = set()
        self._no_share = False

    def keep(self, column: Column, cell: str) -> None:
        """Keep what no rule reads, as text under its heading."""
        text = read_plain(cell)
        if text and not cells.is_missing(text):
            self._extras[column.heading] = text

    def take_name(self, column: Column, cell: str) -> None:
        """Take the name; vendor and licence may still stick to it."""
        label = read_label(cell)
        self._label, self._linked = label.text, label.url is not None
        self._flags |= label.flags
        self._fields.setdefault("url", label.url)

    def take_score(self, column: Column, cell: str) -> None:
        """Take the main score with the interval and the remark printed in the same cell."""
        figure = cells.read_figure(cell)
        if figure is None:
            self._no_share = cells.normalise(cell) == _NO_SHARE
            return
        self._fields |= {"score": figure.value, "low": figure.low, "high": figure.high}
        self._flags |= figure.flags

    def take_interval(self, column: Column, cell: str) -> None:
        """Take the distances of the interval's bounds from the score."""
        self._distances = cells.read_distances(cell)

    def take_kind(self, column: Column, cell: str) -> None:
        """Take a price, a size, or 商用 or 开源: the value tells which."""
        if cells.is_missing(cell):
            return
        priced = cell
        if _PRICED.search(column.heading) and cells.is_figure(cell):
            priced = f"${cell}" if "$" in column.heading else f"{cell.rstrip('元')}元"
        for field, read, text in (("price", cells.read_price, priced), ("size", cells.read_size, cell)):
            try:
                self._fields[field] = read(text)
                return
            except CellError:
                continue
        try:
            self._flags.add(cells.read_kind(cell))
        except CellError:
            self.keep(column, cell)

    def take_measure(self, column: Column, cell: str) -> None:
        """Take a number of one of the board's further columns."""
        self._measures[column.heading] = cells.read_measure(cell, column.unit)

    def take_url(self, column: Column, cell: str) -> None:
        """Take the link of a column of links."""
        label = read_label(cell)
        self._fields["url"] = label.url or cells.read_text(cell)

    def take_context(self, column: Column, cell: str) -> None:
        """Take the length of the context in tokens; what is none stays as text."""
        try:
            self._fields["context"] = cells.read_length(cell)
        except CellError:
            self.keep(column, cell)

    def name(self) -> str:
        """Part the name from what sticks to it, and return it."""
        parted = Unglued(self._label)
        if self._glue is not None:
            parted = self._glue.part(self._label, self._fields.get("organization"), self._linked)
        self._fields["organization"] = self._fields.get("organization") or parted.organization
        license = self._fields.get("license") or parted.license
        self._fields["license"] = _TYPOS.get(license, license) if license else None
        return parted.name

    def finish(self, name: str, position: int) -> Row:
        """Return the row; a rank beside a missing score means nothing and is dropped."""
        score = self._fields.get("score")
        if score is None:
            self._fields["rank"] = self._fields["rank_style_control"] = None
            told = {each.unit for each in self._measures.values() if each.value is not None}
            if self._no_share and told >= _EXPENSES:
                self._flags.add(Flag.MAYBE_ZERO)
        elif self._distances is not None:
            minus, plus = self._distances
            self._fields |= {"low": cells.lower(score, minus), "high": cells.lower(score, -plus)}
        return Row(
            position=position,
            name=name,
            measures=MappingProxyType(self._measures),
            extras=MappingProxyType(self._extras),
            flags=frozenset(self._flags),
            **self._fields,
        )

    def set(self, field: str, value: object) -> None:
        """Set a field that needs no more thought."""
        self._fields[field] = value


def _taking(field: str, read: Callable[[str], object]) -> Callable[[Draft, Column, str], None]:
    return lambda draft, column, cell: draft.set(field, read(cell))


def _pass_over(draft: Draft, column: Column, cell: str) -> None:
    """Pass over a column that this pass does not read: gaps, and spreads, which want all rows."""


_READERS: Mapping[Role, Callable[[Draft, Column, str], None]] = {
    Role.RANK: _taking("rank", cells.read_rank),
    Role.RANK_STYLE: _taking("rank_style_control", cells.read_rank),
    Role.SPREAD: _pass_over,
    Role.NAME: Draft.take_name,
    Role.SCORE: Draft.take_score,
    Role.INTERVAL: Draft.take_interval,
    Role.VOTES: _taking("votes", cells.read_count),
    Role.ORGANIZATION: _taking("organization", cells.read_text),
    Role.LICENSE: _taking("license", cells.read_text),
    Role.CUTOFF: _taking("cutoff", cells.read_text),
    Role.URL: Draft.take_url,
    Role.CONTEXT: Draft.take_context,
    Role.KIND: Draft.take_kind,
    Role.MEASURE: Draft.take_measure,
    Role.GAP: Draft.keep,
    Role.EXTRA: Draft.keep,
}
