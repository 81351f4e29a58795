"""Reads the catalogue from `seeds/*.toml`.

It is plain data that a person extends without code; the files' own comments explain the fields.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from store.boards import Board, Catalogue, Dimension, License, Live, Organization, Upstream
from store.errors import CatalogueError
from store.values import Method, Unit

Entry = TypeVar("Entry")


def read_catalogue(folder: Traversable) -> Catalogue:
    """Read the catalogue files of `folder`; raises CatalogueError when one contradicts itself."""
    catalogue = Catalogue(
        boards=_read(folder, "boards.toml", _board),
        dimensions=_read(folder, "dimensions.toml", _dimension),
        organizations=_read(folder, "organizations.toml", _organization),
        licenses=_read(folder, "licenses.toml", _license),
        upstreams=_read(folder, "upstreams.toml", _upstream),
    )
    if sum(not kind.printed for kind in catalogue.licenses.values()) != 1:
        raise CatalogueError("licenses.toml", "", "one kind has no `printed`")
    for board in catalogue.boards.values():
        for key in (board.score, *board.scores):
            if key not in catalogue.dimensions:
                raise CatalogueError("boards.toml", board.key, f"no dimension {key!r}")
        for live in board.live:
            if live.upstream not in catalogue.upstreams:
                raise CatalogueError("boards.toml", board.key, f"no upstream {live.upstream!r}")
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
        scores=tuple(fields.get("scores", ())),
        live=tuple(Live(*each.split(" ", 1)) for each in fields.get("live", ())),
        method=Method(fields["method"]) if "method" in fields else None,
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


def _upstream(key: str, fields: dict[str, Any]) -> Upstream:
    return Upstream(
        key=key,
        base=fields["base"],
        latest=fields["latest"],
        history=fields.get("history", ""),
        dated=fields.get("dated", ""),
        every_hours=fields["every_hours"],
        limit=fields["limit_mb"] * 1024 * 1024,
    )
