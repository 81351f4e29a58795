"""Tables as JSON: whole ones that wait outside the database's own tables, and the plain form of a row.

The plain form is also what a snapshot's digest is made of, so its keys and values never change;
a field that comes later may only appear where it says something.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from store.values import Coverage, Flag, Measure, Method, Origin, Price, Row, Table, Unit

_ROW = tuple(Row.__slots__)


@dataclass(frozen=True, slots=True)
class Heading:
    """A column heading of a score or measure, with the unit that its numbers were printed in.

    `unit` is None where it was not noted; `odd` are the units of the positions where it is another.
    """

    label: str
    unit: Unit | None = None
    odd: Mapping[int, Unit] = field(default_factory=dict)

    def unit_at(self, position: int) -> Unit | None:
        """Return the unit of the number at `position`."""
        return self.odd.get(position, self.unit)


def pack(table: Table) -> str:
    """Return a table as JSON text; `unpack` gives an equal table back."""
    fields = {
        "board": table.board,
        "title": table.title,
        "score_label": table.score_label,
        "unit": table.unit,
        "as_of": table.as_of.astimezone(UTC).isoformat() if table.as_of else None,
        "top": table.coverage.top,
        "line": table.line,
        "origin": table.origin,
        "method": table.method,
        "rows": [plain_row(row) for row in table.rows],
    }
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def unpack(text: str) -> Table:
    """Return the table that `pack` made `text` of."""
    fields: dict[str, Any] = json.loads(text)
    return Table(
        board=fields["board"],
        title=fields["title"],
        score_label=fields["score_label"],
        unit=Unit(fields["unit"]),
        as_of=datetime.fromisoformat(fields["as_of"]) if fields["as_of"] else None,
        coverage=Coverage(fields["top"]),
        rows=tuple(map(_read_row, fields["rows"])),
        line=fields["line"],
        origin=Origin(fields["origin"]),
        method=Method(fields["method"]) if fields["method"] else None,
    )


def plain_row(row: Row) -> dict[str, Any]:
    """Return every field of a row as JSON values."""
    price = row.price
    return {name: getattr(row, name) for name in _ROW} | {
        "price": price and {"output": price.output, "currency": price.currency, "input": price.input},
        "measures": {label: _plain_measure(measure) for label, measure in row.measures.items()},
        "extras": dict(row.extras),
        "flags": sorted(row.flags),
    }


def _plain_measure(measure: Measure) -> dict[str, Any]:
    fields = {"value": measure.value, "unit": measure.unit, "low": measure.low, "high": measure.high}
    if measure.rank is not None:
        fields["rank"] = measure.rank
    if measure.votes is not None:
        fields["votes"] = measure.votes
    return fields


def _read_row(fields: dict[str, Any]) -> Row:
    measures = {
        label: Measure(**plain | {"unit": Unit(plain["unit"])}) for label, plain in fields["measures"].items()
    }
    typed = {
        "price": Price(**fields["price"]) if fields["price"] else None,
        "measures": MappingProxyType(measures),
        "extras": MappingProxyType(fields["extras"]),
        "flags": frozenset(map(Flag, fields["flags"])),
    }
    return Row(**fields | typed)


def pack_headings(table: Table) -> list[list[Any]]:
    """Return what `snapshots.headings` keeps: of the score and each measure `[label, unit]`.

    A third item names the positions whose unit is another: a missing number has its column's unit,
    while those beside it may be printed with a percent sign.
    """
    units: dict[str, dict[int, Unit]] = {}
    for row in table.rows:
        for label, measure in row.measures.items():
            units.setdefault(label, {})[row.position] = measure.unit
    return [[table.score_label, table.unit], *(_pack_heading(*each) for each in units.items())]


def _pack_heading(label: str, units: Mapping[int, Unit]) -> list[Any]:
    usual = Counter(units.values()).most_common(1)[0][0]
    odd: dict[str, list[int]] = {}
    for position, unit in units.items():
        if unit is not usual:
            odd.setdefault(unit, []).append(position)
    return [label, usual, odd] if odd else [label, usual]


def unpack_headings(kept: list[Any] | None) -> tuple[Heading, ...]:
    """Return the headings of `pack_headings`, or of a plain list of labels; none of None."""
    return tuple(Heading(each) if isinstance(each, str) else _read_heading(*each) for each in kept or ())


def _read_heading(label: str, unit: str, odd: Mapping[str, list[int]] | None = None) -> Heading:
    places = {position: Unit(other) for other, positions in (odd or {}).items() for position in positions}
    return Heading(label, Unit(unit), places)
