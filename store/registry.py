"""The words that rows point at (boards, dimensions, names, terms): looked up once, added when new.

A registry lives for one transaction.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Column, Connection, Table, delete, insert, select, update

from store.boards import Board, Catalogue
from store.edition import publish
from store.names import Identities
from store.schema import boards, dimensions, models, names, snapshots, standings, terms
from store.values import Row, Unit
from store.values import Table as BoardTable

CHUNK = 500
"""Words that one query looks up; SQLite takes 32,766 values at most."""


class Registry:
    """Turns words into their ids; every word is read or added at most once."""

    def __init__(self, connection: Connection, catalogue: Catalogue, identities: Identities) -> None:
        self._connection = connection
        self.catalogue = catalogue
        self._identities = identities
        self._known: dict[tuple[str, str], int] = {}

    def learn(self, rows: Iterable[Row]) -> None:
        """Look up everything that rows point at in a few queries, so that only new words cost one each."""
        read = tuple(rows)
        printed = {word for row in read for word in (row.organization, row.license, row.cutoff, row.url)}
        self._look_up(names, names.c.text, {row.name for row in read})
        self._look_up(terms, terms.c.text, {word for word in printed if word})

    def _look_up(self, table: Table, column: Column[str], words: Iterable[str]) -> None:
        unknown = [word for word in words if (table.name, word) not in self._known]
        for begin in range(0, len(unknown), CHUNK):
            some = column.in_(unknown[begin : begin + CHUNK])
            for found in self._connection.execute(select(table.c.id, column.label("word")).where(some)):
                self._known[table.name, found.word] = found.id

    def board(self, key: str) -> int:
        """Return the id of the board `key`."""
        return self._id(boards, boards.c.key, key)

    def score(self, board: Board, table: BoardTable) -> int:
        """Return the id of the dimension of a table's main score."""
        dimension = self.catalogue.main_score(board, table.score_label)
        return self._id(
            dimensions, dimensions.c.key, dimension.key, label=table.score_label, unit=dimension.unit
        )

    def dimension(self, label: str, unit: Unit) -> int:
        """Return the id of the dimension that a column heading means; an unknown heading is its own."""
        known = self.catalogue.dimension_of(label)
        key, counted = (known.key, known.unit) if known else (label, unit)
        return self._id(dimensions, dimensions.c.key, key, label=label, unit=counted)

    def name(self, printed: str) -> int:
        """Return the id of a printed name; a new one is identified with its model."""
        if ("names", printed) in self._known:
            return self._known["names", printed]
        identity = self._identities.identify(printed)
        model = self._id(models, models.c.key, identity.key, family=identity.family)
        return self._id(names, names.c.text, printed, model_id=model)

    def term(self, text: str | None) -> int | None:
        """Return the id of a vendor, licence, cutoff or link; None stays None."""
        return self._id(terms, terms.c.text, text) if text else None

    def _id(self, table: Table, column: Column[str], value: str, **others: object) -> int:
        known = self._known.get((table.name, value))
        if known is None:
            known = self._connection.scalar(select(table.c.id).where(column == value))
            if known is None:
                added = insert(table).values({column.name: value, **others})
                known = self._connection.execute(added.returning(table.c.id)).scalar_one()
            self._known[table.name, value] = known
        return known


def adopt_headings(connection: Connection, catalogue: Catalogue) -> int:
    """Give what was stored under its mere heading to the dimension that means it now; return how many.

    A person may add a dimension to the catalogue after pages that have it were read.
    """
    strangers = [
        (row.id, known)
        for row in connection.execute(select(dimensions.c.id, dimensions.c.key, dimensions.c.label))
        if row.key not in catalogue.dimensions and (known := catalogue.dimension_of(row.label)) is not None
    ]
    for stranger, known in strangers:
        kept = connection.scalar(select(dimensions.c.id).where(dimensions.c.key == known.key))
        if kept is None:
            renamed = update(dimensions).where(dimensions.c.id == stranger)
            connection.execute(renamed.values(key=known.key, unit=known.unit))
            continue
        for table in (standings, snapshots):
            moved = update(table).where(table.c.dimension_id == stranger)
            connection.execute(moved.values(dimension_id=kept))
        connection.execute(delete(dimensions).where(dimensions.c.id == stranger))
    if strangers:
        publish(connection)
    return len(strangers)
