"""Two pages of a board to what changed between them: what is true, worth telling, and short."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from store.answers import Snapshot
from store.changes.changeset import Changes
from store.changes.facts import find_prices, find_renames, find_vendor_renames
from store.changes.leading import find_entries, find_exits, find_lead
from store.changes.page import Page
from store.changes.pairs import Alignment, align
from store.changes.scale import measure_drift, sum_up_moves
from store.changes.values import WIDER, Bulk, Gone, Kind, New, rank_of

LIMIT = 25
"""Changes beyond which the smallest are left out; another leader and what is new never are."""
REMOVALS = 10
"""Models gone at once beyond which the board was tidied up, and one line says so."""


def compare(
    older: Page,
    newer: Page,
    known: Collection[str] = (),
    rejected: Collection[tuple[str, str]] = (),
) -> Changes:
    """Return what changed on a board from `older` to `newer`.

    `known` are keys of models that the board listed before `older`: one that returns is not new.
    `rejected` are pairs of printed names that a person said are two models.
    """
    if older.snapshot.id == newer.snapshot.id:
        return Changes(older.snapshot, newer.snapshot)
    alignment = align(older, newer, rejected)
    ruler = changed_rulers(older.snapshot, newer.snapshot)
    arrivals = find_new(older, newer, alignment, known)
    found = Changes(older.snapshot, newer.snapshot, new=arrivals)
    if not any(line.kind is Kind.DIMENSION for line in ruler):
        lead = find_lead(older, newer, alignment)
        arrived = {each.standing.model for each in arrivals}
        if lead is not None and (not ruler or (lead.changed and lead.after.model in arrived)):
            found = replace(found, leader=lead)
    if not ruler:
        moved, moves = sum_up_moves(alignment.shared, measure_drift(alignment.shared))
        entered, left = find_entries(older, newer, alignment), find_exits(older, newer, alignment)
        found = replace(found, entered=entered, left=left, moved=moved, bulk=moves)
    return _cut(_with_facts(found, older, newer, alignment, ruler))


def _with_facts(
    found: Changes, older: Page, newer: Page, alignment: Alignment, ruler: tuple[Bulk, ...]
) -> Changes:
    """Return changes with those of names, vendors, prices and listing, and with the lines of the pages."""
    gone, removals = find_gone(older, newer, alignment)
    renamed, names = find_renames(alignment)
    vendors, spellings = find_vendor_renames(alignment.shared)
    prices, repriced = find_prices(alignment.shared)
    lines = (*ruler, *_coverage(older, newer), *found.bulk, *names, *removals, *spellings, *repriced)
    return replace(found, gone=gone, renamed=renamed, vendors=vendors, prices=prices, bulk=lines)


def changed_rulers(one: Snapshot, other: Snapshot) -> tuple[Bulk, ...]:
    """Return the lines that say why the figures of two pages cannot be compared; none where they can."""
    lines = []
    if one.score.key != other.score.key:
        lines.append(Bulk(Kind.DIMENSION, before=one.score.key, after=other.score.key))
    if one.origin and other.origin and one.origin is not other.origin:
        lines.append(Bulk(Kind.ORIGIN, before=one.origin, after=other.origin))
    if one.method and other.method and one.method is not other.method:
        lines.append(Bulk(Kind.METHOD, before=one.method, after=other.method))
    return tuple(lines)


def _coverage(older: Page, newer: Page) -> tuple[Bulk, ...]:
    before, after = older.snapshot.coverage, newer.snapshot.coverage
    if before == after:
        return ()
    rows = (len(older.standings), len(newer.standings))
    return (Bulk(Kind.COVERAGE, rows[1], rows[0], before=str(before), after=str(after)),)


def find_new(older: Page, newer: Page, alignment: Alignment, known: Collection[str]) -> tuple[New, ...]:
    """Return the models that the board did not list before.

    Where the older page was cut off, only those are sure that are better than its last line: others may
    have stood below it. Another kind of document lists other models, so only the best of it are news.
    """
    if alignment.unreadable:
        return ()
    one, other = older.snapshot.origin, newer.snapshot.origin
    foreign = one is not None and other is not None and one is not other
    found = []
    for each in alignment.came:
        sure = older.full or _above(each.main.low, older)
        seen = each.model in known or not (sure or newer.snapshot.coverage == older.snapshot.coverage)
        if not seen and not (foreign and (rank_of(each) or WIDER + 1) > WIDER):
            found.append(New(each, sure))
    return tuple(found)


def _above(low: float | None, page: Page) -> bool:
    """Tell whether a score's lower bound is better than the last line of a page that is cut off."""
    last = page.standings[-1].main.score if page.standings else None
    if low is None or last is None or page.snapshot.score.lower_is_better:
        return False
    return low > last


def find_gone(older: Page, newer: Page, alignment: Alignment) -> tuple[tuple[Gone, ...], tuple[Bulk, ...]]:
    """Return the models that the board dropped, where both pages show all of it and are of one kind."""
    if not older.full or not newer.full or alignment.unreadable:
        line = Bulk(Kind.NAMES, min(len(alignment.gone), len(alignment.came)), len(newer.standings))
        return (), (line,) if alignment.unreadable and older.full and newer.full else ()
    if older.snapshot.origin is not newer.snapshot.origin:
        return (), ()
    found = tuple(map(Gone, alignment.gone))
    if len(found) <= REMOVALS:
        return found, ()
    return (), (Bulk(Kind.GONE, len(found), len(older.standings)),)


def _cut(changes: Changes) -> Changes:
    """Return changes without the smallest of too many, and with a line that says how many there were."""
    if len(changes) <= LIMIT:
        return changes.in_order()
    fixed = [each for each in changes if isinstance(each, Bulk | New) or each is changes.leader]
    others = [each for each in changes if each not in fixed]
    kept = {id(each) for each in (*fixed, *others[: max(0, LIMIT - 1 - len(fixed))])}
    days = _days(changes)
    line = Bulk(Kind.MANY, len(changes), len(changes), days)
    trimmed = changes.only(lambda change: id(change) in kept)
    return replace(trimmed, bulk=(*trimmed.bulk, line)).in_order()


def _days(changes: Changes) -> float | None:
    if changes.older.as_of is None or changes.newer.as_of is None:
        return None
    return float(abs((changes.newer.as_of.date() - changes.older.as_of.date()).days))
