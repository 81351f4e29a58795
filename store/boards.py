"""The catalogue: boards, dimensions and organisations, read from `seeds/*.toml`.

It is plain data that a person extends without code; the files' own comments explain the fields.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources.abc import Traversable
from typing import Any, Literal, TypeVar

from store.errors import CatalogueError, UnknownBoard
from store.values import Unit

Entry = TypeVar("Entry", bound="Titled")


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
class Board(Titled):
    """A leaderboard with one identity over all the shapes its pages have had."""

    family: Literal["arena", "rele"]
    score: str
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
    """A vendor; `words` are all its spellings, `glued` the texts of its logos."""

    glued: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class License(Titled):
    """A kind of licence; `printed` are the licences of its kind, none for the kind of all others."""

    printed: tuple[str, ...] = ()


def fold(text: str) -> str:
    """Return `text` in NFKC, lower case and without white space: the form in which labels compare."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


@dataclass(frozen=True)
class Catalogue:
    """All that Bangdan knows about boards without having read one."""

    boards: Mapping[str, Board]
    dimensions: Mapping[str, Dimension]
    organizations: Mapping[str, Organization]
    licenses: Mapping[str, License]

    def board(self, key: str) -> Board:
        """Return the board `key`; raises UnknownBoard."""
        try:
            return self.boards[key]
        except KeyError:
            raise UnknownBoard(key) from None

    def match_board(
        self, *, headings: Iterable[str] = (), header: Iterable[str] = (), file: str = ""
    ) -> Board | None:
        """Return the board of a table, or None when nothing tells.

        The headings above it are asked first (innermost first), then its column headings, then the
        file's name.
        """
        return (
            self._match(headings, lambda board: board.headings)
            or self._match(header, lambda board: board.headers)
            or self._match((file,), lambda board: board.files)
        )

    def _match(
        self, texts: Iterable[str], patterns: Callable[[Board], tuple[re.Pattern[str], ...]]
    ) -> Board | None:
        for text in texts:
            squeezed = " ".join(unicodedata.normalize("NFKC", text).split())
            for board in self.boards.values():
                if any(pattern.fullmatch(squeezed) for pattern in patterns(board)):
                    return board
        return None

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


def read_catalogue(folder: Traversable) -> Catalogue:
    """Read the catalogue files of `folder`; raises CatalogueError when one contradicts itself."""
    catalogue = Catalogue(
        boards=_read(folder, "boards.toml", _board),
        dimensions=_read(folder, "dimensions.toml", _dimension),
        organizations=_read(folder, "organizations.toml", _organization),
        licenses=_read(folder, "licenses.toml", _license),
    )
    if sum(not kind.printed for kind in catalogue.licenses.values()) != 1:
        raise CatalogueError("licenses.toml", "", "one kind has no `printed`")
    for board in catalogue.boards.values():
        if board.score not in catalogue.dimensions:
            raise CatalogueError("boards.toml", board.key, f"no dimension {board.score!r}")
    for dimension in catalogue.dimensions.values():
        for key in dimension.related:
            if key not in catalogue.dimensions:
                raise CatalogueError("dimensions.toml", dimension.key, f"no dimension {key!r}")
    return catalogue


def _read(folder: Traversable, file: str, make: Callable[[str, dict[str, Any]], Entry]) -> dict[str, Entry]:
    try:
        entries = tomllib.loads((folder / file).read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(file, "", str(error)) from error
    read: dict[str, Entry] = {}
    for key, fields in entries.items():
        try:
            read[key] = make(key, fields)
        except (KeyError, TypeError, ValueError, re.error) as error:
            raise CatalogueError(file, key, f"{type(error).__name__}: {error}") from error
    return read


def _board(key: str, fields: dict[str, Any]) -> Board:
    low, high = fields["range"]
    if fields["family"] not in ("arena", "rele"):
        raise ValueError(fields["family"])
    return Board(
        key=key,
        titles=fields["title"],
        words=tuple(fields.get("words", ())),
        family=fields["family"],
        score=fields["score"],
        low=low,
        high=high,
        headings=_patterns(fields.get("headings", ())),
        headers=_patterns(fields.get("headers", ())),
        files=_patterns(fields.get("files", ())),
        rhythm_days=fields["rhythm_days"],
        open=fields.get("open", False),
        source=fields["source"],
        license=fields["license"],
        attribution=fields["attribution"],
    )


def _dimension(key: str, fields: dict[str, Any]) -> Dimension:
    return Dimension(
        key=key,
        titles=fields["title"],
        words=tuple(fields.get("words", ())),
        labels=tuple(fields["labels"]),
        unit=Unit(fields["unit"]),
        decimals=fields["decimals"],
        lower_is_better=fields.get("lower", False),
        related=tuple(fields.get("related", ())),
    )


def _organization(key: str, fields: dict[str, Any]) -> Organization:
    return Organization(
        key=key,
        titles=fields["title"],
        words=tuple(fields["spellings"]),
        glued=tuple(fields.get("glued", ())),
    )


def _license(key: str, fields: dict[str, Any]) -> License:
    return License(
        key=key,
        titles=fields["title"],
        words=tuple(fields["words"]),
        printed=tuple(fields.get("printed", ())),
    )


def _patterns(texts: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(text, re.IGNORECASE) for text in texts)
