"""A table as a document in one of the formats, and what its file is called."""

from __future__ import annotations

from enum import StrEnum

from store.boards import Catalogue
from store.export.delimited import write_csv
from store.export.markdown import Prose, write_markdown
from store.export.structured import write_json
from store.values import Table


class Format(StrEnum):
    """The format of an exported document."""

    MARKDOWN = "markdown"
    CSV = "csv"
    JSON = "json"

    @property
    def ending(self) -> str:
        """The ending of its files' names."""
        return "md" if self is Format.MARKDOWN else self.value


def export(table: Table, format: Format, catalogue: Catalogue, prose: Prose) -> str:
    """Return a table of a known board as a document; `prose` is for Markdown alone.

    Raises UnknownBoard for a table of no board.
    """
    board = catalogue.board(table.board or "")
    if format is Format.JSON:
        return write_json(table, board)
    if format is Format.CSV:
        return write_csv(table, board, catalogue)
    return write_markdown(table, board, catalogue, prose)


def file_name(table: Table, format: Format) -> str:
    """Return the name for a table's file: `BOARD-YYYYMMDD.md`, without the day where none is known.

    CSV has no place for a date but the name, which the parser reads again.
    """
    day = f"-{table.as_of:%Y%m%d}" if table.as_of else ""
    return f"{table.board or 'board'}{day}.{format.ending}"
