"""From database rows to the values of `store.answers`: the columns to select and how to read them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from sys import intern
from typing import Any

from sqlalchemy import Row, Select, and_, select

from store.answers import Score, Snapshot, Standing
from store.boards import Catalogue, Dimension, fold
from store.packing import unpack_headings
from store.schema import (
    UNDATED,
    boards,
    dimensions,
    entries,
    models,
    names,
    sightings,
    snapshots,
    standings,
    terms,
)
from store.values import Coverage, Flag, Method, Origin, Price, Unit

EXPENSES = frozenset({Unit.SECONDS, Unit.TOKENS, Unit.YUAN})
"""Units of what an answer takes and costs, of which less is better."""

vendor, license_, cutoff, url = (terms.alias(name) for name in ("vendor", "license", "cutoff", "url"))

SCORE = (
    standings.c.rank,
    standings.c.rank_style_control,
    standings.c.best,
    standings.c.worst,
    standings.c.score,
    standings.c.low,
    standings.c.high,
    standings.c.votes,
)

SAME_ENTRY = and_(
    standings.c.snapshot_id == entries.c.snapshot_id, standings.c.position == entries.c.position
)
"""What joins an entry with its standings."""


def select_entries(*more: Any) -> Select[Any]:  # noqa: ANN401 - any column expression
    """Return a query of whole entries: their facts, name, model and words, and the columns `more`."""
    return (
        select(
            entries,
            names.c.text.label("name"),
            models.c.key.label("model"),
            vendor.c.text.label("organization"),
            license_.c.text.label("license"),
            cutoff.c.text.label("cutoff"),
            url.c.text.label("url"),
            *more,
        )
        .join_from(entries, names)
        .join(models)
        .outerjoin(vendor, vendor.c.id == entries.c.organization_id)
        .outerjoin(license_, license_.c.id == entries.c.license_id)
        .outerjoin(cutoff, cutoff.c.id == entries.c.cutoff_id)
        .outerjoin(url, url.c.id == entries.c.url_id)
    )


def select_snapshots() -> Select[Any]:
    """Return a query of sightings, each with its board's key and its snapshot: what `read_snapshot` reads."""
    return (
        select(
            boards.c.key,
            snapshots.c.id,
            snapshots.c.top,
            snapshots.c.rows,
            snapshots.c.origin,
            snapshots.c.method,
            snapshots.c.headings,
            dimensions.c.key.label("score_key"),
            sightings.c.at,
            sightings.c.read_at,
            sightings.c.source,
        )
        .join_from(boards, sightings, sightings.c.board_id == boards.c.id)
        .join(snapshots, snapshots.c.id == sightings.c.snapshot_id)
        .join(dimensions, dimensions.c.id == snapshots.c.dimension_id)
    )


def read_snapshot(catalogue: Catalogue, row: Row[Any]) -> Snapshot:
    """Return the snapshot of a row of `select_snapshots`."""
    fields: Any = row[:11]  # quicker than by name
    key, number, top, rows, origin, method, headings, score, at, read_at, source = fields
    board = catalogue.boards[key]
    return Snapshot(
        number,
        board,
        catalogue.dimensions[score],
        None if at == UNDATED else at,
        read_at,
        Coverage(top),
        rows,
        source,
        Origin(origin) if origin else None,
        Method(method) if method else None,
        _domains(headings) if board.family == "rele" else frozenset(),
    )


def _domains(headings: list[Any] | None) -> frozenset[str]:
    """Return the domains beside a total by `snapshots.headings`, which once noted no units."""
    measures = (each for each in unpack_headings(headings)[1:] if each.unit is not None)
    return frozenset(fold(each.label) for each in measures if each.unit not in EXPENSES)


def read_dimension(catalogue: Catalogue, row: Row[Any]) -> Dimension:
    """Return the dimension of a row; one that the catalogue does not know has its printed label."""
    known = catalogue.dimensions.get(row.key)
    if known is not None:
        return known
    return Dimension(
        key=row.key,
        titles={"en": row.label},
        words=(),
        labels=(row.label,),
        unit=Unit(row.unit),
        decimals=0,
        lower_is_better=Unit(row.unit) in EXPENSES,
        related=(),
    )


def read_score(dimension: Dimension, row: Row[Any], place: int) -> Score:
    """Return the score of a row of `standings`."""
    return Score(
        dimension=dimension,
        score=row.score,
        low=row.low,
        high=row.high,
        votes=row.votes,
        rank=row.rank,
        rank_style_control=row.rank_style_control,
        best=row.best,
        worst=row.worst,
        place=place if row.score is not None else None,
    )


def read_standing(snapshot: Snapshot, row: Row[Any], scores: Sequence[Score]) -> Standing:
    """Return the standing of a row of `select_entries`; the first of `scores` is its main one."""
    return Standing(
        snapshot=snapshot,
        name=intern(row.name),
        model=intern(row.model),
        main=scores[0],
        domains=tuple(scores[1:]),
        organization=_once(row.organization),
        license=_once(row.license),
        cutoff=_once(row.cutoff),
        url=_once(row.url),
        price=Price(row.price_output, row.currency, row.price_input) if row.currency else None,
        size=row.size,
        context=row.context,
        flags=_read_flags(row.flags),
    )


def _once(text: str | None) -> str | None:
    """Return the one object that is a text: what is held in memory has the same words again and again."""
    return text if text is None else intern(text)


@cache
def _read_flags(words: str) -> frozenset[Flag]:
    return frozenset(map(Flag, words.split()))
