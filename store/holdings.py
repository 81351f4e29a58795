"""What is held in memory of what boards say: their pages of now, and the scores of those in order.

It is read again as soon as there is another edition, whoever stored it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from sqlalchemy import Connection

from store.answers import Snapshot
from store.boards import Catalogue
from store.courses import boards_of
from store.edition import Edition, read_edition
from store.errors import NoSnapshot
from store.memory import Memory
from store.places import Pages, read_pages
from store.tally import Tallies, read_tallies

ROOM = 64
"""Days whose pages are held, and pages whose tallies are: some kilobytes each."""


class Holdings:
    """Pages and tallies as they were read last; safe to use from several threads."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.kept = Memory(ROOM)
        self.tallied = Memory(ROOM)

    def look(self, connection: Connection) -> View:
        """Return what is stored now, as far as it is asked for."""
        return View(self, connection, read_edition(connection))


@dataclass(frozen=True, slots=True)
class View:
    """What is stored in one edition: held in memory, or read with the connection."""

    _holdings: Holdings
    _connection: Connection
    edition: Edition

    def pages(self, on: date | None = None) -> Pages:
        """Return what every board says, by the end of day `on` if given."""
        read = partial(read_pages, self._connection, self._holdings.catalogue, on)
        return self._holdings.kept.recall(self.edition, on, read)

    def page(self, board: str, on: date | None = None) -> Snapshot:
        """Return what one board says; raises NoSnapshot, UnknownBoard."""
        key = self._holdings.catalogue.board(board).key
        for page in self.pages(on).current:
            if page.board.key == key:
                return page
        raise NoSnapshot(board, on)

    def tallies(self, page: Snapshot) -> Tallies:
        """Return the tallies of a page, which no other page changes, but what is published can."""
        read = partial(read_tallies, self._connection, self._holdings.catalogue, page)
        return self._holdings.tallied.recall(self.edition[1], page.id, read)

    def issues(self) -> tuple[datetime, ...]:
        """Return when the dated pages were issued that answers are of."""
        return self._holdings.kept.recall(self.edition, "issues", self._issues)

    def boards_of(self, models: Sequence[str]) -> Mapping[str, int]:
        """Return what `store.courses.boards_of` does."""
        read = partial(boards_of, self._connection, self._holdings.catalogue, models)
        return self._holdings.kept.recall(self.edition, ("boards", *models), read)

    def _issues(self) -> tuple[datetime, ...]:
        return tuple({page.as_of for page in self.pages().all() if page.as_of is not None})
