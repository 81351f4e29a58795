"""Where models stand now: on each board's current page, or on its last whole one.

A page of the top 30 says nothing of the others: they keep their place on the last page that showed the
whole board, under that page's date.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Connection

from store.answers import Snapshot, Standing
from store.boards import Catalogue
from store.queries import current, snapshot_of, standings_of

Found = tuple[Standing, ...]


def find_places(
    connection: Connection,
    catalogue: Catalogue,
    models: Sequence[str],
    board: str | None = None,
    on: date | None = None,
) -> tuple[Found, ...]:
    """Return for each model key where it stands, on every board or on one, by the end of day `on`.

    Raises NoSnapshot when the one board has nothing stored by that day.
    """
    pages, whole = _pages(connection, catalogue, board, on)
    found = []
    for model in models:
        places = standings_of(connection, catalogue, model, pages)
        seen = {each.snapshot.board.key for each in places}
        beyond = [page for key, page in whole.items() if key not in seen]
        found.append((*places, *(standings_of(connection, catalogue, model, beyond) if beyond else ())))
    order = list(catalogue.boards)
    return tuple(tuple(sorted(each, key=lambda one: order.index(one.snapshot.board.key))) for each in found)


def find_shared_places(
    connection: Connection, catalogue: Catalogue, models: Sequence[str], on: date | None = None
) -> tuple[Found, ...]:
    """Return for each model key where it stands, on one page of a board for all of them.

    That is the last whole one where more of the models stand on it than on the current page.
    """
    pages, whole = _pages(connection, catalogue, None, on)
    among = [*pages, *whole.values()]
    found = [standings_of(connection, catalogue, model, among) for model in models]
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


def _pages(
    connection: Connection, catalogue: Catalogue, board: str | None, on: date | None
) -> tuple[tuple[Snapshot, ...], Mapping[str, Snapshot]]:
    """Return the current pages, and for those of the top models the last whole ones by board."""
    if board is None:
        pages = tuple(current(connection, catalogue, on).values())
    else:
        pages = (snapshot_of(connection, catalogue, board, on),)
    short = {page.board.key for page in pages if page.coverage.top is not None}
    if not short:
        return pages, {}
    whole = current(connection, catalogue, on, board, whole=True)
    return pages, {key: page for key, page in whole.items() if key in short}
