"""What people asked for, said back to them; what is said here can be typed again."""

from __future__ import annotations

import re

from babel.core import get_global
from babel.dates import get_day_names

from bot.texts import Language
from store.news.values import Rhythm, Schedule


def schedule_text(schedule: Schedule, language: Language) -> str:
    """Return a schedule with its zone: daily at 09:00, Shanghai time."""
    when = time_text(schedule, language)
    if schedule.rhythm is Rhythm.AT_ONCE:
        return when
    name = zone_text(schedule.zone, language)
    key = "schedule.offset" if name.startswith("UTC") else "schedule.city"
    return language.say(key, when=when, zone=name)


def time_text(schedule: Schedule, language: Language) -> str:
    """Return a schedule without its zone: daily at 09:00."""
    if schedule.rhythm is Rhythm.AT_ONCE:
        return language.words("time.at_once")[0]
    time = f"{schedule.minute // 60:02}:{schedule.minute % 60:02}"
    if schedule.rhythm is Rhythm.DAILY:
        return language.say("schedule.daily", time=time)
    day = get_day_names("wide", locale=language.locale)[schedule.weekday]
    return language.say("schedule.weekly", day=day, time=time)


def zone_text(zone: str, language: Language) -> str:
    """Return the city of a zone (Shanghai), or UTC+8 where it has none."""
    fixed = re.fullmatch(r"Etc/GMT([+-])(\d{1,2})", zone)
    if fixed:
        return f"UTC{'-' if fixed[1] == '+' else '+'}{fixed[2]}"
    key = get_global("zone_aliases").get(zone, zone)
    if key.startswith("Etc/"):
        return "UTC"
    city = language.locale.time_zones.get(key, {}).get("city")
    return str(city or zone.rpartition("/")[2].replace("_", " "))
