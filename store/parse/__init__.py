"""Read a board document: bytes in, typed tables or the reasons for refusing it out.

It reads no file and no network, and never raises for a bad document.
"""

from store.parse.dates import date_in_name
from store.parse.document import parse

__all__ = ["date_in_name", "parse"]
