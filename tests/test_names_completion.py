"""While a person types, the likeliest models come first, from memory and never more than 25."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import seeds
from store.models import Model
from store.names import Identities, NameIndex

NAMES = [
    "Gemini-2.5-Pro",
    "ChatGPT-4o-latest (2025-03-26)",
    "DeepSeek-R1",
    "GPT-4.1-2025-04-14",
    "Qwen2.5-Max",
    "GPT-4o-2024-05-13",
    "Qwen2.5-72B-Instruct",
    "GPT-4o-mini-2024-07-18",
    "Llama-3.3-70B-Instruct",
    "Claude 3.7 Sonnet (thinking-32k)",
]
IDENTITIES = Identities.read(seeds.FOLDER)
MODELS = [
    Model(IDENTITIES.identify(name).key, name, IDENTITIES.identify(name).family, (name,), place=place)
    for place, name in enumerate(NAMES, start=1)
]
INDEX = NameIndex(MODELS, identities=IDENTITIES)


def complete(text: str, *recent: str) -> list[str]:
    keys = [IDENTITIES.identify(name).key for name in recent]
    return [model.name for model in INDEX.complete(text, keys)]


def test_nothing_typed_offers_recent_choices_and_then_the_highest() -> None:
    assert complete("", "DeepSeek-R1")[:3] == [
        "DeepSeek-R1",
        "Gemini-2.5-Pro",
        "ChatGPT-4o-latest (2025-03-26)",
    ]


def test_names_that_begin_so_come_by_their_place() -> None:
    assert complete("gpt-4o")[:2] == ["GPT-4o-2024-05-13", "GPT-4o-mini-2024-07-18"]
    assert complete("gpt4")[:3] == ["GPT-4.1-2025-04-14", "GPT-4o-2024-05-13", "GPT-4o-mini-2024-07-18"]


def test_recent_choices_come_first_where_they_fit() -> None:
    assert complete("gpt", "GPT-4o-mini-2024-07-18", "DeepSeek-R1")[0] == "GPT-4o-mini-2024-07-18"
    assert "DeepSeek-R1" not in complete("gpt", "DeepSeek-R1")


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("sonnet think", "Claude 3.7 Sonnet (thinking-32k)"),
        ("70b", "Llama-3.3-70B-Instruct"),
        ("qwen2.5-7", "Qwen2.5-72B-Instruct"),
        ("qwen 72", "Qwen2.5-72B-Instruct"),
        ("deepssek", "DeepSeek-R1"),
        ("通义千问2.5-max", "Qwen2.5-Max"),
    ],
)
def test_words_within_a_name_and_slips_are_found(text: str, first: str) -> None:
    assert complete(text)[0] == first


def test_nothing_is_offered_for_what_nothing_fits() -> None:
    assert complete("zzzzzz") == []


@given(st.text(max_size=12), st.integers(-3, 99))
def test_there_are_never_more_than_asked_for_nor_than_25(text: str, limit: int) -> None:
    found = INDEX.complete(text, ("no-such-key",), limit)
    assert len(found) <= min(max(limit, 0), 25)
    assert len(set(found)) == len(found)


def test_ten_thousand_names_are_no_trouble() -> None:
    many = [
        Model(f"m{n}", f"Model-{n // 100}.{n % 10}-{n % 97}B-Chat-{n}", "m", (), place=n)
        for n in range(10_000)
    ]
    names = NameIndex(many, identities=IDENTITIES)
    for text in ("m", "model 4", "model-9.9", "97b chat", "modle 12"):
        assert len(names.complete(text)) <= 25
        names.resolve(text)
