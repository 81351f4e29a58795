"""From a sentence to its parts, and from those to a command."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from bot.asking.asked import Asked, Named
from bot.asking.days import DayReader
from bot.asking.decision import decide
from bot.asking.ellipsis import Ellipsis
from bot.asking.filters import without
from bot.asking.lexicon import Meaning, read_lexicon, vendor_names
from bot.asking.limits import GAP, Limits
from bot.asking.mentions import MentionReader
from bot.asking.understood import Understood
from bot.asking.vocabulary import Found, Vocabulary
from store.reference import Reference

LONGEST = 500
"""Letters of a question that are looked at; Discord lets people type 6,000, which takes half a second."""
_PEOPLE = re.compile(r"<[@#:][^>\s]{0,100}>")
_WORD = re.compile(r"[a-z0-9]+(?:['.+-][a-z0-9]+)*|[\u3400-\u9fff]+|[^\W\d_]+")


class Grammar:
    """Understands questions about the boards and models that are stored now.

    `words` has what names of models print by what people type for it.
    """

    def __init__(
        self, vocabulary: Vocabulary, reference: Reference, words: Mapping[str, Sequence[str]]
    ) -> None:
        self._words = vocabulary
        self._reference = reference
        self._days = DayReader(vocabulary)
        self._limits = Limits(vocabulary)
        self._phrases = read_lexicon(vocabulary, reference.fields, reference.traits)
        families = vendor_names(reference.traits, vocabulary.normal)
        measures = vocabulary.words("count", "measures")
        ellipsis = Ellipsis(vocabulary.words("small", "join"), vocabulary.words("count", "after"))
        self._names = MentionReader(reference.models, words, self._phrases, families, measures, ellipsis)
        number = "|".join(sorted(vocabulary.names("numerals"), key=len, reverse=True))
        number = rf"(?P<number>\d{{1,3}}|{number})"
        before = "|".join(sorted(vocabulary.words("count", "before"), key=len, reverse=True))
        some, after = vocabulary.pattern("count", "indefinite"), vocabulary.pattern("count", "after")
        times = vocabulary.pattern("count", "times")
        self._count_behind = re.compile(
            rf"(?:(?<![a-z0-9])|(?![a-z0-9]))(?:{before})[\s-]*(?!{some}){number}(?![a-z0-9.%$¥]|\s*{times})"
        )
        many = vocabulary.pattern("small", "several")  # "five open models"
        which = "".join(vocabulary.words("count", "which"))
        self._count_before = re.compile(
            rf"(?<![a-z0-9.{which}])(?!{some}){number}\s*(?:{after}|(?=\s(?:[a-z-]+\s){{1,2}}{many}))"
        )

    def understand(self, text: str, today: date, server: int | None = None) -> Understood | None:
        """Return the command that a question means, or None; no text makes it fail."""
        return decide(self.read(text, today, server))

    def read(self, text: str, today: date, server: int | None = None) -> Asked:
        """Take a question apart."""
        rest = self._words.normal(_PEOPLE.sub(" ", text[:LONGEST])).replace("’", "'")
        moment, rest = self._days.read(rest, today)
        if moment is not None:
            _, rest = self._days.read(rest, today)  # the other end of a time: "from june to july"
        limits, rest = self._limits.read(rest, new=False)
        count, rest = self._count(self._count_behind, rest)
        given = self._reference.nicknames.get(server or 0, {})
        own = {self._words.normal(each.typed) for each in given.values()} - {""}
        mentions, rest = self._names.read(rest, lambda name: self._reference.resolve(name, server), own)
        if count is None:
            count, rest = self._count(self._count_before, rest)
        bare, rest = (limits, rest) if limits or mentions else self._limits.read(rest, loose=True, new=False)
        found = list(self._phrases.find(rest))
        strays = list(_strays(rest, found))
        fields = [each for each in found if each.meaning.field]
        domains, boards = _sort(fields)
        return Asked(
            mentions=mentions,
            moment=moment,
            limits=bare,
            count=count,
            traits=tuple(_named(found)),
            fields=tuple(_said(rest, each) for each in domains),
            boards=tuple(_said(rest, each) for each in boards),
            cues=frozenset(cue for each in found for cue in each.meaning.cues),
            roles=frozenset(role for each in found for role in each.meaning.roles),
            strays=tuple(word for word, _ in strays),
            aimed=tuple(word for word, aimed in strays if aimed),
            beyond=self._limits.sets_least(without(rest, fields)),
        )

    def _count(self, pattern: re.Pattern[str], text: str) -> tuple[int | None, str]:
        match = pattern.search(text)
        number = self._words.number(match["number"]) if match else None
        if match is None or not number:
            return None, text
        kept = text[match.start() : match.start("number")] + text[match.end("number") : match.end()]
        return number, f"{text[: match.start()]}{kept}{GAP}{text[match.end() :]}"


def _sort(fields: Iterable[Found[Meaning]]) -> tuple[list[Found[Meaning]], list[Found[Meaning]]]:
    """Return the phrases for domains, first those of which anything is stored, and those for boards.

    A board of which nothing is stored is one where nothing else is named, so that this can be said.
    """
    boards = [each for each in fields if each.meaning.board]
    domains = [each for each in fields if not each.meaning.board]
    if not boards and not any(each.meaning.stored for each in domains):
        boards = [each for each in domains if each.meaning.absent]
        domains = [each for each in domains if not each.meaning.absent]
    return sorted(domains, key=lambda each: not each.meaning.stored), boards


def _named(found: Iterable[Found[Meaning]]) -> Iterator[Named]:
    return (Named(each.meaning.word, each.meaning.trait) for each in found if each.meaning.trait)


def _said(text: str, found: Found[Meaning]) -> str:
    return text[found.start : found.end]


def _strays(text: str, found: Sequence[Found[Meaning]]) -> Iterator[tuple[str, bool]]:
    """Yield the words between the phrases, each with whether it stands behind a word such as "for"."""
    at, aimed = 0, False
    for each in (*found, None):
        end = each.start if each else len(text)
        for word in _WORD.findall(text[at:end]):
            yield word, aimed
        if each:
            silent = "filler" in each.meaning.roles and not text[at:end].strip()
            aimed = "aim" in each.meaning.roles or (aimed and silent)
            at = each.end
