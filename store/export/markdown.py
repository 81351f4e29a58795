"""Tables as Markdown: the daily page of a board, which the parser reads back to the same rows.

What cannot survive: the flag `repeated` (a row stands here once), and a text that the parser itself
would never give, such as one with line breaks. Names that a vendor's logo could be glued to are read
as on any page. Of the official data set there is the main score alone, to two decimals.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from store.boards import Board, Catalogue
from store.export.layout import Column, Layout
from store.export.styles import style_page
from store.export.titles import heading_of
from store.values import Flag, Measure, Origin, Row, Table, Unit

_SPECIAL = str.maketrans({
    "\\": r"\\", "*": r"\*", "`": r"\`", "~": r"\~", "&": "&amp;", "<": "&lt;", "[": "&#91;", "]": "&#93;",
})  # fmt: skip
_LOOSE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")  # an underscore inside a word is never emphasis
_FOOTNOTE = re.compile(r"[\s\d†‡↗^]*")
_LINKABLE = re.compile(r"(?:[^()\s<>\\]|\([^()\s<>\\]*\))+")
_NOTHING: Mapping[str, Measure] = MappingProxyType({})
_CHINA = timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class Prose:
    """What stands below the table, in Markdown and in the reader's language.

    `heading` is above the sentences: on the `source`, on its `license`, that figures are `quoted` as
    printed, and, only where the page leaves them out, where the `categories` are.
    """

    heading: str
    source: str
    license: str
    quoted: str
    categories: str


def write_markdown(table: Table, board: Board, catalogue: Catalogue, prose: Prose) -> str:
    """Return a table as the board's daily page."""
    shown = _show_main(table) if table.origin is Origin.DATASET else table
    sentences = [prose.source, prose.license, prose.quoted]
    if any(row.measures for row in table.rows) and shown is not table:
        sentences.append(prose.categories)
    dated = [_write_update(table.as_of)] if table.as_of else []
    lines = _write_table(shown, board, catalogue)
    headings, lines = _write_headings(table, heading_of(board, catalogue), board.family == "arena", lines)
    below = [f"## {prose.heading}", "\n".join(f"- {sentence}" for sentence in sentences)]
    return "\n\n".join([headings[0], *dated, *headings[1:], "\n".join(lines), *below]) + "\n"


def _show_main(table: Table) -> Table:
    """Return a table of the data set with its main score only, as people read it."""
    rows = tuple(
        replace(row, score=_round(row.score), low=_round(row.low), high=_round(row.high), measures=_NOTHING)
        for row in table.rows
    )
    label = "分数" if table.unit is Unit.RATING else table.score_label
    return replace(table, rows=rows, score_label=label)


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _write_headings(table: Table, title: str, arena: bool, lines: list[str]) -> tuple[list[str], list[str]]:
    """Return the headings and the table's lines, which say together how much of the board is shown.

    On Arena pages the inner heading does; a ReLE board is known by its inner heading alone, and there
    a line of dots ends what is not all.
    """
    top, title = table.coverage.top, escape(title)
    if arena:
        return [f"# {title}", "## 排行榜" if top is None else f"## 前 {top} 名"], lines
    if top is None:
        return [f"# {title}"], lines
    if top == len(table.rows):
        return [f"# {title}"], [*lines, "|" + "……|" * (lines[0].replace(r"\|", "").count("|") - 1)]
    return [f"# 前 {top} 名", f"## {title}"], lines


def _write_update(as_of: datetime) -> str:
    utc = as_of.astimezone(UTC)
    if not (utc.hour or utc.minute or utc.second):
        return f"> **数据更新时间**: {utc:%Y-%m-%d} UTC / {utc + _CHINA:%Y-%m-%d} CST (北京时间)"
    return (
        f"> **数据更新时间**: {utc:%Y-%m-%d %H:%M:%S} UTC / {utc + _CHINA:%Y-%m-%d %H:%M:%S} CST (北京时间)"
    )


def _write_table(table: Table, board: Board, catalogue: Catalogue) -> list[str]:
    linked = all(row.url is None or _LINKABLE.fullmatch(row.url) for row in table.rows)
    columns = Layout(table, style_page(table, board, catalogue), catalogue, linked).columns()
    cells = [_write_cells(column, table.rows, linked) for column in columns]
    header = _join([escape(column.heading) for column in columns])
    return [header, "|" + ":---|" * len(columns), *map(_join, zip(*cells, strict=True))]


def _write_cells(column: Column, rows: Sequence[Row], linked: bool) -> list[str]:
    if column.field == "name":
        return [_write_name(row, linked) for row in rows]
    return list(map(escape, column.cells))


def _write_name(row: Row, linked: bool) -> str:
    new = "(new)" if Flag.NEW in row.flags else ""
    name, url = escape(row.name), row.url if linked else None
    if Flag.TRY_IT in row.flags:
        return f"{name}{new}☛" + (f"[去体验]({url})" if url else "去体验")
    if url is None:
        return name + new
    if _FOOTNOTE.fullmatch(row.name):
        # A link whose text is only a number is a footnote.
        name = f"&#{ord(row.name[0])};{escape(row.name[1:])}"
    return f"[{name}]({url}){new}"


def _join(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"


def escape(text: str) -> str:
    """Return Markdown that shows `text` as it is, in one line; bars are left to the table."""
    return _LOOSE.sub(r"\\_", " ".join(text.split()).translate(_SPECIAL))
