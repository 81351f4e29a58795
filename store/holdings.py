"""What is held in memory of what boards say: their pages of now, and the scores of those in order.

It is read again as soon as there is another edition, whoever stored it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from store.queries import Tallying
from store.tally import Tallies, read_tallies

ROOM = 64
"""Days whose pages are held, and pages whose tallies are: some kilobytes each."""


class Holdings:
    """Pages and tallies; safe to use from several threads."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._pages = Memory(ROOM)
        self._tallies = Memory(ROOM)

    def issues(self, connection: Connection) -> tuple[Edition, tuple[datetime, ...]]:
        """Return the edition of now, and when the dated pages were issued that answers are of."""
        edition = read_edition(connection)
        return edition, self._pages.recall(edition, "issues", lambda: self._issues(connection))

    def pages(self, connection: Connection, on: date | None = None) -> Pages:
        """Return what every board says, by the end of day `on` if given."""
        read = partial(read_pages, connection, self._catalogue, on)
        return self._pages.recall(read_edition(connection), on, read)

    def page(self, connection: Connection, board: str, on: date | None = None) -> Snapshot:
        """Return what one board says; raises NoSnapshot, UnknownBoard."""
        key = self._catalogue.board(board).key
        for page in self.pages(connection, on).current:
            if page.board.key == key:
                return page
        raise NoSnapshot(board, on)

    def tallying(self, connection: Connection) -> Tallying:
        """Return what gives the tallies of a page; no other page changes them, but what is published can."""
        _, published = read_edition(connection)

        def tallies(page: Snapshot) -> Tallies:
            read = partial(read_tallies, connection, self._catalogue, page)
            return self._tallies.recall(published, page.id, read)

        return tallies

    def boards_of(self, connection: Connection, models: Sequence[str]) -> Mapping[str, int]:
        """Return what `store.courses.boards_of` does."""
        read = partial(boards_of, connection, self._catalogue, models)
        return self._pages.recall(read_edition(connection), ("boards", *models), read)

    def _issues(self, connection: Connection) -> tuple[datetime, ...]:
        pages = self.pages(connection).all()
        return tuple({page.as_of for page in pages if page.as_of is not None})
