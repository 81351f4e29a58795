"""The models that a question names, with what each name stands for, known or not.

A name is a run of pieces that begins with a word of some model's name. The longest run that stands for
a model is taken; but `llama 5` is never cut down to `llama`: what looks like a part of a name and fits
none makes the whole an unknown name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz, process

from bot.asking.ellipsis import Ellipsis, is_version
from bot.asking.limits import GAP
from bot.asking.vocabulary import Phrases, alternatives
from store.models import Model, Resolution
from store.names.tokens import Kind, kind_of, tokens_of

Resolve = Callable[[str], Resolution]

_LATIN = r"[a-z0-9]+(?:[-._+/:][a-z0-9]+)*\+?"
_BETWEEN = re.compile(r"[ ()\[\]_-]*")
_MOST_PIECES = 7
_LONG = 4
"""Letters from which an unknown word may be a misspelt name."""
_TYPO = 82.0
"""The similarity (0–100) from which an unknown word counts as a misspelt name."""
_FIGURES = frozenset({Kind.VERSION, Kind.SIZE, Kind.DATE, Kind.REVISION, Kind.CONTEXT})
_MEMBERS = frozenset({Kind.TIER, Kind.EFFORT, Kind.STAGE})


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a question and what it stands for; it may as well be a `vendor`'s."""

    text: str
    resolution: Resolution
    vendor: bool = False

    @property
    def option(self) -> str:
        """The model as an option takes it: as printed, or as typed where that is not sure."""
        model = self.resolution.model
        return self.text if model is None or self.resolution.ambiguous else model.name


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    start: int
    end: int
    own: bool


