"""Which changes a subscriber reads: by rank, vendor, licence and importance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.answers import Standing
from store.changes import Changes, Kind, compare
from store.changes.values import Bulk, Change, VendorRenamed
from store.news.interest import select
from store.news.values import Interest
from tests.changing import DAYS, catalogue, make_line, make_page, real_page

FILLERS = tuple(make_line(f"filler{n}-7b", 1200 - 10 * n, organization="Filler") for n in range(40))
INTERESTS = st.builds(
    Interest,
    st.none() | st.integers(1, 40),
    st.lists(st.sampled_from(["openai", "google", "alibaba", "anthropic"]), unique=True).map(tuple),
    st.booleans(),
    st.integers(0, 100),
)


def wanted(changes: Changes, **interest: Any) -> Changes:
    return select(changes, Interest(**interest), catalogue())


def names(part: Iterable[Change]) -> set[str]:
    return {each.standing.name for each in part if each.standing is not None}


def came(*lines: Standing) -> Changes:
    """Return what is told when `lines` come to a board of forty others."""
    return compare(make_page(*FILLERS), make_page(*FILLERS, *lines, day=1))


OPENAI = make_line("gpt-9", 1195, organization="OpenAI", license="Proprietary")
QWEN = make_line("qwen9-max", 1185, organization="阿里", license="Apache 2.0")
LOW = make_line("gpt-9-mini", 815, organization="OpenAI", license="Proprietary")


def test_who_wants_everything_gets_everything() -> None:
    told = came(OPENAI, QWEN, LOW)
    assert wanted(told) is told


def test_importance_keeps_what_weighs_at_least_as_much() -> None:
    told = came(OPENAI, QWEN, LOW)
    assert names(wanted(told, importance=80).new) == {"gpt-9", "qwen9-max"}
    assert {each.importance for each in wanted(told, importance=50)} <= set(range(50, 101))
    assert names(wanted(told, importance=30).new) == {"gpt-9", "qwen9-max", "gpt-9-mini"}


def test_top_keeps_what_concerns_the_first_ranks_before_or_after() -> None:
    risen = replace(FILLERS[14], main=replace(FILLERS[14].main, score=1250, low=1245, high=1255))
    up = compare(make_page(*FILLERS), make_page(*FILLERS[:14], risen, *FILLERS[15:], day=1))
    down = compare(make_page(*FILLERS[:14], risen, *FILLERS[15:]), make_page(*FILLERS, day=1))
    assert names(wanted(up, top=1).moved) == {"filler14-7b"}
    assert names(wanted(down, top=1).moved) == {"filler14-7b"}
    assert names(wanted(came(OPENAI, LOW), top=10).new) == {"gpt-9"}


def test_vendors_are_told_apart_by_any_of_their_spellings() -> None:
    told = came(OPENAI, QWEN, LOW)
    assert names(wanted(told, vendors=("alibaba",)).new) == {"qwen9-max"}
    assert names(wanted(told, vendors=("alibaba", "openai")).new) == {"gpt-9", "qwen9-max", "gpt-9-mini"}
    assert len(wanted(told, vendors=("anthropic",))) == 0


def test_open_models_are_those_of_which_the_board_says_so() -> None:
    silent = make_line("sphinx-9", 1197, organization="Sphinx")
    assert names(wanted(came(OPENAI, QWEN, silent), open_only=True).new) == {"qwen9-max"}


def test_one_model_has_to_be_all_that_is_wanted() -> None:
    proprietary = make_line("gpt-9", 1300, organization="OpenAI", license="Proprietary")
    free = make_line("qwen9-max", 1250, organization="Alibaba", license="Apache 2.0")
    overtaken = replace(free, main=replace(free.main, score=1350, low=1345, high=1355))
    told = compare(make_page(proprietary, free, *FILLERS), make_page(proprietary, overtaken, *FILLERS, day=1))
    assert told.leader is not None
    assert wanted(told, vendors=("openai",)).leader is not None
    assert wanted(told, vendors=("alibaba",), open_only=True).leader is not None
    assert wanted(told, vendors=("openai",), open_only=True).leader is None


def test_another_leader_is_news_for_both_vendors() -> None:
    first = make_line("gpt-9", 1300, organization="OpenAI")
    told = compare(
        make_page(first, *FILLERS),
        make_page(first, *FILLERS, make_line("claude-9", 1400, organization="Anthropic"), day=1),
    )
    for vendor in ("openai", "anthropic"):
        assert wanted(told, vendors=(vendor,)).leader is not None
    assert wanted(told, vendors=("google",)).leader is None


def test_what_happened_to_the_whole_board_is_no_news_by_itself_to_who_wants_some_models() -> None:
    told = replace(came(OPENAI), bulk=(Bulk(Kind.SHIFT, 40, 41, 5.0),))
    assert len(wanted(told, vendors=("google",))) == 0
    assert wanted(told, vendors=("openai",)).bulk == told.bulk
    assert wanted(replace(told, new=(), entered=()), importance=80).bulk == told.bulk


@pytest.mark.parametrize("spelt", [("OpenAI", "Open A.I."), ("Open A.I.", "OpenAI")])
def test_a_vendors_name_is_news_to_who_wants_the_vendor(spelt: tuple[str, str]) -> None:
    older = make_page(*FILLERS)
    told = replace(compare(older, older), vendors=(VendorRenamed(*spelt, models=3),))
    assert wanted(told, vendors=("openai",)).vendors == told.vendors
    assert wanted(told, vendors=("google",)).vendors == ()
    assert wanted(told, importance=50).vendors == told.vendors
    assert len(wanted(told, top=10)) == 0
    assert len(wanted(told, open_only=True)) == 0


@given(INTERESTS, st.sampled_from(list(combinations(DAYS, 2))))
def test_real_news_are_cut_and_never_added_to(interest: Interest, days: tuple[str, str]) -> None:
    told = compare(real_page(days[0]), real_page(days[1]))
    kept = select(told, interest, catalogue())
    assert {id(each) for each in kept} <= {id(each) for each in told}
    assert all(each.importance >= interest.importance for each in kept)
    assert select(kept, interest, catalogue()) == kept


@given(INTERESTS, INTERESTS, st.sampled_from(list(combinations(DAYS, 2))))
def test_who_wants_more_gets_at_least_as_much(one: Interest, other: Interest, days: tuple[str, str]) -> None:
    told = compare(real_page(days[0]), real_page(days[1]))
    both = Interest(
        top=min(filter(None, (one.top, other.top)), default=None),
        vendors=one.vendors,
        open_only=one.open_only or other.open_only,
        importance=max(one.importance, other.importance),
    )
    assert {id(each) for each in select(told, both, catalogue())} <= {
        id(each) for each in select(told, one, catalogue())
    }
