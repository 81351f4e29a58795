"""Where many models stand at once, by the main score of each board alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, case

from store.answers import Standing
from store.boards import Catalogue
from store.lines import SAME_ENTRY, SCORE, read_score, read_standing, select_entries
from store.queries import count_scores, current, other
from store.schema import dimensions, entries, models, standings


def read_lineup(
    connection: Connection, catalogue: Catalogue, keys: Sequence[str]
) -> dict[str, tuple[Standing, ...]]:
    """Return where models stand now by the boards' keys, in the catalogue's order, best first.

    A board that shows only its top now is asked on its last whole page for those that are not there.
    """
    pages = current(connection, catalogue)
    short = [key for key, page in pages.items() if page.coverage.top is not None]
    whole = current(connection, catalogue, whole=True) if short else {}
    among = {page.id: page for page in (*pages.values(), *(whole[key] for key in short if key in whole))}
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
    found: dict[str, dict[str, Standing]] = {key: {} for key in pages}
    for row in sorted(rows, key=lambda each: each.position, reverse=True):
        page = among[row.snapshot_id]
        if row.dimension != page.score.key:
            continue
        better = row.lower if page.score.lower_is_better else row.higher
        place = row.rank if better is None else better + 1
        standing = read_standing(page, row, [read_score(page.score, row, place)])
        known = found[page.board.key].get(row.model)
        if known is None or known.snapshot is page or page is pages[page.board.key]:
            found[page.board.key][row.model] = standing
    return {board: tuple(sorted(each.values(), key=_by_place)) for board, each in found.items() if each}


def _by_place(standing: Standing) -> tuple[int, float]:
    main = standing.main
    return main.rank or main.place or 0, -(main.score or 0)
