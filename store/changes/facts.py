"""What boards print beside scores: names, vendors, prices; many changes of one kind are one line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from store.answers import Standing
from store.boards import fold
from store.changes.pairs import Alignment, Twin
from store.changes.values import Bulk, Kind, Renamed, Repriced, VendorRenamed
from store.names.identity import ruled

NAMES, VENDORS, PRICES = 5, 5, 8
"""How many changes of a kind are told one by one; more of them at once are the board's doing."""


def find_renames(alignment: Alignment) -> tuple[tuple[Renamed, ...], tuple[Bulk, ...]]:
    """Return the models under another printed name, and the line that stands for many of them.

    One by one, a name that only changed its case, spaces and brackets is no news; of many it is.
    """
    known = {new.model for _, new in alignment.paired}
    exchanged = [Renamed(old, new, sure=False) for old, new in alignment.paired]
    respelt = [
        Renamed(old, new)
        for old, new in alignment.shared
        if new.model not in known and fold(old.name) != fold(new.name)
    ]
    if len(exchanged) > NAMES:  # a family under new names that no rule knows
        respelt, exchanged = respelt + exchanged, []
    if len(respelt) > NAMES:
        first, total = respelt[0], len(alignment.shared)
        line = Bulk(Kind.NAMES, len(respelt), total, None, first.before.name, first.standing.name)
        return tuple(exchanged), (line,)
    told = [each for each in respelt if ruled(each.before.name) != ruled(each.standing.name)]
    return (*exchanged, *told), ()


def find_vendor_renames(shared: Sequence[Twin]) -> tuple[tuple[VendorRenamed, ...], tuple[Bulk, ...]]:
    """Return the vendors that all their models print otherwise, under a name that no model had before."""
    became: dict[str, list[str | None]] = defaultdict(list)
    for old, new in shared:
        if old.organization:
            became[old.organization].append(new.organization)
    known = {fold(spelling) for spelling in became}
    found = tuple(
        VendorRenamed(before, now, len(after))
        for before, after in became.items()
        if len(set(after)) == 1 and (now := after[0]) and fold(now) not in known
    )
    if len(found) <= VENDORS:
        return found, ()
    return (), (Bulk(Kind.VENDORS, len(found), len(became), None, found[0].before, found[0].after),)


def find_prices(shared: Sequence[Twin]) -> tuple[tuple[Repriced, ...], tuple[Bulk, ...]]:
    """Return the prices that changed, or the line that stands for them."""
    found = tuple(Repriced(old, new) for old, new in shared if is_repriced(old, new))
    if len(found) <= PRICES:
        return found, ()
    priced = sum(old.price is not None and new.price is not None for old, new in shared)
    return (), (Bulk(Kind.PRICES, len(found), priced),)


def is_repriced(old: Standing, new: Standing) -> bool:
    """Tell whether a price changed: both known, in one currency; an input price only where both have it."""
    before, after = old.price, new.price
    if before is None or after is None or before.currency != after.currency:
        return False
    inputs = before.input is not None and after.input is not None and before.input != after.input
    return before.output != after.output or inputs
