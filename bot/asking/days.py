"""Days in a question: `since january`, 上周, `on 2025-07-06`, `3 days ago`, 7月6日以来."""

from __future__ import annotations

import contextlib
import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from bot.asking.limits import GAP
from bot.asking.vocabulary import Vocabulary, alternatives

_AGO = {"today": 0, "yesterday": 1, "eve": 2, "week": 7, "month": 30, "quarter": 90, "half": 182, "year": 365}
"""Days ago, by the entry of the words for it."""
_UNITS = {"days": 1, "weeks": 7, "months": 30}
_MOST = 3650


class Role(Enum):
    """What a day is for in a question."""

    SINCE = "since"
    ON = "on"
    OPEN = "open"
    """The question does not say; a day gone by."""
    SPAN = "span"
    """A time from then until now: the last three months."""
    NOW = "now"
    """A time that is not over yet, such as this week."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A day of a question; `ago` is how many days ago where it was said so.

    A whole month or year is its last day, and has the `first`: what changed in June did so since the 1st.
    """

    day: date
    role: Role
    ago: int | None = None
    first: date | None = None

    @property
    def since(self) -> str:
        """The day as the option `since` takes it: what is new today is new since yesterday's end."""
        return (self.first or self.day).isoformat() if self.ago is None else f"{max(self.ago, 1)}d"


class DayReader:
    """Finds the first day of a text."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._words = vocabulary
        word = {name: vocabulary.pattern("days", name) for name in vocabulary.names("days")}
        months = alternatives(vocabulary.names("months"))
        numeral = "|".join(sorted(vocabulary.names("numerals"), key=len, reverse=True))
        unit = "|".join(
            re.escape(each)
            for each in sorted(
                (each for name in _UNITS for each in vocabulary.words("new", name)), key=len, reverse=True
            )
        )
        dates = (
            r"(?P<y1>20\d\d)[-/.](?P<m1>\d{1,2})[-/.](?P<d1>\d{1,2})"
            r"|(?P<y2>20\d\d)(?P<m2>\d\d)(?P<d2>\d\d)"
            rf"|(?:(?P<y3>20\d\d)年)?(?P<m3>\d{{1,2}}|{numeral})月(?:份)?(?:(?P<d3>\d{{1,2}})(?:日|号)?)?"
            rf"|(?:(?P<d4>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?)?(?P<m4>{months})"
            r"(?: (?P<d5>\d{1,2})(?:st|nd|rd|th)?(?!\d))?(?:,? (?P<y4>20\d\d))?"
            r"|(?P<y5>20\d\d)年?"
        )
        weekday = alternatives(vocabulary.names("weekdays"))
        told = "|".join(
            [
                rf"(?:{word['lately']}\s*)?(?P<weekday>{weekday})",
                *(f"(?P<{name}>{word[name]})" for name in _AGO),
            ]
        )
        span = (
            rf"(?P<n1>\d{{1,4}}|{numeral})\s*(?P<u1>{unit})\s*{word['ago']}"
            rf"|{word['lately']}\s*(?P<n2>\d{{1,4}}|{numeral})\s*(?P<u2>{unit}){word['inside']}?"
            rf"|(?P<n3>\d{{1,4}}|{numeral})\s*(?P<u3>{unit}){word['inside']}"
        )
        before, behind = rf"(?:(?P<since>{word['since']})\s*)?", rf"(?:\s*(?P<onwards>{word['onwards']}))?"
        then = rf"(?:\s*{word['then']})?"
        self._relative = re.compile(rf"{before}(?:(?<![\d.-])|(?!\d))(?:{span}|{told}){behind}")
        on = rf"(?:(?:(?P<since>{word['since']})|(?P<on>{word['on']}))\s*)?"
        self._absolute = re.compile(rf"{on}(?<![\w.(/-])(?:{dates})(?![\d.-]){behind}{then}", re.ASCII)

    def read(self, text: str, today: date) -> tuple[Moment | None, str]:
        """Return the day of a text in its normal form, and the text without it."""
        for match in self._relative.finditer(text):
            ago = self._weekday(match, today) if match["weekday"] else self._ago(match)
            if ago is not None:
                role = Role.SINCE if match["since"] or match["onwards"] else self._role(match)
                return Moment(today - timedelta(days=ago), role, ago), _cut(text, match)
        for match in self._absolute.finditer(text):
            span = self._span(match, today)
            if span is not None:
                first, last = span
                if match["since"] or match["onwards"]:
                    return Moment(first, Role.SINCE), _cut(text, match)
                role = Role.ON if match["on"] else Role.OPEN
                return Moment(last, role, first=first), _cut(text, match)
        return None, text

    def _role(self, match: re.Match[str]) -> Role:
        present, span = self._words.words("small", "present"), self._words.words("days", "span")
        if match[0].startswith(present):
            return Role.NOW
        return Role.SPAN if match["n2"] or match["n3"] or match[0].startswith(span) else Role.OPEN

    def _weekday(self, match: re.Match[str], today: date) -> int:
        """Return how many days ago the last such day of a week was, not today."""
        return (today.weekday() - self._words.weekday(match["weekday"]) - 1) % 7 + 1

    def _ago(self, match: re.Match[str]) -> int | None:
        for name, days in _AGO.items():
            if match[name]:
                return days
        for at in ("1", "2", "3"):
            number = self._words.number(match[f"n{at}"]) if match[f"n{at}"] else None
            if number is not None:
                unit = next(name for name in _UNITS if match[f"u{at}"] in self._words.words("new", name))
                days = number * _UNITS[unit]
                return days if days <= _MOST else None
        return None

    def _span(self, match: re.Match[str], today: date) -> tuple[date, date] | None:
        """Return the first and the last day of a match; one without a year is the last such that was.

        A year alone, and a month that may be another word, count only behind a word such as "in".
        """
        year, month, day = (next(_given(match, kind), None) for kind in "ymd")
        told = match["since"] or match["onwards"] or match["on"]
        if month is None:
            return (date(int(year), 1, 1), min(date(int(year), 12, 31), today)) if year and told else None
        if not (day or told or year or match["m3"]):
            return None
        number = self._words.number(month) or self._words.month(month)
        with contextlib.suppress(ValueError):
            first = date(int(year or today.year), number, int(day or 1))
            if not year and first > today:
                first = first.replace(year=today.year - 1)
            return first, first if day else min(_end_of_month(first), today)
        return None


def _end_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _cut(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]}{GAP}{text[match.end() :]}"


def _given(match: re.Match[str], kind: str) -> Iterator[str]:
    groups = match.groupdict()
    return (groups[name] for name in groups if re.fullmatch(rf"{kind}\d", name) and groups[name])
