"""Two pages of a board to what changed between them: what is true, worth telling, and short."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from store.answers import Snapshot
from store.changes.changeset import Changes
from store.changes.facts import find_prices, find_renames, find_vendor_renames
from store.changes.leading import find_entries, find_exits, find_lead
from store.changes.listing import find_gone, find_new
from store.changes.page import Page
from store.changes.pairs import Alignment, align
from store.changes.scale import agree, measure_drift, sum_up_moves
from store.changes.values import Bulk, Change, Entered, Kind, Lead, Left, New, Renamed

LIMIT = 25
"""Changes beyond which the smallest are left out; but not first place, what is new, and the top 10."""
REST = 5
"""How many of the rest are told beside ever so many new models: months apart, some are gone or moved far."""


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
    alignment = align(older, newer, rejected, known)
    ruler = changed_rulers(older.snapshot, newer.snapshot, agree(alignment.shared))
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


def changed_rulers(one: Snapshot, other: Snapshot, same: bool = False) -> tuple[Bulk, ...]:
    """Return the lines that say why the figures of two pages cannot be compared; none where they can.

    Two kinds of documents that print the `same` figures are two ways to one board.
    """
    lines = []
    if one.score.key != other.score.key:
        lines.append(Bulk(Kind.DIMENSION, before=one.score.key, after=other.score.key))
    if one.origin and other.origin and one.origin is not other.origin and not same:
        lines.append(Bulk(Kind.ORIGIN, before=one.origin, after=other.origin))
    if one.method and other.method and one.method is not other.method:
        lines.append(Bulk(Kind.METHOD, before=one.method, after=other.method))
    if one.domains and other.domains and one.domains != other.domains:
        left, joined = one.domains - other.domains, other.domains - one.domains
        lines.append(Bulk(Kind.VINTAGE, before=_listed(left), after=_listed(joined)))
    return tuple(lines)


def _listed(domains: Collection[str]) -> str | None:
    return ", ".join(sorted(domains)) or None


def _coverage(older: Page, newer: Page) -> tuple[Bulk, ...]:
    before, after = older.snapshot.coverage, newer.snapshot.coverage
    if before == after:
        return ()
    rows = (len(older.standings), len(newer.standings))
    return (Bulk(Kind.COVERAGE, rows[1], rows[0], before=str(before), after=str(after)),)


def _cut(changes: Changes) -> Changes:
    """Return changes without the smallest of too many, and with a line that says how many there were."""
    if len(changes) <= LIMIT:
        return changes.in_order()
    fixed = [each for each in changes if _is_fixed(each)]
    others = [each for each in changes if not _is_fixed(each)]
    room = LIMIT - 1 - len(fixed)
    most = max(0, room, min(REST, room + len(changes.new)))
    kept = {id(each) for each in (*fixed, *others[:most])}
    days = _days(changes)
    line = Bulk(Kind.MANY, len(changes), len(changes), days)
    trimmed = changes.only(lambda change: id(change) in kept)
    return replace(trimmed, bulk=(*trimmed.bulk, line)).in_order()


def _is_fixed(change: Change) -> bool:
    """Tell whether a change is never left out: whom figures took for another model is in no other list."""
    if isinstance(change, Renamed):
        return not change.sure
    return isinstance(change, Bulk | Lead | New | Entered | Left)


def _days(changes: Changes) -> float | None:
    if changes.older.as_of is None or changes.newer.as_of is None:
        return None
    return float(abs((changes.newer.as_of.date() - changes.older.as_of.date()).days))
