"""How the scores of a whole board moved, and which models moved more than that.

A rating means something only beside the others of its page, and boards anchor them anew: what all
scores did together is the board's doing, not the models'.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from store.answers import Score, Standing
from store.changes.values import Bulk, Kind, Moved
from store.values import Unit

FEW = 3
"""Models below which nothing is said of all of them."""
MOST = 2 / 3
"""The share of models that must have moved alike for a common offset."""
ENOUGH = 10
"""Models from which two documents that print the same figures of them are taken to print one board."""
MANY, SHARE = 8, 0.2
"""Moves in number and as a share of the models, beyond both of which the scale changed, not the models."""


@dataclass(frozen=True, slots=True)
class Ruler:
    """What is much in one unit.

    `alike` is a difference within rounding and drift; from `least` to `most` lies the offset that is told
    (in between, half an interval); `far` is a move where no interval is printed.
    """

    alike: float
    least: float
    most: float
    far: float


RATING = Ruler(alike=2, least=3, most=5, far=15)
"""Ratings drift by 1 or 2 a day; usual intervals are ±4 to ±8, so that 15 lies beyond two of them."""
SHARE_OF_100 = Ruler(alike=0.2, least=0.5, most=1, far=3)
"""Points and percent; three of a hundred are more than a test of some hundred questions wavers by."""


def ruler_of(unit: Unit) -> Ruler:
    """Return what is much in a unit."""
    return RATING if unit is Unit.RATING else SHARE_OF_100


@dataclass(frozen=True, slots=True)
class Drift:
    """What all scores did: most moved by about `offset`, told when it is large; else 0."""

    offset: float = 0.0
    count: int = 0
    told: bool = False


def apart(one: Score, other: Score) -> bool:
    """Tell whether two intervals do not overlap; unknown ones do."""
    if one.low is None or one.high is None or other.low is None or other.high is None:
        return False
    return one.high < other.low or other.high < one.low


def measure_drift(shared: Sequence[tuple[Standing, Standing]]) -> Drift:
    """Return what most scores did together."""
    scores = [(old.main, new.main) for old, new in shared]
    steps = [new.score - old.score for old, new in scores if old.score is not None and new.score is not None]
    if len(steps) < FEW:
        return Drift()
    ruler, offset = ruler_of(shared[0][1].main.dimension.unit), median(steps)
    alike = sum(abs(step - offset) <= max(ruler.alike, abs(offset) * SHARE) for step in steps)
    if alike < MOST * len(steps):
        return Drift()
    halves = [(new.high - new.low) / 2 for _, new in scores if new.low is not None and new.high is not None]
    needed = max(ruler.least, min(median(halves) if halves else ruler.most, ruler.most))
    return Drift(offset, alike, abs(offset) >= needed)


def agree(shared: Sequence[tuple[Standing, Standing]]) -> bool:
    """Tell whether two pages print the same figures, but for what a rating drifts in a few days."""
    drift = measure_drift(shared)
    if drift.count < ENOUGH:
        return False
    return abs(drift.offset) <= ruler_of(shared[0][1].main.dimension.unit).alike


def find_moves(shared: Sequence[tuple[Standing, Standing]], drift: Drift) -> tuple[Moved, ...]:
    """Return the models whose score moved beyond both days' intervals, as printed and beside the drift."""
    return tuple(Moved(old, new) for old, new in shared if _moved(old.main, new.main, drift.offset))


def _moved(old: Score, new: Score, offset: float) -> bool:
    if old.score is None or new.score is None:
        return False
    step, beside = new.score - old.score, new.score - old.score - offset
    if step * beside <= 0:  # its own move is not in the direction that a reader sees
        return False
    if old.low is None or old.high is None or new.low is None or new.high is None:
        return min(abs(step), abs(beside)) > ruler_of(new.dimension.unit).far
    reach = (
        new.high - new.score + old.score - old.low if step < 0 else new.score - new.low + old.high - old.score
    )
    return min(abs(step), abs(beside)) > reach


def sum_up_moves(
    shared: Sequence[tuple[Standing, Standing]], drift: Drift
) -> tuple[tuple[Moved, ...], tuple[Bulk, ...]]:
    """Return the moves worth telling one by one, and the line that stands for all others."""
    moves, scored = find_moves(shared, drift), sum(new.main.score is not None for _, new in shared)
    if len(moves) > MANY and len(moves) > SHARE * scored:
        return (), (Bulk(Kind.RESCALED, len(moves), scored),)
    if drift.told:
        return moves, (Bulk(Kind.SHIFT, drift.count, scored, drift.offset),)
    return moves, ()
