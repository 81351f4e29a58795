"""The catalogue: what is known of boards, dimensions, organisations and upstreams without reading one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from store.errors import UnknownBoard
from store.values import Method, Unit

DATASET = "dataset"
"""The upstream that publishes configurations of the official data set."""


# What stands in front of a heading: signs, `(1)`, `1、`, `2.1`, 一、; but not the 5 of `5B以下` or `5元以上`.
_NUMBERING = re.compile(
    r"(?:[^\w(【]|\(\d+\)|[(]?[一二三四五六七八九十]+[)、.]"
    r"|\d+(?:\.\d+)*(?:[、)]|\.(?!\d)|\s+(?![BM](?![A-Z])|[元~-])))*",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Titled:
    """A catalogue entry: a stable `key`, its titles by language, and what people type for it."""

    key: str
    titles: Mapping[str, str] = field(hash=False)
    words: tuple[str, ...]

    def title(self, language: str = "en") -> str:
        """Return the title in `language` (`zh_CN`, `zh`, `en`), falling back to the nearest."""
        for tag in (language, language.partition("_")[0], "en"):
            if tag in self.titles:
                return self.titles[tag]
        return self.key


@dataclass(frozen=True, slots=True)
class Live:
    """A place where a board is published: the upstream's key, and the name it has there."""

    upstream: str
    name: str


@dataclass(frozen=True, slots=True)
class Upstream:
    """Where boards are published.

    `latest`, `history` and `dated` are made addresses by a name: of what a board says now, of all it
    ever said (in one or more parts), and of the date of the former. Documents have at most `limit` bytes.
    """

    key: str
    base: str
    latest: str
    history: str
    dated: str
    every_hours: float
    limit: int


@dataclass(frozen=True, slots=True)
class Board(Titled):
    """A leaderboard with one identity over all the shapes its pages have had.

    Its main score is in the dimension `score`, or in one of `scores` where a document has another scale;
    `live` are its sources, the first preferred, and `method` is that of the official data set.
    """

    family: Literal["arena", "rele"]
    score: str
    scores: tuple[str, ...]
    live: tuple[Live, ...]
    method: Method | None
    low: float
    high: float
    headings: tuple[re.Pattern[str], ...]
    headers: tuple[re.Pattern[str], ...]
    files: tuple[re.Pattern[str], ...]
    rhythm_days: int
    open: bool
    source: str
    license: str
    attribution: str


@dataclass(frozen=True, slots=True)
class Dimension(Titled):
    """Something a board scores: the overall rating, a domain, a category."""

    labels: tuple[str, ...]
    unit: Unit
    decimals: int
    lower_is_better: bool
    related: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Organization(Titled):
    """A vendor; `words` are all its spellings, `glued` the texts of its logos.

    `families` are names of its models by which people mean the vendor; no board prints them for it.
    """

    glued: tuple[str, ...] = ()
    families: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class License(Titled):
    """A kind of licence; `printed` are the licences of its kind, none for the kind of all others."""

    printed: tuple[str, ...] = ()


def fold(text: str) -> str:
    """Return `text` in NFKC, lower case and without white space: the form in which labels compare."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _spellings(text: str) -> tuple[str, str]:
    """Return `text` in NFKC with single spaces, and the same without any numbering and spaces."""
    squeezed = " ".join(unicodedata.normalize("NFKC", text).split())
    return squeezed, _NUMBERING.sub("", squeezed, count=1).replace(" ", "")


@dataclass(frozen=True)
class Catalogue:
    """All that Bangdan knows about boards without having read one."""

    boards: Mapping[str, Board]
    dimensions: Mapping[str, Dimension]
    organizations: Mapping[str, Organization]
    licenses: Mapping[str, License]
    upstreams: Mapping[str, Upstream]

    def board(self, key: str) -> Board:
        """Return the board `key`; raises UnknownBoard."""
        try:
            return self.boards[key]
        except KeyError:
            raise UnknownBoard(key) from None

    def find_board(self, text: str) -> Board:
        """Return the board that a person means by its key, title or word; raises UnknownBoard."""
        typed = fold(text)
        for board in self.boards.values():
            if typed in map(fold, (board.key, *board.titles.values(), *board.words)):
                return board
        raise UnknownBoard(text)

    def match_board(
        self, *, headings: Iterable[str] = (), header: Iterable[str] = (), file: str = ""
    ) -> Board | None:
        """Return the board of a table, or None when nothing tells.

        A column heading that names a board (`【法律】准确率`) tells most, then the headings above the
        table, innermost first, then the file's name, which may begin with the board's key. Of a ReLE
        board only the innermost heading counts: below a domain's heading stand the boards of its parts.
        """
        nested = tuple(headings)
        return (
            self._match(header, lambda board: board.headers)
            or self._match(nested[:1], lambda board: board.headings)
            or self._match(nested[1:], lambda board: board.headings if board.family == "arena" else ())
            or self._match_key(file)
            or self._match((file,), lambda board: board.files)
        )

    def _match_key(self, file: str) -> Board | None:
        """Return the board whose key the name of a file begins with, as exported files are named."""
        stem = file.casefold().rpartition(".")[0]
        named = (board for key, board in self.boards.items() if re.match(rf"{re.escape(key)}(?![a-z])", stem))
        return max(named, key=lambda board: len(board.key), default=None)

    def _match(
        self, texts: Iterable[str], patterns: Callable[[Board], tuple[re.Pattern[str], ...]]
    ) -> Board | None:
        for text in texts:
            forms = _spellings(text)
            for board in self.boards.values():
                if any(pattern.fullmatch(form) for pattern in patterns(board) for form in forms):
                    return board
        return None

    def board_of_config(self, config: str) -> Board | None:
        """Return the board that a configuration of the official data set is, or None."""
        live = Live(DATASET, config)
        return next((board for board in self.boards.values() if live in board.live), None)

    def main_score(self, board: Board, label: str) -> Dimension:
        """Return the dimension of a board's main score under the heading `label`."""
        known = self.dimension_of(label)
        return known if known and known.key in board.scores else self.dimensions[board.score]

    def dimension_of(self, label: str) -> Dimension | None:
        """Return the dimension that a column heading means, or None."""
        return self._by_label.get(fold(label))

    def organization_of(self, spelling: str | None) -> Organization | None:
        """Return the vendor of a spelling that boards print, or None."""
        return self._by_spelling.get(fold(spelling)) if spelling else None

    def license_of(self, printed: str) -> License:
        """Return the kind of a licence that boards print."""
        folded = fold(printed)
        others = next(kind for kind in self.licenses.values() if not kind.printed)
        kinds = (kind for kind in self.licenses.values() if folded in map(fold, kind.printed))
        return next(kinds, others)

    @cached_property
    def _by_label(self) -> dict[str, Dimension]:
        return {fold(label): each for each in self.dimensions.values() for label in each.labels}

    @cached_property
    def _by_spelling(self) -> dict[str, Organization]:
        return {fold(word): each for each in self.organizations.values() for word in each.words}
