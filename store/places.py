"""Where models stand now: on each board's current page, or on its last whole one.

A page of the top 30 says nothing of the others: they keep their place on the last page that showed the
whole board, under that page's date.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from sqlalchemy import Connection

from store.answers import Snapshot, Standing
from store.boards import Board, Catalogue
from store.errors import NoSnapshot
from store.queries import Everywhere, current

Found = tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Pages:
    """What boards say: `current` pages, and for those of the top models the last `whole` ones by board."""

    current: tuple[Snapshot, ...]
    whole: Mapping[str, Snapshot]

    def all(self) -> tuple[Snapshot, ...]:
        """Return every page, the current ones first."""
        return (*self.current, *self.whole.values())

    def page(self, board: Board, on: date | None) -> Snapshot:
        """Return the current page of a board; raises NoSnapshot, of the day `on`."""
        for page in self.current:
            if page.board.key == board.key:
                return page
        raise NoSnapshot(board.key, on)

    def of(self, board: str) -> Pages:
        """Return the pages of one board alone."""
        whole = {board: self.whole[board]} if board in self.whole else {}
        return Pages(tuple(page for page in self.current if page.board.key == board), whole)


def find_places(
    everywhere: Everywhere, catalogue: Catalogue, models: Sequence[str], among: Pages
) -> tuple[Found, ...]:
    """Return for each model key where it stands, of all lines that these pages have of it."""
    current = {page.id for page in among.current}
    order = list(catalogue.boards)
    found = []
    for model in models:
        places = [each for each in everywhere[model] if each.snapshot.id in current]
        seen = {each.snapshot.board.key for each in places}
        places += [each for each in everywhere[model] if each.snapshot.board.key not in seen]
        found.append(tuple(sorted(places, key=lambda one: order.index(one.snapshot.board.key))))
    return tuple(found)


def find_shared_places(everywhere: Everywhere, models: Sequence[str], among: Pages) -> tuple[Found, ...]:
    """Return for each model key where it stands, on one page of a board for all of them.

    That is the last whole one where more of the models stand on it than on the current page.
    """
    pages, whole = among.current, among.whole
    found = [everywhere[model] for model in models]
    shared = {
        page.board.key: max(
            (page, *([whole[page.board.key]] if page.board.key in whole else [])),
            key=lambda each: sum(any(one.snapshot.id == each.id for one in places) for places in found),
        ).id
        for page in pages
    }
    return tuple(
        tuple(each for each in places if each.snapshot.id == shared[each.snapshot.board.key])
        for places in found
    )


def read_pages(connection: Connection, catalogue: Catalogue, on: date | None = None) -> Pages:
    """Return what every board says, by the end of day `on`."""
    pages = tuple(current(connection, catalogue, on).values())
    short = {page.board.key for page in pages if page.coverage.top is not None}
    whole = current(connection, catalogue, on, whole=True) if short else {}
    return Pages(pages, MappingProxyType({key: page for key, page in whole.items() if key in short}))
