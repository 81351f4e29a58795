"""What happened to a model that somebody watches, from the same two pages as the news."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from store.answers import Standing
from store.changes import Changes, Kind, Page
from store.changes.values import rank_of
from store.news.values import Occasion, Watch

RULERS = frozenset({Kind.ORIGIN, Kind.METHOD, Kind.DIMENSION})
"""Bulk lines after which ranks and scores of the two pages cannot be compared."""


@dataclass(frozen=True, slots=True)
class Event:
    """What a watch was for: `standing` is the model's line now, `before` the one it had.

    `others` are the models that overtook it, or the new ones of its family (the first of which is then
    `standing`).
    """

    occasion: Occasion
    standing: Standing
    before: Standing | None = None
    others: tuple[Standing, ...] = ()


def find_events(watch: Watch, older: Page, newer: Page, changes: Changes) -> tuple[Event, ...]:
    """Return what `watch` is to tell of a board that changed from `older` to `newer`."""
    found = _events(watch, older, newer, changes)
    return tuple(each for each in found if watch.occasion in (Occasion.ANY, each.occasion))


def _events(watch: Watch, older: Page, newer: Page, changes: Changes) -> Iterator[Event]:
    former = {**older.by_model, **{each.standing.model: each.before for each in changes.renamed}}
    after, before = newer.by_model.get(watch.model), former.get(watch.model)
    comparable = not any(line.kind in RULERS for line in changes.bulk)
    if after is not None and before is not None and comparable:
        passed = tuple(_overtakers(before, after, former, newer, sure=older.full))
        if passed:
            yield Event(Occasion.OVERTAKEN, after, before, passed)
    if after is not None and comparable and _is_within(after, watch.top):
        seen = before is not None or older.full
        if seen and not _is_within(before, watch.top):
            yield Event(Occasion.TOP, after, before)
    for moved in changes.moved:
        if moved.standing.model == watch.model:
            yield Event(Occasion.MOVED, moved.standing, moved.before)
    for price in changes.prices:
        if price.standing.model == watch.model and is_cheaper(price.before, price.standing):
            yield Event(Occasion.CHEAPER, price.standing, price.before)
    relatives = tuple(
        each.standing
        for each in changes.new
        if each.standing.model != watch.model and line_of(each.standing.model) == line_of(watch.model)
    )
    if relatives:
        yield Event(Occasion.FAMILY, relatives[0], None, relatives)


def line_of(model: str) -> str:
    """Return what the keys of a maker's line of models begin with: `gpt` of `gpt-4o-mini`."""
    return model.partition("-")[0]


def _overtakers(
    before: Standing, after: Standing, former: Mapping[str, Standing], newer: Page, *, sure: bool
) -> Iterator[Standing]:
    """Give the models that now stand before one and did not; new ones where it is `sure` that they are."""
    rank, was = rank_of(after), rank_of(before)
    if rank is None or was is None:
        return
    for each in newer.standings:
        place, old = rank_of(each), former.get(each.model)
        if place is None or place >= rank:
            continue
        if sure if old is None else (rank_of(old) or was) >= was:
            yield each


def _is_within(standing: Standing | None, top: int) -> bool:
    rank = rank_of(standing) if standing else None
    return rank is not None and rank <= top


def is_cheaper(before: Standing, after: Standing) -> bool:
    """Tell whether a price fell: that of output, or of input where that of output is the same."""
    one, other = before.price, after.price
    if one is None or other is None or one.currency != other.currency:
        return False
    if one.output != other.output:
        return other.output < one.output
    return one.input is not None and other.input is not None and other.input < one.input
