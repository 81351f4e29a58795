"""Stored pages and exported documents: what was read from a page is found in them again."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, null, update

import seeds
from store import queries
from store.archive import Archive
from store.boards import Catalogue
from store.catalogue import read_catalogue
from store.database import make_engine, upgrade
from store.export import Format, Prose, export, file_name, row_json
from store.export.titles import heading_of
from store.gate import Reading
from store.ingest import ingest
from store.names import Identities
from store.pages import read_page
from store.parse import parse
from store.parse.cells import is_figure, is_missing
from store.parse.glue import Glue
from store.parse.headings import role_of, unit_of
from store.parse.markup import squeeze
from store.schema import snapshots
from store.snapshots import digest_rows
from store.values import Coverage, Flag, Measure, Method, Origin, Parsed, Price, Row, Table, Unit
from tests.databases import SqliteMaker

PAGES = sorted(
    [*(Path(__file__).parent / "cases" / "boards").iterdir(), *Path(str(seeds.FOLDER / "boards")).iterdir()]
)
SEED = seeds.FOLDER / "boards" / "arena-text-2025-07-09.md"
NOW = datetime(2027, 1, 1, tzinfo=UTC)
PROSE = Prose(
    heading="Source and licence",
    source="From there.",
    license="Under that.",
    quoted="As printed.",
    categories="More elsewhere.",
)
MARKS = frozenset({Flag.NEW, Flag.PRELIMINARY, Flag.TRY_IT, Flag.MAYBE_ZERO, Flag.REPEATED})


@cache
def known() -> Catalogue:
    return read_catalogue(seeds.FOLDER)


@cache
def tables_of(path: Path) -> tuple[Table, ...]:
    """Return the tables of a real page; those of no board are given to one."""
    found = parse(path.name, path.read_bytes(), known()).tables
    return tuple(replace(table, board=table.board or "rele-open") for table in found)


each_page = pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)


def seed() -> Table:
    (table,) = parse("arena-text-2025-07-09.md", SEED.read_bytes(), known()).tables
    return table


def read_again(table: Table, format: Format, file: str | None = None) -> Table:
    """Export a table, and read what comes out."""
    document = export(table, format, known(), PROSE)
    parsed = parse(file or file_name(table, format), document.encode(), known())
    assert [problem for problem in parsed.problems if problem.code.fatal] == [], document[:2000]
    (again,) = parsed.tables
    return again


def without(flags: frozenset[Flag], rows: tuple[Row, ...]) -> tuple[Row, ...]:
    return tuple(replace(row, flags=row.flags - flags) for row in rows)


def table(*rows: Row, board: str = "arena-text", **fields: Any) -> Table:
    given: dict[str, Any] = {
        "score_label": "分数",
        "unit": Unit.RATING,
        "as_of": None,
        "coverage": Coverage(),
    } | fields
    return Table(board=board, title="", rows=rows, **given)


def dataset(models: int = 40, categories: int = 27) -> Table:
    """Make a table like one day of the official data set."""
    labels = [f"rating: category_{number}" for number in range(categories - 1)] + ["rating: coding"]
    rows = [
        Row(
            position=place,
            name=f"model-{place}",
            rank=place,
            score=1500.123456789012 - place,
            low=1490.1 - place,
            high=1511.7 - place,
            votes=100 * place,
            organization="openai",
            measures=MappingProxyType(
                {
                    label: Measure(1400 + place / 7, Unit.RATING, 1390 + place / 7, 1410.5, place, place)
                    for label in labels[(place - 1) % 3 :]
                }
            ),
        )
        for place in range(1, models + 1)
    ]
    day = datetime(2026, 8, 3, tzinfo=UTC)
    return replace(
        table(*rows, score_label="rating", as_of=day), origin=Origin.DATASET, method=Method.STYLE_CONTROL
    )


def store(archive_url: str, table: Table) -> Archive:
    """Store one table in a database of its own, with the headings and units as they were printed."""
    engine = make_engine(archive_url)
    upgrade(engine)
    identities = Identities.read(seeds.FOLDER)
    ingest(engine, known(), identities, Reading(Parsed("x", (table,)), "test", table.board), NOW)
    return Archive(engine, known(), identities)


def stored_page(archive: Archive, board: str, on: date | None = None) -> Table:
    with archive.engine.connect() as connection:
        snapshot = queries.snapshot_of(connection, known(), board, on)
        return read_page(connection, known(), snapshot)


# ---- A stored snapshot


@each_page
def test_every_real_page_comes_back_from_the_database_as_it_was_read(
    sqlite_maker: SqliteMaker, path: Path
) -> None:
    for read in tables_of(path):
        assert read.board is not None
        with sqlite_maker.empty() as url:
            archive = store(url, read)
            page = stored_page(archive, read.board)
            archive.close()

        assert page.rows == read.rows
        assert replace(page, title="", line=1, rows=()) == replace(read, title="", line=1, rows=())
        assert digest_rows(page) == digest_rows(read)


def test_a_day_of_the_data_set_comes_back_with_every_category(empty_url: str) -> None:
    archive = store(empty_url, dataset())
    page = stored_page(archive, "arena-text")
    archive.close()

    assert page.rows == dataset().rows
    assert digest_rows(page) == digest_rows(dataset())
    assert (page.origin, page.method) == (Origin.DATASET, Method.STYLE_CONTROL)
    assert list(page.rows[2].measures) == list(dataset().rows[2].measures)


def test_the_shipped_boards_are_read_back_on_each_engine(archive: Archive) -> None:
    assert stored_page(archive, "arena-text").rows == seed().rows
    assert stored_page(archive, "arena-text", date(2025, 7, 8)).as_of == datetime(
        2025, 7, 6, 11, 41, 11, tzinfo=UTC
    )
    (rele,) = tables_of(Path(str(seeds.FOLDER / "boards" / "rele-open-20b.md")))
    assert stored_page(archive, "rele-open-20b").rows == rele.rows


def test_a_page_that_was_stored_before_headings_were_has_those_of_its_dimensions(archive: Archive) -> None:
    before = stored_page(archive, "rele-open-20b")
    with archive.engine.begin() as connection:
        connection.execute(update(snapshots).values(headings=null()))
    page = stored_page(archive, "rele-open-20b")

    assert (page.score_label, page.unit, page.rows) == ("总分", Unit.POINTS, before.rows)


def test_a_page_takes_a_few_queries_however_many_rows_it_has(sqlite_maker: SqliteMaker) -> None:
    asked = []
    with sqlite_maker.empty() as url:
        archive = store(url, dataset(60))
        with archive.engine.connect() as connection:
            snapshot = queries.snapshot_of(connection, known(), "arena-text")
            event.listen(archive.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
            read_page(connection, known(), snapshot)
        archive.close()

    assert len(asked) <= 4


# ---- Markdown


@each_page
def test_every_real_page_is_read_again_from_its_markdown(path: Path) -> None:
    for read in tables_of(path):
        again = read_again(read, Format.MARKDOWN)

        assert again.rows == without(frozenset({Flag.REPEATED}), read.rows)
        assert (again.board, again.coverage, again.as_of) == (read.board, read.coverage, read.as_of)
        assert (again.score_label, again.unit) == (read.score_label, read.unit)
        if again.rows == read.rows:
            assert digest_rows(again) == digest_rows(read)


def test_the_arena_page_has_the_layout_of_the_daily_page() -> None:
    lines = export(seed(), Format.MARKDOWN, known(), PROSE).splitlines()

    assert lines[:10] == [
        "# LLM Arena 排行榜 (实时更新)",
        "",
        "> **数据更新时间**: 2025-07-09 11:44:37 UTC / 2025-07-09 19:44:37 CST (北京时间)",
        "",
        "## 排行榜",
        "",
        "| 排名(UB) | 排名(StyleCtrl) | 模型名 | 分数 | 置信区间 | 票数 | 服务商 | 许可协议 | 知识截止日期 |",
        "|:---|:---|:---|:---|:---|:---|:---|:---|:---|",
        "| 1 | 1 | [Gemini-2.5-Pro](http://aistudio.google.com/app/prompts/new_chat?model=gemini-2.5-pro) "
        "| 1477 | +5/-5 | 15,769 | Google | Proprietary | 暂无数据 |",
        "| 2 | 2 | [Gemini-2.5-Pro-Preview-05-06](http://aistudio.google.com/app/prompts/new_chat?"
        "model=gemini-2.5-pro-preview-05-06) | 1446 | +4/-5 | 13,997 | Google | Proprietary | 暂无数据 |",
    ]
    assert lines[-5:] == ["## Source and licence", "", "- From there.", "- Under that.", "- As printed."]


def test_a_rele_page_has_its_own_columns_and_a_price_in_yuan() -> None:
    (rele,) = tables_of(Path(str(seeds.FOLDER / "boards" / "rele-open-20b.md")))
    page = export(rele, Format.MARKDOWN, known(), PROSE)

    assert (
        "\n| 排名 | 大模型 | 机构 | 输出价格 | 总分 | 医疗 | 教育 | 法律 | 行政公务 | 推理与数学计算 |"
        in page
    )
    assert (
        "\n| 1 | DeepSeek-R1☛[去体验](https://easyllm.site/static/modelcompare.html?type=open-source) "
        in page
    )
    assert "| 深度求索 | 16元 | 86.8 | 82.6 | 94.3 | 71.7 | 88.6 | 92.7 | 91.2 |\n" in page


@pytest.mark.parametrize(
    ("as_of", "line"),
    [
        (datetime(2025, 5, 18, tzinfo=UTC), "> **数据更新时间**: 2025-05-18 UTC / 2025-05-18 CST (北京时间)"),
        (
            datetime(2025, 5, 18, 20, 1, 2, tzinfo=UTC),
            "> **数据更新时间**: 2025-05-18 20:01:02 UTC / 2025-05-19 04:01:02 CST (北京时间)",
        ),
        (None, ""),
    ],
)
def test_the_update_line_says_what_is_known_of_the_time(as_of: datetime | None, line: str) -> None:
    dated = replace(seed(), as_of=as_of)
    page = export(dated, Format.MARKDOWN, known(), PROSE)

    assert page.splitlines()[2] == (line or "## 排行榜")
    assert read_again(dated, Format.MARKDOWN, "page.md").as_of == as_of


@pytest.mark.parametrize("top", [None, 2, 30])
@pytest.mark.parametrize("board", ["arena-search", "rele-open"])
def test_how_much_of_a_board_a_page_shows_is_read_again(board: str, top: int | None) -> None:
    rows = Row(1, "a-7b", rank=1, score=70), Row(2, "b-7b", rank=2, score=60)
    label = "分数" if board == "arena-search" else "总分"
    short = table(*rows, board=board, score_label=label, coverage=Coverage(top))
    again = read_again(short, Format.MARKDOWN, "page.md")

    assert (again.board, again.coverage, again.rows) == (board, Coverage(top), rows)


def test_of_the_data_set_the_page_shows_the_main_score_and_says_where_the_rest_is() -> None:
    page = export(dataset(), Format.MARKDOWN, known(), PROSE)
    again = read_again(dataset(), Format.MARKDOWN)

    assert "category" not in page
    assert "coding" not in page
    assert page.endswith("- As printed.\n- More elsewhere.\n")
    assert "| 1 | model-1 | 1499.12 | +11.58/-10.02 | 100 | openai |" in page
    assert [(row.name, row.rank, row.votes) for row in again.rows] == [
        (row.name, row.rank, row.votes) for row in dataset().rows
    ]
    assert "More elsewhere" not in export(seed(), Format.MARKDOWN, known(), PROSE)


def test_boards_are_known_again_by_the_heading_of_their_page() -> None:
    # These have no page of their own, or a heading that only a longer text than their words matches.
    for board in known().boards.values():
        found = known().match_board(headings=[heading_of(board, known())])
        assert found is board, board.key


plain = st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"))
marked = st.sampled_from([*"\\|[]()<>*_~`&!#$%'\"{}:;/-+=^@., ", "&amp;", "](", "<b>", "**", "__", "\\|"])
wild = st.lists(plain | marked | st.sampled_from("aB1_ "), min_size=1, max_size=12).map("".join).map(squeeze)
words = wild.filter(lambda text: bool(text) and not is_missing(text))


def is_name(text: str) -> bool:
    """Tell whether the parser could have given this name: no mark of a page is in it."""
    folded = text.casefold().replace(" ", "")
    return not any(mark in folded for mark in ("(new)", "（new）", "☛", "🆕", "体验", "试用"))


names = words.filter(is_name)
urls = st.sampled_from(
    [None, "https://x.org/a?b=1&c=2", "https://x.org/(a)|b", "https://x.org/a)b", "a\\|b c"]
)


@settings(max_examples=150)
@example("__init__", "__x__", "~~x~~", "https://x.org/(a)|b", {Flag.NEW})
@example("[a](b) `c`", "<sup>1</sup>", "a\\|b &amp; c", None, {Flag.TRY_IT, Flag.PRELIMINARY})
@given(names, words, words, urls, st.sets(st.sampled_from([Flag.NEW, Flag.TRY_IT, Flag.PRELIMINARY])))
def test_names_and_cells_come_back_from_markdown_whatever_is_in_them(
    name: str, vendor: str, extra: str, url: str | None, flags: set[Flag]
) -> None:
    assume(Glue(known(), [name]).part(name, vendor).name == name)
    assume(not is_figure(extra))
    extras = MappingProxyType({"备注": extra, "remark": "x"})
    row = Row(
        1, name, 1, score=1500, votes=7, organization=vendor, url=url, extras=extras, flags=frozenset(flags)
    )
    page = table(row, Row(2, "other-7b", 2, score=1400, votes=8))

    assert read_again(page, Format.MARKDOWN).rows == page.rows


@settings(max_examples=100)
@given(words)
def test_the_heading_of_a_column_comes_back_whatever_is_in_it(heading: str) -> None:
    dimension, folded = known().dimension_of(heading), "".join(heading.casefold().split())
    assume(dimension is None and role_of(folded) is None and unit_of(folded) is None)
    assume(known().match_board(header=[heading]) is None)
    page = table(Row(1, "a-7b", 1, score=1500, votes=7, extras=MappingProxyType({heading: "some text"})))

    assert read_again(page, Format.MARKDOWN).rows == page.rows


cents = st.integers(-(10**9), 10**9).map(lambda number: number / 1000)
widths = st.integers(0, 10**6).map(lambda number: number / 1000)


@settings(max_examples=100)
@given(cents, widths, widths, st.sampled_from([Unit.RATING, Unit.PERCENT]), st.sampled_from(Format))
def test_scores_and_intervals_come_back_to_the_last_digit(
    score: float, below: float, above: float, unit: Unit, format: Format
) -> None:
    assume(format is not Format.JSON)
    ends = round(score - below, 6), round(score + above, 6)
    measure = Measure(score, Unit.PERCENT, *ends)
    row = Row(1, "a-7b", 1, score=score, low=ends[0], high=ends[1], votes=7, measures={"可控性": measure})
    page = table(row, unit=unit)

    assert read_again(page, format).rows == page.rows


prices = st.builds(Price, widths, st.just("USD"), st.none() | widths) | st.builds(
    Price, widths, st.just("CNY"), st.none() | widths
)


@settings(max_examples=100)
@given(prices, st.integers(0, 10**8), widths, st.integers(1, 400), st.sampled_from(Format))
def test_prices_sizes_contexts_and_spreads_come_back(
    price: Price, context: int, size: float, best: int, format: Format
) -> None:
    assume(format is not Format.JSON)
    row = Row(1, "a-7b", 1, best=best, worst=best + 3, score=1500, price=price, context=context, size=size)

    assert read_again(table(row), format).rows == (row,)


def test_a_second_column_of_a_kind_stays_text_behind_the_first() -> None:
    extras = {"机构": "elsewhere", "协议": "other", "上下文": "long", "类别": "chat", "": "gap", "some": "12"}
    page = table(Row(1, "a-7b", score=1500, extras=MappingProxyType(extras)))

    assert read_again(page, Format.MARKDOWN).rows == page.rows
    assert read_again(page, Format.CSV).rows == page.rows


def test_numbers_in_a_column_that_nobody_knows_stay_text_on_an_arena_page() -> None:
    page = table(Row(1, "a-7b", 1, score=1500, extras=MappingProxyType({"some": "12"})))

    assert read_again(page, Format.MARKDOWN).rows == page.rows


def test_numbers_in_a_column_without_heading_are_not_taken_for_ranks() -> None:
    page = table(Row(1, "a-7b", score=1500, votes=7, extras=MappingProxyType({"": "12"})))

    assert read_again(page, Format.MARKDOWN).rows == page.rows


def test_a_rele_page_that_shows_the_top_alone_ends_in_dots() -> None:
    rows = Row(1, "a-7b", rank=1, score=70), Row(2, "b-7b", rank=2, score=60)
    page = table(*rows, board="rele-open", score_label="总分", unit=Unit.POINTS, coverage=Coverage(2))

    assert "| 2 | b-7b | 60 |\n|……|……|……|\n" in export(page, Format.MARKDOWN, known(), PROSE)


def test_links_that_a_cell_cannot_hold_stand_in_a_column_of_their_own() -> None:
    rows = (
        Row(1, "a-7b", 1, score=2, url="https://x.org/a)b"),
        Row(2, "b-7b", 2, score=1, url="https://x.org/"),
    )
    page = table(*rows, unit=Unit.POINTS)

    assert "| 链接 |\n" in export(page, Format.MARKDOWN, known(), PROSE)
    assert read_again(page, Format.MARKDOWN).rows == rows


# ---- CSV


@each_page
def test_every_real_page_is_read_again_from_its_csv_but_for_the_marks(path: Path) -> None:
    for read in tables_of(path):
        again = read_again(read, Format.CSV, "lmarena_text-20250709.csv")

        assert without(MARKS, again.rows) == without(MARKS, read.rows)
        assert again.unit == read.unit
        assert again.as_of == datetime(2025, 7, 9, tzinfo=UTC)


def test_the_csv_of_an_arena_board_has_the_columns_of_the_releases() -> None:
    text = export(seed(), Format.CSV, known(), PROSE)

    assert text.splitlines()[:2] == [
        "rank,rank_stylectrl,model,arena_score,95_pct_ci,votes,organization,license,knowledge_cutoff,url",
        "1,1,Gemini-2.5-Pro,1477,+5/-5,15769,Google,Proprietary,,"
        "http://aistudio.google.com/app/prompts/new_chat?model=gemini-2.5-pro",
    ]


def test_the_csv_is_the_release_it_was_read_from_figure_for_figure() -> None:
    path = Path(__file__).parent / "cases" / "boards" / "lmarena_image-20250804.csv"
    (table,) = tables_of(path)
    ours = list(csv.DictReader(io.StringIO(export(table, Format.CSV, known(), PROSE))))
    theirs = list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))

    for mine, other in zip(ours, theirs, strict=True):
        assert {**mine, "knowledge_cutoff": ""} == {**other, "knowledge_cutoff": ""}


def test_the_csv_changes_no_cell_for_the_sake_of_a_spreadsheet() -> None:
    rows = Row(1, '=1+1, "x"', 1, score=1500, organization="@sum"), Row(2, "-b", 2, score=1400)
    (first, second) = csv.DictReader(io.StringIO(export(table(*rows), Format.CSV, known(), PROSE)))

    assert (first["model"], first["organization"], second["model"]) == ('=1+1, "x"', "@sum", "-b")


def test_the_csv_of_the_data_set_has_every_figure_of_every_category_as_a_number() -> None:
    lines = list(csv.DictReader(io.StringIO(export(dataset(), Format.CSV, known(), PROSE))))

    for line, row in zip(lines, dataset().rows, strict=True):
        measure = row.measures["rating: coding"]
        assert float(line["rating: coding"]) == pytest.approx(measure.value, abs=1e-11)
        assert float(line["rating: coding low"]) == pytest.approx(measure.low, abs=1e-11)
        assert (line["rating: coding rank"], line["rating: coding votes"]) == (str(measure.rank),) * 2
        assert (line["rating: category_0"] == "") == ("rating: category_0" not in row.measures)


# ---- JSON and names of files


def test_the_json_holds_everything_under_keys_that_stay() -> None:
    told = json.loads(export(dataset(), Format.JSON, known(), PROSE))
    row, first = dataset().rows[0], told["rows"][0]

    assert {key: told[key] for key in told if key not in ("rows", "units", "source", "attribution")} == {
        "board": "arena-text",
        "title": "Arena Text",
        "as_of": "2026-08-03",
        "coverage": "full",
        "origin": "dataset",
        "method": "style-control",
        "license": "CC-BY-4.0",
        "score_label": "rating",
        "unit": "rating",
    }
    assert first["score"] == row.score
    assert first["measures"] == {label: measure.value for label, measure in row.measures.items()}
    assert first["intervals"]["rating: coding"] == [row.measures["rating: coding"].low, 1410.5]
    assert (first["ranks"]["rating: coding"], first["votes_by"]["rating: coding"]) == (1, 1)
    assert told["units"]["rating: coding"] == "rating"


def test_ranks_and_votes_of_measures_are_told_only_where_there_are_any() -> None:
    row = Row(1, "a", measures={"法律": Measure(70, Unit.POINTS)}, price=Price(16, "CNY"))

    assert list(row_json(row)) == [
        "position", "rank", "rank_style_control", "best", "worst", "name", "score", "low", "high", "votes",
        "organization", "license", "cutoff", "url", "price", "price_input", "currency", "size", "context",
        "measures", "intervals", "extras", "flags",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("as_of", "format", "name"),
    [
        (datetime(2025, 7, 9, 11, 44, tzinfo=UTC), Format.CSV, "arena-text-20250709.csv"),
        (datetime(2025, 7, 9, tzinfo=UTC), Format.MARKDOWN, "arena-text-20250709.md"),
        (None, Format.JSON, "arena-text.json"),
    ],
)
def test_a_file_is_called_after_its_board_and_day(as_of: datetime | None, format: Format, name: str) -> None:
    assert file_name(replace(seed(), as_of=as_of), format) == name