class MentionReader:
    """Finds names of models, among `models` and the words that people use for them.

    `words` has what names print by what people type; `phrases` are the words that are no names, but for
    those that `families` has: vendors, whose models often have their name or are printed behind it. Figures
    with one of the `measures` behind them are no name either. With an `ellipsis`, a name may go
    without its beginning.
    """

    def __init__(
        self,
        models: Mapping[str, Model],
        words: Mapping[str, Sequence[str]],
        phrases: Phrases[Any],
        families: Sequence[str],
        measures: Collection[str] = (),
        ellipsis: Ellipsis | None = None,
    ) -> None:
        self._phrases = phrases
        self._tokens = {
            token
            for each in models.values()
            for name in (each.name, *each.printed)
            for token in tokens_of(name)
        }
        self._named = [token for token in self._tokens if _named(token)]
        self._words = {word: printed for word, printed in words.items() if self._tokens.intersection(printed)}
        self._families = frozenset(families)
        self._ellipsis = ellipsis
        self._measure = re.compile(rf"\d+(?:\.\d+)?(?:{'|'.join(map(re.escape, measures))})")
        foreign = sorted((w for w in (*self._words, *families) if not w.isascii()), key=len, reverse=True)
        self._pieces = re.compile("|".join([*map(re.escape, foreign), _LATIN]))

    def read(self, text: str, resolve: Resolve, own: Collection[str] = ()) -> tuple[tuple[Mention, ...], str]:
        """Return the names of a text in its normal form, as `resolve` knows them, and the text without.

        `own` are a server's nicknames, which may be any words.
        """
        nicknames = alternatives(own) if own else None
        pattern = re.compile(f"{nicknames}|{self._pieces.pattern}") if nicknames else self._pieces
        pieces = [
            _Piece(text[start:end], start, end, text[start:end] in own)
            for each in pattern.finditer(text)
            for start, end in self._apart(each, resolve)
        ]
        spans = [(each.start, each.end) for each in self._phrases.find(text)]
        taken = {piece for piece in pieces if _covered(piece, spans)}
        found: list[tuple[Mention, int, int]] = []
        at = 0
        while at < len(pieces):
            mention = (
                self._continued(pieces[at : at + _MOST_PIECES], text, found[-1], resolve) if found else None
            )
            run = pieces[at:] if mention else self._run(pieces, at, text, taken)
            mention = mention or (self._mention(run, text, resolve) if run else None)
            if mention is None:
                at += 1
                continue
            used = next(n for n, piece in enumerate(run, 1) if piece.end == mention[2])
            found.append(mention)
            at += used
        for _, start, end in reversed(found):
            text = f"{text[:start]}{GAP}{text[end:]}"
        return tuple(each for each, _, _ in found), text

    def _apart(self, piece: re.Match[str], resolve: Resolve) -> Iterator[tuple[int, int]]:
        """Yield where a word is, or the models that a slash parts in it: `o3/o4-mini`, not `qwen/qwq-32b`."""
        start = piece.start()
        for each in re.finditer("/", piece[0]):
            cut = piece.start() + each.start()
            before = piece.string[start:cut]
            if (
                before not in self._families
                and re.search(r"\d", before)
                and resolve(before).model is not None
            ):
                yield start, cut
                start = cut + 1
        yield start, piece.end()

    def _run(self, pieces: Sequence[_Piece], at: int, text: str, taken: Set[_Piece]) -> list[_Piece]:
        """Return the pieces from `at` on that may be one name, none where no name begins there."""
        first = pieces[at]
        if first.own:
            return [first]
        if not self._begins(first, taken):
            return []
        run = [first]
        for piece in pieces[at + 1 : at + _MOST_PIECES]:
            between = text[run[-1].end : piece.start]
            if not _BETWEEN.fullmatch(between) or not self._goes_on(piece, taken):
                break
            run.append(piece)
        return run

    def _mention(self, run: Sequence[_Piece], text: str, resolve: Resolve) -> tuple[Mention, int, int] | None:
        """Return the name at the beginning of a run with its place, known or unknown; or None."""
        start = run[0].start
        for length in range(len(run), 0, -1):
            end = run[length - 1].end
            typed = text[start : end + (text[end : end + 1] == ")" and "(" in text[start:end])]
            resolution = resolve(typed)
            if resolution.model is not None and not self._lacks(run[length:]):
                vendor = length == 1 and run[0].text in self._families
                return Mention(typed, resolution, vendor), start, end
        if not self._like_a_name(run[0]):
            return None
        until = next((n for n, each in enumerate(run) if n and self._strong(each)), len(run))
        end = run[until - 1].end
        vendor = until == 1 and run[0].text in self._families
        return Mention(text[start:end], resolve(text[start:end]), vendor), start, end

    def _continued(
        self, run: Sequence[_Piece], text: str, before: tuple[Mention, int, int], resolve: Resolve
    ) -> tuple[Mention, int, int] | None:
        """Return the name at the beginning of a run that shares its beginning with the one `before`."""
        start, ellipsis = run[0].start, self._ellipsis
        lacks = self._lacks(run) or is_version(run[0].text)
        if ellipsis is None or not lacks or not ellipsis.begins(text[before[2] : start]):
            return None
        for piece in reversed(run):
            typed, end = text[start : piece.end], piece.end
            if all(each in self._tokens or kind_of(each) in _FIGURES for each in tokens_of(typed)):
                found = ellipsis.complete(typed, text[end:], before[0].text, resolve)
                if found is not None:
                    return Mention(*found), start, end
        return None

    def _lacks(self, rest: Sequence[_Piece]) -> bool:
        """Tell whether what is left of a run belongs to the name before it, and is not a name itself."""
        if not rest or self._strong(rest[0]):
            return False
        kinds = {kind_of(token) for token in tokens_of(rest[0].text)}
        return bool(kinds & (_FIGURES | _MEMBERS))

    def _begins(self, piece: _Piece, taken: Set[_Piece]) -> bool:
        if piece in taken and piece.text not in self._families:
            return False
        if self._strong(piece) or self._like_a_name(piece):
            return True
        known = [token for token in tokens_of(piece.text) if token in self._tokens]
        if any(kind_of(token) in _MEMBERS for token in known):
            return True
        return not known and self._misspelt(piece.text)

    def _misspelt(self, word: str) -> bool:
        if not (word.isalpha() and word.isascii() and len(word) >= _LONG):
            return False
        return process.extractOne(word, self._named, scorer=fuzz.ratio, score_cutoff=_TYPO) is not None

    def _goes_on(self, piece: _Piece, taken: Set[_Piece]) -> bool:
        known = all(token in self._tokens or kind_of(token) in _FIGURES for token in tokens_of(piece.text))
        if piece in taken and not (known and piece.text in self._families):
            return (
                known
                and any(each in self._tokens for each in tokens_of(piece.text))
                and (kind_of(piece.text) is not Kind.NAME)
            )
        return known or piece.text in self._words or piece.text in self._families

    def _strong(self, piece: _Piece) -> bool:
        """Tell whether a word is of some model's own name: a family, or a version such as `r1`."""
        tokens = [token for token in tokens_of(piece.text) if token in self._tokens]
        printed = self._words.get(piece.text, ())
        return (
            piece.text in self._families
            or any(kind_of(each) is Kind.NAME for each in printed)
            or any(_named(token) for token in tokens)
        )

    def _like_a_name(self, piece: _Piece) -> bool:
        """Tell whether a word looks like a name, known or not: it is strong, or has letters and figures."""
        if self._strong(piece):
            return True
        letters = re.search(r"[a-z]{2}|[a-z]\d", piece.text) and not self._measure.fullmatch(piece.text)
        return bool(letters and re.search(r"\d", piece.text) and "." not in piece.text[:1])


def _covered(piece: _Piece, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= piece.start and piece.end <= end for start, end in spans)


def _named(token: str) -> bool:
    kind = kind_of(token)
    letters = any(mark.isalpha() for mark in token)
    return (kind is Kind.NAME and len(token) > 1) or (kind is Kind.VERSION and letters)


def options_of(mentions: Sequence[Mention]) -> Iterator[str]:
    """Yield the models of a question as options take them, each once."""
    yield from dict.fromkeys(each.option for each in mentions)
