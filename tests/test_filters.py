"""Filters: what fits is what the board says fits; what it does not say is neither in nor out, but counted."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from store.answers import Score, Snapshot, Standing
from store.archive import Archive
from store.boards import Catalogue
from store.debuts import Sighting, is_new
from store.filters import (
    SINCE_CHANGE,
    Aspect,
    Filter,
    Openness,
    PriceLimit,
    count_untold,
    size_in_name,
)
from store.values import Coverage, Flag, Price

NOW = datetime(2025, 7, 10, tzinfo=UTC)
HEAD = "|排名(UB)|模型名|分数|服务商|许可协议|价格 $/百万Token|\n|---|---|---|---|---|---|\n"


def line(catalogue: Catalogue, name: str = "a-model", board: str = "arena-text", **facts: Any) -> Standing:
    where, score = catalogue.boards[board], catalogue.dimensions["rating"]
    page = Snapshot(1, where, score, NOW, NOW, Coverage(), 1, "test")
    return Standing(page, name, name, Score(score, 1000.0), **facts)


@pytest.mark.parametrize(
    ("facts", "fits"),
    [
        ({"organization": "阿里"}, True),
        ({"organization": "Alibaba"}, True),
        ({"organization": "Google"}, True),
        ({"organization": "OpenAI"}, False),
        ({"organization": "Somebody New"}, False),
        ({}, None),
    ],
)
def test_a_model_is_of_one_of_the_vendors(
    catalogue: Catalogue, facts: dict[str, Any], fits: bool | None
) -> None:
    wanted = Filter(vendors=("alibaba", "google"))
    assert wanted.fits(line(catalogue, **facts), catalogue) is fits


@pytest.mark.parametrize(
    ("board", "facts", "fits"),
    [
        ("arena-text", {"license": "Apache 2.0"}, True),
        ("arena-text", {"license": "Propretary"}, False),
        ("arena-text", {}, None),
        ("arena-text", {"flags": frozenset({Flag.OPEN})}, True),
        ("arena-text", {"flags": frozenset({Flag.COMMERCIAL})}, False),
        ("rele-open", {}, True),
    ],
)
def test_a_model_is_open_as_the_board_files_it(
    catalogue: Catalogue, board: str, facts: dict[str, Any], fits: bool | None
) -> None:
    standing = line(catalogue, board=board, **facts)
    assert Filter(openness=Openness.OPEN).fits(standing, catalogue) is fits
    opposite = None if fits is None else not fits
    assert Filter(openness=Openness.PROPRIETARY).fits(standing, catalogue) is opposite


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("qwen2.5-14b", 14.0),
        ("Qwen2.5-0.5B-Instruct", 0.5),
        ("Qwen3-235B-A22B-no-thinking", 235.0),
        ("internlm2_5-20b-chat", 20.0),
        ("DeepSeek-R1-Distill-Llama-70B", 70.0),
        ("Mixtral-8x7B-Instruct-v0.1", None),
        ("Llama-4-Maverick-17B-128E-Instruct", None),
        ("Gemma-3n-E4B-it", None),
        ("Hunyuan-A13B", None),
        ("some-7b-and-13b", None),
        ("GPT-4o", None),
        ("", None),
    ],
)
def test_a_size_is_read_of_a_name_only_where_it_is_plain(name: str, size: float | None) -> None:
    assert size_in_name(name) == size


@pytest.mark.parametrize(
    ("name", "facts", "fits"),
    [
        ("a-model", {"size": 14.0}, True),
        ("a-model", {"size": 14.1}, False),
        ("a-14b", {}, True),
        ("a-14b", {"size": 70.0}, False),
        ("a-32b", {}, False),
        ("a-8x7b", {}, None),
        ("a-model", {}, None),
    ],
)
def test_a_size_is_the_rows_else_the_names(
    catalogue: Catalogue, name: str, facts: dict[str, Any], fits: bool | None
) -> None:
    assert Filter(size=14.0).fits(line(catalogue, name, **facts), catalogue) is fits


@pytest.mark.parametrize(
    ("price", "fits"),
    [
        (Price(1.0, "USD", 0.2), True),
        (Price(1.01, "USD", 0.2), False),
        (Price(0.1, "CNY"), None),
        (None, None),
    ],
)
def test_a_price_is_compared_within_its_currency_and_never_converted(
    catalogue: Catalogue, price: Price | None, fits: bool | None
) -> None:
    assert Filter(price=PriceLimit(1.0, "USD")).fits(line(catalogue, price=price), catalogue) is fits


PAGES = [
    Sighting(at, datetime(2025, 7, at + 1, tzinfo=UTC), whole)
    for at, whole in enumerate((True, True, False, False, True))
]


@pytest.mark.parametrize(
    ("first", "since", "new"),
    [
        (1, 1, True),  # after a whole page, within the time
        (1, 2, False),  # before that time
        (3, 2, None),  # behind a page of the top models only: perhaps it stood further down
        (3, 1, True),  # a whole page within the time did not have it
        (0, 0, None),  # on the first page of all: who knows since when
        (4, None, False),  # there is no page within the time
    ],
)
def test_a_model_is_new_where_a_whole_page_did_not_have_it(
    first: int, since: int | None, new: bool | None
) -> None:
    assert is_new(PAGES, first, since) is new


def test_the_boards_own_mark_counts_where_the_pages_do_not_tell(catalogue: Catalogue) -> None:
    wanted, marked = Filter(new=SINCE_CHANGE), line(catalogue, flags=frozenset({Flag.NEW}))
    assert wanted.fits(marked, catalogue) is True
    assert wanted.fits(marked, catalogue, {"a-model": False}) is False
    assert wanted.fits(line(catalogue), catalogue) is None


def test_what_does_not_fit_is_out_whatever_is_not_told(catalogue: Catalogue) -> None:
    wanted = Filter(size=14.0, price=PriceLimit(1.0, "USD"))
    assert wanted.fits(line(catalogue, "a-70b"), catalogue) is False
    assert wanted.fits(line(catalogue, "a-7b"), catalogue) is None
    judged = [wanted.judge(line(catalogue, name), catalogue) for name in ("a-70b", "a-7b", "a-model")]
    assert count_untold(judged) == {Aspect.PRICE: 2, Aspect.SIZE: 1}


def test_the_filter_that_asks_for_nothing_is_empty(catalogue: Catalogue) -> None:
    assert not Filter()
    assert Filter(new=SINCE_CHANGE)
    assert Filter().fits(line(catalogue), catalogue) is True


def test_leaders_keep_their_places_and_count_what_the_board_does_not_tell(archive: Archive) -> None:
    rows = (
        "|1|a-70b|1500|Google|Proprietary|$1/$2|\n"
        "|2|b-7b|1400|Meta|MIT|$0.1/$0.2|\n"
        "|3|c-7b|1300|Meta|MIT|N/A|\n"
        "|4|d-chat|1200|Meta|MIT|$0.1/$0.3|\n"
    )
    page = f"# 视觉榜单\n\n{HEAD}{rows}"
    archive.intake.add("v.md", page.encode(), "test", board="arena-vision", as_of=NOW)
    wanted = Filter(("meta",), Openness.OPEN, 7.0, PriceLimit(0.2, "USD"))

    leaders = archive.leaders("arena-vision", only=wanted)

    assert [(each.name, each.main.rank) for each in leaders.standings] == [("b-7b", 2)]
    assert leaders.total == 1
    assert leaders.untold == {"price": 1}


def test_new_is_who_came_with_the_last_change_or_within_some_days(archive: Archive) -> None:
    since_change = archive.leaders("arena-text", only=Filter(new=SINCE_CHANGE))
    early = archive.leaders("arena-text", on=datetime(2025, 7, 7, tzinfo=UTC).date(), only=Filter(new=30))
    lately = archive.leaders("arena-text", on=datetime(2025, 7, 12, tzinfo=UTC).date(), only=Filter(new=4))

    assert {each.name for each in since_change.standings} == {each.name for each in lately.standings}
    assert since_change.total > 0
    assert (early.total, set(early.untold)) == (0, {"new"}), "nobody knows who was new on the first page"


def test_on_a_board_without_dates_only_its_own_marks_tell_who_is_new(archive: Archive) -> None:
    leaders = archive.leaders("rele-open", only=Filter(new=7))
    assert leaders.total == sum(Flag.NEW in each.flags for each in archive.leaders("rele-open").standings)
    assert leaders.untold["new"] == archive.leaders("rele-open").total - leaders.total
