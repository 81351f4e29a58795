"""What is held in memory and read again where it changed: what names mean, and what servers decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, func, select

from store import queries
from store.boards import Catalogue, fold
from store.days import read_days
from store.fields import FieldIndex
from store.models import Model, Resolution
from store.names import Identities, NameIndex
from store.news.tables import preferences
from store.nicknames import Nickname, all_nicknames
from store.preferences import NONE, WHOLE, Preferences, all_preferences
from store.roster import known_models
from store.schema import aliases, renames, sightings
from store.traits import TraitIndex

LONGEST = 500
"""Letters of a name that are looked at; Discord lets people type 6,000, which takes a fifth of a second."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What names mean, held in memory: every model, the indexes, and each server's nicknames and preferences.

    `days` are those on which a board, by its key, said something new, as `store.days.thin_out` leaves them.
    `version` differs when boards, renames, nicknames or preferences came or went.
    """

    version: tuple[int, ...]
    names: NameIndex
    models: Mapping[str, Model]
    fields: FieldIndex
    traits: TraitIndex
    nicknames: Mapping[int, Mapping[str, Nickname]]
    days: Mapping[str, tuple[date, ...]]
    preferences: Mapping[tuple[int, int], Preferences]

    def preferred(self, server: int | None, *channels: int | None) -> Preferences:
        """Return what counts on a server in the first of `channels`, the others being around it."""
        merged = NONE
        for channel in (*channels, WHOLE):
            decided = self.preferences.get((server or 0, channel or WHOLE))
            merged = merged if decided is None else merged.over(decided)
        return merged

    def resolve(self, query: str, server: int | None = None) -> Resolution:
        """Return what `query` stands for, on a server that may have nicknames of its own."""
        known = self.nicknames.get(server or 0, {}).get(fold(query))
        if known is not None and known.model in self.models:
            return Resolution(query, self.models[known.model], 1.0, because="nickname")
        return self.names.resolve(query[:LONGEST])


def read_reference(
    connection: Connection, catalogue: Catalogue, identities: Identities, known: Reference | None = None
) -> Reference:
    """Return what names mean now; of what did not change since `known`, the same."""
    boards_at, decided_at = _version(connection)
    version = boards_at + decided_at
    if known is None or known.version[:2] != boards_at:
        return _index(connection, catalogue, identities, version)
    if known.version[2:] != decided_at:
        nicknames, decided = all_nicknames(connection), all_preferences(connection)
        return replace(known, version=version, nicknames=nicknames, preferences=decided)
    return known


def _index(
    connection: Connection, catalogue: Catalogue, identities: Identities, version: tuple[int, ...]
) -> Reference:
    current = queries.current(connection, catalogue).values()
    whole = queries.current(connection, catalogue, whole=True).values()
    models = known_models(connection, catalogue, current, whole)
    stored = queries.dimensions_of(connection, catalogue, current)
    return Reference(
        version=version,
        names=NameIndex(models, catalogue.organizations.values(), identities),
        models={model.key: model for model in models},
        fields=FieldIndex(catalogue, stored),
        traits=TraitIndex(catalogue),
        nicknames=all_nicknames(connection),
        days=read_days(connection),
        preferences=all_preferences(connection),
    )


def _version(connection: Connection) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return what tells whether boards and renames, and whether decisions of servers, are as before."""
    row = connection.execute(
        select(
            select(func.coalesce(func.max(sightings.c.id), 0)).scalar_subquery(),
            select(func.count(renames.c.accepted)).scalar_subquery(),
            select(func.coalesce(func.max(aliases.c.id), 0)).scalar_subquery(),
            select(func.count(aliases.c.id)).scalar_subquery(),
            select(func.coalesce(func.max(preferences.c.id), 0)).scalar_subquery(),
            select(func.count(preferences.c.id)).scalar_subquery(),
        )
    ).one()
    return (row[0], row[1]), tuple(row[2:])
