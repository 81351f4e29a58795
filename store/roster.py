"""Every model that any board has ever listed, as the name index wants it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from store.answers import Snapshot
from store.boards import Catalogue
from store.lines import SAME_ENTRY
from store.models import Model
from store.schema import UNDATED, boards, entries, models, names, sightings, snapshots, standings, terms


@dataclass(slots=True)
class _Draft:
    family: str
    printed: set[str] = field(default_factory=set)
    names: list[tuple[int, float, str]] = field(default_factory=list)
    vendors: set[str] = field(default_factory=set)
    seen: datetime = UNDATED
    listed: dict[str, datetime] = field(default_factory=dict)


def known_models(
    connection: Connection,
    catalogue: Catalogue,
    current: Collection[Snapshot],
    whole: Collection[Snapshot] = (),
) -> tuple[Model, ...]:
    """Return all models, by key.

    A model's name is the one that the first board of the catalogue which lists it printed last; its
    place is its rank on the first of the `current` snapshots that ranks it. It is on the boards that have
    listed it since their current page or, where that is older, the last of the `whole` ones.
    """
    order = {key: at for at, key in enumerate(catalogue.boards)}
    drafts: dict[str, _Draft] = {}
    for row in connection.execute(_appearances()):
        _note(drafts.setdefault(row.model, _Draft(row.family)), row, order.get(row.board, len(order)))
    places = _places(connection, current)
    since = {each.board.key: each.as_of or UNDATED for each in (*current, *whole)}
    return tuple(_model(catalogue, key, drafts[key], places.get(key), since) for key in sorted(drafts))


def _appearances() -> Any:  # noqa: ANN401 - SQLAlchemy's own expression
    """Return the query of all names by board; words are looked up for what is left of very many lines."""
    latest = (
        select(sightings.c.snapshot_id, sightings.c.board_id, func.max(sightings.c.at).label("at"))
        .group_by(sightings.c.snapshot_id, sightings.c.board_id)
        .cte("latest")
        .prefix_with("MATERIALIZED")
    )
    last = func.max(latest.c.at).label("at")
    listed = (
        select(entries.c.name_id, entries.c.organization_id, latest.c.board_id, last)
        .join_from(latest, entries, entries.c.snapshot_id == latest.c.snapshot_id)
        .group_by(entries.c.name_id, latest.c.board_id, entries.c.organization_id)
        .cte("listed")
        .prefix_with("MATERIALIZED")
    )
    return (
        select(
            names.c.text.label("name"),
            models.c.key.label("model"),
            models.c.family,
            boards.c.key.label("board"),
            func.max(terms.c.text).label("vendor"),
            func.max(listed.c.at).label("at"),
        )
        .join_from(listed, names, names.c.id == listed.c.name_id)
        .join(models)
        .join(boards, boards.c.id == listed.c.board_id)
        .outerjoin(terms, terms.c.id == listed.c.organization_id)
        .group_by(names.c.text, models.c.key, models.c.family, boards.c.key)
    )


def _note(draft: _Draft, row: Row[Any], board: int) -> None:
    draft.printed.add(row.name)
    draft.names.append((board, -row.at.timestamp(), row.name))
    draft.seen = max(draft.seen, row.at)
    draft.listed[row.board] = max(draft.listed.get(row.board, UNDATED), row.at)
    if row.vendor:
        draft.vendors.add(row.vendor)


def _places(connection: Connection, current: Iterable[Snapshot]) -> dict[str, tuple[str, int]]:
    """Return each model's rank on the first of the snapshots that gives it one."""
    boards_of = {snapshot.id: snapshot.board.key for snapshot in current}
    rows = connection.execute(
        select(models.c.key, entries.c.snapshot_id, func.min(standings.c.rank).label("place"))
        .join_from(entries, names)
        .join(models)
        .join(snapshots, snapshots.c.id == entries.c.snapshot_id)
        .join(standings, SAME_ENTRY & (standings.c.dimension_id == snapshots.c.dimension_id))
        .where(entries.c.snapshot_id.in_(boards_of), standings.c.rank.is_not(None))
        .group_by(models.c.key, entries.c.snapshot_id)
    ).all()
    order = list(boards_of)
    last_board_first = sorted(rows, key=lambda row: order.index(row.snapshot_id), reverse=True)
    return {row.key: (boards_of[row.snapshot_id], row.place) for row in last_board_first}


def _model(
    catalogue: Catalogue,
    key: str,
    draft: _Draft,
    standing: tuple[str, int] | None,
    since: Mapping[str, datetime],
) -> Model:
    vendors = {vendor.key for each in draft.vendors if (vendor := catalogue.organization_of(each))}
    return Model(
        key=key,
        name=min(draft.names)[2],
        family=draft.family,
        printed=tuple(sorted(draft.printed)),
        organization=min(vendors, default=None),
        place=standing[1] if standing else None,
        seen=None if draft.seen == UNDATED else draft.seen.date(),
        board=standing[0] if standing else None,
        boards=tuple(
            board
            for board in catalogue.boards
            if board in draft.listed and board in since and draft.listed[board] >= since[board]
        ),
    )
