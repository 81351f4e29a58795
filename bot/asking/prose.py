"""The models that any text names: a message, not a question.

A name counts only where it is one for sure: written out with a figure of its own (`gpt-4o`, 千问2.5-72B), or
as a board prints it. Nothing is guessed, no slip put right, and no name is cut out of a longer one that is
unknown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence

from bot.asking.mentions import Mention
from bot.asking.vocabulary import alternatives
from store.models import Model, Resolution
from store.names.tokens import Kind, kind_of, tokens_of

Resolve = Callable[[str], Resolution]

LONGEST = 12_000
"""Characters that are read of a text; Discord's messages and embeds hold 10,000."""
_MOST_PIECES = 7
_ENOUGH = 3
"""Parts of a name that is surely one, whatever its first word means."""
_SURE = frozenset({"exact", "same-name", "words", "even", "family"})
_PRINTED = frozenset({"exact", "same-name"})
_FIGURES = frozenset({Kind.VERSION, Kind.SIZE, Kind.DATE, Kind.REVISION})
_BELONGS = frozenset({Kind.SIZE, Kind.TIER, Kind.DATE})
"""What behind a name makes it another one: `70b`, `mini`, `@0324`."""
_NO_TEXT = re.compile(r"https?://\S+|<(?:a?:\w+:|@[!&]?|#|t:|/[^:>]*:)[^>\s]*>|\]\([^)\s]*\)")
_LATIN = r"[A-Za-z0-9]+(?:[-._+@][A-Za-z0-9]+)*\+?"
_SPACE = re.compile(r" ?")
_DAY = re.compile(r"(?:0[1-9]|1[0-2])[0-3]\d|2[3-9](?:0[1-9]|1[0-2])")
"""Four figures that boards write for a month and a day, or for a year and a month."""
_O_SERIES = re.compile(r"o\d(?![\w.])")
_Piece = re.Match[str]


class ProseReader:
    """Finds names of `models`.

    `words` has what names print by what people type; `ordinary` are the families that are called by a word
    of everyday language, and `counted` the words behind a number that only counts.
    """

    def __init__(
        self,
        models: Mapping[str, Model],
        words: Mapping[str, Sequence[str]],
        ordinary: Collection[str],
        counted: Collection[str],
    ) -> None:
        self._tokens = {
            key: [frozenset(tokens_of(name)) for name in dict.fromkeys((each.name, *each.printed))]
            for key, each in models.items()
        }
        self._known = frozenset(token for names in self._tokens.values() for each in names for token in each)
        self._words = {
            word: self._known.intersection(printed)
            for word, printed in words.items()
            if not word.isascii() and len(word) > 1 and self._known.intersection(printed)
        }
        self._ordinary = frozenset(ordinary)
        self._counting = re.compile(rf"(?<= )\d+ ?{alternatives(counted)}", re.IGNORECASE)
        foreign = sorted(self._words, key=len, reverse=True)
        self._pieces = re.compile("|".join([*map(re.escape, foreign), _LATIN]))

    def read(self, text: str, resolve: Resolve) -> tuple[Mention, ...]:
        """Return the models that a text names, as `resolve` knows them, each once and in its order."""
        found: dict[str, Mention] = {}
        plain = unicodedata.normalize("NFKC", _NO_TEXT.sub(" ] ", text[:LONGEST]))
        pieces = list(self._pieces.finditer(plain))
        at = 0
        while at < len(pieces):
            run = self._run(pieces, at, plain)
            mention, used = self._mention(run, plain, pieces[at + len(run) :], resolve)
            if mention is not None and mention.resolution.model is not None:
                found.setdefault(mention.resolution.model.key, mention)
            at += used
        return tuple(found.values())

    def _run(self, pieces: Sequence[_Piece], at: int, text: str) -> list[_Piece]:
        """Return the pieces from `at` on that may be one name, at least one."""
        run = [pieces[at]]
        for piece in pieces[at + 1 : at + _MOST_PIECES]:
            between = text[run[-1].end() : piece.start()]
            if not (_SPACE.fullmatch(between) or _is_bracketed(between, text, piece)):
                break
            if not self._known.issuperset(self._parts(piece)):
                break
            run.append(piece)
        return run

    def _mention(
        self, run: Sequence[_Piece], text: str, rest: Sequence[_Piece], resolve: Resolve
    ) -> tuple[Mention | None, int]:
        """Return the name at the beginning of a run, with how many pieces were read."""
        if not self._known.intersection(self._parts(run[0])):
            return None, 1
        for length in range(len(run), 0, -1):
            typed, end = _text_of(run[:length], text)
            parts = [part for piece in run[:length] for part in self._parts(piece)]
            if not _is_named(parts, typed):
                continue
            resolution = resolve(typed)
            counting = self._counting.match(text, run[length - 1].start())
            if counting or not self._is_sure(run[:length], parts, resolution):
                continue
            follower = next(iter([*run[length:], *rest]), None)
            if follower is not None and self._goes_on(text[end : follower.start()], follower):
                return None, length + 1
            return Mention(typed, resolution), length
        return None, 1

    def _is_sure(self, pieces: Sequence[_Piece], parts: Sequence[str], resolution: Resolution) -> bool:
        """Tell whether a text stands for its model beyond doubt, or for one of several that it fits."""
        if resolution.model is None or resolution.because not in _SURE:
            return False
        readings = (resolution.model, *resolution.alternatives)
        if not any(names.issuperset(parts) for each in readings for names in self._tokens.get(each.key, ())):
            return False
        printed, whole = resolution.because in _PRINTED, len(parts) >= _ENOUGH
        kinds = {kind_of(part) for part in parts}
        if self._ordinary.intersection(parts[:1]):
            return Kind.SIZE in kinds or (whole and (printed or len(pieces) == 1))
        return bool(kinds & _FIGURES) or (printed and (whole or (len(parts) > 1 and len(pieces) == 1)))

    def _goes_on(self, between: str, follower: _Piece) -> bool:
        """Tell whether what follows a name makes it another, unknown one: `llama 3.3` of `llama 3.3 700b`."""
        if not _SPACE.fullmatch(between):
            return False
        parts = self._parts(follower)
        return bool(_DAY.fullmatch(follower[0])) or any(kind_of(part) in _BELONGS for part in parts)

    def _parts(self, piece: _Piece) -> tuple[str, ...]:
        """Return the parts of a piece as names have them; of a foreign word, one that names print for it."""
        printed = self._words.get(piece[0])
        return tuple(sorted(printed)[:1]) if printed else tokens_of(piece[0])


def _is_bracketed(between: str, text: str, piece: _Piece) -> bool:
    """Tell whether a piece stands in brackets of its own: `(20250514)`."""
    return between in (" (", "(") and text[piece.end() : piece.end() + 1] == ")"


def _text_of(pieces: Sequence[_Piece], text: str) -> tuple[str, int]:
    """Return what pieces say together, with the bracket that closes behind them, and where they end."""
    start, end = pieces[0].start(), pieces[-1].end()
    end += text[end : end + 1] == ")" and "(" in text[start:end]
    return text[start:end], end


def _is_named(parts: Sequence[str], typed: str) -> bool:
    """Tell whether there is a name among several parts, or a text begins with one such as `o3`."""
    named = any(kind_of(part) is Kind.NAME and len(part) > 1 for part in parts)
    return bool(_O_SERIES.match(typed)) or (named and len(parts) > 1)
