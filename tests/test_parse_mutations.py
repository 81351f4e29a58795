"""Damaged pages: nothing crashes, and what is cut off is never half read without a word."""

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import seeds
from store.boards import Catalogue
from store.catalogue import read_catalogue
from store.parse import parse
from store.values import Parsed, Row

CASES = Path(__file__).parent / "cases" / "boards"
SMALL = sorted(path.name for path in CASES.iterdir() if path.stat().st_size < 9500)
WHOLE = [
    "arena-agent-20260820.md",
    "arena-text-20260215.md",
    "lmarena_image-20250804.csv",
    "rele-2025-03-11_opensource3.md",
    "rele-2025-04-05_医疗.md",
]
SPLINTERS = [
    "|",
    "\n",
    "> ",
    "# ",
    "    ",
    "```\n",
    "\\",
    "- ",
    "\r",
    '"',
    "<!--",
    "\u202e",
    "±",
    "１",
    "……",
    "/%",
]


@cache
def catalogue() -> Catalogue:
    return read_catalogue(seeds.FOLDER)


def parse_case(name: str, content: bytes) -> Parsed:
    parsed = parse(name, content, catalogue())
    assert parsed.refused == (not parsed.tables)
    assert all(table.rows for table in parsed.tables)
    return parsed


def figures(row: Row) -> tuple[object, ...]:
    return (row.name, row.rank, row.score, row.low, row.high, row.votes, row.url, row.price, row.measures)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_mutation_crashes(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(SMALL))
    content = (CASES / name).read_bytes()
    for _ in range(data.draw(st.integers(1, 4))):
        begin = data.draw(st.integers(0, len(content)))
        end = min(len(content), begin + data.draw(st.sampled_from([0, 1, 2, 7, 40, 300])))
        piece = data.draw(
            st.sampled_from([b"", content[begin:end] * 2, *(each.encode() for each in SPLINTERS)])
            | st.binary(max_size=3)
        )
        content = content[:begin] + piece + content[end:]
    parse_case(name, content)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_page_that_is_cut_off_is_refused_or_ends_with_a_whole_row(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(WHOLE))
    content = (CASES / name).read_bytes()
    (whole,) = parse_case(name, content).tables
    parsed = parse_case(name, content[: data.draw(st.integers(0, len(content)))])
    for table in parsed.tables:
        assert [figures(row) for row in table.rows] == [figures(row) for row in whole.rows[: len(table.rows)]]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400) | st.text("|-: \n模型分数1a#>±/%", max_size=400))
def test_no_text_crashes(text: str) -> None:
    parse_case("page.md", text.encode("utf-8", "surrogatepass"))
    parse_case("page.csv", text.encode("utf-8", "surrogatepass"))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_no_cell_crashes(cell: str) -> None:
    header = "|模型|排名|排名区间|分数|票数|价格|上下文|\n|-|-|-|-|-|-|-|\n"
    page = header + "|x" + f"|{cell}" * 6 + "|\n"
    parse_case("page.md", page.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("name", SMALL)
def test_every_case_is_read_or_has_its_reason(name: str) -> None:
    parsed = parse_case(name, (CASES / name).read_bytes())
    assert parsed.tables or "trap" in name
