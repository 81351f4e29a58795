"""What a watch tells of two pages, and what it does not."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.answers import Standing
from store.changes import Page, compare
from store.changes.comparison import LIMIT
from store.changes.values import Moved, Repriced
from store.news.comparisons import Comparison
from store.news.occasions import Event, find_events
from store.news.values import Occasion, Watch
from store.values import Method, Origin, Price
from tests.changing import DAYS, Cost, make_line, make_page, real_page

A, B, C = make_line("alpha-7b", 1400), make_line("beta-7b", 1350), make_line("gamma-7b", 1300)
FILLERS = tuple(make_line(f"filler{n}-7b", 1200 - 10 * n, votes=5000 + 500 * n) for n in range(40))
RULED = {Occasion.OVERTAKEN, Occasion.TOP, Occasion.MOVED}


def scored(line: Standing, score: float, **more: Any) -> Standing:
    return replace(line, main=replace(line.main, score=score, low=score - 5, high=score + 5), **more)


def ranked(line: Standing, rank: int) -> Standing:
    return replace(line, main=replace(line.main, rank=rank))


def events(
    model: str, older: Page, newer: Page, occasion: Occasion = Occasion.ANY, **more: Any
) -> list[Event]:
    watch = Watch(1, model, occasion, **more)
    return list(find_events(watch, Comparison(older, newer, compare(older, newer))))


def occasions(model: str, older: Page, newer: Page, **more: Any) -> set[Occasion]:
    return {each.occasion for each in events(model, older, newer, **more)}


def overtakers(model: str, older: Page, newer: Page) -> list[str]:
    found = events(model, older, newer, Occasion.OVERTAKEN)
    return [each.name for event in found for each in event.others]


def test_a_model_that_stood_behind_and_stands_before_has_overtaken() -> None:
    older, newer = make_page(A, B, C), make_page(A, B, scored(C, 1375), day=1)
    (event,) = events("beta-7b", older, newer, Occasion.OVERTAKEN)
    assert (event.standing.main.place, event.before and event.before.main.place) == (3, 2)
    assert [each.name for each in event.others] == ["gamma-7b"]
    assert overtakers("alpha-7b", older, newer) == []
    assert overtakers("gamma-7b", older, newer) == []


def test_a_model_that_stood_level_and_stands_before_has_overtaken() -> None:
    older = make_page(ranked(A, 1), ranked(B, 2), ranked(C, 2))
    newer = make_page(ranked(A, 1), ranked(C, 2), ranked(B, 3), day=1)
    assert overtakers("beta-7b", older, newer) == ["gamma-7b"]


def test_a_model_that_stood_before_and_still_does_has_not() -> None:
    older, newer = make_page(A, B, C), make_page(scored(A, 1500), B, C, day=1)
    assert overtakers("beta-7b", older, newer) == []
    assert overtakers("beta-7b", older, make_page(ranked(A, 1), ranked(B, 1), ranked(C, 3), day=1)) == []


def test_a_new_model_overtakes() -> None:
    older, newer = make_page(B, C), make_page(A, B, C, day=1)
    assert overtakers("beta-7b", older, newer) == ["alpha-7b"]
    assert overtakers("gamma-7b", older, newer) == ["alpha-7b"]


def test_a_model_that_had_no_score_yet_overtakes() -> None:
    older, newer = make_page(replace(A, main=replace(A.main, score=None, rank=9)), B), make_page(A, B, day=1)
    assert overtakers("beta-7b", older, newer) == ["alpha-7b"]


def test_a_model_that_may_have_been_cut_off_has_not_overtaken() -> None:
    unsure = make_line("delta-7b", 1310, spread=200)
    older = make_page(A, B, C, top=3)
    newer = make_page(A, unsure, C, day=1, top=3)
    assert overtakers("gamma-7b", older, newer) == []
    assert overtakers(
        "gamma-7b", older, make_page(A, make_line("delta-7b", 1380, votes=900), C, day=1, top=3)
    ) == ["delta-7b"]


def test_a_renamed_model_has_not_overtaken() -> None:
    code, name = make_line("meteor-alpha", 1390, votes=20_000), make_line("comet-1", 1391, votes=20_100)
    older, newer = make_page(code, B, C), make_page(name, B, C, day=1)
    assert len(compare(older, newer).renamed) == 1
    assert overtakers("beta-7b", older, newer) == []


@pytest.mark.parametrize("count", [6, 12, 30])
def test_many_renamed_models_have_not_overtaken(count: int) -> None:
    codes = [make_line(f"meteor{n}-alpha", 1500 - 9 * n, votes=20_000 + 991 * n) for n in range(count)]
    named = [make_line(f"comet{n}-omega", 1500 - 9 * n, votes=20_000 + 991 * n) for n in range(count)]
    low = make_line("watched-7b", 1000)
    assert overtakers("watched-7b", make_page(*codes, low), make_page(*named, low, day=1)) == []


@pytest.mark.parametrize("key", ["meteor-alpha", "comet-1"])
def test_a_renamed_model_is_watched_on(key: str) -> None:
    code, name = make_line("meteor-alpha", 1390, votes=20_000), make_line("comet-1", 1391, votes=20_100)
    older, newer = make_page(code, B, C), make_page(name, scored(B, 1450), C, day=1)
    (event,) = events(key, older, newer, Occasion.OVERTAKEN)
    assert (event.before and event.before.name, event.standing.name) == ("meteor-alpha", "comet-1")
    assert [each.name for each in event.others] == ["beta-7b"]


@pytest.mark.parametrize(("top", "told"), [(1, False), (2, True), (3, False), (5, False)])
def test_entering_the_first_ranks_is_told_once(top: int, told: bool) -> None:
    older, newer = make_page(A, B, C, *FILLERS), make_page(A, B, scored(C, 1375), *FILLERS, day=1)
    assert (Occasion.TOP in occasions("gamma-7b", older, newer, top=top)) == told


def test_a_new_model_enters_the_first_ranks() -> None:
    (event,) = events("alpha-7b", make_page(B, C), make_page(A, B, C, day=1), Occasion.TOP)
    assert (event.before, event.standing.name) == (None, "alpha-7b")


def test_on_a_page_that_was_cut_off_only_the_ranks_that_it_showed_count() -> None:
    shown = FILLERS[:12]
    newer = make_page(*shown[:11], make_line("delta-7b", 1195), day=1, top=12)
    assert Occasion.TOP in occasions("delta-7b", make_page(*shown, top=12), newer)
    assert Occasion.TOP not in occasions("delta-7b", make_page(*shown, top=12), newer, top=12)
    assert Occasion.TOP in occasions("delta-7b", make_page(*shown), newer, top=12)


def test_a_score_that_moves_beyond_its_intervals_is_told() -> None:
    older = make_page(A, B, C, *FILLERS)
    (event,) = events("beta-7b", older, make_page(A, scored(B, 1380), C, *FILLERS, day=1), Occasion.MOVED)
    assert (event.before and event.before.main.score, event.standing.main.score) == (1350, 1380)
    assert occasions("beta-7b", older, make_page(A, scored(B, 1355), C, *FILLERS, day=1)) == set()


def test_a_score_that_moves_with_all_others_is_not() -> None:
    lines = (A, B, C, *FILLERS)
    newer = make_page(*(scored(each, (each.main.score or 0) + 40) for each in lines), day=1)
    assert occasions("beta-7b", make_page(*lines), newer) == set()


def test_what_the_news_leave_out_for_want_of_room_is_told_to_who_watches_it() -> None:
    lines = [make_line(f"model{n}-7b", 3000 - 12 * n, price=(1, 8)) for n in range(150)]
    last = lines[-1].model
    far = {at: scored(lines[at], (lines[at].main.score or 0) - 11) for at in range(20, 149, 5)}
    newer = [far.get(at, each) for at, each in enumerate(lines)]
    newer[-1] = scored(lines[-1], 1100, price=Price(4, "USD", 1))
    older, page = make_page(*lines), make_page(*newer, day=1)
    told = compare(older, page)
    assert len(told) == LIMIT
    assert last not in {each.standing.model for each in told if isinstance(each, Moved | Repriced)}
    assert occasions(last, older, page) == {Occasion.MOVED, Occasion.CHEAPER}


PRICES = [
    ((2, 8), (2, 6), True),
    ((2, 8), (1, 8), True),
    ((2, 8), (4, 6), True),
    ((2, 8), (1, 9), False),
    ((2, 8), (2, 8), False),
    (None, (2, 8), False),
    ((2, 8), None, False),
    (Price(8, "USD"), Price(6, "CNY"), False),
    (Price(8, "USD", 2), Price(8, "USD"), False),
]


@pytest.mark.parametrize(("before", "after", "told"), PRICES)
def test_a_price_that_falls_is_told(before: Cost, after: Cost, told: bool) -> None:
    older = make_page(A, make_line("beta-7b", 1350, price=before))
    newer = make_page(A, make_line("beta-7b", 1350, price=after), day=1)
    assert (Occasion.CHEAPER in occasions("beta-7b", older, newer)) == told


def test_prices_that_all_change_at_once_are_the_boards_doing() -> None:
    older = make_page(*(replace(each, price=Price(8, "USD")) for each in FILLERS))
    newer = make_page(*(replace(each, price=Price(6, "USD")) for each in FILLERS), day=1)
    assert occasions("filler3-7b", older, newer) == set()


def test_a_new_model_of_the_family_is_told_the_best_first() -> None:
    older = make_page(make_line("gpt-4", 1300), *FILLERS)
    lines = (make_line("GPT-5-mini", 1310), make_line("gpt-5", 1400), make_line("claude-9", 1410))
    newer = make_page(make_line("gpt-4", 1300), *lines, *FILLERS, day=1)
    (event,) = events("gpt-4", older, newer, Occasion.FAMILY)
    assert {each.name for each in event.others} == {"gpt-5", "GPT-5-mini"}
    assert event.standing == event.others[0]
    assert Occasion.FAMILY not in occasions("gpt-5", older, make_page(*lines[1:2], *FILLERS, day=1))


def test_the_family_of_a_model_that_is_not_listed_is_watched_too() -> None:
    newer = make_page(make_line("gpt-5", 1400), *FILLERS, day=1)
    assert occasions("gpt-4", make_page(*FILLERS), newer) == {Occasion.FAMILY}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"method": Method.RAW}, {"method": Method.STYLE_CONTROL}),
        ({"origin": Origin.PAGE}, {"origin": Origin.DATASET}),
    ],
)
def test_ranks_and_scores_after_a_change_of_method_or_source_tell_nothing(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    older = make_page(A, B, C, *FILLERS, **before)
    newer = make_page(A, scored(B, 1100), scored(C, 1500), *FILLERS, day=1, **after)
    for model in ("alpha-7b", "beta-7b", "gamma-7b", "filler9-7b"):
        assert not occasions(model, older, newer) & RULED


def test_a_board_that_ceases_to_share_ranks_tells_nothing_of_them() -> None:
    shared = make_page(*(ranked(each, 1 + at // 4) for at, each in enumerate(FILLERS)))
    single = make_page(*(ranked(each, 1 + at) for at, each in enumerate(FILLERS)), day=1)
    for older, newer in ((shared, single), (single, shared)):
        assert not any(occasions(each.model, older, newer) for each in FILLERS)


def test_the_same_page_and_an_empty_one_tell_nothing() -> None:
    page = make_page(A, B, C)
    assert occasions("beta-7b", page, page) == set()
    assert occasions("beta-7b", make_page(), make_page(day=1)) == set()
    assert occasions("beta-7b", page, make_page(day=1)) == set()
    assert occasions("unheard-of", page, make_page(A, day=1)) == set()


@given(st.sampled_from(list(combinations(DAYS, 2))), st.data())
def test_on_real_pages_every_event_is_true(days: tuple[str, str], data: st.DataObject) -> None:
    older, newer = real_page(days[0]), real_page(days[1])
    model = data.draw(st.sampled_from(sorted({*older.by_model, *newer.by_model})))
    told = compare(older, newer)
    every = find_events(Watch(1, model), Comparison(older, newer, told))
    assert len({each.occasion for each in every}) == len(every)
    for occasion in Occasion:
        single = find_events(Watch(1, model, occasion), Comparison(older, newer, told))
        assert single == (
            every if occasion is Occasion.ANY else tuple(e for e in every if e.occasion is occasion)
        )
    for event in every:
        if event.occasion is Occasion.OVERTAKEN:
            ranks = [each.main.rank or 0 for each in event.others]
            assert max(ranks) < (event.standing.main.rank or 0)
            assert event.standing not in event.others
