"""Who is on a board now and was not before, and the reverse, as far as both pages allow the claim."""

from __future__ import annotations

from collections.abc import Collection

from store.answers import Standing
from store.changes.page import Page
from store.changes.pairs import Alignment
from store.changes.values import WIDER, Bulk, Gone, Kind, New, rank_of

MANY = 10
"""Models gone at once beyond which one line says so.

More strangers are no news of the day in another kind of document, or below where the last page ended.
"""
REMEMBERED = 2 / 3
"""The share of models below a cut-off page that must be known for the others to be strangers."""


def find_new(older: Page, newer: Page, alignment: Alignment, known: Collection[str]) -> tuple[New, ...]:
    """Return the models that the board did not list before.

    Another kind of document may list other models: of many strangers in it only the best are news.
    """
    if alignment.unreadable:
        return ()
    strangers = [each for each in alignment.came if each.model not in known]
    if older.snapshot.origin is not newer.snapshot.origin and len(strangers) > MANY:
        strangers = [each for each in strangers if (rank_of(each) or WIDER + 1) <= WIDER]
    found = tuple(New(each, older.full or _above(each, older)) for each in strangers)
    if _tells_of_unsure(older, newer, alignment, known):
        return found
    return tuple(each for each in found if each.sure)


def _above(standing: Standing, page: Page) -> bool:
    """Tell whether a score's lower bound is better than the last line of a page that is cut off."""
    low = standing.main.low
    if low is None or page.last is None or page.snapshot.score.lower_is_better:
        return False
    return low > page.last


def _tells_of_unsure(older: Page, newer: Page, alignment: Alignment, known: Collection[str]) -> bool:
    """Tell whether models may be new that could have stood below the end of the older page.

    A page that shows more than it brings all those back; which of them are new is only known where earlier
    pages showed most of them. Too many strangers came over the weeks in which the end hid them.
    """
    if older.full:
        return True
    before, after = older.snapshot.coverage.top, newer.snapshot.coverage.top
    if before is not None and after is not None and after <= before:
        return True
    below = [each.model for each in alignment.came if not _above(each, older)]
    remembered = sum(model in known for model in below)
    return remembered >= REMEMBERED * len(below) and len(below) - remembered <= MANY


def find_gone(older: Page, newer: Page, alignment: Alignment) -> tuple[tuple[Gone, ...], tuple[Bulk, ...]]:
    """Return the models that the board dropped, where both pages show all of it and are of one kind."""
    if alignment.unreadable:
        exchanged = min(len(alignment.gone), len(alignment.came))
        return (), (Bulk(Kind.NAMES, exchanged, len(newer.standings)),)
    if not older.full or not newer.full or older.snapshot.origin is not newer.snapshot.origin:
        return (), ()
    found = tuple(map(Gone, alignment.gone))
    if len(found) <= MANY:
        return found, ()
    return (), (Bulk(Kind.GONE, len(found), len(older.standings)),)
