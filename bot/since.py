"""The argument `since`: a day by its date, or by how long ago it was, in the words of any language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from discord import Interaction

from bot.arguments import DayArgument, read_day
from bot.mistakes import DayUnknown
from bot.replies.marks import plain
from bot.texts import Texts
from store.boards import fold

AGO = {"today": 0, "yesterday": 1, "eve": 2, "week": 7, "month": 30}
"""Days ago, by the key of the words for them: `since.<key>` in the catalogues, with `|` between them."""
UNITS = {"days": 1, "weeks": 7}
"""Days in a unit, by the key of its words."""


class SinceArgument(DayArgument):
    """A day as `DayArgument` reads it, or as `7d`, `1w`, `3 days ago`, 昨天."""

    async def transform(self, interaction: Interaction[Any], value: str) -> date:
        """Return the day; raises DayUnknown."""
        bot = interaction.client
        return read_since(value, bot.texts, bot.desk.today())


def read_since(value: str, texts: Texts, today: date) -> date:
    """Return the day since which something is asked; raises DayUnknown."""
    ago = days_ago(value, texts)
    if ago is None:
        return read_day(value)
    try:
        return today - timedelta(days=ago)
    except OverflowError:
        raise DayUnknown(value) from None


def days_ago(text: str, texts: Texts) -> int | None:
    """Return how many days ago `text` means, None where it does not say it so."""
    written = fold(plain(text))
    for key, days in AGO.items():
        if written in _words(key, texts):
            return days
    ago = "|".join(map(re.escape, _words("ago", texts)))
    for key, days in UNITS.items():
        unit = "|".join(map(re.escape, _words(key, texts)))
        found = re.fullmatch(rf"(\d{{1,4}})(?:{unit})(?:{ago})?", written)
        if found:
            return int(found[1]) * days
    return None


def _words(key: str, texts: Texts) -> Iterator[str]:
    yield from map(fold, texts.words(f"since.{key}"))
