"""The argument `timezone`: a zone of the IANA, by its name, a city, a country, or `UTC+8`."""

from __future__ import annotations

import asyncio
import re
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from discord import Interaction
from discord.app_commands import Choice, Transformer
from rapidfuzz import fuzz, process

from bot.arguments import CHOICES_LIMIT, Choices, Typed
from bot.mistakes import ZoneUnknown
from bot.replies.requests import zone_text
from bot.requests.places import ABBREVIATIONS, DEFAULTS, FRACTIONS, NAMED, names_of_zones, words_of_zones
from bot.texts import Language, Texts
from store.boards import fold

LONGEST = 100
"""Characters; a longer text is no zone."""
HINT = 70.0
"""The similarity (0–100) from which a zone is worth suggesting."""
OFFSET = re.compile(r"(?P<utc>utc|gmt)?(?P<sign>[+-]?)(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?")
LOCAL = re.compile(r"\s*—\s*\d\d:\d\d\s*\Z")
"""The local time behind a zone, as completion shows it."""


class ZoneArgument(Transformer):
    """A time zone by the name that the IANA gave it."""

    async def transform(self, interaction: Interaction[Any], value: str) -> str:
        """Return the zone; raises ZoneUnknown, with suggestions."""
        return (await asyncio.to_thread(zones_of, interaction.client.texts)).find(value)

    async def autocomplete(self, interaction: Interaction[Any], value: Typed) -> Choices:
        """Return zones with the time that it is there."""
        bot = interaction.client
        zones = await asyncio.to_thread(zones_of, bot.texts)
        offered = zones.complete(str(value), str(interaction.locale))
        now, source = interaction.created_at, bot.texts.source
        return [Choice(name=label_zone(each, now, source), value=each) for each in offered]


@cache
def zones_of(texts: Texts) -> Zones:
    """Return the zones with their words in all languages; the first time takes a tenth of a second."""
    return Zones(texts)


def default_zone(locale: str) -> str:
    """Return the zone where most of those live who set Discord to `locale` (`zh-CN`); UTC for many."""
    return DEFAULTS.get(locale, "UTC")


def label_zone(zone: str, now: datetime, language: Language) -> str:
    """Return a zone with the time that it is there: Asia/Shanghai — 17:05."""
    name = zone_text(zone, language) if zone.startswith("Etc/") else zone
    return f"{name} — {now.astimezone(ZoneInfo(zone)):%H:%M}"


class Zones:
    """Finds zones by name, city, country, abbreviation or distance from UTC."""

    def __init__(self, texts: Texts) -> None:
        names = names_of_zones()
        self._words = {_key(name): zone for name, zone in names.items()}
        for word, zone in words_of_zones(texts, names):
            self._words.setdefault(_key(word), zone)
        self._endings = sorted({_key(word) for word in texts.words("zone.ending")}, key=len, reverse=True)

    def find(self, text: str) -> str:
        """Return the zone that `text` means; raises ZoneUnknown, with those that it may mean."""
        typed = _key(LOCAL.sub("", text))
        if not typed or len(typed) > LONGEST:
            raise ZoneUnknown(text)
        several = ABBREVIATIONS.get(typed, ())
        found = several[0] if len(several) == 1 else _at_offset(typed)
        found = found or (None if several else self._named(typed))
        if found is None:
            raise ZoneUnknown(text, several or self._alike(typed))
        return found

    def _named(self, typed: str) -> str | None:
        for ending in ("", *self._endings):
            if typed.endswith(ending) and typed.removesuffix(ending) in self._words:
                return self._words[typed.removesuffix(ending)]
        return None

    def _alike(self, typed: str, limit: int = 3) -> tuple[str, ...]:
        near = process.extract(typed, self._words.keys(), scorer=fuzz.ratio, limit=20, score_cutoff=HINT)
        return tuple(dict.fromkeys(self._words[word] for word, _, _ in near))[:limit]

    def complete(self, text: str, locale: str) -> list[str]:
        """Return the zones that `text` means, begins or is within; likely ones where it is blank."""
        typed = _key(LOCAL.sub("", text))[:LONGEST]
        if not typed:
            return list(dict.fromkeys((default_zone(locale), "UTC", *NAMED)))[:CHOICES_LIMIT]
        try:
            exact: tuple[str, ...] = (self.find(text),)
        except ZoneUnknown as unknown:
            exact = () if typed not in ABBREVIATIONS else unknown.suggestions
        held = [word for word in self._words if typed in word]
        begun = sorted(held, key=lambda word: (not word.startswith(typed), self._words[word] not in NAMED))
        found = [*exact, *(self._words[word] for word in begun)]
        return list(dict.fromkeys(found or self._alike(typed, CHOICES_LIMIT)))[:CHOICES_LIMIT]


def _at_offset(typed: str) -> str | None:
    """Return the zone of a fixed distance from UTC, such as `utc+8` (whose name is Etc/GMT-8), or None."""
    found = OFFSET.fullmatch(typed)
    if found is None or not (found["utc"] or found["sign"]):
        return None
    sign = -1 if found["sign"] == "-" else 1
    minutes = sign * (60 * int(found["hours"]) + int(found["minutes"] or 0))
    if minutes % 60 or not -12 <= minutes // 60 <= 14:
        return FRACTIONS.get(minutes)
    return f"Etc/GMT{-minutes // 60:+}" if minutes else "UTC"


def _key(text: str) -> str:
    """Return `text` folded, with one kind of minus and no underscores or points."""
    return re.sub(r"[_.]", "", re.sub("[\u2212\u2013\ufe63]", "-", fold(text)))
