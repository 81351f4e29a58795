"""Names that come twice: a mere repetition is kept once, a contradiction refuses the document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from store.parse.grid import Fault
from store.values import Code, Flag, Row, Table


def drop_repeated(rows: Iterable[tuple[int, Row]]) -> tuple[list[Row], list[Fault]]:
    """Return `rows` (with their lines) numbered and each name once, and what was found about the others.

    Ranks and places count for nothing here: boards that rank 1..N give the same row two ranks.
    """
    kept: list[Row] = []
    places: dict[str, int] = {}
    faults: list[Fault] = []
    for line, row in rows:
        place = places.setdefault(row.name, len(kept))
        if place == len(kept):
            kept.append(row if row.position == place + 1 else replace(row, position=place + 1))
        elif _figures(kept[place]) == _figures(row):
            kept[place] = replace(kept[place], flags=kept[place].flags | {Flag.REPEATED})
            faults.append(Fault(Code.REPEATED, line, found=row.name))
        else:
            faults.append(Fault(Code.CONFLICT, line, found=row.name))
    return kept, faults


def drop_repeated_tables(tables: Sequence[Table]) -> tuple[list[Table], list[Fault]]:
    """Return each table once; two tables of one board that give a name different figures contradict."""
    kept: list[Table] = []
    faults: list[Fault] = []
    for table in tables:
        if any(replace(each, line=0) == replace(table, line=0) for each in kept):
            faults.append(Fault(Code.REPEATED, table.line, found=table.title))
            continue
        faults += _contradictions(table, kept)
        kept.append(table)
    return kept, faults


def _contradictions(table: Table, others: Iterable[Table]) -> list[Fault]:
    told = {
        row.name: _figures(row)
        for each in others
        if table.board is not None and each.board == table.board
        for row in each.rows
    }
    clash = next((row for row in table.rows if told.get(row.name, _figures(row)) != _figures(row)), None)
    return [] if clash is None else [Fault(Code.CONFLICT, table.line, found=clash.name)]


def _figures(row: Row) -> tuple[object, ...]:
    prices = (row.price, row.size, row.context)
    return (row.score, row.low, row.high, row.votes, row.organization, *prices, dict(row.measures))
