"""A table of a board as a document: Markdown for people, CSV for spreadsheets, JSON for programs.

JSON holds everything. CSV holds every figure, and no marks of the page such as `(new)` or Preliminary,
so that its numbers are numbers. Markdown is the daily page: of the official data set it shows the main
score, rounded, and leaves out the categories. What each cannot carry is in its module.
"""

from store.export.delimited import write_csv
from store.export.documents import Format, export, file_name
from store.export.markdown import Prose, write_markdown
from store.export.structured import row_json, time_json, write_json

__all__ = [
    "Format",
    "Prose",
    "export",
    "file_name",
    "row_json",
    "time_json",
    "write_csv",
    "write_json",
    "write_markdown",
]
