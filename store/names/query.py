"""What a person typed, read word by word against the words that are known.

Each word becomes a part: the tokens that it may stand for, with a doubt each, and the vendors. A
slip is looked for only where nothing known fits. Figures stand for themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from store.names.forms import figure
from store.names.lexicon import FULL_DATE, Lexicon
from store.names.normal import plain, separate
from store.names.spacing import Spacing
from store.names.spelling import Guess, Spelling
from store.names.tokens import NEGATED, NEGATIONS, SPELLINGS, Kind, kind_of, tokens_in

MOST_WORDS: Final = 16
_MOST_GUESSES: Final = 6
_WORD_DOUBT: Final = 0.3  # another word for a name: less than the name itself where both are
_IMPLIED_DOUBT: Final = 0.1
_PART_DOUBT: Final = 0.4
_FIGURE_DOUBT: Final = 0.3
SOFT: Final = frozenset({"latest", "api", "free", "app", "instruct", "chat", "it", "hf"})
"""Words that people add to a name and that few names have."""

_PATH: Final = re.compile(r"(.*[^\W\d].*)/(.*[^\W\d].*)")


@dataclass(slots=True)
class Part:
    """A word of a query.

    `choices` has the doubt of each token it may stand for, `vendors` the forms of the vendor it
    names and `forms` all that have either, as bits; `soft` parts are dropped when no name has them.
    """

    text: str
    kind: Kind
    choices: dict[str, float] = field(default_factory=dict)
    vendors: int = 0
    forms: int = 0
    soft: bool = False
    guessed: bool = False

    @property
    def is_figure(self) -> bool:
        """Whether it is a version, a size or a date that names have."""
        return self.understood and self.kind in (Kind.VERSION, Kind.SIZE, Kind.DATE)

    @property
    def understood(self) -> bool:
        """Whether it stands for anything."""
        return bool(self.choices or self.vendors)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads queries with a lexicon, the words people use instead, and the vendors' forms."""

    lexicon: Lexicon
    spelling: Spelling
    words: Mapping[str, tuple[str, ...]]
    vendors: Mapping[str, int]
    noise: frozenset[str]
    soft: frozenset[str]

    def read(self, query: str, *, join: bool = False, bold: int = 0) -> list[Part]:
        """Return the parts of `query`, the first MOST_WORDS of them.

        With `join`, known words that make another are that one: `mini max` is `minimax`. With `bold`,
        the number of its figures, a word that is like no other may be a bad slip.
        """
        text = plain(query)
        path = _PATH.fullmatch(text)
        hints = self._parts(path[1], join, hint=True) if path else []
        parts = self._parts(path[2] if path else text, join, bold=bold)
        if all(part.text in self.noise for part in parts):
            return []
        return [*parts, *(hint for hint in hints if hint.understood)][:MOST_WORDS]

    def _parts(self, text: str, join: bool, *, hint: bool = False, bold: int = 0) -> list[Part]:
        spacing = Spacing(self._knows, self.spelling.split, self.noise)
        tokens = spacing.arrange(tokens_in(separate(text)), MOST_WORDS * 2, join=join)
        guesses = _MOST_GUESSES
        parts: list[Part] = []
        for token in tokens:
            if token in self.noise and token not in self.lexicon:
                continue
            part = self._part(token, behind=parts[-1] if parts else None)
            if not part.understood and part.kind is Kind.NAME and guesses and not hint:
                guesses -= 1
                self._guess(part, self.spelling.guesses(part.text), first=not parts)
                if bold and not part.understood:
                    self._guess(part, self.spelling.bold_guesses(part.text, bold), first=not parts)
                _negate(part, parts)
            part.soft = part.soft or hint
            self._settle(part)
            parts.append(part)
        return parts

    def _settle(self, part: Part) -> None:
        """Give `part` its forms and, when it is another word for something, that one's kind."""
        if part.choices and part.text not in part.choices:
            part.kind = kind_of(min(part.choices, key=part.choices.__getitem__))
        part.forms = part.vendors
        for choice in part.choices:
            part.forms |= self.lexicon.forms(choice)

    def _knows(self, token: str) -> bool:
        if figure(token) in self.lexicon or token in self.words or token in self.vendors:
            return True
        return token.isalpha() and kind_of(token) is not Kind.NAME

    def _part(self, token: str, behind: Part | None) -> Part:
        token = figure(token)
        part = Part(token, kind_of(token), vendors=self.vendors.get(token, 0), soft=token in self.soft)
        for choice in self._figures(token, part.kind, behind):
            self._choose(part, choice, _FIGURE_DOUBT)
        for word in self.lexicon.parts.get(token, ()):
            part.choices[word] = _PART_DOUBT
        for word in self.words.get(token, ()):
            self._choose(part, word, _WORD_DOUBT)
        self._choose(part, token, 0.0)
        return part

    def _choose(self, part: Part, token: str, doubt: float) -> None:
        for whole in self.lexicon.implied(token):
            part.choices[whole] = min(part.choices.get(whole, 1.0), doubt + _IMPLIED_DOUBT)
        if token in self.lexicon:
            part.choices[token] = min(part.choices.get(token, 1.0), doubt)

    def _figures(self, token: str, kind: Kind, behind: Part | None) -> tuple[str, ...]:
        """Return other ways to print the figure `token`.

        A date's year or day may be left out, and a size's `b`; but what stands right behind a name is
        a version.
        """
        if kind is Kind.DATE:
            return (f"@{token[5:]}", f"@{token[3:7]}") if len(token) == FULL_DATE else (f"~{token[1:]}",)
        if token in self.lexicon or not token[-1].isdigit():
            return ()
        if kind is Kind.VERSION and token[0] == "v":
            return (token[1:],)
        is_version = behind is None or behind.kind is Kind.NAME
        return (f"~{token}",) if is_version else (f"~{token}", f"{token}b")

    def _guess(self, part: Part, guesses: Iterable[Guess], *, first: bool) -> None:
        for guess in guesses:
            part.guessed = True
            part.soft = part.soft or guess.word in (self.soft if first else SOFT)
            part.vendors |= self.vendors.get(guess.word, 0)
            self._choose(part, SPELLINGS.get(guess.word, guess.word), guess.doubt)
            for word in self.words.get(guess.word, ()):
                self._choose(part, word, guess.doubt + _WORD_DOUBT)


def _negate(part: Part, before: list[Part]) -> None:
    """Make `part` and the `no` before it one, where a slip kept them apart: `no htinking`."""
    if before and before[-1].text in NEGATIONS and NEGATED.keys() & part.choices.keys():
        before.pop()
        part.choices = {NEGATED.get(token, token): doubt for token, doubt in part.choices.items()}
