"""Boards and domains, found by any of their words in either language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.boards import Catalogue
from store.fields import FieldIndex

STORED = {
    "arena-text": ("rating",),
    "rele-open": ("total", "medical", "law", "reasoning", "mental-health"),
    "rele-open-20b": ("total", "medical", "law"),
}


@pytest.fixture(scope="module")
def index(catalogue: Catalogue) -> FieldIndex:
    return FieldIndex(
        catalogue, {board: [catalogue.dimensions[key] for key in keys] for board, keys in STORED.items()}
    )


@pytest.mark.parametrize(
    ("typed", "board", "dimension"),
    [
        ("法律", "rele-open", "law"),
        ("LEGAL", "rele-open", "law"),
        ("法律领域", "rele-open", "law"),
        ("数学", "rele-open", "reasoning"),
        ("推理与数学计算", "rele-open", "reasoning"),
        ("心理健康", "rele-open", "mental-health"),
        ("reasonning", "rele-open", "reasoning"),
        ("Ａｒｅｎａ", "arena-text", "rating"),
        ("chatbot  arena", "arena-text", "rating"),
        ("rele-open-20b", "rele-open-20b", "total"),
        ("总分", "rele-open", "total"),
        ("醫療", "rele-open", "medical"),
        ("數學", "rele-open", "reasoning"),
        ("總分", "rele-open", "total"),
        ("競技場", "arena-text", "rating"),
    ],
)
def test_a_word_finds_its_field(index: FieldIndex, typed: str, board: str, dimension: str) -> None:
    field = index.find(typed).fields[0]
    assert (field.board.key, field.dimension.key) == (board, dimension)


def test_a_domain_of_several_boards_finds_them_all_the_preferred_first(index: FieldIndex) -> None:
    assert [field.board.key for field in index.find("law").fields] == ["rele-open", "rele-open-20b"]


@pytest.mark.parametrize("typed", ["", " ", "zz", "cooking", "🍜", "金融"])
def test_what_no_board_scores_is_not_found(index: FieldIndex, typed: str) -> None:
    assert index.find(typed).fields == ()


def test_what_is_known_but_not_stored_is_told_apart_from_what_is_unknown(
    index: FieldIndex, catalogue: Catalogue
) -> None:
    assert index.unstored("金融") == catalogue.dimensions["finance"]
    assert index.unstored("cooking") is None
    near = index.related(catalogue.dimensions["law-administration"])
    assert [field.dimension.key for field in near] == ["law"]


def test_what_is_nearly_a_word_is_suggested(index: FieldIndex) -> None:
    assert "law" in {
        field.dimension.key for field in index.find("laww").suggestions or index.find("laww").fields
    }


def test_completion_offers_each_board_and_domain_once(index: FieldIndex) -> None:
    offered = [field.titled.key for field in index.complete("")]
    assert offered[:3] == ["arena-text", "rele-open", "rele-open-20b"]
    assert offered[3:] == ["medical", "law", "reasoning", "mental-health"]
    assert [field.titled.key for field in index.complete("法")] == ["law"]
    assert len(index.complete("", limit=3)) == 3


@given(st.text())
def test_no_text_breaks_the_search(index: FieldIndex, typed: str) -> None:
    index.find(typed)
    index.complete(typed)


@pytest.mark.parametrize(
    ("typed", "board", "dimension"),
    [
        ("法律", "rele-open", "law"),
        ("law", "rele-open", "law"),
        ("医疗", "rele-open", "medical"),
        ("数学", "rele-open", "reasoning"),
        ("总分", "rele-open", "total"),
        ("coding", "arena-text", "arena-coding"),
        ("arena law and government", "arena-text", "arena-legal-and-government"),
        ("法律榜", "rele-law", "law"),
        ("5B以下", "rele-open-5b", "total"),
    ],
)
def test_boards_of_one_domain_and_categories_take_no_words_from_the_domains(
    catalogue: Catalogue, typed: str, board: str, dimension: str
) -> None:
    stored = STORED | {
        "arena-text": ("rating", "arena-coding", "arena-math", "arena-legal-and-government"),
        "rele-open-5b": ("total", "law", "coding"),
        "rele-law": ("law",),
        "rele-medical": ("medical",),
        "rele-total": ("total",),
    }
    index = FieldIndex(
        catalogue, {key: [catalogue.dimensions[each] for each in keys] for key, keys in stored.items()}
    )
    field = index.find(typed).fields[0]
    assert (field.board.key, field.dimension.key) == (board, dimension)


def test_a_word_asked_of_one_board_means_what_that_board_calls_so(catalogue: Catalogue) -> None:
    text, rele = catalogue.board("arena-text"), catalogue.board("rele-open")
    stored = {
        "arena-text": [catalogue.dimensions[key] for key in ("rating", "arena-math", "arena-chinese")],
        "rele-open": [catalogue.dimensions[key] for key in ("total", "reasoning")],
    }
    index = FieldIndex(catalogue, stored)

    for word in ("math", "maths", "数学", "Arena maths"):
        found = index.find_on(text, word)
        assert found is not None, word
        assert found.dimension.key == "arena-math"
    assert index.find_on(rele, "chinese") is None
