"""The ticks of an axis of time: few enough to be read, at days where months and years begin."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from bot.drawing.values import Tick
from bot.texts import Language

MOST = 5
"""Ticks that have room below a picture."""
DAY = 86400.0
DAYS, MONTHS, YEARS = (1, 2, 3, 7, 14), (1, 2, 3, 6), (1, 2, 5, 10, 20)


def days_since_1970(moment: datetime) -> float:
    """Return a time as the pictures count it."""
    return moment.timestamp() / DAY


def ticks_between(first: datetime, last: datetime, language: Language) -> tuple[Tick, ...]:
    """Return at most MOST ticks from one time to another; of one day, that day."""
    begin, end = first.astimezone(UTC).date(), last.astimezone(UTC).date()
    for days in _choices(begin, end):
        if len(days) <= MOST:
            return tuple(_ticks(days, begin, language))
    return (_tick(begin, "yMMMd", language),)


def _choices(begin: date, end: date) -> Iterator[list[date]]:
    """Give the days of ticks, ever fewer of them."""
    for step in DAYS:
        yield [begin + timedelta(days=at) for at in range(0, (end - begin).days + 1, step)]
    for step in MONTHS:
        yield [each for each in _months(begin, end) if (each.month - 1) % step == 0]
    for step in YEARS:
        yield [each for each in _months(begin, end) if each.month == 1 and each.year % step == 0]


def _months(begin: date, end: date) -> Iterator[date]:
    year, month = begin.year, begin.month
    while date(year, month, 1) <= end:
        if date(year, month, 1) >= begin:
            yield date(year, month, 1)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _ticks(days: list[date], begin: date, language: Language) -> Iterator[Tick]:
    """Give ticks; the first and those that begin a year say which year it is."""
    monthly = bool(days) and all(each.day == 1 for each in days) and len(days) > 1
    known = 0
    for each in days:
        if monthly:
            yield _tick(each, "yMMM" if each.year != known else "MMM", language)
        else:
            yield _tick(each, "yMMMd" if each.year != known and len(days) < MOST - 1 else "MMMd", language)
        known = each.year


def _tick(day: date, parts: str, language: Language) -> Tick:
    noon = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return Tick(days_since_1970(noon), language.short_day(noon, parts))
