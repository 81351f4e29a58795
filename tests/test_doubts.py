"""Doubts: what is hard to believe is held back, what is merely unusual is not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import seeds
from store.boards import Catalogue
from store.doubts import Before, find_doubt
from store.parse import parse
from store.values import Code, Coverage, Measure, Problem, Row, Table, Unit

BOARDS = Path(str(seeds.FOLDER)) / "boards"
CASES = Path(__file__).parent / "cases"
PAGES = sorted(
    path for path in (*BOARDS.iterdir(), *CASES.rglob("*.md"), *CASES.rglob("*.csv")) if path.is_file()
)


def page(catalogue: Catalogue, name: str = "arena-text-2025-07-09.md") -> Table:
    (table,) = parse(name, (BOARDS / name).read_bytes(), catalogue).tables
    return table


def doubt(catalogue: Catalogue, table: Table, previous: int | None = None) -> Problem | None:
    return find_doubt(
        "page.md", catalogue.board(table.board or "arena-text"), table, Before(previous, previous)
    )


def change(table: Table, name: str, **fields: Any) -> Table:
    rows = tuple(replace(row, **fields) if row.name == name else row for row in table.rows)
    assert rows != table.rows
    return replace(table, rows=rows)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_no_real_page_is_doubted(catalogue: Catalogue, path: Path) -> None:
    for table in parse(path.name, path.read_bytes(), catalogue).tables:
        if table.board is not None:
            assert doubt(catalogue, table) is None


@pytest.mark.parametrize("score", [12.0, 99_999.0, -3.0])
def test_a_score_outside_the_boards_range_is_doubted_by_name(catalogue: Catalogue, score: float) -> None:
    table = change(page(catalogue), "Gemini-2.5-Pro", score=score, low=None, high=None)
    found = doubt(catalogue, table)

    assert found is not None
    assert found.code is Code.OUT_OF_RANGE
    assert found.found == f"Gemini-2.5-Pro: {score:g}"


def test_one_rank_that_the_ratings_contradict_is_found(catalogue: Catalogue) -> None:
    found = doubt(catalogue, change(page(catalogue), "Gemini-2.5-Pro", rank=60))

    assert found is not None
    assert found.code is Code.CONTRADICTION
    assert (found.found or "").startswith("Gemini-2.5-Pro: #60, 1477; ")


def test_a_rank_better_than_the_rating_allows_is_found(catalogue: Catalogue) -> None:
    last = page(catalogue).rows[-1].name
    found = doubt(catalogue, change(page(catalogue), last, rank=1))

    assert found is not None
    assert found.code is Code.CONTRADICTION


def test_scores_in_the_order_of_another_column_are_found(catalogue: Catalogue) -> None:
    table = page(catalogue, "rele-open.md")
    turned = [row.score for row in reversed(table.rows)]
    rows = tuple(replace(row, score=score) for row, score in zip(table.rows, turned, strict=True))
    found = doubt(catalogue, replace(table, rows=rows))

    assert found is not None
    assert found.code is Code.CONTRADICTION


def test_ranks_run_on_through_ties(catalogue: Catalogue) -> None:
    rows = tuple(Row(at, f"model-{at}", rank=at, score=50.0) for at in range(1, 40))

    assert doubt(catalogue, replace(page(catalogue, "rele-open.md"), rows=rows)) is None


def test_fewer_than_half_the_rows_are_doubted(catalogue: Catalogue) -> None:
    table = page(catalogue)
    found = doubt(catalogue, table, previous=2 * len(table.rows) + 1)

    assert found is not None
    assert found.code is Code.SHRUNK
    assert doubt(catalogue, table, previous=2 * len(table.rows)) is None


def test_a_page_that_says_it_shows_the_top_may_be_short(catalogue: Catalogue) -> None:
    table = page(catalogue)
    top = replace(table, rows=table.rows[:30], coverage=Coverage(30))

    assert doubt(catalogue, top, previous=len(table.rows)) is None


def test_a_page_of_the_top_thirty_has_thirty_rows_where_there_were_so_many(catalogue: Catalogue) -> None:
    table = page(catalogue)
    cut = replace(table, rows=table.rows[:6], coverage=Coverage(30))
    found = doubt(catalogue, cut, previous=30)

    assert found is not None
    assert (found.code, found.found) == (Code.SHRUNK, "6 < 30")
    assert doubt(catalogue, cut, previous=None) is None
    assert doubt(catalogue, cut, previous=19) is None, "a board that has no thirty models"


def category(catalogue: Catalogue, **fields: Any) -> Table:
    """Return the page with a category in which the models stand as they do in the whole."""
    rows = []
    for row in page(catalogue).rows:
        same = Measure(row.score, Unit.RATING, row.low, row.high, row.rank, row.votes)
        changed = replace(same, **fields) if row.name == "Gemini-2.5-Pro" else same
        rows.append(replace(row, measures={"rating: math": changed}))
    return replace(page(catalogue), rows=tuple(rows))


def test_a_category_is_doubted_like_the_whole_board(catalogue: Catalogue) -> None:
    assert doubt(catalogue, category(catalogue)) is None
    outside = doubt(catalogue, category(catalogue, value=99999.0))
    ranked = doubt(catalogue, category(catalogue, rank=60))

    assert outside is not None
    assert (outside.code, outside.column) == (Code.OUT_OF_RANGE, "rating: math")
    assert ranked is not None
    assert (ranked.code, ranked.column) == (Code.CONTRADICTION, "rating: math")


def test_an_excerpt_may_print_ranks_beyond_its_rows(catalogue: Catalogue) -> None:
    table = page(catalogue, "rele-open.md")
    excerpt = replace(table, rows=(*table.rows[:9], table.rows[-1]), coverage=Coverage(10))

    assert doubt(catalogue, excerpt) is None
