"""The argument `filter`: `top 10, OpenAI, open, important`, in any order and in the words of any language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from bot.mistakes import FilterUnknown
from bot.replies.requests import IMPORTANCES
from bot.texts import Texts
from store.boards import License, fold
from store.news.values import Interest
from store.traits import Trait, TraitIndex

LONGEST = 1200
"""Characters of a filter that are read, which all vendors fit in; a longer one is refused."""
WORDS = 5
"""Words that one thing said has at most, such as the name of a vendor."""
BETWEEN = re.compile(r"[,;、·|\n]")
"""What stands between parts, beside spaces."""


@dataclass(frozen=True)
class Filters:
    """Reads filters, with the vendors and licences of `traits` in any of their words."""

    traits: TraitIndex
    texts: Texts

    def read(self, text: str) -> Interest:
        """Return what `text` wants, which is everything where it is blank; raises FilterUnknown."""
        if len(text) > LONGEST:
            raise FilterUnknown(text)
        interest, said = Interest(), False
        for part in BETWEEN.split(unicodedata.normalize("NFKC", text)):
            words = part.split()
            while words:
                written, wish = self._take(words)
                words = words[len(written) :]
                if wish is not None:
                    interest, said = merge(interest, wish, " ".join(written)), True
        if text.strip() and not said:
            raise FilterUnknown(text)
        return interest

    def _take(self, words: Sequence[str]) -> tuple[Sequence[str], Interest | None]:
        """Return the first of `words` that say something together, and what (None: words that only fill)."""
        for count in range(min(WORDS, len(words)), 0, -1):
            typed = fold("".join(words[:count]))
            wish = self._named(typed)
            if wish is not None or typed in self._fillers:
                return words[:count], wish
        for count in (min(WORDS, len(words)), 1):
            wish = wish_of(self.traits.find("".join(words[:count])))
            if wish is not None:
                return words[:count], wish
        raise FilterUnknown(words[0])

    def _named(self, typed: str) -> Interest | None:
        figure = self._figures.fullmatch(typed)
        if figure and figure["top"]:
            return Interest(top=int(figure["top"])) if int(figure["top"]) else None
        if figure:
            return Interest(importance=int(figure["level"])) if int(figure["level"]) <= 100 else None
        if typed in self.importances:
            return Interest(importance=self.importances[typed])
        return wish_of(self.traits.named(typed))

    @cached_property
    def importances(self) -> dict[str, int]:
        """Folded words for degrees of importance."""
        return {fold(word): value for key, value in IMPORTANCES.items() for word in self.texts.words(key)}

    @cached_property
    def _fillers(self) -> frozenset[str]:
        return frozenset(map(fold, self.texts.words("filter.filler")))

    @cached_property
    def _figures(self) -> re.Pattern[str]:
        top, places, level = (
            "|".join(re.escape(fold(word)) for word in self.texts.words(f"filter.{key}"))
            for key in ("top", "places", "importance")
        )
        return re.compile(rf"(?:{top})(?P<top>\d{{1,3}})(?:{places})?|(?:{level})(?P<level>\d{{1,3}})")


def merge(interest: Interest, wish: Interest, written: str) -> Interest:
    """Return both in one; raises FilterUnknown for what was `written` where the second contradicts."""
    if interest.top and wish.top and interest.top != wish.top:
        raise FilterUnknown(written)
    if interest.importance and wish.importance and interest.importance != wish.importance:
        raise FilterUnknown(written)
    return replace(
        interest,
        top=interest.top or wish.top,
        vendors=tuple(dict.fromkeys((*interest.vendors, *wish.vendors))),
        open_only=interest.open_only or wish.open_only,
        importance=interest.importance or wish.importance,
    )


def wish_of(trait: Trait | None) -> Interest | None:
    """Return the wish for models with a trait; None for licences that nobody can ask for."""
    if trait is None:
        return None
    if isinstance(trait.titled, License):
        return Interest(open_only=True) if trait.titled.key == "open" else None
    return Interest(vendors=(trait.titled.key,))


def write_interest(interest: Interest) -> str:
    """Return an interest in the shortest words that `Filters` reads in any language."""
    words = {"filter.important": "important", "filter.big": "big", "filter.everything": ""}
    degrees = {value: words[key] for key, value in IMPORTANCES.items()}
    parts = (
        f"top {interest.top}" if interest.top else "",
        *interest.vendors,
        "open" if interest.open_only else "",
        degrees.get(interest.importance, f"importance {interest.importance}"),
    )
    return ", ".join(filter(None, parts)) or "everything"
