"""The dates that documents and file names carry."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

_UPDATE = re.compile(
    r"[>\s*_#-]*(?:(?:数据|排名|榜单|最后|最近)?更新(?:时间|日期|于)?|(?:last )?updated?)"
    r"[*_\s]*[:：]?[*_\s]*"
    r"(?P<day>\d{4}(?:-\d{1,2}-|/\d{1,2}/|年\d{1,2}月)\d{1,2})日?"
    r"(?:[ T]*(?P<time>\d{1,2}:\d{2}(?::\d{2})?))?(?:\.\d+)?\s*"
    r"(?P<zone>[(（]?(?:[A-Z]{3}(?:\+\d+)?|北京时间))?",
    re.I,
)
_BEIJING = timezone(timedelta(hours=8))
_ZONES = {"UTC": UTC, "GMT": UTC, "CST": _BEIJING, "UTC+8": _BEIJING, "GMT+8": _BEIJING, "北京时间": _BEIJING}
# Year, month and day with the same separator or none: `2025-08_20b` is no date.
_IN_NAME = re.compile(r"(?<!\d)(20\d{2})([-_.]?)(\d{2})\2(\d{2})(?!\d)")


@dataclass(frozen=True, slots=True)
class Updates:
    """The update lines of a document: their line numbers from 1, ascending, and what they say."""

    lines: tuple[int, ...]
    times: tuple[datetime, ...]

    def above(self, line: int) -> datetime | None:
        """Return the time that the last update line above `line` gives, else the document's first."""
        if not self.times:
            return None
        return self.times[max(bisect_left(self.lines, line) - 1, 0)]


def find_updates(lines: Sequence[str]) -> Updates:
    """Return the update lines among `lines`; a time that does not exist is passed over."""
    marked = ((number, line) for number, line in enumerate(lines, 1) if not line.startswith("|"))
    found = [(number, _read_update(line)) for number, line in marked]
    known = [(number, time) for number, time in found if time is not None]
    return Updates(tuple(number for number, _ in known), tuple(time for _, time in known))


def _read_update(line: str) -> datetime | None:
    match = _UPDATE.match(line)
    if match is None:
        return None
    year, month, day = map(int, re.findall(r"\d+", match["day"]))
    hour, minute, second = [*map(int, (match["time"] or "0:0:0").split(":")), 0][:3]
    zone = _ZONES.get((match["zone"] or "UTC").lstrip("(（").upper(), UTC)
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def date_in_name(file_name: str) -> datetime | None:
    """Return the day that a file's name gives, at midnight UTC, or None.

    A month or a quarter is no day, and two days that differ are none either: nothing is guessed.
    """
    days = set()
    for year, _, month, day in _IN_NAME.findall(file_name):
        try:
            days.add(datetime(int(year), int(month), int(day), tzinfo=UTC))
        except ValueError:
            continue
    return days.pop() if len(days) == 1 else None
