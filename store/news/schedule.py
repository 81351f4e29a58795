"""The next time to tell a channel, right across daylight saving."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from store.news.values import Rhythm, Schedule

SETTLING = timedelta(seconds=30)
"""How long news at once waits for more of it: a refresh reads several boards one after another."""


def next_time(schedule: Schedule, now: datetime) -> tuple[str, datetime]:
    """Return the next slot after `now`: a name that only it has, and its time in UTC.

    A local time that the clocks skip is as much later as they skip; of one that comes twice, the first
    counts.
    Raises ZoneInfoNotFoundError.
    """
    if schedule.rhythm is Rhythm.AT_ONCE:
        due = now + SETTLING
        return f"{due:%Y-%m-%dT%H:%M:%S.%fZ}", due
    zone = ZoneInfo(schedule.zone)
    day = now.astimezone(zone).date() - timedelta(days=1)  # a time skipped before midnight comes after it
    wanted = time(schedule.minute // 60, schedule.minute % 60, tzinfo=zone)
    while True:
        due = datetime.combine(day, wanted).astimezone(UTC)
        today = schedule.rhythm is Rhythm.DAILY or day.weekday() == schedule.weekday
        if today and due > now:
            return day.isoformat(), due
        day += timedelta(days=1)
