"""Reading courses: one query for the days of a board, one for its models' lines on all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import CTE, Connection, Row, and_, case, func, select

from store.answers import Score, Snapshot
from store.boards import Catalogue
from store.changes import changed_rulers
from store.course import Break, Course, Day, Point, Series
from store.lines import SCORE, read_score, read_snapshot, select_snapshots
from store.queries import count_scores, other
from store.schema import UNDATED, boards, dimensions, entries, models, names, sightings, snapshots, standings

Lines = Mapping[int, Mapping[str, Score]]
"""Scores by content and model."""


def read_course(
    connection: Connection,
    catalogue: Catalogue,
    board: str,
    keys: Sequence[str],
    since: date | None = None,
) -> Course:
    """Return how the models `keys` fared on a board, from the beginning of day `since` (UTC) on.

    Raises UnknownBoard.
    """
    known = catalogue.board(board)
    found = _pages(connection, catalogue, board)
    pages = _last_of_each_day(found, since)
    lines = _lines(connection, catalogue, board, keys)
    breaks = _breaks(pages)
    return Course(
        board=known,
        days=tuple(map(_day, pages)),
        series=tuple(_series(key, pages, lines, {each.at for each in breaks}) for key in keys),
        breaks=breaks,
        contents=len({page.id for page in pages}),
        undated=len({page.id for page in found if page.as_of is None}),
    )


def boards_of(connection: Connection, catalogue: Catalogue, keys: Sequence[str]) -> Mapping[str, int]:
    """Return the boards with dated pages that ever listed one of the models, and on how many pages.

    Boards come with those first that list the most of the models, then in the catalogue's order.
    """
    rows = connection.execute(
        select(
            boards.c.key,
            func.count(models.c.id.distinct()).label("listed"),
            func.count(entries.c.snapshot_id.distinct()).label("pages"),
        )
        .join_from(models, names)
        .join(entries)
        .join(snapshots)
        .join(boards)
        .where(
            models.c.key.in_(keys),
            select(sightings.c.id)
            .where(sightings.c.snapshot_id == snapshots.c.id, sightings.c.at != UNDATED)
            .exists(),
        )
        .group_by(boards.c.key)
    ).all()
    order = list(catalogue.boards)
    known = [row for row in rows if row.key in catalogue.boards]
    return {
        row.key: row.pages for row in sorted(known, key=lambda each: (-each.listed, order.index(each.key)))
    }


def _pages(connection: Connection, catalogue: Catalogue, board: str) -> list[Snapshot]:
    """Return every sighting of a board as a snapshot, oldest first."""
    rows: Iterable[Row[Any]] = connection.execute(
        select_snapshots()
        .where(boards.c.key == board)
        .order_by(sightings.c.at, sightings.c.read_at, sightings.c.id)
    )
    return [read_snapshot(catalogue, row) for row in rows]


def _last_of_each_day(pages: Iterable[Snapshot], since: date | None) -> list[Snapshot]:
    begin = datetime.combine(since, time(), UTC) if since else UNDATED + timedelta(days=1)
    kept = {page.as_of.date(): page for page in pages if page.as_of is not None and page.as_of >= begin}
    return list(kept.values())


def _breaks(pages: Sequence[Snapshot]) -> tuple[Break, ...]:
    return tuple(
        Break(after.as_of, causes)
        for before, after in pairwise(pages)
        if after.as_of is not None and (causes := changed_rulers(before, after))
    )


def _day(page: Snapshot) -> Day:
    assert page.as_of is not None
    return Day(page.as_of, page.id, page.score, page.coverage, page.rows)


def _lines(connection: Connection, catalogue: Catalogue, board: str, keys: Sequence[str]) -> Lines:
    """Return the scores of models on all contents of a board; of a line that comes twice, the better one."""
    unranked = standings.c.rank.is_(None)  # only there is a place counted, which takes time
    listed, here = _listed(keys), select(boards.c.id).where(boards.c.key == board).scalar_subquery()
    rows: Iterable[Row[Any]] = connection.execute(
        select(
            listed.c.snapshot_id,
            listed.c.key,
            dimensions.c.key.label("score_key"),
            *SCORE,
            case((unranked, count_scores(other.c.score > standings.c.score))).label("higher"),
            case((unranked, count_scores(other.c.score < standings.c.score))).label("lower"),
        )
        .join_from(listed, snapshots, snapshots.c.id == listed.c.snapshot_id)
        .join(dimensions, dimensions.c.id == snapshots.c.dimension_id)
        .join(
            standings,
            and_(
                standings.c.snapshot_id == listed.c.snapshot_id,
                standings.c.dimension_id == snapshots.c.dimension_id,
                standings.c.position == listed.c.position,
            ),
        )
        .where(snapshots.c.board_id + 0 == here)  # + 0: an index by boards would lead to whole pages
        .order_by(listed.c.position.desc())
    )
    found: dict[int, dict[str, Score]] = {}
    for row in rows:
        if row.score is None:
            continue
        dimension = catalogue.dimensions[row.score_key]
        better = row.lower if dimension.lower_is_better else row.higher
        found.setdefault(row.snapshot_id, {})[row.key] = read_score(dimension, row, (better or 0) + 1)
    return found


def _listed(keys: Sequence[str]) -> CTE:
    """Return all lines of models by themselves, so that no database reads whole pages to find them."""
    lines = (
        select(entries.c.snapshot_id, entries.c.position, models.c.key)
        .join_from(models, names)
        .join(entries)
        .where(models.c.key.in_(keys))
    )
    return lines.cte("listed").prefix_with("MATERIALIZED")


def _series(key: str, pages: Sequence[Snapshot], lines: Lines, breaks: Collection[datetime]) -> Series:
    """Return a model's points in runs, and the pages in between that do not list it."""
    runs: list[list[Point]] = []
    missed: list[Snapshot] = []
    missing = cut = 0
    for page in pages:
        score = lines.get(page.id, {}).get(key)
        if score is None or page.as_of is None:
            missed.append(page)
            continue
        if runs:
            missing += len(missed)
            cut += sum(each.coverage.top is not None for each in missed)
        if missed or not runs or page.as_of in breaks:
            runs.append([])
        missed = []
        rank = score.rank if score.rank is not None else score.place
        runs[-1].append(Point(page.as_of, score, rank))
    return Series(key, tuple(map(tuple, runs)), missing, cut, bool(runs) and not missed)
