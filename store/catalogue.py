"""Reads the catalogue from `seeds/*.toml`.

It is plain data that a person extends without code; the files' own comments explain the fields.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from functools import partial, reduce
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from store.boards import Board, Catalogue, Dimension, License, Live, Organization, Upstream, fold
from store.errors import CatalogueError
from store.values import Method, Unit

Entry = TypeVar("Entry")


def read_catalogue(folder: Traversable) -> Catalogue:
    """Read the catalogue files of `folder`; raises CatalogueError when one contradicts itself."""
    dimensions = _read(folder, "dimensions.toml", _dimension)
    catalogue = Catalogue(
        boards=_read(folder, "boards.toml", _board, partial(_unfold, dimensions)),
        dimensions=dimensions,
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


def _read(
    folder: Traversable,
    file: str,
    make: Callable[[str, dict[str, Any]], Entry],
    unfold: Callable[[dict[str, Any]], dict[str, Any]] = dict,
) -> dict[str, Entry]:
    try:
        entries = unfold(tomllib.loads((folder / file).read_text("utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(file, "", str(error)) from error
    read: dict[str, Entry] = {}
    for key, fields in entries.items():
        try:
            read[key] = make(key, fields)
        except (KeyError, TypeError, ValueError, re.error) as error:
            raise CatalogueError(file, key, f"{type(error).__name__}: {error}") from error
    return read


def _unfold(dimensions: Mapping[str, Dimension], entries: dict[str, Any]) -> dict[str, Any]:
    """Return the tables of boards by their keys; one with `each` becomes a table for each dimension there."""
    unfolded: dict[str, Any] = {}
    for key, tables in entries.items():
        for fields in tables if isinstance(tables, list) else [tables]:
            names = fields.get("each") if isinstance(fields, dict) else None
            if names is None:
                unfolded[key] = fields
            for name in names or ():
                if name not in dimensions:
                    raise CatalogueError("boards.toml", key, f"no dimension {name!r}")
                words = _words_for(dimensions[name])
                unfolded[_fill(key, words)] = _fill(fields, words)
    return unfolded


def _words_for(dimension: Dimension) -> Mapping[str, str]:
    printed = [fold(name) for name in (*dimension.labels, dimension.title("zh"))]
    names = dict.fromkeys((*printed, *(name.removesuffix("能力") for name in printed)))
    return {
        "{key}": dimension.key,
        "{en}": dimension.title("en"),
        "{zh}": dimension.title("zh"),
        "{zh_TW}": dimension.title("zh_TW"),
        "{label}": dimension.labels[0],
        "{labels}": f"(?:{'|'.join(map(re.escape, names))})",
    }


def _fill(value: Any, words: Mapping[str, str]) -> Any:  # noqa: ANN401 - any value of a TOML file
    if isinstance(value, dict):
        return {key: _fill(each, words) for key, each in value.items()}
    if isinstance(value, list):
        return [_fill(each, words) for each in value]
    if isinstance(value, str):
        return reduce(lambda text, mark: text.replace(mark, words[mark]), words, value)
    return value


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
        families=tuple(fields.get("families", ())),
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
    for template in ("latest", "history", "dated"):
        fields.get(template, "").format(name="", part=0, parts=1)  # a wrong placeholder is found here
    return Upstream(
        key=key,
        base=fields["base"],
        latest=fields["latest"],
        history=fields.get("history", ""),
        dated=fields.get("dated", ""),
        every_hours=fields["every_hours"],
        limit=fields["limit_mb"] * 1024 * 1024,
    )
