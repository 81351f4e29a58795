"""A table as it stands in a document: lines of cells, before anybody knows what they mean."""

from __future__ import annotations

from dataclasses import dataclass

from store.values import Code, Origin


class CellError(Exception):
    """A cell is not what its column wants; `code` says how, `found` is what stands there."""

    def __init__(self, code: Code, found: str) -> None:
        super().__init__(f"{code}: {found}")
        self.code = code
        self.found = found


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a grid; it becomes a Problem when the grid proves to be a board."""

    code: Code
    row: int | None = None
    column: str | None = None
    found: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """The cells of one line; `number` is the file's line from 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of a document.

    `headings` are those above it, innermost first; `excerpt` tells that the page says there is more
    of it elsewhere; `faults` are what broke its outline.
    """

    header: Line
    lines: tuple[Line, ...]
    headings: tuple[str, ...] = ()
    excerpt: bool = False
    faults: tuple[Fault, ...] = ()
    origin: Origin = Origin.PAGE
