"""How models fared over a board's dated pages, asked of both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import seeds
from store.archive import Archive
from store.changes import Kind
from store.errors import UnknownBoard
from store.values import Origin

PAGES = Path(str(seeds.FOLDER)) / "boards"
HEAD = "|排名|模型|分数|票数|\n|---|---|---|---|\n"


def page(day: str | None, *rows: tuple[str, float], top: bool = False, ranked: bool = True) -> bytes:
    """Return a page of Arena's search board; of the top, or with its ranks left out."""
    title = f"# 搜索榜单{' 前 30 名' * top}"
    dated = f"\n\n> 排名更新时间: {day}" if day else ""
    lines = "".join(
        f"|{place if ranked else '-'}|{name}|{score} ±4|9000|\n"
        for place, (name, score) in enumerate(rows, 1)
    )
    return f"{title}{dated}\n\n{HEAD}{lines}".encode()


def store(archive: Archive, *pages: bytes) -> None:
    for at, content in enumerate(pages):
        archive.intake.add(f"search-{at}.md", content, "test")


def test_the_shipped_board_has_a_course_of_two_days(archive: Archive) -> None:
    course = archive.course("arena-text", ["qwq-32b", "qwen-3-32b"])

    one, other = course.series
    assert [point.at.date() for point in one.points] == [date(2025, 7, 6), date(2025, 7, 9)]
    assert (one.points[-1].score.score, one.points[-1].score.low, one.points[-1].rank) == (1333, 1328, 28)
    assert other.missing == 0, "days before its first are none that it is missing on"
    assert (len(course.days), course.contents, course.undated) == (2, 2, 0)
    assert archive.boards_of(["qwq-32b"]) == {"arena-text": 2}


def test_a_run_ends_where_a_page_does_not_list_the_model(archive: Archive) -> None:
    nova, comet = ("nova-2", 1300), ("comet-1", 1200)
    store(
        archive,
        page("2026-01-01", nova, comet),
        page("2026-01-02", ("nova-2", 1301), comet),
        page("2026-01-03", ("nova-2", 1302), top=True),
        page("2026-01-04", ("nova-2", 1303)),
        page("2026-01-05", ("nova-2", 1304), comet),
    )
    nova_2, comet_1, unknown = archive.course("arena-search", ["nova-2", "comet-1", "nobody"]).series

    assert [len(run) for run in nova_2.runs] == [5]
    assert [[point.at.day for point in run] for run in comet_1.runs] == [[1, 2], [5]]
    assert (comet_1.missing, comet_1.cut, comet_1.there) == (2, 1, True)
    assert (unknown.runs, unknown.there) == ((), False)


def test_the_last_content_of_a_day_is_the_days(archive: Archive) -> None:
    store(
        archive,
        page("2026-01-01 08:00:00 UTC", ("nova-2", 1300)),
        page("2026-01-01 20:00:00 UTC", ("nova-2", 1310)),
        page("2026-01-02 08:00:00 UTC", ("nova-2", 1310)),
    )
    course = archive.course("arena-search", ["nova-2"])

    assert [(point.at.day, point.score.score) for point in course.series[0].points] == [(1, 1310), (2, 1310)]
    assert (len(course.days), course.contents) == (2, 1)


def test_undated_pages_are_counted_and_in_no_series(archive: Archive) -> None:
    store(archive, page(None, ("nova-2", 1300)), page("2026-01-02", ("nova-2", 1301)))
    course = archive.course("arena-search", ["nova-2"])

    assert course.undated == 1
    assert [point.score.score for point in course.series[0].points] == [1301]
    assert archive.boards_of(["nova-2"]) == {"arena-search": 1}


def test_a_course_begins_with_the_day_asked_for(archive: Archive) -> None:
    store(archive, *(page(f"2026-01-0{day}", ("nova-2", 1300 + day)) for day in (1, 2, 3)))

    course = archive.course("arena-search", ["nova-2"], date(2026, 1, 2))
    assert [point.at.day for point in course.series[0].points] == [2, 3]
    assert archive.course("arena-search", ["nova-2"], date(2026, 2, 1)).days == ()


def test_no_run_goes_over_a_change_of_the_kind_of_document(archive: Archive) -> None:
    store(archive, page("2026-01-01", ("nova-2", 1300)), page("2026-01-02", ("nova-2", 1301)))
    release = b"rank,model,arena_score,95_pct_ci,votes,organization,license\n1,nova-2,1290,+5/-5,100,A,MIT\n"
    day = datetime(2026, 1, 3, tzinfo=UTC)
    archive.intake.add("search.csv", release, "test", as_of=day, board="arena-search")
    course = archive.course("arena-search", ["nova-2"])

    assert [len(run) for run in course.series[0].runs] == [2, 1]
    assert course.series[0].missing == 0
    (cut,) = course.breaks
    assert cut.at == day
    assert [(cause.kind, cause.after) for cause in cut.causes] == [(Kind.ORIGIN, Origin.RELEASE)]


def test_no_run_goes_over_a_change_of_the_domains_that_a_total_is_made_of(archive: Archive) -> None:
    shipped = (PAGES / "rele-open.md").read_text("utf-8")
    for day, text in ((1, shipped), (2, shipped.replace("|医疗|", "|医疗与心理健康|", 1))):
        archive.intake.add(
            f"{day}.md", text.encode(), "test", as_of=datetime(2026, 1, day, tzinfo=UTC), board="rele-open"
        )
    course = archive.course("rele-open", ["qwq-32b"])
    older, newer = archive.current(date(2026, 1, 1))["rele-open"], archive.current()["rele-open"]

    (cut,) = course.breaks
    assert [(each.kind, each.before, each.after) for each in cut.causes] == [
        (Kind.VINTAGE, "医疗", "医疗与心理健康")
    ]
    assert [len(run) for run in course.series[0].runs] == [1, 1]
    assert (older.domains - newer.domains, len(newer.domains)) == (frozenset({"医疗"}), 8)


def test_where_no_rank_is_printed_the_place_is_counted(archive: Archive) -> None:
    rows = (("nova-2", 1300), ("comet-1", 1200), ("dust-3", 1100))
    store(archive, page("2026-01-01", *rows, ranked=False))

    course = archive.course("arena-search", ["dust-3", "nova-2"])
    assert [series.points[0].rank for series in course.series] == [3, 1]


def test_an_unknown_board_has_no_course(archive: Archive) -> None:
    with pytest.raises(UnknownBoard):
        archive.course("no-board", ["qwq-32b"])
