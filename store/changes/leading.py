"""First place, and who came into the top 10 or fell out of it.

Boards that rank by bounds let several models share first place; their order by score then flips with
every few votes. So sharing is told as joining and leaving, and a flip among those who are level as no
more than that (`Lead.swapped`).
"""

from __future__ import annotations

from store.answers import Standing
from store.changes.page import Page
from store.changes.pairs import Alignment
from store.changes.scale import apart
from store.changes.values import TOP, Entered, Lead, Left, rank_of


def find_lead(older: Page, newer: Page, alignment: Alignment) -> Lead | None:
    """Return what happened at first place, or None."""
    if not older.first or not newer.first:
        return None
    before, after = older.first[0], newer.first[0]
    joined, left = _shared_first(older, newer, alignment)
    former, rival = alignment.backward.get(after.model), alignment.forward.get(before.model)
    if alignment.unreadable and former is None and rival is None:  # most likely one of the names exchanged
        return None
    changed = former is not before
    if not (changed or joined or left):
        return None
    tied = changed and _level(rival, after)
    swapped = tied and _level(former, before)
    return Lead(before, after, changed, joined, left, tied, swapped, vacant=rival is None)


def _level(rival: Standing | None, leader: Standing) -> bool:
    """Tell whether the board cannot tell the two apart; False where it does not list the rival."""
    if rival is None or rival.main.score is None:
        return False
    if rank_of(rival) == rank_of(leader):
        return True
    return leader.main.low is not None and rival.main.low is not None and not apart(rival.main, leader.main)


def _shared_first(
    older: Page, newer: Page, alignment: Alignment
) -> tuple[tuple[Standing, ...], tuple[Standing, ...]]:
    """Return who joined first place and who left it, where either page has several there.

    A board that begins or ceases to let models share ranks says nothing of who joined or left.
    """
    if len(older.first) == len(newer.first) == 1:
        return (), ()
    if _numbers_anew(older, newer):
        return (), ()
    were = {each.model for each in older.first}
    joined = [each for each in newer.first if _model_before(each, alignment) not in were]
    stayed = {_model_before(each, alignment) for each in newer.first}
    return tuple(joined), tuple(each for each in older.first if each.model not in stayed)


def _model_before(standing: Standing, alignment: Alignment) -> str:
    old = alignment.backward.get(standing.model)
    return old.model if old else standing.model


def find_entries(older: Page, newer: Page, alignment: Alignment) -> tuple[Entered, ...]:
    """Return who came into the top 10, and was not of a rank among them before."""
    tops = {each.model for each in top_of(older)}
    found = (
        Entered(each, alignment.backward.get(each.model))
        for each in top_of(newer)
        if _model_before(each, alignment) not in tops
    )
    return tuple(each for each in found if _came_or_went(each.before, alignment))


def find_exits(older: Page, newer: Page, alignment: Alignment) -> tuple[Left, ...]:
    """Return who fell out of the top 10, and is not of a rank among them any more."""
    stayed = {_model_before(each, alignment) for each in top_of(newer)}
    found = (
        Left(each, alignment.forward.get(each.model)) for each in top_of(older) if each.model not in stayed
    )
    return tuple(each for each in found if _came_or_went(each.after, alignment))


def _came_or_went(outside: Standing | None, alignment: Alignment) -> bool:
    """Tell whether a line outside of the top 10 says so itself, and was not just exchanged for another name.

    Where models share ranks, more than ten have a rank up to 10: who moves from #8 to #10 has left nothing
    that a reader could see.
    """
    if outside is None:
        return not alignment.unreadable
    return (rank_of(outside) or TOP + 1) > TOP


def top_of(page: Page) -> tuple[Standing, ...]:
    """Return the first ten models with a score, in the board's order: by rank, then by score.

    Where the page has a gap in its ranks, they are fewer: nobody enters at #11.
    """
    return tuple(each for each in page.standings[:TOP] if (rank_of(each) or TOP + 1) <= TOP)


def _numbers_anew(older: Page, newer: Page) -> bool:
    """Tell whether the board begins or ceases to let models share ranks."""
    return {older.shares_ranks, newer.shares_ranks} == {True, False}
