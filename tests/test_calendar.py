"""The ticks of the axes: few, round, in order, and inside."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.drawing.pricechart import price_ticks
from bot.drawing.timechart import value_ticks
from bot.replies.calendar import MOST, days_since_1970, ticks_between
from bot.texts import Texts

TEXTS = Texts.load()
moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)).map(lambda each: each.replace(tzinfo=UTC))  # noqa: DTZ001


@given(moments, st.floats(0, 7000), st.sampled_from(sorted(TEXTS.languages)))
def test_any_span_has_a_few_ticks_in_order_and_inside(first: datetime, days: float, tag: str) -> None:
    last = first + timedelta(days=days)
    ticks = ticks_between(first, last, TEXTS.languages[tag])

    assert 1 <= len(ticks) <= MOST
    assert [tick.x for tick in ticks] == sorted({tick.x for tick in ticks})
    assert all(days_since_1970(first) - 1 <= tick.x <= days_since_1970(last) for tick in ticks)
    assert all(tick.label for tick in ticks)


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        ("2025-07-06", "2025-07-06", ["Jul 6, 2025"]),
        ("2025-07-06", "2025-07-09", ["Jul 6", "Jul 7", "Jul 8", "Jul 9"]),
        ("2025-07-06", "2025-07-29", ["Jul 6", "Jul 13", "Jul 20", "Jul 27"]),
        ("2025-07-06", "2025-12-09", ["Aug 2025", "Sep", "Oct", "Nov", "Dec"]),
        ("2025-05-18", "2026-08-21", ["Jul 2025", "Oct", "Jan 2026", "Apr", "Jul"]),
        ("2023-06-01", "2026-08-21", ["Jan 2024", "Jan 2025", "Jan 2026"]),
    ],
)
def test_ticks_stand_where_days_months_and_years_begin(first: str, last: str, labels: list[str]) -> None:
    begin, end = (datetime.fromisoformat(each).replace(tzinfo=UTC) for each in (first, last))

    assert [tick.label for tick in ticks_between(begin, end, TEXTS.source)] == labels


@given(st.floats(1e-4, 1e3), st.floats(1.5, 1e6))
def test_prices_have_round_ticks_inside(low: float, ratio: float) -> None:
    ticks = price_ticks(low, low * ratio)

    assert len(ticks) <= 7
    assert all(low <= tick <= low * ratio for tick in ticks)
    assert ticks == sorted(ticks)


@given(st.floats(0.5, 3000), st.floats(1, 500), st.booleans())
def test_values_have_round_ticks_inside(low: float, span: float, whole: bool) -> None:
    ticks = value_ticks(low, low + span, whole=whole)

    assert all(low <= tick <= low + span for tick in ticks)
    assert ticks == sorted(ticks)
    if whole:
        assert all(tick == int(tick) for tick in ticks)
