"""Stored pages: a snapshot back to the table that it was read from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy import Row as Line

from store.answers import Snapshot
from store.boards import Catalogue
from store.lines import SCORE, select_entries
from store.packing import Heading, unpack_headings
from store.schema import dimensions, entries, snapshots, standings
from store.values import Flag, Measure, Origin, Price, Row, Table, Unit

_COPIED = ("organization", "license", "cutoff", "url", "size", "context")
_SCORED = tuple(column.name for column in SCORE)


def read_page(connection: Connection, catalogue: Catalogue, snapshot: Snapshot) -> Table:
    """Return the table of a stored snapshot, its rows in the order of the page.

    It has the same `store.ingest.digest_rows` as the table that was stored. The heading that stood
    above it is not kept: `title` is the board's own.
    """
    kept = connection.scalar(select(snapshots.c.headings).where(snapshots.c.id == snapshot.id))
    headings = unpack_headings(kept)
    mains, measures = _read_standings(connection, catalogue, snapshot, headings)
    query = select_entries().where(entries.c.snapshot_id == snapshot.id).order_by(entries.c.position)
    found: Iterable[Line[Any]] = connection.execute(query)
    order = [heading.label for heading in headings[1:]]
    rows = (_read_row(each, mains, _in_order(measures.get(each.position, {}), order)) for each in found)
    unit = headings[0].unit if headings else None
    return Table(
        board=snapshot.board.key,
        title=snapshot.board.title("zh"),
        score_label=headings[0].label if headings else _first_label(connection, snapshot),
        unit=unit or snapshot.score.unit,
        as_of=snapshot.as_of,
        coverage=snapshot.coverage,
        rows=tuple(rows),
        origin=snapshot.origin or Origin.PAGE,
        method=snapshot.method,
    )


def _read_standings(
    connection: Connection, catalogue: Catalogue, snapshot: Snapshot, headings: tuple[Heading, ...]
) -> tuple[dict[int, Line[Any]], dict[int, dict[str, Measure]]]:
    """Return the main scores, and the measures by their printed headings, both by position."""
    found: Iterable[Line[Any]] = connection.execute(
        select(standings.c.position, *SCORE, dimensions.c.key, dimensions.c.label, dimensions.c.unit)
        .join_from(standings, dimensions)
        .where(standings.c.snapshot_id == snapshot.id)
    )
    by_key = _key_headings(catalogue, headings[1:])
    mains: dict[int, Line[Any]] = {}
    measures: dict[int, dict[str, Measure]] = {}
    for row in found:
        if row.key == snapshot.score.key:
            mains[row.position] = row
            continue
        heading = by_key.get(row.key) or Heading(row.label)
        unit = heading.unit_at(row.position) or Unit(row.unit)
        measures.setdefault(row.position, {})[heading.label] = Measure(
            row.score, unit, row.low, row.high, row.rank, row.votes
        )
    return mains, measures


def _key_headings(catalogue: Catalogue, headings: Iterable[Heading]) -> dict[str, Heading]:
    """Return the headings by the keys of their dimensions.

    A heading is found under its own words too: the catalogue may have learnt it after it was stored.
    """
    by_key = {heading.label: heading for heading in headings}
    for heading in tuple(by_key.values()):
        known = catalogue.dimension_of(heading.label)
        if known is not None:
            by_key[known.key] = heading
    return by_key


def _in_order(measures: Mapping[str, Measure], order: Iterable[str]) -> Mapping[str, Measure]:
    known = {label: measures[label] for label in order if label in measures}
    return MappingProxyType(known | dict(measures))


def _first_label(connection: Connection, snapshot: Snapshot) -> str:
    """Return the heading under which a snapshot's main score was first stored by any page."""
    query = select(dimensions.c.label).where(dimensions.c.key == snapshot.score.key)
    label: str = connection.execute(query).scalar_one()
    return label


def _read_row(entry: Line[Any], mains: Mapping[int, Line[Any]], measures: Mapping[str, Measure]) -> Row:
    main = mains[entry.position]._mapping
    priced = entry.currency is not None
    return Row(
        position=entry.position,
        name=entry.name,
        price=Price(entry.price_output, entry.currency, entry.price_input) if priced else None,
        measures=measures,
        extras=MappingProxyType(entry.extras or {}),
        flags=frozenset(map(Flag, entry.flags.split())),
        **{field: entry._mapping[field] for field in _COPIED},
        **{field: main[field] for field in _SCORED},
    )
