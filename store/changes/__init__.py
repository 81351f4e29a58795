"""What changed between two snapshots of a board: pure, from pages to `Changes`.

compare(older, newer) is the whole of it; `values` says what there is to tell and how much it matters.
"""

from store.changes.changeset import Changes
from store.changes.comparison import changed_rulers, compare
from store.changes.page import Page
from store.changes.values import Bulk, Change, Kind

__all__ = ["Bulk", "Change", "Changes", "Kind", "Page", "changed_rulers", "compare"]
