"""A grid that is a board becomes a table; every line of it is understood, or none is kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from store.boards import Board, Catalogue, fold
from store.parse.columns import Columns, recognise
from store.parse.dates import Updates
from store.parse.glue import Glue
from store.parse.grid import CellError, Fault, Grid, Line
from store.parse.headings import ARENA, Role, is_general
from store.parse.markup import read_plain
from store.parse.repetition import drop_repeated
from store.parse.rows import RowReader
from store.parse.spread import Overlaps, read_spread
from store.values import Code, Coverage, Method, Row, Table, Unit

_TOP = re.compile(r"前\s*(\d{1,4})\s*名|\btop\s*-?\s*(\d{1,4})\b", re.I)
_OMISSION = re.compile(r"[.…·。\s]*|:?-+:?")


@dataclass(frozen=True, slots=True)
class Page:
    """What the tables of one document share; `file` is its base name, `day` the date in that."""

    file: str
    catalogue: Catalogue
    updates: Updates
    day: datetime | None


def read_table(grid: Grid, page: Page) -> tuple[Table | None, list[Fault]]:
    """Return the board in `grid` with the notes about it, or None with what is wrong with it.

    A grid that is no board gives neither.
    """
    grid = _name_ragged(_cut_omissions(grid))
    columns = recognise(grid, page.catalogue)
    if not isinstance(columns, Columns):
        return None, list(columns)
    if faults := _outline_faults(grid):
        return None, faults
    lines, faults = _read_rows(grid, columns, page.catalogue)
    rows, notes = drop_repeated(lines)
    faults += notes
    if any(fault.code.fatal for fault in faults):
        return None, faults
    return _make_table(grid, columns, page, rows), faults


def _cut_omissions(grid: Grid) -> Grid:
    """Leave out lines of nothing but `……`, which say that the page shows only the top, and of dashes."""
    lines = tuple(line for line in grid.lines if not all(map(_OMISSION.fullmatch, line.cells)))
    if len(lines) == len(grid.lines):
        return grid
    dropped = {line.number for line in grid.lines} - {line.number for line in lines}
    told = any("".join(line.cells).strip(" :-") for line in grid.lines if line.number in dropped)
    return replace(grid, lines=lines, excerpt=grid.excerpt or told)


def _name_ragged(grid: Grid) -> Grid:
    """Give a column without heading to a table whose lines have a rank more than its header.

    Some lines may lack it; blank cells beyond the header are none.
    """
    width = len(grid.header.cells)
    lines = tuple(replace(line, cells=_trim(line.cells, width)) for line in grid.lines)
    ranks = [line.cells[width] for line in lines if len(line.cells) == width + 1]
    widths = {len(line.cells) for line in lines}
    if not ranks or not widths <= {width, width + 1} or len(ranks) * 2 <= len(lines):
        return replace(grid, lines=lines)
    if not all(rank.isdecimal() or rank in {"-", "/"} for rank in ranks):
        return replace(grid, lines=lines)
    even = tuple(replace(line, cells=(*line.cells, "")[: width + 1]) for line in lines)
    return replace(grid, header=replace(grid.header, cells=(*grid.header.cells, "")), lines=even)


def _trim(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    while len(cells) > width and not cells[-1]:
        cells = cells[:-1]
    return cells


def _outline_faults(grid: Grid) -> list[Fault]:
    width = len(grid.header.cells)
    if not grid.lines and not grid.faults:
        return [Fault(Code.NO_ROWS, grid.header.number)]
    return [*grid.faults] + [
        Fault(Code.FEW_CELLS if len(line.cells) < width else Code.MANY_CELLS, line.number, None, _shown(line))
        for line in grid.lines
        if len(line.cells) != width
    ]


def _shown(line: Line) -> str:
    return f"{len(line.cells)}: {'|'.join(line.cells)}"[:80]


def _read_rows(
    grid: Grid, columns: Columns, catalogue: Catalogue
) -> tuple[list[tuple[int, Row]], list[Fault]]:
    name = columns.get(Role.NAME)
    cells = [line.cells[name.index] for line in grid.lines] if name else []
    bare = columns.has(Role.SPREAD) and not columns.has(Role.ORGANIZATION, Role.LICENSE)
    glue = Glue(catalogue, cells, bare) if columns.has(*ARENA) else None
    reader = RowReader(columns, glue)
    read = [(line, reader.read(line, position)) for position, line in enumerate(grid.lines, 1)]
    faults = [row for _, row in read if isinstance(row, Fault)]
    rows = [(line, row) for line, row in read if isinstance(row, Row)]
    spread_rows, spread_faults = _read_spreads(rows, columns)
    return spread_rows, faults + spread_faults


def _read_spreads(
    rows: list[tuple[Line, Row]], columns: Columns
) -> tuple[list[tuple[int, Row]], list[Fault]]:
    column = columns.get(Role.SPREAD)
    if column is None:
        return [(line.number, row) for line, row in rows], []
    overlaps = Overlaps([row for _, row in rows])
    read: list[tuple[int, Row]] = []
    faults: list[Fault] = []
    for line, row in rows:
        try:
            ends = read_spread(line.cells[column.index], row, len(rows), overlaps)
        except CellError as error:
            faults.append(Fault(error.code, line.number, column.heading, error.found[:80]))
            continue
        if ends is not None and row.score is not None:
            row = replace(row, best=ends[0], worst=ends[1])
        read.append((line.number, row))
    return read, faults


def _make_table(grid: Grid, columns: Columns, page: Page, rows: list[Row]) -> Table:
    score = columns.get(Role.SCORE)
    board = _find_board(grid, page, score.heading if score else "")
    return Table(
        board=board.key if board else None,
        title=grid.headings[0] if grid.headings else "",
        score_label=score.heading if score else "",
        unit=_unit_of_scores(grid, columns, page.catalogue),
        as_of=page.updates.above(grid.header.number) or page.day,
        coverage=_coverage(grid, len(rows)),
        rows=tuple(rows),
        line=grid.header.number,
        origin=grid.origin,
        method=Method.RAW if columns.has(Role.RANK_STYLE) else None,  # it gives the other only as a rank
    )


def _find_board(grid: Grid, page: Page, label: str) -> Board | None:
    """Return the board of a table with the score `label`, or None when nothing tells.

    A ReLE table of another domain than its heading or its file names is a part of that, or a neighbour.
    """
    catalogue = page.catalogue
    board = catalogue.match_board(header=map(read_plain, grid.header.cells))
    if board is not None:
        return board
    dimension, general = catalogue.dimension_of(label), is_general(fold(label))
    by_heading = catalogue.match_board(headings=grid.headings)
    for board in (by_heading, catalogue.match_board(file=page.file)):
        if board is None:
            continue
        own = general or (dimension is not None and dimension.key in (board.score, *board.scores))
        unsaid = dimension is None and board is not by_heading
        if board.family == "arena" or own or unsaid:
            return board
    return None


def _unit_of_scores(grid: Grid, columns: Columns, catalogue: Catalogue) -> Unit:
    score = columns.get(Role.SCORE)
    if score is None:
        return Unit.POINTS
    if any("%" in line.cells[score.index] or "％" in line.cells[score.index] for line in grid.lines):
        return Unit.PERCENT
    dimension = catalogue.dimension_of(score.heading)
    if dimension is not None:
        return dimension.unit
    return Unit.RATING if columns.has(*ARENA) else Unit.POINTS


def _coverage(grid: Grid, rows: int) -> Coverage:
    for heading in grid.headings:
        if match := _TOP.search(heading):
            return Coverage(int(match[1] or match[2]))
    return Coverage(rows if grid.excerpt else None)
