"""From what a person types for a board or a domain (法律, law, Arena) to what is stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from store.boards import Board, Catalogue, Dimension, Titled, fold
from store.names.normal import SIMPLIFIED

TYPO = 80.0
"""The similarity (0–100) from which a misspelt word counts as meant."""

HINT = 50.0
"""The similarity from which a word is worth suggesting."""


@dataclass(frozen=True, slots=True)
class Field:
    """A board, or one dimension of a board; the `whole` board is its main score."""

    board: Board
    dimension: Dimension
    whole: bool = False

    @property
    def titled(self) -> Titled:
        """What names the field: the board for its main score, else the dimension."""
        return self.board if self.whole else self.dimension


@dataclass(frozen=True, slots=True)
class Finding:
    """The fields that a text may mean, best first; or, with none, the nearest as suggestions.

    It is `sure` when the text is one of their words, letter by letter.
    """

    fields: tuple[Field, ...]
    suggestions: tuple[Field, ...] = ()
    sure: bool = False


def fold_typed(text: str) -> str:
    """Return the form in which the words that people type compare: folded, in simplified characters."""
    return fold(text).translate(SIMPLIFIED)


class FieldIndex:
    """Finds fields among those that are stored, in the catalogue's order of preference."""

    def __init__(self, catalogue: Catalogue, stored: Mapping[str, Iterable[Dimension]]) -> None:
        """Index what is `stored` of each board, its main score first."""
        self._words: dict[str, list[Field]] = {}
        self._known: dict[str, Board | Dimension] = {}
        self.fields: list[Field] = []
        boards = [catalogue.boards[key] for key in catalogue.boards if key in stored]
        main = {board.key: next(iter(stored[board.key])) for board in boards}
        for board in boards:
            self._add(Field(board, main[board.key], whole=True), _words_of(board))
        for board in boards:
            for dimension in stored[board.key]:
                field = Field(board, dimension, whole=dimension == main[board.key])
                self._add(field, (*_words_of(dimension), *dimension.labels))
        entries: list[Board | Dimension] = [*catalogue.dimensions.values(), *catalogue.boards.values()]
        for known in entries:
            self._known |= dict.fromkeys(map(fold_typed, _words_of(known)), known)

    def _add(self, field: Field, words: Iterable[str]) -> None:
        if field not in self.fields:
            self.fields.append(field)
        for word in map(fold_typed, words):
            fields = self._words.setdefault(word, [])
            if field not in fields:
                fields.append(field)

    def words(self) -> Mapping[str, Sequence[Field]]:
        """Return the stored fields by every word for a board or a domain, folded; none where only known."""
        return {**dict.fromkeys(self._known, ()), **self._words}

    def within(self, text: str) -> bool:
        """Tell whether `text` holds a Chinese word for a stored board or domain."""
        return bool(self._within(fold_typed(text)[:100]))

    def find(self, text: str) -> Finding:
        """Return the fields that `text` means.

        The text is taken as a whole word, then as a sentence around a Chinese word (法律领域), then
        with a typo; what is merely alike becomes a suggestion.
        """
        typed = fold_typed(text)[:100]
        exact = self._exact(typed)
        for words in (exact, self._within(typed), self._misspelt(typed)):
            fields = tuple(field for word in words for field in self._words[word])
            if fields:
                return Finding(tuple(dict.fromkeys(fields)), sure=words is exact)
        return Finding((), self._alike(typed))

    def find_on(self, board: Board, text: str) -> Field | None:
        """Return the dimension of one board that `text` means, also by what only this board calls so.

        `math` on an Arena board is its category of that name, whatever other boards call maths.
        """
        typed = fold_typed(text)[:100]
        own = [field for field in self.fields if field.board == board and not field.whole]
        return next((field for field in own if typed in map(fold_typed, _short_words(field.dimension))), None)

    def unstored(self, text: str) -> Board | Dimension | None:
        """Return the board or domain of the catalogue that `text` means but of which nothing is stored."""
        return self._known.get(fold_typed(text)[:100])

    def related(self, dimension: Dimension) -> tuple[Field, ...]:
        """Return the stored fields that overlap with a domain under another name."""
        return self._distinct((each for each in self.fields if each.dimension.key in dimension.related), 5)

    def complete(self, text: str, limit: int = 25) -> tuple[Field, ...]:
        """Return the fields whose words begin with or hold `text`, one a board or dimension."""
        typed = fold_typed(text)[:100]
        ordered = sorted(
            (word for word in self._words if typed in word), key=lambda word: not word.startswith(typed)
        )
        if not typed:
            return self._distinct(self.fields, limit)
        found = [field for word in ordered for field in self._words[word]]
        return self._distinct(found or list(self._alike(typed)), limit)

    @staticmethod
    def _distinct(fields: Iterable[Field], limit: int) -> tuple[Field, ...]:
        first: dict[str, Field] = {}
        for field in fields:
            first.setdefault(field.titled.key, field)
        return tuple(first.values())[:limit]

    def _exact(self, typed: str) -> list[str]:
        return [typed] if typed in self._words else []

    def _within(self, typed: str) -> list[str]:
        held = [word for word in self._words if len(word) > 1 and not word.isascii() and word in typed]
        return sorted(held, key=len, reverse=True)[:1]

    def _misspelt(self, typed: str) -> list[str]:
        if len(typed) < 4 or not typed.isascii():
            return []
        best = process.extractOne(typed, self._words.keys(), scorer=fuzz.ratio, score_cutoff=TYPO)
        return [best[0]] if best else []

    def _alike(self, typed: str) -> tuple[Field, ...]:
        near = process.extract(typed, self._words.keys(), scorer=fuzz.ratio, limit=8, score_cutoff=HINT)
        return self._distinct((field for word, _, _ in near for field in self._words[word]), 5)


def _short_words(dimension: Dimension) -> Iterator[str]:
    """Give a dimension's words, and those that remain without the board's name or column before them."""
    yield from _words_of(dimension)
    yield from dimension.labels
    yield from (label.partition(": ")[2] or label for label in dimension.labels)
    yield from (title.partition(" ")[2] or title for title in (*dimension.titles.values(), *dimension.words))


def _words_of(titled: Titled) -> tuple[str, ...]:
    return (titled.key, *titled.titles.values(), *titled.words)
