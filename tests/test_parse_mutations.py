"""Damaged pages: nothing crashes, and what is cut off is never half read without a word."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.values import Row
from tests.fuzz.documents import CASES, SMALL, parse_case
from tests.fuzz.mutations import damage

WHOLE = [
    "arena-agent-20260820.md",
    "arena-text-20260215.md",
    "lmarena_image-20250804.csv",
    "rele-2025-03-11_opensource3.md",
    "rele-2025-04-05_医疗.md",
]


def figures(row: Row) -> tuple[object, ...]:
    return (row.name, row.rank, row.score, row.low, row.high, row.votes, row.url, row.price, row.measures)


@settings(max_examples=150)
@given(st.sampled_from(SMALL), st.randoms(use_true_random=False))
def test_no_mutation_crashes(name: str, random: Random) -> None:
    parse_case(name, damage(random, (CASES / name).read_bytes()))


@settings(max_examples=150)
@given(st.data())
def test_a_page_that_is_cut_off_is_refused_or_ends_with_a_whole_row(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(WHOLE))
    content = (CASES / name).read_bytes()
    (whole,) = parse_case(name, content).tables
    parsed = parse_case(name, content[: data.draw(st.integers(0, len(content)))])
    for table in parsed.tables:
        assert [figures(row) for row in table.rows] == [figures(row) for row in whole.rows[: len(table.rows)]]


@settings(max_examples=60)
@given(st.text(max_size=400) | st.text("|-: \n模型分数1a#>±/%", max_size=400))
def test_no_text_crashes(text: str) -> None:
    parse_case("page.md", text.encode("utf-8", "surrogatepass"))
    parse_case("page.csv", text.encode("utf-8", "surrogatepass"))


@settings(max_examples=60)
@given(st.text(max_size=40))
def test_no_cell_crashes(cell: str) -> None:
    header = "|模型|排名|排名区间|分数|票数|价格|上下文|\n|-|-|-|-|-|-|-|\n"
    page = header + "|x" + f"|{cell}" * 6 + "|\n"
    parse_case("page.md", page.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("name", SMALL)
def test_every_case_is_read_or_has_its_reason(name: str) -> None:
    parsed = parse_case(name, (CASES / name).read_bytes())
    assert parsed.tables or "trap" in name
