"""The next slot: once a day or week, right across daylight saving, in any zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.news.schedule import SETTLING, next_time
from store.news.values import Rhythm, Schedule

ZONES = (
    *("UTC", "Europe/Berlin", "America/New_York", "Asia/Shanghai", "Asia/Kolkata", "Australia/Lord_Howe"),
    *("America/St_Johns", "Pacific/Apia", "America/Sao_Paulo", "America/Scoresbysund"),
)
MOMENTS = st.integers(0, 20 * 365 * 24 * 60).map(
    lambda minutes: datetime(2015, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
SCHEDULES = st.builds(
    Schedule,
    st.sampled_from([Rhythm.DAILY, Rhythm.WEEKLY]),
    st.integers(0, 1439),
    st.sampled_from(ZONES),
    st.integers(0, 6),
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "minute", "now", "name", "due"),
    [
        # an ordinary day, before and after the time
        ("Europe/Berlin", 540, "2026-01-10 07:59", "2026-01-10", "2026-01-10 08:00"),
        ("Europe/Berlin", 540, "2026-01-10 08:00", "2026-01-11", "2026-01-11 08:00"),
        ("Asia/Shanghai", 540, "2026-01-09 23:00", "2026-01-10", "2026-01-10 01:00"),
        ("America/New_York", 1380, "2026-01-10 03:00", "2026-01-09", "2026-01-10 04:00"),
        # Berlin skips 02:00-03:00 on 29 March: 02:30 is at 03:30 summer time
        ("Europe/Berlin", 150, "2026-03-28 12:00", "2026-03-29", "2026-03-29 01:30"),
        ("Europe/Berlin", 150, "2026-03-29 01:30", "2026-03-30", "2026-03-30 00:30"),
        ("Europe/Berlin", 540, "2026-03-28 12:00", "2026-03-29", "2026-03-29 07:00"),
        # and has 02:00-03:00 twice on 25 October: the first counts, and the second is no slot
        ("Europe/Berlin", 150, "2026-10-24 12:00", "2026-10-25", "2026-10-25 00:30"),
        ("Europe/Berlin", 150, "2026-10-25 00:30", "2026-10-26", "2026-10-26 01:30"),
        ("Europe/Berlin", 150, "2026-10-25 01:00", "2026-10-26", "2026-10-26 01:30"),
        # New York: 8 March and 1 November
        ("America/New_York", 150, "2026-03-07 12:00", "2026-03-08", "2026-03-08 07:30"),
        ("America/New_York", 150, "2026-03-08 07:30", "2026-03-09", "2026-03-09 06:30"),
        ("America/New_York", 90, "2026-10-31 12:00", "2026-11-01", "2026-11-01 05:30"),
        ("America/New_York", 90, "2026-11-01 05:30", "2026-11-02", "2026-11-02 06:30"),
    ],
)
def test_the_next_daily_slot(zone: str, minute: int, now: str, name: str, due: str) -> None:
    assert next_time(Schedule(minute=minute, zone=zone), at(now)) == (name, at(due))


@pytest.mark.parametrize(
    ("weekday", "now", "name", "due"),
    [
        (0, "2026-03-25 12:00", "2026-03-30", "2026-03-30 07:00"),
        (2, "2026-03-25 07:59", "2026-03-25", "2026-03-25 08:00"),
        (2, "2026-03-25 08:00", "2026-04-01", "2026-04-01 07:00"),
        (6, "2026-03-25 12:00", "2026-03-29", "2026-03-29 07:00"),
    ],
)
def test_the_next_weekly_slot(weekday: int, now: str, name: str, due: str) -> None:
    schedule = Schedule(Rhythm.WEEKLY, 540, "Europe/Berlin", weekday)
    assert next_time(schedule, at(now)) == (name, at(due))


def test_news_at_once_waits_for_more_of_it_and_each_slot_has_a_name_of_its_own() -> None:
    now = at("2026-01-10 07:59")
    slots = [next_time(Schedule(Rhythm.AT_ONCE), now + timedelta(microseconds=n)) for n in range(3)]
    assert slots[0][1] == now + SETTLING
    assert len({name for name, _ in slots}) == 3


def test_a_day_that_a_zone_skipped_has_no_slot_of_its_own() -> None:
    """Samoa went from 29 to 31 December 2011."""
    slots = _slots(Schedule(zone="Pacific/Apia"), at("2011-12-28 00:00"), 5)
    assert [due for _, due in slots] == [at("2011-12-28 19:00") + timedelta(days=n) for n in range(5)]
    assert len({name for name, _ in slots}) == 5


def test_a_time_that_is_skipped_before_midnight_comes_after_it() -> None:
    """East Greenland goes from 23:00 to 00:00: 23:30 of the 28th is 00:30 of the 29th."""
    schedule = Schedule(minute=23 * 60 + 30, zone="America/Scoresbysund")
    slot = ("2026-03-28", at("2026-03-29 01:30"))
    assert next_time(schedule, at("2026-03-28 23:00")) == slot
    assert next_time(schedule, at("2026-03-29 01:10")) == slot
    assert next_time(schedule, slot[1]) == ("2026-03-29", at("2026-03-30 00:30"))


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("minute", [0, 90, 150, 1439])
def test_there_is_exactly_one_slot_a_day_over_two_years(zone: str, minute: int) -> None:
    slots = _slots(Schedule(minute=minute, zone=zone), at("2026-01-01 00:00"), 731)
    days = [date.fromisoformat(name) for name, _ in slots]
    assert days == [days[0] + timedelta(days=n) for n in range(731)]
    for day, (_, due) in zip(days, slots, strict=True):
        late = timedelta(days=zone == "America/Scoresbysund" and minute == 1439 and day.month == 3)
        assert day <= due.astimezone(ZoneInfo(zone)).date() <= day + late


@given(SCHEDULES, MOMENTS)
def test_the_next_slot_is_later_and_soon_and_at_the_time_that_was_wanted(
    schedule: Schedule, now: datetime
) -> None:
    name, due = next_time(schedule, now)
    local = due.astimezone(ZoneInfo(schedule.zone))
    wanted = time(schedule.minute // 60, schedule.minute % 60)
    assert now < due <= now + timedelta(days=8 if schedule.rhythm is Rhythm.WEEKLY else 2)
    assert due.tzinfo is UTC
    late = local.replace(tzinfo=None) - datetime.combine(date.fromisoformat(name), wanted)
    assert timedelta() <= late <= timedelta(hours=1)
    assert next_time(schedule, due - timedelta(microseconds=1)) == (name, due)
    if schedule.rhythm is Rhythm.WEEKLY:
        assert date.fromisoformat(name).weekday() == schedule.weekday


@given(SCHEDULES, MOMENTS)
def test_slots_are_in_order_and_no_name_comes_twice(schedule: Schedule, now: datetime) -> None:
    slots = _slots(schedule, now, 10)
    assert [due for _, due in slots] == sorted({due for _, due in slots})
    assert len({name for name, _ in slots}) == len(slots)


def test_a_zone_that_there_is_not_is_refused() -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        next_time(Schedule(zone="Mars/Olympus"), at("2026-01-01 00:00"))


def _slots(schedule: Schedule, now: datetime, count: int) -> list[tuple[str, datetime]]:
    found = []
    for _ in range(count):
        name, now = next_time(schedule, now)
        found.append((name, now))
    return found
