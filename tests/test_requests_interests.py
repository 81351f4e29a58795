"""Which changes to be told of: what people type for it in any language, and how it is said back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import reply_to
from bot.mistakes import FilterUnknown
from bot.replies.requests import interest_text
from bot.requests.interests import Filters, write_interest
from bot.requests.wishes import complete_filter
from bot.texts import Texts
from store.boards import Catalogue
from store.news.values import Interest
from store.traits import TraitIndex
from tests.changing import catalogue as shipped

INTERESTS = st.builds(
    Interest,
    st.none() | st.integers(1, 999),
    st.lists(st.sampled_from(sorted(shipped().organizations)), unique=True, max_size=5).map(tuple),
    st.booleans(),
    st.sampled_from([0, 50, 80]) | st.integers(0, 100),
)


@pytest.fixture(scope="module")
def filters(catalogue: Catalogue, texts: Texts) -> Filters:
    return Filters(TraitIndex(catalogue), texts)


@pytest.mark.parametrize(
    ("typed", "interest"),
    [
        ("", Interest()),
        ("everything", Interest()),
        ("all", Interest()),
        ("全部", Interest()),
        ("top 10", Interest(top=10)),
        ("TOP10", Interest(top=10)),
        ("Top 5 models", Interest(top=5)),
        ("前10", Interest(top=10)),
        ("前 20 名", Interest(top=20)),
        ("前１０個", Interest(top=10)),
        ("OpenAI", Interest(vendors=("openai",))),
        ("谷歌", Interest(vendors=("google",))),
        ("google deepmind, openai", Interest(vendors=("google", "openai"))),
        ("OpenAI OpenAI google", Interest(vendors=("openai", "google"))),
        ("Meta AI and Anthropic", Interest(vendors=("meta", "anthropic"))),
        ("anthropc", Interest(vendors=("anthropic",))),
        ("360", Interest(vendors=("qihoo",))),
        ("reka ai2", Interest(vendors=("reka", "ai2"))),
        ("open", Interest(open_only=True)),
        ("open source", Interest(open_only=True)),
        ("开源", Interest(open_only=True)),
        ("open weights important", Interest(open_only=True, importance=50)),
        ("important", Interest(importance=50)),
        ("重要的", Interest(importance=50)),
        ("big news", Interest(importance=80)),
        ("大新闻", Interest(importance=80)),
        ("大新聞", Interest(importance=80)),
        ("importance 70", Interest(importance=70)),
        ("top 10, openai, anthropic; open、important", Interest(10, ("openai", "anthropic"), True, 50)),
        ("important open anthropic top10 openai", Interest(10, ("anthropic", "openai"), True, 50)),
        ("前10，阿里、开源 重要", Interest(10, ("alibaba",), True, 50)),
        ("只看 深度求索 的 大新闻", Interest(vendors=("deepseek",), importance=80)),
        ("top 10,, ,top 10", Interest(top=10)),
        ("top 360 360", Interest(360, ("qihoo",))),
    ],
)
def test_parts_are_read_in_any_order_and_language(filters: Filters, typed: str, interest: Interest) -> None:
    assert filters.read(typed) == interest


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("cheese", "cheese"),
        ("top 10, cheese, open", "cheese"),
        ("openai cheese", "cheese"),
        ("闭源", "闭源"),
        ("closed source", "closed"),
        ("top 0", "top"),
        ("top 9999", "top"),
        ("top", "top"),
        ("top -3", "top"),
        ("top 10, top 5", "top 5"),
        ("important, big news", "big news"),
        ("importance 101", "importance"),
        ("and", "and"),
        (",", ","),
        ("quiet", "quiet"),
        ("@everyone", "@everyone"),
        ("{typed}", "{typed}"),
    ],
)
def test_the_part_that_is_not_understood_is_named(
    filters: Filters, texts: Texts, typed: str, part: str
) -> None:
    with pytest.raises(FilterUnknown) as raised:
        filters.read(typed)
    assert raised.value.typed == part
    for language in texts.languages.values():
        said = reply_to(raised.value, language).embed.description
        assert said is not None
        assert part in said
        assert "OpenAI" in said


def test_a_text_without_an_end_is_refused(filters: Filters) -> None:
    with pytest.raises(FilterUnknown):
        filters.read("openai " * 1000)


@given(st.text(alphabet=st.sampled_from("top 10,openai前名开源重要大新闻·;、")) | st.text())
def test_any_text_is_an_interest_or_a_mistake(filters: Filters, typed: str) -> None:
    complete_filter(typed, filters)
    try:
        interest = filters.read(typed)
    except FilterUnknown:
        return
    assert interest.top is None or interest.top > 0
    assert 0 <= interest.importance <= 100


@given(INTERESTS)
def test_what_is_said_back_is_read_as_the_same(
    filters: Filters, catalogue: Catalogue, texts: Texts, interest: Interest
) -> None:
    assert filters.read(write_interest(interest)) == interest
    for language in texts.languages.values():
        assert filters.read(interest_text(interest, catalogue, language)) == interest


def test_every_vendor_is_read_by_what_it_is_called(
    filters: Filters, catalogue: Catalogue, texts: Texts
) -> None:
    for key in catalogue.organizations:
        interest = Interest(vendors=(key,))
        assert filters.read(write_interest(interest)) == interest
        for language in texts.languages.values():
            assert filters.read(interest_text(interest, catalogue, language)) == interest


def test_an_interest_is_said_readably(catalogue: Catalogue, texts: Texts) -> None:
    english, chinese = texts.languages["en"], texts.languages["zh_CN"]
    interest = Interest(10, ("openai", "alibaba"), True, 50)
    assert interest_text(interest, catalogue, english) == (
        "top 10 · OpenAI, Alibaba · open models · important only"
    )
    assert (
        interest_text(interest, catalogue, chinese) == "前 10 名 · OpenAI、阿里巴巴 · 开源模型 · 仅重要变化"
    )
    assert interest_text(Interest(), catalogue, english) == "everything"
    assert interest_text(Interest(vendors=("**x**",)), catalogue, english) == "\\*\\*x\\*\\*"


def offered(filters: Filters, typed: str) -> list[str]:
    return [write_interest(each) for each in complete_filter(typed, filters)]


def test_completion_offers_likely_parts_while_nothing_is_typed(filters: Filters) -> None:
    likely = offered(filters, "")
    assert likely[0] == "top 10"
    assert {"important", "big", "open", "openai"} <= set(likely)
    assert len(likely) == 25


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("to", "top 10"),
        ("top 1", "top 1"),
        ("goo", "google"),
        ("前", "top 10"),
        ("深度", "deepseek"),
        ("top 10, ope", "top 10, openai"),
        ("top 10，open, imp", "top 10, open, important"),
        ("openai goo", "openai, google"),
        ("openai, ", "openai"),
        ("big", "big"),
    ],
)
def test_completion_keeps_the_earlier_parts(filters: Filters, typed: str, first: str) -> None:
    assert first in offered(filters, typed)[:3]


def test_completion_offers_nothing_after_a_mistake_and_nothing_that_contradicts(filters: Filters) -> None:
    assert offered(filters, "cheese, op") == []
    assert not [each for each in offered(filters, "top 10, ") if "top 3" in each]


def test_completion_leaves_out_what_is_too_long_for_a_choice(filters: Filters) -> None:
    long = "google, anthropic, xai, meta, deepseek, alibaba, tencent, baidu, bytedance, zhipu, moonshot"
    assert all(len(each) <= 100 for each in offered(filters, long + ", "))
