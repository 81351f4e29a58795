"""A document from its bytes to its tables: all of it is understood, or it is refused whole."""

from __future__ import annotations

import re
from collections.abc import Iterable

from store.boards import Catalogue
from store.parse.content import is_parquet, read_text
from store.parse.dates import date_in_name, find_updates
from store.parse.delimited import is_delimited, read_delimited
from store.parse.grid import Fault, Grid
from store.parse.markdown import read_markdown
from store.parse.repetition import drop_repeated_tables
from store.parse.tables import Page, read_table
from store.values import Code, Parsed, Problem, Table

MAX_PROBLEMS = 50
"""More problems tell nothing new."""


def parse(path: str, content: bytes, catalogue: Catalogue) -> Parsed:
    """Return the tables of the board document `content`, or every reason why it is refused.

    `path` (or a URL) tells the format and, where the document has none, the date; nothing is opened.
    """
    if is_parquet(content):
        # Only now: it loads pyarrow, which takes 60 MB.
        from store.parse.dataset import read_dataset

        return read_dataset(path, content, catalogue)
    text = read_text(content)
    if isinstance(text, Fault):
        return conclude(path, [], [text])
    file = _base_name(path)
    lines = text.split("\n")
    page = Page(file, catalogue, find_updates(lines), date_in_name(file))
    grids, faults = read_delimited(text) if is_delimited(file, text) else read_markdown(text)
    tables = _read_tables(grids, page, faults)
    if not tables and not faults:
        faults.append(Fault(Code.NO_TABLE))
    return conclude(path, tables, faults)


def _read_tables(grids: Iterable[Grid], page: Page, faults: list[Fault]) -> list[Table]:
    tables = []
    for grid in grids:
        table, found = read_table(grid, page)
        faults += found
        if table is not None:
            tables.append(table)
    kept, found = drop_repeated_tables(tables)
    faults += found
    return kept


def conclude(path: str, tables: list[Table], faults: list[Fault]) -> Parsed:
    """Return the document with its tables, or with none when a fault is fatal."""
    problems = tuple(
        Problem(path, fault.code, fault.row, fault.column, fault.found) for fault in faults[:MAX_PROBLEMS]
    )
    refused = any(fault.code.fatal for fault in faults)
    if refused and not any(problem.code.fatal for problem in problems):
        fatal = next(fault for fault in faults if fault.code.fatal)
        problems += (Problem(path, fatal.code, fatal.row, fatal.column, fatal.found),)
    return Parsed(path, () if refused else tuple(tables), problems)


def _base_name(path: str) -> str:
    if "://" in path:
        path = re.split(r"[?#]", path, maxsplit=1)[0]
    return re.split(r"[\\/]", path)[-1]
