"""Which changes a subscriber wants to read."""

from __future__ import annotations

from functools import partial

from store.answers import Standing
from store.boards import Catalogue
from store.changes import Change, Changes
from store.changes.values import Bulk, Entered, Gone, Lead, Left, New, VendorRenamed, rank_of
from store.filters import kind_of_license
from store.news.values import Interest

WORST = 1 << 30
"""A rank behind all others, for lines without one."""


def select(changes: Changes, interest: Interest, catalogue: Catalogue) -> Changes:
    """Return the changes that are wanted.

    What happened to a board as a whole is no news by itself to who wants some of its models only.
    """
    if interest == Interest():
        return changes
    wanted = changes.only(partial(_wants, interest, catalogue))
    general = (Bulk,) if interest.vendors else (Bulk, VendorRenamed)
    about_models = any(not isinstance(each, general) for each in wanted)
    return wanted if about_models or not _is_narrow(interest) else changes.only(lambda _: False)


def _wants(interest: Interest, catalogue: Catalogue, change: Change) -> bool:
    if change.importance < interest.importance:
        return False
    if isinstance(change, Bulk):
        return True
    if isinstance(change, VendorRenamed):
        return not interest.vendors or any(
            _vendor_of(each, catalogue) in interest.vendors for each in (change.before, change.after)
        )
    return any(_fits(each, interest, catalogue) for each in _lines_of(change))


def _fits(standing: Standing, interest: Interest, catalogue: Catalogue) -> bool:
    """Tell whether a line of a board is of a model that is wanted."""
    return (
        (interest.top is None or (rank_of(standing) or WORST) <= interest.top)
        and (not interest.open_only or _is_open(standing, catalogue))
        and (not interest.vendors or _vendor_of(standing.organization, catalogue) in interest.vendors)
    )


def _lines_of(change: Change) -> tuple[Standing, ...]:
    """Return the lines of both pages that a change is about."""
    match change:
        case Bulk() | VendorRenamed():
            return ()
        case Lead():
            return (change.before, change.after, *change.joined, *change.left)
        case New() | Gone():
            return (change.standing,)
        case Entered() | Left():
            return (change.standing, *filter(None, (change.before,)))
    return (change.before, change.standing)


def _is_open(standing: Standing, catalogue: Catalogue) -> bool:
    return kind_of_license(standing, catalogue) == "open"


def _vendor_of(printed: str | None, catalogue: Catalogue) -> str | None:
    vendor = catalogue.organization_of(printed)
    return vendor.key if vendor else None


def _is_narrow(interest: Interest) -> bool:
    """Tell whether some of a board's models alone are wanted."""
    return interest.top is not None or bool(interest.vendors) or interest.open_only
