"""A time of day from its words, which `bot.requests.times` has sorted by kind."""

from __future__ import annotations

import re
from collections.abc import Sequence

NUMERALS = {
    **{"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "兩": 2, "三": 3, "四": 4, "五": 5},
    **{"六": 6, "七": 7, "八": 8, "九": 9, "十": 10},
}
"""Chinese figures."""

SHAPE = re.compile(r"([APEXZ]?)N(?P<minute>:N|N|O(?:NM?|H)?)?([APEXZ]?)")
"""Part of the day, hour, minutes and part of the day, by the letters of `bot.requests.times.SIGNS`."""


def read_clock(signs: Sequence[tuple[str, str]]) -> int | None:
    """Return the minute of the day (0-1439) that kinds of words and the words say; None where it is none."""
    shape = "".join(sign for sign, _ in signs)
    if shape in ("X", "Z"):
        return 12 * 60 if shape == "X" else 0
    found = SHAPE.fullmatch(shape)
    if found is None or (found[1] and found[3]):
        return None
    figures = [word for sign, word in signs if sign == "N"]
    time = _hour_and_minute(figures, found["minute"] or "")
    if time is None:
        return None
    hour, minute = _hour_of_day(found[1] or found[3], time[0]), time[1]
    return None if hour is None or not 0 <= minute < 60 else 60 * hour + minute


def _hour_and_minute(figures: Sequence[str], minutes: str) -> tuple[int, int] | None:
    """Return both as they are written; minutes behind a colon or a space have two figures."""
    hour, spoken = _number(figures[0]), minutes.startswith("O")
    if hour is None or not (spoken or figures[0].isdigit()):
        return None
    together = figures[0].isdigit() and len(figures[0]) > 2
    if together:
        return None if minutes else divmod(hour, 100)
    if len(figures) == 1:
        return hour, 30 if minutes.endswith("H") else 0
    minute = _number(figures[1])
    return None if minute is None or not (spoken or len(figures[1]) == 2) else (hour, minute)


def _hour_of_day(part: str, hour: int) -> int | None:
    """Return an hour (0-23) of a part of the day; one that is past noon already says it all."""
    late = {"P": range(1, 12), "E": range(5, 12), "X": range(1, 4)}
    if part and part != "A" and hour in late.get(part, ()):
        return hour + 12
    if part in ("A", "E", "Z") and hour == 12:
        return 0
    fits = range(13) if part == "A" else range(12, 24) if part == "P" else range(24)
    return hour if hour in fits else None


def _number(written: str) -> int | None:
    """Return a number in figures or in Chinese up to 99 (二十三, 零五), else None."""
    if written.isdigit():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    if not ten and len(ones) > 1 and NUMERALS[ones[0]] == 0:
        ones = ones[1:]
    if max(len(tens), len(ones)) > 1 or "十" in tens:
        return None
    return (10 * NUMERALS.get(tens, 1) if ten else 0) + NUMERALS.get(ones, 0)
