"""What a person may have meant by a word that no name has: a beginning, a slip, or words run together."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable
from itertools import islice
from typing import Final, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio

_NEAREST: Final = 74.0  # `lamma` for `llama` is 80, `qwne` for `qwen` 75
_WORSE: Final = 15.0  # how much worse than the best another reading may be
_SHORTEST: Final = 3
_SHORT: Final = 4  # words so short have one slip at most: `best` is not `beta`
_LONGEST: Final = 32
_BEGINNINGS: Final = 12
_FARTHEST: Final = 66.0  # `qwwon` is no nearer to `qwen`; only what else was typed makes it sure
_KEYS: Final = {
    key: (row, place + row / 2)
    for row, keys in enumerate(("qwertyuiop", "asdfghjkl", "zxcvbnm"))
    for place, key in enumerate(keys)
}


class Guess(NamedTuple):
    """A word that may have been meant; `doubt` is 0 for sure and near 1 for hardly."""

    word: str
    doubt: float


class Spelling:
    """The known words, and how near another is to them."""

    def __init__(self, words: Iterable[str]) -> None:
        self._known = frozenset(words)
        self._sorted = sorted(
            each for each in self._known if each.isalpha() and each.isascii() and len(each) > 1
        )
        self._longer = [each for each in self._sorted if len(each) >= _SHORTEST]

    def guesses(self, word: str) -> tuple[Guess, ...]:
        """Return the words that `word` begins, and those it is a slip of; nothing when it has figures."""
        if not _SHORTEST <= len(word) <= _LONGEST or not word.isalpha():
            return ()
        return (*self._begun(word), *self._slipped(word))

    def beginning(self, start: str, most: int) -> list[str]:
        """Return the first `most` known words that begin with `start`."""
        place = bisect_left(self._sorted, start)
        found: list[str] = []
        for each in islice(self._sorted, place, None):
            if not each.startswith(start) or len(found) == most:
                break
            found.append(each)
        return found

    def _begun(self, word: str) -> tuple[Guess, ...]:
        begun = self.beginning(word, _BEGINNINGS)
        return tuple(Guess(each, 0.1 + 0.2 * (len(each) - len(word)) / len(each)) for each in begun)

    def _slipped(self, word: str) -> tuple[Guess, ...]:
        near = process.extract(word, self._longer, scorer=ratio, score_cutoff=_NEAREST - 10, limit=8)
        scored = [(_score(word, each, score), each) for each, score, _ in near]
        best = max(scored, default=(0.0, ""))[0]
        return tuple(
            Guess(each, 0.1 + (100 - score) / 50)
            for score, each in scored
            if score >= max(_NEAREST, best - _WORSE)
        )

    def bold_guesses(self, word: str, figures: int) -> tuple[Guess, ...]:
        """Return the words that `word` is a bad slip of, which the `figures` typed beside it may make sure.

        Its first letter may be wrong; of three letters, one is missing or its neighbour on the keyboard,
        or any other where there are more figures: `gvt-4o-2024-05-13`.
        """
        if not 1 < len(word) <= _LONGEST or not word.isalpha():
            return ()
        if len(word) <= _SHORTEST:
            short = (each for each in self._longer if len(each) == _SHORTEST)
            return tuple(Guess(each, 0.8) for each in short if _is_slip_of_three(word, each, figures > 1))
        near = process.extract(word, self._longer, scorer=OSA.normalized_similarity, limit=8)
        scored = ((100 * score, each) for each, score, _ in near if _may_be(word, each))
        return tuple(Guess(each, 0.1 + (100 - score) / 50) for score, each in scored if score >= _FARTHEST)

    def split(self, word: str) -> tuple[str, ...]:
        """Return the fewest known words that make up `word`: `gpt4omini` → `gpt`, `4o`, `mini`."""
        if len(word) > _LONGEST:
            return ()
        ways: list[tuple[str, ...] | None] = [(), *[None] * len(word)]
        for end in range(1, len(word) + 1):
            for start in range(end):
                before, piece = ways[start], word[start:end]
                if before is None or not self._may_stand(piece, before):
                    continue
                shortest = ways[end]
                if shortest is None or len(before) + 1 < len(shortest):
                    ways[end] = (*before, piece)
        whole = ways[-1] or ()
        return whole if len(whole) > 1 and _says_enough(whole) else ()

    def _may_stand(self, piece: str, before: tuple[str, ...]) -> bool:
        if piece not in self._known or (len(piece) == 1 and not piece.isdigit()):
            return False
        return not (before and before[-1][-1].isdigit() and piece[0].isdigit())


def _score(word: str, other: str, score: float) -> float:
    """Return how near two words are, of 100: neighbours that changed places are one slip."""
    slips = OSA.distance(word, other)
    nearest = 100.0 * (1 - slips / max(len(word), len(other)))
    if slips == 1 and sorted(word) == sorted(other):
        nearest = max(nearest, 90.0)
    if not _may_be(word, other):
        return 0.0
    if len(word) == len(other) == _SHORTEST and sorted(word) != sorted(other):
        return 0.0
    return max(score, nearest) - (5.0 if word[0] != other[0] else 0.0)


def _may_be(word: str, other: str) -> bool:
    """Return whether two words have few enough slips between them."""
    most = 2 if min(len(word), len(other)) > _SHORT else 1
    return OSA.distance(word, other, score_cutoff=most) <= most


def _is_slip_of_three(word: str, other: str, any_key: bool) -> bool:
    if len(word) < len(other):
        return any(word == other[:place] + other[place + 1 :] for place in range(len(other)))
    slips = [(one, another) for one, another in zip(word, other, strict=True) if one != another]
    return len(slips) == 1 and (any_key or all(_are_neighbours(*each) for each in slips))


def _are_neighbours(one: str, other: str) -> bool:
    if one not in _KEYS or other not in _KEYS:
        return False
    (row, place), (other_row, other_place) = _KEYS[one], _KEYS[other]
    return abs(row - other_row) <= 1 and abs(place - other_place) <= 1


def _says_enough(pieces: Collection[str]) -> bool:
    return any(len(piece) >= _SHORTEST and piece.isalpha() for piece in pieces)
