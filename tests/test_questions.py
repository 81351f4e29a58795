"""Questions in components: written short, read back the same, and never read wrongly."""

from __future__ import annotations

import contextlib
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import seeds
from bot.drawing.values import Theme
from bot.questions import (
    AboutQuestion,
    BoardsQuestion,
    ChangesQuestion,
    CompareQuestion,
    HistoryQuestion,
    Keys,
    NicknamesQuestion,
    ProfileQuestion,
    Question,
    RankQuestion,
    TopQuestion,
    Unreadable,
    ValueQuestion,
    tag,
)
from bot.shorthand import lengthen, shorten, vendor_tag
from bot.writing import read, write
from store.catalogue import read_catalogue
from store.filters import (
    MOST_DAYS,
    MOST_PRICE,
    MOST_SIZE,
    MOST_VENDORS,
    SINCE_CHANGE,
    Filter,
    Openness,
    PriceLimit,
)

CUSTOM_ID_LIMIT = 100
LONGEST_PREFIX = len(f"turn:{2**63}:first:")

keys = st.text(min_size=1, max_size=300)
days = st.none() | st.dates(min_value=date(1970, 1, 1))
pages = st.integers(0, 9999)
VENDORS = tuple(read_catalogue(seeds.FOLDER).organizations)
amounts = st.integers(0, int(MOST_PRICE) * 1000).map(lambda thousandths: thousandths / 1000)
filters = st.builds(
    Filter,
    vendors=st.lists(st.sampled_from(VENDORS), max_size=MOST_VENDORS, unique=True).map(tuple),
    openness=st.none() | st.sampled_from(Openness),
    size=st.none() | st.integers(1, int(MOST_SIZE) * 1000).map(lambda millions: millions / 1000),
    price=st.none() | st.builds(PriceLimit, amounts, st.sampled_from(["USD", "CNY"])),
    new=st.none() | st.integers(SINCE_CHANGE, MOST_DAYS),
)
EVERYTHING = Filter(
    VENDORS[:MOST_VENDORS], Openness.OPEN, MOST_SIZE, PriceLimit(MOST_PRICE, "USD"), MOST_DAYS
)
questions: st.SearchStrategy[Question] = st.one_of(
    st.builds(RankQuestion, keys, st.none() | keys, days, pages),
    st.builds(TopQuestion, keys, keys, st.integers(1, 25), days, pages, filters),
    st.builds(CompareQuestion, st.lists(keys, min_size=2, max_size=4, unique=True).map(tuple), days, pages),
    st.builds(ChangesQuestion, st.none() | keys, days, pages),
    st.builds(
        HistoryQuestion,
        st.lists(keys, min_size=1, max_size=5, unique=True).map(tuple),
        st.none() | keys,
        days,
        st.booleans(),
        st.sampled_from(Theme),
    ),
    st.builds(ValueQuestion, keys, keys, st.sampled_from(Theme)),
    st.builds(ProfileQuestion, keys, pages, st.sampled_from(Theme)),
    st.builds(BoardsQuestion, pages),
    st.builds(AboutQuestion, pages),
    st.builds(NicknamesQuestion, st.integers(1, 2**63), pages),
)


def keys_in(question: Question) -> tuple[Keys, Keys, Keys, tuple[str, ...]]:
    none = Keys([])
    match question:
        case RankQuestion(model, board):
            return Keys([model]), Keys([board] if board else []), none, VENDORS
        case TopQuestion(board, dimension):
            return none, Keys([board]), Keys([dimension]), VENDORS
        case CompareQuestion(models):
            return Keys(models), none, none, VENDORS
        case ValueQuestion(board, dimension):
            return none, Keys([board]), Keys([dimension]), VENDORS
        case ProfileQuestion(model):
            return Keys([model]), none, none, VENDORS
        case HistoryQuestion(models, board):
            return Keys(models), Keys([board] if board else []), none, VENDORS
        case ChangesQuestion(board):
            return none, Keys([board] if board else []), none, VENDORS
    return none, none, none, VENDORS


@given(questions)
def test_a_question_is_read_back_as_it_was_written(question: Question) -> None:
    assert read(write(question), *keys_in(question)) == question


@example(CompareQuestion(("a" * 20, "b" * 20, "c" * 20, "d" * 20), date(2025, 7, 9), 9999))
@example(TopQuestion("b" * 20, "d" * 20, 25, date(2025, 7, 9), 9999, EVERYTHING))
@example(HistoryQuestion(tuple(letter * 20 for letter in "abcde"), "f" * 20, date(9999, 12, 31), True))
@given(questions)
def test_a_question_fits_into_a_custom_id_with_its_owner(question: Question) -> None:
    assert LONGEST_PREFIX + len(write(question)) <= CUSTOM_ID_LIMIT


@given(questions)
def test_a_question_about_what_is_gone_is_unreadable_not_another_question(question: Question) -> None:
    if isinstance(question, (BoardsQuestion, AboutQuestion, NicknamesQuestion)):
        return
    if isinstance(question, ChangesQuestion) and question.board is None:
        return
    with pytest.raises(Unreadable):
        read(write(question), Keys([]), Keys([]), Keys([]), [])


@pytest.mark.parametrize(
    "written",
    [
        *("t.-1..b.c.10.", "t.10000..b.c.10.", "t.0..b.c.0.", "t.0..b.c.26.", "r.-1...~.a", "b.-1"),
        *("c.0..a", "c.0..a.a", "c.0..a.d.e.f.g", "h0...a.a", "h0..~", "h0...a.d.e.f.g.h"),
    ],
)
def test_a_question_that_no_answer_could_hold_is_unreadable(written: str) -> None:
    with pytest.raises(Unreadable):
        read(written, Keys("adefgh"), Keys(["b"]), Keys(["c"]), VENDORS)


@given(st.text(max_size=100))
def test_no_text_makes_reading_fail_otherwise(written: str) -> None:
    with contextlib.suppress(Unreadable):
        read(written, Keys(["a"]), Keys(["b"]), Keys(["c"]), VENDORS)


@given(st.text(max_size=40))
def test_no_text_is_read_as_a_filter_that_cannot_be(written: str) -> None:
    with contextlib.suppress(ValueError):
        meant = lengthen(written, VENDORS)
        assert lengthen(shorten(meant), VENDORS) == meant


def test_no_two_vendors_have_the_same_tag() -> None:
    assert len({vendor_tag(key) for key in VENDORS}) == len(VENDORS)


def test_a_filter_of_a_vendor_that_is_gone_is_unreadable() -> None:
    written = write(TopQuestion("b", "d", only=Filter(vendors=("openai",))))
    with pytest.raises(Unreadable):
        read(written, Keys([]), Keys(["b"]), Keys(["d"]), ["google"])


def test_short_keys_are_their_own_tags_and_long_ones_are_hashed() -> None:
    assert tag("rele-open") == "rele-open"
    assert tag("deepseek-r1-distill-qwen-32b").startswith("~")
    assert len(tag("deepseek-r1-distill-qwen-32b")) == 9
    assert tag("法律").startswith("~")
