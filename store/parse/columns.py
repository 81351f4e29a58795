"""The columns of a table: which role each has, and whether the table is a board at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from store.boards import Catalogue, fold
from store.parse.cells import is_figure, is_missing, read_count
from store.parse.grid import CellError, Fault, Grid
from store.parse.headings import ACCURACY, ARENA, REPEATABLE, SCORES, Role, role_of, unit_of
from store.parse.markup import read_plain
from store.values import Code, Unit

_EXPENSES = frozenset({Unit.SECONDS, Unit.TOKENS, Unit.YUAN})


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `heading` as printed, `unit` where the heading tells it.

    In a `strict` column every cell must be understood; elsewhere what is not is kept as text.
    """

    index: int
    heading: str
    role: Role
    unit: Unit | None = None
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a board, in their printed order."""

    all: tuple[Column, ...]

    def get(self, role: Role) -> Column | None:
        """Return the first column with `role`."""
        return next((column for column in self.all if column.role is role), None)

    def has(self, *roles: Role) -> bool:
        """Tell whether any column has one of `roles`."""
        return any(column.role in roles for column in self.all)


def recognise(grid: Grid, catalogue: Catalogue) -> Columns | tuple[Fault, ...]:
    """Return the columns of a board, or why it cannot be read; no fault when it is no board at all."""
    named = [_name_column(index, cell, catalogue) for index, cell in enumerate(grid.header.cells)]
    repeated = _repeated(named)
    columns = _type_unknown(_find_rank(_settle(named), grid), grid)
    scored = _tell_once(_find_score(columns, grid, catalogue), catalogue)
    missing = [role for role in (Role.NAME, Role.SCORE) if not any(each.role is role for each in scored)]
    if missing and not (len(missing) == 1 and _is_boardlike(scored, grid)):
        return ()
    faults = [(Code.NO_COLUMN, str(role)) for role in missing] + [(Code.SAME_COLUMN, one) for one in repeated]
    if faults:
        return tuple(Fault(code, grid.header.number, heading) for code, heading in faults)
    return Columns(tuple(scored))


def _name_column(index: int, cell: str, catalogue: Catalogue) -> Column:
    heading = read_plain(cell)
    folded = fold(heading)
    role = role_of(folded)
    if role is not None:
        return Column(index, heading, role, strict=True)
    unit = unit_of(folded)
    dimension = catalogue.dimension_of(heading)
    if dimension is not None and unit is None:
        return Column(index, heading, Role.MEASURE, dimension.unit, strict=True)
    return Column(index, heading, Role.EXTRA if unit is None else Role.MEASURE, unit)


def _repeated(columns: Sequence[Column]) -> list[str]:
    seen: set[str] = set()
    repeated = []
    for column in columns:
        folded = fold(column.heading)
        if folded and folded in seen:
            repeated.append(column.heading)
        seen.add(folded)
    return repeated


def _settle(columns: Sequence[Column]) -> list[Column]:
    """Leave each single role to the first column that claims it; the others keep their cells as text."""
    taken: set[Role] = set()
    settled = []
    for column in columns:
        if column.role in taken and column.role not in REPEATABLE:
            column = replace(column, role=Role.EXTRA, strict=False)
        taken.add(column.role)
        settled.append(column)
    return settled


def _find_rank(columns: list[Column], grid: Grid) -> list[Column]:
    """Give the rank to a last column without heading, as the boards of 2024 print it."""
    last = columns[-1]
    if last.role is not Role.GAP or any(column.role is Role.RANK for column in columns):
        return columns
    cells = [line.cells[last.index] for line in grid.lines if len(line.cells) > last.index]
    if not any(not is_missing(cell) for cell in cells) or not all(map(_is_count, cells)):
        return columns
    return [*columns[:-1], replace(last, role=Role.RANK, strict=True)]


def _is_count(cell: str) -> bool:
    try:
        read_count(cell)
    except CellError:
        return False
    return True


def _type_unknown(columns: list[Column], grid: Grid) -> list[Column]:
    """Make measures of unknown columns full of numbers; Arena tables have none, there they are extras."""
    if any(column.role in ARENA for column in columns):
        return columns
    return [
        replace(column, role=Role.MEASURE)
        if column.role is Role.EXTRA and _role_is_free(column) and _is_numeric(column, grid)
        else column
        for column in columns
    ]


def _role_is_free(column: Column) -> bool:
    return role_of(fold(column.heading)) is None


def _is_numeric(column: Column, grid: Grid) -> bool:
    cells = [line.cells[column.index] for line in grid.lines if len(line.cells) > column.index]
    known = [cell for cell in cells if not is_missing(cell)]
    return bool(known) and sum(map(is_figure, known)) * 2 > len(known)


def _find_score(columns: list[Column], grid: Grid, catalogue: Catalogue) -> list[Column]:
    index = _named_score(columns, catalogue)
    if index is None:
        index = _score_before_rank(columns, grid)
    if index is None:
        return columns
    return [
        replace(column, role=Role.SCORE, strict=True) if column.index == index else column
        for column in columns
    ]


def _tell_once(columns: Sequence[Column], catalogue: Catalogue) -> list[Column]:
    """Leave each dimension to one column, first of all to the score; of others the cells are kept as text."""
    taken: set[str] = set()
    told = list(columns)
    for column in sorted(columns, key=lambda column: column.role is not Role.SCORE):
        dimension = catalogue.dimension_of(column.heading)
        if dimension is None or column.role not in (Role.SCORE, Role.MEASURE):
            continue
        if dimension.key in taken:
            told[column.index] = replace(column, role=Role.EXTRA, strict=False)
        taken.add(dimension.key)
    return told


def _named_score(columns: Sequence[Column], catalogue: Catalogue) -> int | None:
    open_to = {fold(each.heading): each for each in columns if each.role in (Role.EXTRA, Role.MEASURE)}
    arena = [board for board in catalogue.boards.values() if board.family == "arena"]
    mains = {key for board in arena for key in (board.score, *board.scores)}
    labels = [label for key, each in catalogue.dimensions.items() if key in mains for label in each.labels]
    for heading in (*SCORES, *map(fold, labels)):
        if heading in open_to:
            return open_to[heading].index
    for shape in ACCURACY:
        for heading, column in open_to.items():
            if shape.fullmatch(heading):
                return column.index
    return None


def _score_before_rank(columns: Sequence[Column], grid: Grid) -> int | None:
    """Return the score of a ReLE board of one domain: its domain's column, which the rank follows.

    Its heading can be any domain, so the structure tells: measures, the last of them the whole, and
    then 排名. Without a rank it is the only domain that the catalogue knows. Boards with times and
    costs always name an accuracy: there a missing one was renamed.
    """
    roles = [column.role for column in columns]
    units = {column.unit for column in columns}
    if Role.NAME not in roles or not ARENA.isdisjoint(roles) or not _EXPENSES.isdisjoint(units):
        return None
    measures = [
        column.index
        for column in columns
        if column.role is Role.MEASURE and column.unit is not Unit.COUNT and _is_numeric(column, grid)
    ]
    if Role.RANK in roles:
        between = [index for index in measures if roles.index(Role.NAME) < index < roles.index(Role.RANK)]
        return between[-1] if between else measures[0] if len(measures) == 1 else None
    domains = [index for index in measures if columns[index].strict]
    return domains[0] if len(domains) == 1 else None


def _is_boardlike(columns: Sequence[Column], grid: Grid) -> bool:
    """Tell whether a table without a name or score column was surely meant to have one."""
    ranked = sum(column.role is Role.RANK or column.role in ARENA for column in columns)
    domains = sum(
        column.strict and column.role is Role.MEASURE and _is_numeric(column, grid) for column in columns
    )
    expenses = sum(column.unit in _EXPENSES for column in columns)
    return ranked + domains > 0 and ranked + domains + expenses >= 2
