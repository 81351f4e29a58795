"""Delimited documents: the CSV releases of Arena, or the same with semicolons or tabs."""

from __future__ import annotations

import csv
import io

from store.boards import fold
from store.parse.grid import Fault, Grid, Line
from store.parse.headings import Role, role_of
from store.values import Code, Origin

_MARKS = frozenset("\\*_~`&<[]!☛")
_SPECIAL = str.maketrans({mark: f"&#{ord(mark)};" for mark in _MARKS})


def is_delimited(file: str, text: str) -> bool:
    """Tell whether a document is delimited: its name says so, or its first line is such a header."""
    ending = file.lower().rpartition(".")[2]
    if ending in {"csv", "tsv"}:
        return True
    if ending in {"md", "markdown"}:
        return False
    first = text.lstrip().partition("\n")[0]
    fields = first.split(_delimiter(first))
    return len(fields) > 2 and any(role_of(fold(field.strip('"'))) is Role.NAME for field in fields)


def read_delimited(text: str) -> tuple[list[Grid], list[Fault]]:
    """Return the one grid of `text`; blank lines are passed over.

    The last line must be closed: a file cut off in its last field looks whole otherwise.
    """
    source = io.StringIO(text, newline="")
    reader = csv.reader(source, delimiter=_delimiter(text.lstrip().partition("\n")[0]), strict=True)
    lines: list[Line] = []
    begin = 1
    try:
        for fields in reader:
            if any(field.strip() for field in fields):
                lines.append(Line(begin, tuple(map(_quote, fields))))
            begin = reader.line_num + 1
    except csv.Error as error:
        code = Code.TRUNCATED if "unexpected end" in str(error) else Code.NOT_UNDERSTOOD
        return [], [Fault(code, begin, found=str(error))]
    if not lines:
        return [], []
    faults = () if text.endswith("\n") else (_unclosed(lines[-1]),)
    return [Grid(lines[0], tuple(lines[1:]), faults=faults, origin=Origin.RELEASE)], []


def _quote(field: str) -> str:
    """Return a field so that it reads as itself, where cells are read as Markdown."""
    return field.translate(_SPECIAL) if not _MARKS.isdisjoint(field) else field


def _unclosed(line: Line) -> Fault:
    return Fault(Code.TRUNCATED, line.number, found=line.cells[-1][:80])


def _delimiter(header: str) -> str:
    return max(",;\t", key=header.count)
