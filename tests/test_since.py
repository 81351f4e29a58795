"""How long ago: what people type for it, in any language."""

from __future__ import annotations

import pytest

from bot.since import days_ago
from bot.texts import Texts


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("7d", 7),
        ("1w", 7),
        ("2 weeks", 14),
        ("3 days ago", 3),
        ("３天前", 3),
        ("2周前", 14),
        ("1个星期", 7),
        ("today", 0),
        ("今天", 0),
        ("Yesterday", 1),
        ("昨天", 1),
        ("前天", 2),
        ("last week", 7),
        ("上周", 7),
        ("上个月", 30),
    ],
)
def test_days_ago_are_read_in_the_words_of_every_language(texts: Texts, typed: str, days: int) -> None:
    assert days_ago(typed, texts) == days


@pytest.mark.parametrize(
    "typed", ["", "7", "d", "-1d", "2025-07-06", "20250706", "7 dogs", "99999d", "ago", "前"]
)
def test_other_words_are_no_days_ago(texts: Texts, typed: str) -> None:
    assert days_ago(typed, texts) is None
