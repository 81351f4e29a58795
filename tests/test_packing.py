"""Packed tables: unpacked they are the same, whatever is in them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import seeds
from store.boards import Catalogue
from store.packing import Heading, pack, pack_headings, plain_row, unpack, unpack_headings
from store.parse import parse
from store.snapshots import digest_rows
from store.values import Coverage, Flag, Measure, Method, Origin, Price, Row, Table, Unit

PAGES = sorted(
    [*(Path(__file__).parent / "cases" / "boards").iterdir(), *Path(str(seeds.FOLDER / "boards")).iterdir()]
)

texts = st.text(max_size=12)
numbers = st.floats(allow_nan=False)
counts = st.integers(0, 10**9)


def maybe(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | strategy


measures = st.builds(
    Measure,
    maybe(numbers),
    st.sampled_from(Unit),
    maybe(numbers),
    maybe(numbers),
    maybe(counts),
    maybe(counts),
)
rows = st.builds(
    Row,
    position=counts,
    name=texts,
    **{field: maybe(counts) for field in ("rank", "rank_style_control", "best", "worst", "votes", "context")},
    **{field: maybe(numbers) for field in ("score", "low", "high", "size")},
    **{field: maybe(texts) for field in ("organization", "license", "cutoff", "url")},
    price=maybe(st.builds(Price, numbers, texts, maybe(numbers))),
    measures=st.dictionaries(st.sampled_from("xyz") | texts, measures, max_size=4),
    extras=st.dictionaries(texts, texts, max_size=3),
    flags=st.frozensets(st.sampled_from(Flag)),
)
tables = st.builds(
    Table,
    board=maybe(texts),
    title=texts,
    score_label=texts,
    unit=st.sampled_from(Unit),
    as_of=maybe(st.datetimes(timezones=st.just(UTC))),
    coverage=st.builds(Coverage, maybe(counts)),
    rows=st.lists(rows, max_size=4).map(tuple),
    line=counts,
    origin=st.sampled_from(Origin),
    method=maybe(st.sampled_from(Method)),
)


@settings(max_examples=150)
@given(tables)
def test_any_table_comes_back_the_same(table: Table) -> None:
    again = unpack(pack(table))

    assert again == table
    assert digest_rows(again) == digest_rows(table)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_real_page_comes_back_the_same(catalogue: Catalogue, path: Path) -> None:
    for table in parse(path.name, path.read_bytes(), catalogue).tables:
        assert unpack(pack(table)) == table


def test_a_packed_table_is_json_of_plain_words() -> None:
    day = datetime(2025, 7, 9, tzinfo=UTC)
    row = Row(1, "甲", flags=frozenset({Flag.NEW}), price=Price(16, "CNY"))
    fields = json.loads(pack(Table("b", "t", "总分", Unit.POINTS, day, Coverage(5), (row,))))

    assert (fields["as_of"], fields["top"], fields["method"]) == ("2025-07-09T00:00:00+00:00", 5, None)
    assert (fields["rows"][0]["name"], fields["rows"][0]["flags"]) == ("甲", ["new"])
    assert "甲" in pack(Table("b", "t", "总分", Unit.POINTS, day, Coverage(), (row,)))


def test_a_measure_says_its_rank_and_votes_only_where_it_has_them() -> None:
    row = Row(1, "a", measures={"x": Measure(1, Unit.POINTS), "y": Measure(1, Unit.RATING, rank=2, votes=3)})

    assert plain_row(row)["measures"] == {
        "x": {"value": 1, "unit": "points", "low": None, "high": None},
        "y": {"value": 1, "unit": "rating", "low": None, "high": None, "rank": 2, "votes": 3},
    }


@settings(max_examples=80)
@given(tables.filter(lambda table: len({row.position for row in table.rows}) == len(table.rows)))
def test_headings_keep_the_unit_of_every_number(table: Table) -> None:
    score, *others = unpack_headings(json.loads(json.dumps(pack_headings(table))))
    by_label = {heading.label: heading for heading in others}

    assert (score.label, score.unit) == (table.score_label, table.unit)
    for row in table.rows:
        for label, measure in row.measures.items():
            assert by_label[label].unit_at(row.position) is measure.unit


def test_headings_that_were_stored_without_units_are_read_too() -> None:
    assert unpack_headings(["总分", "法律"]) == (Heading("总分"), Heading("法律"))
    assert unpack_headings(None) == ()
