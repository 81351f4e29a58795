"""The columns of a table, laid out so that the parser finds the same rows in them again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from store.boards import Catalogue, fold
from store.export.figures import (
    count_decimals,
    write_distances,
    write_length,
    write_measure,
    write_number,
    write_price,
    write_spread,
)
from store.export.styles import FURTHER, ROLES, Style
from store.parse.cells import is_figure
from store.parse.headings import ARENA, role_of, unit_of
from store.values import Flag, Row, Table, Unit

_ARENA_FIELDS = frozenset(field for field, role in ROLES.items() if role in ARENA)
_NO_SHARE = "/%"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading and a cell for each row, as plain text; `field` is what it holds."""

    field: str
    heading: str
    cells: tuple[str, ...]


class Layout:
    """Lays out one table."""

    def __init__(self, table: Table, style: Style, catalogue: Catalogue, linked: bool = False) -> None:
        self._table, self._style, self._catalogue = table, style, catalogue
        self._further = _further_labels(table)
        self._taken = {fold(label) for label in (*self._further, style.score)}
        self._apart = style.apart and not any(map(self._is_unknown, _measure_labels(table)))
        self._fields = self._choose_fields() - ({"url"} if linked else set())

    def columns(self) -> tuple[Column, ...]:
        """Return the columns in their order, the name and the score among them."""
        rest = [field for field in self._fields if field not in self._style.order]
        columns: list[Column] = []
        for field in (*self._style.order, *sorted(rest)):
            if field == FURTHER:
                columns += [self._lay_further(label) for label in self._further]
            elif field in self._fields:
                columns.append(self._lay_field(field))
        if not columns[-1].heading:
            # A last column without a heading would be taken for the rank.
            columns = [columns[-1], *columns[:-1]]
        return tuple(columns)

    def _choose_fields(self) -> set[str]:
        rows = self._table.rows
        fields = {"name", "score", *self._style.always}
        fields |= {field for field in self._style.headings if any(self._write(field, row) for row in rows)}
        # A second column of a role stays text only behind the first, so the first must be there.
        told = {role_of(fold(label)) for label in self._further}
        fields |= {field for field, role in ROLES.items() if role in told}
        if fields.isdisjoint(_ARENA_FIELDS) and any(map(self._looks_measured, self._further)):
            # Beside a column of Arena's, unknown numbers stay text.
            fields.add("votes")
        return fields

    def _lay_field(self, field: str) -> Column:
        if field == "score":
            return Column(field, self._style.score, self._lay_scores())
        wanted = self._style.headings[field]
        heading = next((each for each in wanted if fold(each) not in self._taken), wanted[0])
        return Column(
            field, heading, tuple(map(lambda row: self._fill(self._write(field, row)), self._table.rows))
        )

    def _fill(self, cell: str) -> str:
        return cell or self._style.missing

    def _write(self, field: str, row: Row) -> str:
        if field in ("name", "organization", "license", "cutoff", "url"):
            return getattr(row, field) or ""
        if field in ("rank", "rank_style_control"):
            rank: int | None = getattr(row, field)
            return "" if rank is None else str(rank)
        if field == "votes":
            return "" if row.votes is None else f"{row.votes}" if self._style.plain else f"{row.votes:,}"
        return self._write_figure(field, row)

    def _write_figure(self, field: str, row: Row) -> str:
        if field == "spread":
            return write_spread(row.best, row.worst)
        if field == "interval":
            return self._write_interval(row) if self._apart else ""
        if field == "price":
            return write_price(row.price) if row.price else ""
        if field == "size":
            return "" if row.size is None else f"{write_number(row.size)}B"
        if field == "context":
            return "" if row.context is None else write_length(row.context)
        return "商用" if Flag.COMMERCIAL in row.flags else "开源" if Flag.OPEN in row.flags else ""

    def _write_interval(self, row: Row) -> str:
        return "" if row.score is None else write_distances(row.score, row.low, row.high, self._percent())

    def _percent(self) -> str:
        return "%" if self._table.unit is Unit.PERCENT else ""

    def _lay_scores(self) -> tuple[str, ...]:
        decimals = 0 if self._style.plain else count_decimals(row.score for row in self._table.rows)
        return tuple(self._write_score(row, decimals) for row in self._table.rows)

    def _write_score(self, row: Row, decimals: int) -> str:
        if row.score is None:
            return _NO_SHARE if Flag.MAYBE_ZERO in row.flags else self._style.missing
        text = write_number(row.score, decimals) + self._percent()
        interval = "" if self._apart else self._write_interval(row)
        text += f" ({interval})" if interval else ""
        marked = Flag.PRELIMINARY in row.flags and not self._style.plain
        return f"{text} Preliminary" if marked else text

    def _lay_further(self, label: str) -> Column:
        rows = self._table.rows
        measures = [row.measures.get(label) for row in rows]
        values = [each.value for each in measures if each]
        decimals = 0 if self._style.plain else count_decimals(values)
        unit = self._told_unit(label)
        texts = [write_measure(each, unit, decimals) if each else "" for each in measures]
        cells = [self._fill(text or row.extras.get(label, "")) for text, row in zip(texts, rows, strict=True)]
        return Column(FURTHER, label, tuple(cells))

    def _unit_of(self, label: str) -> Unit | None:
        known = self._catalogue.dimension_of(label)
        return known.unit if known else unit_of(fold(label))

    def _told_unit(self, label: str) -> Unit | None:
        """Return the unit that cells need not repeat; pages repeat seconds, as the boards do."""
        unit = self._unit_of(label)
        return None if unit is Unit.SECONDS and not self._style.plain else unit

    def _is_unknown(self, label: str) -> bool:
        return self._unit_of(label) is None

    def _looks_measured(self, label: str) -> bool:
        """Tell whether a column of extras is full of numbers, which the parser would take for measures."""
        if not self._is_unknown(label) or role_of(fold(label)) is not None:
            return False
        if any(label in row.measures for row in self._table.rows):
            return False
        cells = [row.extras[label] for row in self._table.rows if label in row.extras]
        return sum(map(is_figure, cells)) * 2 > len(cells)


def _measure_labels(table: Table) -> Iterable[str]:
    return dict.fromkeys(label for row in table.rows for label in row.measures)


def _further_labels(table: Table) -> list[str]:
    extras = dict.fromkeys(label for row in table.rows for label in row.extras)
    return list(dict.fromkeys([*_measure_labels(table), *extras]))
