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
    former = alignment.backward.get(after.model)
    changed = former is not before
    if not (changed or joined or left):
        return None
    rival = alignment.forward.get(before.model)
    tied = changed and _level(rival, after)
    return Lead(before, after, changed, joined, left, tied, tied and _level(former, before))


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
    if {older.shares_ranks, newer.shares_ranks} == {True, False}:
        return (), ()
    were = {each.model for each in older.first}
    joined = [each for each in newer.first if _model_before(each, alignment) not in were]
    stayed = {_model_before(each, alignment) for each in newer.first}
    return tuple(joined), tuple(each for each in older.first if each.model not in stayed)


def _model_before(standing: Standing, alignment: Alignment) -> str:
    old = alignment.backward.get(standing.model)
    return old.model if old else standing.model


def find_entries(older: Page, newer: Page, alignment: Alignment) -> tuple[Entered, ...]:
    """Return who came into the top 10."""
    tops = {each.model for each in top_of(older)}
    return tuple(
        Entered(each, alignment.backward.get(each.model))
        for each in top_of(newer)
        if _model_before(each, alignment) not in tops
    )


def find_exits(older: Page, newer: Page, alignment: Alignment) -> tuple[Left, ...]:
    """Return who fell out of the top 10."""
    stayed = {_model_before(each, alignment) for each in top_of(newer)}
    return tuple(
        Left(each, alignment.forward.get(each.model)) for each in top_of(older) if each.model not in stayed
    )


def top_of(page: Page) -> tuple[Standing, ...]:
    """Return the first ten models with a score, in the board's order: by rank, then by score."""
    return tuple(each for each in page.standings[:TOP] if each.main.score is not None)
