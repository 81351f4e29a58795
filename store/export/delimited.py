"""Tables as CSV: the columns of the Arena releases, and further ones where the board has them.

Every figure is there, and nothing is changed for the sake of a spreadsheet. What a CSV file cannot
carry: its date and coverage, and what pages mark beside names and scores (`(new)`, Preliminary, a link
to try the model, a repeated row, a zero that may be none).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from store.boards import Board, Catalogue
from store.export.figures import write_number
from store.export.layout import Column, Layout
from store.export.styles import FURTHER, style_release
from store.values import Measure, Table

_PARTS = ("low", "high", "rank", "votes")


def write_csv(table: Table, board: Board, catalogue: Catalogue) -> str:
    """Return a table as CSV text with line feeds.

    Measures that have ranks or votes of their own, as the categories of the official data set, become
    several columns of bare numbers: `LABEL`, and after it `LABEL low`, `high`, `rank` and `votes`.
    """
    columns = list(_spread(Layout(table, style_release(table, board, catalogue), catalogue).columns(), table))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([column.heading for column in columns])
    writer.writerows(zip(*(column.cells for column in columns), strict=True))
    return text.getvalue()


def _spread(columns: tuple[Column, ...], table: Table) -> Iterator[Column]:
    for column in columns:
        measures = [row.measures.get(column.heading) for row in table.rows]
        found = [each for each in measures if each is not None]
        if column.field == FURTHER and any(each.rank is not None or each.votes is not None for each in found):
            yield from _lay_measures(column.heading, measures)
        else:
            yield column


def _lay_measures(label: str, measures: list[Measure | None]) -> Iterator[Column]:
    for heading, part in ((label, "value"), *((f"{label} {each}", each) for each in _PARTS)):
        numbers = [None if each is None else getattr(each, part) for each in measures]
        yield Column(FURTHER, heading, tuple("" if one is None else write_number(one) for one in numbers))
