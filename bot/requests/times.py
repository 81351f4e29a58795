"""The argument `time`: `9:00`, `Monday 9am`, 早上9点, `at once`, in the words of every language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from discord import Interaction
from discord.app_commands import Choice, Transformer

from bot.arguments import CHOICE_LIMIT, CHOICES_LIMIT, Choices, Typed
from bot.mistakes import TimeUnknown
from bot.replies.requests import time_text
from bot.requests.clocks import NUMERALS, read_clock
from bot.texts import Language, Texts
from store.boards import fold
from store.news.values import Rhythm, Schedule

LONGEST = 100
"""Characters; a longer text is no time."""
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SIGNS = {
    **{day: str(at) for at, day in enumerate(WEEKDAYS)},
    **{"daily": "D", "weekly": "W", "at_once": "I", "filler": ""},
    **{"morning": "A", "afternoon": "P", "night": "E", "noon": "X", "midnight": "Z"},
    **{"hour": "O", "minute": "M", "half": "H"},
}
"""A letter for each kind of word; the words are `time.<kind>` in the catalogues, with `|` between them."""
USUAL = (8, 9, 12, 18, 20)
"""Hours that are offered while nothing is typed."""


class TimeArgument(Transformer):
    """When to be told; the zone is an argument of its own, and UTC here."""

    async def transform(self, interaction: Interaction[Any], value: str) -> Schedule:
        """Return the schedule; raises TimeUnknown."""
        return read_schedule(value, interaction.client.texts)

    async def autocomplete(self, interaction: Interaction[Any], value: Typed) -> Choices:
        """Return what the text means, daily and on each weekday; else usual times."""
        bot = interaction.client
        offered = suggest_times(str(value), bot.texts, bot.language_of(interaction))
        return [Choice(name=each, value=each) for each in offered if len(each) <= CHOICE_LIMIT]


def read_schedule(text: str, texts: Texts, zone: str = "UTC") -> Schedule:
    """Return when `text` says, in `zone`; without a time of day it is 9:00; raises TimeUnknown."""
    signs = list(_signs(text, texts))
    shape = "".join(sign for sign, _ in signs)
    if shape == "I":
        return Schedule(Rhythm.AT_ONCE, zone=zone)
    parts = re.fullmatch(r"([DW0-6]{0,2})([APEXZNOMH:]*)([DW0-6]{0,2})", shape)
    rhythm = re.fullmatch(r"D|(W?)([0-6]?)(W?)", parts[1] + parts[3]) if parts else None
    if parts is None or rhythm is None or not shape:
        raise TimeUnknown(text)
    clock = [(sign, word) for sign, word in signs if sign not in "DW0123456"]
    minute = read_clock(clock) if clock else Schedule().minute
    if minute is None:
        raise TimeUnknown(text)
    if rhythm[0] in ("", "D"):
        return Schedule(Rhythm.DAILY, minute, zone)
    return Schedule(Rhythm.WEEKLY, minute, zone, int(rhythm[2] or 0))


def suggest_times(text: str, texts: Texts, language: Language) -> list[str]:
    """Return schedules to choose from while `text` is being typed, as they are read back."""
    try:
        meant = read_schedule(text, texts)
    except TimeUnknown:
        usual = [Schedule(minute=60 * hour) for hour in USUAL]
        usual += [Schedule(Rhythm.WEEKLY, weekday=day) for day in range(7)]
        written = [time_text(each, language) for each in (*usual, Schedule(Rhythm.AT_ONCE))]
        return [each for each in written if fold(text) in fold(each)] or written
    weekly = [replace(meant, rhythm=Rhythm.WEEKLY, weekday=day) for day in range(7)]
    others = weekly if meant.rhythm is Rhythm.DAILY else []
    return [time_text(each, language) for each in (meant, *others)][:CHOICES_LIMIT]


def _signs(text: str, texts: Texts) -> Iterator[tuple[str, str]]:
    """Give the words of `text` with the letters of their kinds; raises TimeUnknown at any other word."""
    kinds = {_squeeze(word): sign for kind, sign in SIGNS.items() for word in texts.words(f"time.{kind}")}
    words = "|".join(map(re.escape, sorted(kinds, key=len, reverse=True)))
    known = re.compile(rf"({words})|(\d{{1,4}}|[{''.join(NUMERALS)}]{{1,3}})|[:h]")
    written, at = _squeeze(text), 0
    if len(written) > LONGEST:
        raise TimeUnknown(text)
    while at < len(written):
        found = known.match(written, at)
        if found:
            sign = "N" if found[2] else kinds[found[1]] if found[1] else ":"
            if sign:
                yield sign, found[0]
        elif written[at] not in " ,":
            raise TimeUnknown(text)
        at = found.end() if found else at + 1


def _squeeze(text: str) -> str:
    """Return `text` in NFKC and lower case, with single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
