"""Limits in text: `max-size:14B`, `under $1`, 10元以下, `new:7d`; what they say, and the text without them.

What is taken out of a text leaves a line break, so that what stood on either side stays apart.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.asking.vocabulary import Vocabulary, alternatives
from store.filters import MOST_DAYS, MOST_PRICE, MOST_SIZE, SINCE_CHANGE, Filter, PriceLimit

GAP = "\n"
_NUMBER = r"\d{1,7}(?:\.\d{1,6})?"
_BILLIONS = {"billions": 1.0, "hundred_millions": 0.1, "ten_billions": 10.0, "millions": 0.001}
"""Billions of parameters in a unit, by the entry of its words."""
_DAYS = {"days": 1, "weeks": 7, "months": 30}


class Limits:
    """Reads limits of size and price, and what is new."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._words = vocabulary
        under, or_less, per = (vocabulary.pattern("limits", name) for name in ("under", "or_less", "per"))
        size, price = (vocabulary.pattern("limits", name) for name in ("size_name", "price_name"))
        units, coins = self._units("limits", *_BILLIONS), self._units("limits", "dollars", "yuan", "cents")
        days, only = self._units("new", *_DAYS), vocabulary.words("new", "only")
        alone = "|".join(rf"(?<!\S){word}(?!\S)" for word in only if len(word) == 1)
        last, inside = vocabulary.pattern("new", "last"), vocabulary.pattern("new", "inside")
        self._size = re.compile(
            rf"(?P<name>{size}\s*[:=]?\s*)?(?P<under>{under}\s*)?(?(under)|(?<![a-z0-9.-]))(?P<number>{_NUMBER})\s*"
            rf"(?P<unit>{units})(?![a-z0-9])(?:\s*的?{vocabulary.pattern('limits', 'parameters')})?"
            rf"(?:\s*(?P<after>{or_less}))?"
        )
        self._price = re.compile(
            rf"(?:{per}\s*)?(?P<name>{price}\s*[:=]?\s*)?(?P<under>{under}\s*)?(?:(?P<sign>{coins})\s*)?"
            rf"(?<![a-z0-9.-])(?P<number>{_NUMBER})(?:\s*(?P<coin>{coins})(?![a-z]))?(?:\s*{per})?"
            rf"(?:\s*(?P<after>{or_less}))?"
        )
        self._new = re.compile(
            rf"(?:{last}?\s*(?P<n1>\d{{1,4}})\s*(?P<u1>{days}){inside}?\s*)?"
            rf"(?:{alternatives(word for word in only if len(word) > 1)}|{alone})"
            rf"(?:\s*[:=]\s*(?:(?P<n2>\d{{1,4}})\s*(?P<u2>{days})|{vocabulary.pattern('new', 'yes')})"
            rf"|\s*{last}\s*(?P<n3>\d{{1,4}})\s*(?P<u3>{days}))?"
        )
        above, or_more = (vocabulary.pattern("limits", name) for name in ("above", "or_more"))
        negations = vocabulary.words("limits", "negations")
        affirmed = "".join(f"(?<!{word})(?<!{word} )" for word in negations)
        self._below = re.compile(
            rf"{affirmed}{above}\s*(?:{coins}\s*)?\d|(?<![a-z0-9.-]){_NUMBER}\s*(?:{units}|{coins})\s*{or_more}"
        )
        self._within = re.compile(rf"(?:{last}\s*)?(?P<n1>\d{{1,4}})\s*(?P<u1>{days})")

    def read(self, text: str, *, loose: bool = False, new: bool = True) -> tuple[Filter, str]:
        """Return the limits of a text in its normal form, and the text without them.

        A bare `14b` or `$1` is one only when read `loose`ly; what is `new` can be left to others.
        """
        found = Filter()
        for pattern in (self._price, self._size):
            for match in pattern.finditer(text):
                meant = None if self._at_least(match, text) else self._limit(match, loose)
                if meant is not None and text.count(match[0]) and found != (both := merge(found, meant)):
                    found, text = both, text.replace(match[0], GAP, 1)
        told = self._new.search(text) if new else None
        if told is None:
            return found, text
        return replace(found, new=self._span(told)), text.replace(told[0], GAP, 1)

    def sets_least(self, text: str) -> bool:
        """Tell whether a text in its normal form sets a limit from below, which no filter has."""
        return self._below.search(text) is not None

    def size(self, text: str) -> float | None:
        """Return the billions of parameters that a whole text says, `14b` or a bare `14`; or None."""
        written = self._words.normal(text)
        match = self._size.fullmatch(f"{written}b" if written[-1:].isdecimal() else written)
        return self._size_of(match) if match else None

    def price(self, text: str) -> PriceLimit | None:
        """Return the price that a whole text says with its currency; or None."""
        match = self._price.fullmatch(self._words.normal(text))
        return self._price_of(match) if match else None

    def new(self, text: str) -> int | None:
        """Return within how many days something is new as a whole text says, or `SINCE_CHANGE`; or None."""
        written = self._words.normal(text)
        if written in (*self._words.words("new", "yes"), *self._words.words("new", "only")):
            return SINCE_CHANGE
        match = self._within.fullmatch(written)
        return self._span(match) if match and 0 < self._span(match) <= MOST_DAYS else None

    def _at_least(self, match: re.Match[str], text: str) -> bool:
        """Tell whether a number is a least one: 20b以上, `over $5`."""
        return any(
            each.start() < match.end() and match.start() < each.end() for each in self._below.finditer(text)
        )

    def _limit(self, match: re.Match[str], loose: bool) -> Filter | None:
        if not (loose or match["name"] or match["under"] or match["after"]):
            return None
        if "unit" in match.re.groupindex:
            size = self._size_of(match)
            return Filter(size=size) if size is not None else None
        price = self._price_of(match)
        return Filter(price=price) if price is not None else None

    def _size_of(self, match: re.Match[str]) -> float | None:
        size = round(float(match["number"]) * _BILLIONS[self._entry(match["unit"], *_BILLIONS)], 3)
        return size if 0 < size <= MOST_SIZE else None

    def _price_of(self, match: re.Match[str]) -> PriceLimit | None:
        coin = match["sign"] or match["coin"]
        if not coin:
            return None
        kind = self._entry(coin, "dollars", "yuan", "cents")
        amount = round(float(match["number"]) / (100 if kind == "cents" else 1), 3)
        currency = "CNY" if kind == "yuan" else "USD"
        return PriceLimit(amount, currency) if amount <= MOST_PRICE else None

    def _span(self, match: re.Match[str]) -> int:
        groups = match.groupdict()
        for at in ("1", "2", "3"):
            if groups.get(f"n{at}"):
                days = int(groups[f"n{at}"]) * _DAYS[self._entry(groups[f"u{at}"], *_DAYS, group="new")]
                return min(days, MOST_DAYS)
        return SINCE_CHANGE

    def _entry(self, word: str, *names: str, group: str = "limits") -> str:
        return next(name for name in names if word in self._words.words(group, name))

    def _units(self, group: str, *names: str) -> str:
        words = [word for name in names for word in self._words.words(group, name)]
        return "(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + ")"


def merge(first: Filter, second: Filter) -> Filter:
    """Return what both ask for; where they differ, what `second` does."""
    return Filter(
        vendors=second.vendors or first.vendors,
        openness=second.openness or first.openness,
        size=first.size if second.size is None else second.size,
        price=second.price or first.price,
        new=first.new if second.new is None else second.new,
    )
