"""What people asked for, said back to them; what is said here can be typed again."""

from __future__ import annotations

import re

from babel.core import get_global
from babel.dates import get_day_names

from bot.replies.marks import safe
from bot.texts import Language
from store.boards import Catalogue
from store.news.values import Interest, Rhythm, Schedule

IMPORTANCES = {"filter.everything": 0, "filter.important": 50, "filter.big": 80}
"""Degrees of importance (see `store.changes.values`) that have words.

From 50 on the top 10 is concerned, or models come, go or move in the top 30; from 80 on it is a new model
of the top 10, first place, or the board as a whole.
"""


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
    newer = get_global("zone_aliases")
    key = newer.get(zone, zone)
    if key in ("UTC", "Etc/UTC", "Etc/GMT"):
        return "UTC"
    known = language.locale.time_zones  # under the name that a zone had first, for all time
    named = (known.get(name, {}).get("city") for name in (zone, *(old for old in newer if newer[old] == key)))
    return str(next(filter(None, named), None) or zone.rpartition("/")[2].replace("_", " "))


def interest_text(interest: Interest, catalogue: Catalogue, language: Language) -> str:
    """Return which changes are wanted: top 10 · OpenAI, Anthropic · open models · important only."""
    known = catalogue.organizations
    vendors = [known[key].title(language.tag) if key in known else safe(key) for key in interest.vendors]
    parts = (
        language.say("interest.top", top=interest.top) if interest.top else "",
        language.say("interest.between").join(vendors),
        catalogue.licenses["open"].title(language.tag) if interest.open_only else "",
        _importance_text(interest.importance, language) if interest.importance else "",
    )
    return " · ".join(filter(None, parts)) or _importance_text(0, language)


def _importance_text(importance: int, language: Language) -> str:
    for key, value in IMPORTANCES.items():
        if value == importance:
            return language.words(key)[0]
    return f"{language.words('filter.importance')[0]} {importance}"
