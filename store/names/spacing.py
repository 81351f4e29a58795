"""Words that a person wrote together or apart, put right: `deepseekr1`, `deep seek`, `深度求索R1`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Spacing:
    """Puts words right; `knows` tells whether a word is known, `split` the known words of one."""

    knows: Callable[[str], bool]
    split: Callable[[str], tuple[str, ...]]
    noise: Collection[str]

    def arrange(self, tokens: Sequence[str], most: int, *, join: bool) -> list[str]:
        """Return the words of up to `most` pieces of `tokens`; with `join`, known words may make another."""
        pieces = [each for token in tokens for each in self._characters(token)][:most]
        arranged: list[str] = []
        place = 0
        while place < len(pieces):
            words, width = self._words(pieces, place, join)
            arranged += words
            place += width
        return arranged

    def _words(self, pieces: list[str], place: int, join: bool) -> tuple[Sequence[str], int]:
        """Return the words that begin at `place`, and how many pieces they took."""
        for width in (3, 2):
            word = "".join(pieces[place : place + width])
            if self._is_apart(pieces[place : place + width], width, join) and self.knows(word):
                return (word,), width
        if self.knows(pieces[place]):
            return (pieces[place],), 1
        for width in (1, 2) if join else (1,):
            if words := self.split("".join(pieces[place : place + width])):
                return words, width
        return (pieces[place],), 1

    def _is_apart(self, pieces: list[str], width: int, join: bool) -> bool:
        """Return whether `pieces` may be one word; figures that meet never are."""
        return (
            len(pieces) == width
            and not any("@" in piece for piece in pieces)
            and all(left[-1].isalpha() or right[0].isalpha() for left, right in pairwise(pieces))
            and (join or not all(map(self.knows, pieces)))
        )

    def _characters(self, token: str) -> list[str]:
        """Return the known words of a run of Chinese characters, the longest first, and the rest."""
        if token.isascii() or self.knows(token):
            return [token]
        found: list[str] = []
        place = unknown = 0
        while place < len(token):
            word = self._longest(token, place)
            if not word:
                place += 1
                continue
            found += [token[unknown:place]] if unknown < place else []
            found.append(word)
            place = unknown = place + len(word)
        return found + ([token[unknown:]] if unknown < len(token) else [])

    def _longest(self, token: str, start: int) -> str:
        for end in range(len(token), start, -1):
            word = token[start:end]
            if self.knows(word) or word in self.noise:
                return word
        return ""
