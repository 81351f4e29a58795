"""Reading courses: one query for the days of a board, one for its models' lines on all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from sqlalchemy import Connection, and_, bindparam, case, func, select

from store.answers import Score, Snapshot
from store.boards import Catalogue
from store.changes import changed_rulers
from store.course import Break, Course, Day, Point, Series
from store.lines import SCORE, read_snapshot, select_snapshots
from store.queries import count_scores, other
from store.schema import UNDATED, boards, entries, models, names, sightings, snapshots, standings

Lines = Mapping[int, Mapping[str, Score]]
"""Scores by content and model."""

_EVERY = (
    select_snapshots()
    .where(boards.c.key == bindparam("board"))
    .order_by(sightings.c.at, sightings.c.read_at, sightings.c.id)
)
_PAGES = (
    select(sightings.c.snapshot_id)
    .join_from(sightings, boards, boards.c.id == sightings.c.board_id)
    .where(boards.c.key == bindparam("board"), sightings.c.at >= bindparam("since"))
)
_LISTED = (
    select(entries.c.snapshot_id, entries.c.position, models.c.key)
    .join_from(models, names)
    .join(entries)
    .where(models.c.key.in_(bindparam("keys", expanding=True)), entries.c.snapshot_id.in_(_PAGES))
    .cte("listed")
    .prefix_with("MATERIALIZED")  # else whole pages are read to find a line
)
_SCORED = (
    select(_LISTED, snapshots.c.dimension_id)
    .join_from(_LISTED, snapshots, snapshots.c.id == _LISTED.c.snapshot_id)
    .cte("scored")
    .prefix_with("MATERIALIZED")  # else PostgreSQL reads all standings at once
)
_UNRANKED = standings.c.rank.is_(None)  # only there is a place counted, which takes time
_SCORES = (
    select(
        _SCORED.c.snapshot_id,
        _SCORED.c.key,
        case((_UNRANKED, count_scores(other.c.score > standings.c.score))),
        case((_UNRANKED, count_scores(other.c.score < standings.c.score))),
        *SCORE,
    )
    .join_from(
        _SCORED,
        standings,
        and_(
            standings.c.snapshot_id == _SCORED.c.snapshot_id,
            standings.c.dimension_id == _SCORED.c.dimension_id,
            standings.c.position == _SCORED.c.position,
        ),
    )
    .order_by(_SCORED.c.position.desc())
)
"""The scores of models on the pages of a board, the worst first; made once, since that takes a while."""


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
    rows = connection.execute(_EVERY, {"board": board}).all()
    found = [read_snapshot(catalogue, row) for row in rows]
    pages = _last_of_each_day(found, since)
    lines = _lines(connection, board, keys, pages, since)
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


def _last_of_each_day(pages: Iterable[Snapshot], since: date | None) -> list[Snapshot]:
    begin = _beginning(since)
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


def _lines(
    connection: Connection, board: str, keys: Sequence[str], pages: Iterable[Snapshot], since: date | None
) -> Lines:
    """Return the scores of models on a board's pages; of a line that comes twice, the better one."""
    scored = {page.id: page.score for page in pages}
    found: dict[int, dict[str, Score]] = {number: {} for number in scored}
    asked = {"keys": keys, "board": board, "since": _beginning(since)}
    rows = connection.execute(_SCORES, asked).all()  # which is much quicker than one by one
    for number, key, higher, lower, rank, style, best, worst, score, low, high, votes in rows:
        if score is not None and number in scored:
            dimension = scored[number]
            place = ((lower if dimension.lower_is_better else higher) or 0) + 1
            found[number][key] = Score(dimension, score, low, high, votes, rank, style, best, worst, place)
    return found


def _beginning(since: date | None) -> datetime:
    """Return the time that dated pages are of, or of a day and later."""
    return datetime.combine(since, time(), UTC) if since else UNDATED + timedelta(days=1)


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
        if runs and missed:
            missing += len(missed)
            cut += sum(each.coverage.top is not None for each in missed)
        if missed or not runs or page.as_of in breaks:
            runs.append([])
        missed = []
        rank = score.rank if score.rank is not None else score.place
        runs[-1].append(Point(page.as_of, score, rank))
    return Series(key, tuple(map(tuple, runs)), missing, cut, bool(runs) and not missed)
