"""The words of questions, as `seeds/questions.toml` lists them, and the form of text they are found in."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Any, Generic, TypeVar

import seeds
from bot.replies.marks import plain
from store.names.normal import SIMPLIFIED

LONGEST = 400
"""Characters that are read of a question."""
_FILE = "questions.toml"
_WORD = re.compile(r"[a-z0-9]")
_WITHIN = re.compile(r"[a-z0-9]|[-._/+](?=[a-z0-9])")
"""What goes on a word of Latin letters, beside letters: `max` is no word of `qwen-max`."""

Meaning = TypeVar("Meaning")


@dataclass(frozen=True, slots=True)
class Found(Generic[Meaning]):
    """Where a text has a phrase, and what it means."""

    start: int
    end: int
    meaning: Meaning


class Vocabulary:
    """Words by what they do in a question."""

    def __init__(self, lists: Mapping[str, Any]) -> None:
        self._lists = lists

    @classmethod
    def load(cls, folder: Traversable = seeds.FOLDER) -> Vocabulary:
        """Read the words that are shipped."""
        return cls(tomllib.loads((folder / _FILE).read_text("utf-8")))

    def words(self, group: str, name: str) -> tuple[str, ...]:
        """Return the words of an entry of the file, in the form of `normal`."""
        return tuple(dict.fromkeys(self.normal(word) for word in self._lists[group][name]))

    def names(self, group: str) -> tuple[str, ...]:
        """Return the entries of a group of the file, in its order."""
        return tuple(self._lists[group])

    def number(self, word: str) -> int | None:
        """Return what a numeral means, None when it is none."""
        known = self._lists["numerals"].get(word)
        return int(word) if word.isdecimal() else known

    def month(self, word: str) -> int:
        """Return the number of a month by its name, 0 when it is none."""
        return int(self._lists["months"].get(word, 0))

    def weekday(self, word: str) -> int:
        """Return the number of a day of the week by its name, Monday being 0."""
        return int(self._lists["weekdays"][word])

    @staticmethod
    def normal(text: str) -> str:
        """Return `text` in NFKC, lower case and simplified characters, on one line with single spaces."""
        folded = unicodedata.normalize("NFKC", plain(text[: 4 * LONGEST])).casefold()
        return " ".join(folded.translate(SIMPLIFIED).split())[:LONGEST]

    def pattern(self, group: str, name: str) -> str:
        """Return a regular expression of any word of an entry, the longest first."""
        return alternatives(self.words(group, name))


def alternatives(words: Iterable[str]) -> str:
    """Return a regular expression of any of `words`, the longest first, each a whole word."""
    return "(?:" + "|".join(map(_whole, sorted(words, key=len, reverse=True))) + ")"


def _whole(word: str) -> str:
    before = r"(?<![a-z0-9])" if word[:1].isascii() and word[:1].isalpha() else ""
    after = r"(?![a-z0-9])" if word[-1:].isascii() and word[-1:].isalpha() else ""
    return before + re.escape(word).replace(r"\ ", r"\s*") + after


class Phrases(Generic[Meaning]):
    """Finds phrases in text; spaces within do not matter, and of two that overlap the longer counts."""

    def __init__(self, meanings: Iterable[tuple[str, Meaning]]) -> None:
        self._meanings: dict[str, Meaning] = {}
        for phrase, meaning in meanings:
            self._meanings.setdefault("".join(phrase.split()), meaning)
        self._meanings.pop("", None)
        self._longest = max(map(len, self._meanings), default=0)

    def find(self, text: str) -> Iterator[Found[Meaning]]:
        """Yield the phrases of `text` from left to right, the longest that begins at a place."""
        at = 0
        while at < len(text):
            found = None if text[at].isspace() else self._at(text, at)
            if found:
                yield found
            at = found.end if found else at + 1

    def _at(self, text: str, start: int) -> Found[Meaning] | None:
        if start and _WORD.match(text[start]) and _joined(text, start):
            return None
        phrase, best = "", None
        for end in range(start + 1, len(text) + 1):
            letter = text[end - 1]
            if letter == "\n" or len(phrase) == self._longest:
                break
            if letter.isspace():
                continue
            phrase += letter
            cut = _WORD.match(letter) and end < len(text) and _WITHIN.match(text, end)
            if not cut and phrase in self._meanings:
                best = Found(start, end, self._meanings[phrase])
        return best


def _joined(text: str, at: int) -> bool:
    """Tell whether the word that begins at `at` goes on one before it."""
    before = text[at - 1]
    return bool(_WORD.match(before)) or (before in "-._/+" and at > 1 and bool(_WORD.match(text[at - 2])))
