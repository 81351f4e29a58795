"""Two contents of a board side by side: both pages, and what changed between them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from store.answers import Snapshot
from store.boards import Catalogue
from store.changes import Changes, Page, compare
from store.timeline import read_standings, rejected_renames, seen_before


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two pages of a board, and what changed from one to the other."""

    older: Page
    newer: Page
    changes: Changes


def read_comparison(
    connection: Connection, catalogue: Catalogue, older: Snapshot, newer: Snapshot
) -> Comparison:
    """Return two contents of a board side by side."""
    before, after = (read_standings(connection, catalogue, each) for each in (older, newer))
    strangers = after.by_model.keys() - before.by_model.keys()
    known = seen_before(connection, older, strangers)
    return Comparison(before, after, compare(before, after, known, rejected_renames(connection)))
