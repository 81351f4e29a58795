"""What happened to a model that somebody watches, from the same two pages as the news."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from store.answers import Standing
from store.changes import Kind
from store.changes.scale import find_moves
from store.changes.values import rank_of
from store.news.comparisons import Comparison
from store.news.values import Occasion, Watch


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


def find_events(watch: Watch, pair: Comparison) -> tuple[Event, ...]:
    """Return what `watch` is to tell of a board that changed."""
    found = _events(watch, pair)
    return tuple(each for each in found if watch.occasion in (Occasion.ANY, each.occasion))


def _events(watch: Watch, pair: Comparison) -> Iterator[Event]:
    after = pair.now(watch.model)
    before = pair.former.get(after.model) if after else None
    if after is not None and pair.comparable:
        passed = tuple(_overtakers(before, after, pair)) if before else ()
        if passed:
            yield Event(Occasion.OVERTAKEN, after, before, passed)
        if _enters(watch.top, before, after, pair):
            yield Event(Occasion.TOP, after, before)
        if before is not None and _has_moved(before, after, pair):
            yield Event(Occasion.MOVED, after, before)
    if after is not None and before is not None and not pair.has(Kind.PRICES) and is_cheaper(before, after):
        yield Event(Occasion.CHEAPER, after, before)
    relatives = tuple(
        each.standing
        for each in pair.changes.new
        if each.sure and each.standing.model != watch.model and _are_related(each.standing.model, watch.model)
    )
    if relatives:
        yield Event(Occasion.FAMILY, relatives[0], None, relatives)


def _are_related(one: str, other: str) -> bool:
    return line_of(one) == line_of(other)


def line_of(model: str) -> str:
    """Return what the keys of a maker's line of models begin with: `gpt` of `gpt-4o-mini`."""
    return model.partition("-")[0]


def _overtakers(before: Standing, after: Standing, pair: Comparison) -> Iterator[Standing]:
    """Give the models that now stand before one and did not; those without a line before if surely new."""
    rank, was = rank_of(after), rank_of(before)
    if rank is None or was is None:
        return
    for each in pair.newer.standings:
        place, old = rank_of(each), pair.former.get(each.model)
        if place is None or place >= rank:
            continue
        if each.model in pair.surely_new if old is None else (rank_of(old) or was) >= was:
            yield each


def _enters(top: int, before: Standing | None, after: Standing, pair: Comparison) -> bool:
    """Tell whether a model came into the first `top` ranks, all of which the older page must have shown."""
    last = rank_of(pair.older.standings[-1]) if pair.older.standings else None
    seen = before is not None or pair.older.full or (last is not None and last > top)
    return seen and _is_within(after, top) and not _is_within(before, top)


def _has_moved(before: Standing, after: Standing, pair: Comparison) -> bool:
    """Tell it of one model, by what the scores of all did together."""
    if pair.has(Kind.RESCALED):
        return False
    return bool(find_moves([(before, after)], pair.drift))


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
