"""Where many models stand at once, by the main score of each board alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, case

from store.answers import Standing
from store.boards import Catalogue
from store.lines import SAME_ENTRY, SCORE, read_score, read_standing, select_entries
from store.places import Pages
from store.queries import count_scores, other
from store.schema import dimensions, entries, models, standings


def read_lineup(
    connection: Connection, catalogue: Catalogue, keys: Sequence[str], pages: Pages
) -> dict[str, tuple[Standing, ...]]:
    """Return where models stand on these pages by the boards' keys, in the catalogue's order, best first.

    A board that shows only its top now is asked on its last whole page for those that are not there.
    """
    among = {page.id: page for page in pages.all()}
    newest = {page.id for page in pages.current}
    unranked = standings.c.rank.is_(None)  # only there is a place counted, which takes time
    rows: Iterable[Row[Any]] = connection.execute(
        select_entries(
            *SCORE,
            dimensions.c.key.label("dimension"),
            case((unranked, count_scores(other.c.score > standings.c.score))).label("higher"),
            case((unranked, count_scores(other.c.score < standings.c.score))).label("lower"),
        )
        .join(standings, SAME_ENTRY)
        .join(dimensions, dimensions.c.id == standings.c.dimension_id)
        .where(
            models.c.key.in_(keys),
            entries.c.snapshot_id.in_(among),
            dimensions.c.key.in_({page.score.key for page in among.values()}),
            standings.c.score.is_not(None),
        )
    )
    found: dict[str, dict[str, Standing]] = {page.board.key: {} for page in pages.current}
    for row in sorted(rows, key=lambda each: each.position, reverse=True):
        page = among[row.snapshot_id]
        if row.dimension != page.score.key:
            continue
        better = row.lower if page.score.lower_is_better else row.higher
        place = row.rank if better is None else better + 1
        standing = read_standing(page, row, [read_score(page.score, row, place)])
        known = found[page.board.key].get(row.model)
        if known is None or known.snapshot is page or page.id in newest:
            found[page.board.key][row.model] = standing
    return {board: tuple(sorted(each.values(), key=_by_place)) for board, each in found.items() if each}


def _by_place(standing: Standing) -> tuple[int, float]:
    main = standing.main
    return main.rank or main.place or 0, -(main.score or 0)
