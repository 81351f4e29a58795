"""Markdown documents: which lines are tables, which headings stand above them, what breaks them.

markdown-it-py finds the blocks. Its table rule drops cells beyond the header and pads missing ones,
so that the cells are split again from the source lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token

from store.parse.grid import Fault, Grid, Line
from store.parse.markup import read_plain
from store.values import Code

_BLOCKS = ["table", "code", "fence", "blockquote", "hr", "list", "html_block", "heading", "lheading"]
_DELIMITERS = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)*\s*:?-+:?\s*\|?\s*")
_BULLETS = re.compile(r"[\s>#*+-]*")
_ELSEWHERE = re.compile(r"完整(排行榜|榜单)[见请：:]|(see the )?full (leader)?board", re.I)


@cache
def _blocks() -> MarkdownIt:
    """Make the parser: blocks only, since reading the inline text costs most and is not needed."""
    parser = MarkdownIt("zero", {"html": True}).enable(_BLOCKS)
    parser.core.ruler.enableOnly(["block"])
    return parser


def read_markdown(text: str) -> tuple[list[Grid], list[Fault]]:
    """Return the tables of `text` that stand neither in a quotation nor in a list or code."""
    lines = text.split("\n")
    tokens = _blocks().parse(text)
    starts = {token.map[0] for token in tokens if token.type == "table_open" and token.map}
    grids: list[Grid] = []
    chain: list[tuple[str, str]] = []  # tags h1 … h6 and titles
    for index, token in enumerate(tokens):
        if token.level or token.map is None:
            continue
        if token.type == "heading_open":
            title = read_plain(tokens[index + 1].content)
            chain = [each for each in chain if each[0] < token.tag] + [(token.tag, title)]
        headings = tuple(title for _, title in reversed(chain))
        if token.type == "table_open":
            grid = _read_grid(lines, token, headings, starts)
            if grids and _continues(grid, grids[-1], lines):
                grid = _join(grids.pop(), grid)
            grids.append(grid)
        elif token.type == "paragraph_open":
            grids += _find_broken(lines, token, headings)
    return grids, []


def _read_grid(lines: Sequence[str], token: Token, headings: tuple[str, ...], starts: set[int]) -> Grid:
    begin, end = token.map or (0, 0)
    while end > begin + 2 and "|" not in lines[end - 1]:
        end -= 1  # text straight below a table is none of its rows
    header = Line(begin + 1, split_cells(lines[begin]))
    rows = tuple(Line(number + 1, split_cells(lines[number])) for number in range(begin + 2, end))
    faults = _find_cut(lines, begin, end) + _find_strays(lines, end, len(header.cells), starts)
    return Grid(header, rows, headings, _has_more_elsewhere(lines, end), tuple(faults))


def _continues(grid: Grid, before: Grid, lines: Sequence[str]) -> bool:
    """Tell whether `grid` goes on with a table: its header again, only blank lines between."""
    if not before.lines or before.faults or grid.header.cells != before.header.cells:
        return False
    return not any(line.strip() for line in lines[before.lines[-1].number : grid.header.number - 1])


def _join(before: Grid, grid: Grid) -> Grid:
    return replace(
        before, lines=before.lines + grid.lines, excerpt=before.excerpt or grid.excerpt, faults=grid.faults
    )


def split_cells(line: str) -> tuple[str, ...]:
    """Return the cells of a table's line; the empty ones outside its outer pipes are none."""
    line = line.strip()
    cells = escapedSplit(line) if "\\" in line else line.split("|")  # the same, and far quicker
    if cells and not cells[0]:
        cells.pop(0)
    if cells and not cells[-1]:
        cells.pop()
    return tuple(cell.strip() for cell in cells)


def _find_cut(lines: Sequence[str], begin: int, end: int) -> list[Fault]:
    """Find a last line of the document that lacks the closing pipe which the header has."""
    last = lines[end - 1].rstrip()
    at_end = end == len(lines) or not any(line.strip() for line in lines[end:])
    closed = last.endswith("|") and last.strip() != "|"
    if not at_end or closed or not lines[begin].rstrip().endswith("|"):
        return []
    return [Fault(Code.TRUNCATED, end, found=last[-80:])]


def _find_strays(lines: Sequence[str], end: int, width: int, starts: set[int]) -> list[Fault]:
    """Find rows of a table behind something that broke it off: a blank line, a sign before a row."""
    interrupted = end < len(lines) and bool(lines[end].strip())
    while end < len(lines) and not lines[end].strip():
        end += 1
    while end < len(lines) and lines[end].strip() and end not in starts:
        line = lines[end]
        if interrupted:
            line = line[_match_end(_BULLETS, line) :]
        if line.lstrip().startswith("|") and len(split_cells(line)) >= width:
            return [Fault(Code.NOT_UNDERSTOOD, end + 1, found=line.strip()[:80])]
        end += 1
    return []


def _match_end(shape: re.Pattern[str], line: str) -> int:
    match = shape.match(line)
    return match.end() if match else 0


def _find_broken(lines: Sequence[str], token: Token, headings: tuple[str, ...]) -> list[Grid]:
    """Find lines meant as a table that are none: its second line is missing or of another width."""
    begin, end = token.map or (0, 0)
    for number in range(begin, end):
        if lines[number].count("|") < 2:
            continue
        header = Line(number + 1, split_cells(lines[number]))
        return [Grid(header, (), headings, faults=(_explain_broken(lines, number, end),))]
    return []


def _explain_broken(lines: Sequence[str], number: int, end: int) -> Fault:
    below = lines[number + 1] if number + 1 < end else ""
    if not below:
        return Fault(Code.TRUNCATED, number + 1, found=lines[number].strip()[:80])
    if not _DELIMITERS.fullmatch(below):
        return Fault(Code.NOT_UNDERSTOOD, number + 2, found=below.strip()[:80])
    few = len(split_cells(below)) < len(split_cells(lines[number]))
    return Fault(Code.FEW_CELLS if few else Code.MANY_CELLS, number + 2, found=below.strip()[:80])


def _has_more_elsewhere(lines: Sequence[str], end: int) -> bool:
    """Tell whether the next text below the table links to the whole board."""
    below = next((line for line in lines[end : end + 5] if line.strip()), "")
    return _ELSEWHERE.search(below[:40]) is not None
