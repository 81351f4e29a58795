"""Where labels go so that none covers another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""

AWAY = (14.0, 26.0, 40.0)
"""How far from its point a label is tried, one after another; the farther ones where it is needed."""


@dataclass(frozen=True, slots=True)
class Label:
    """A text of a size that belongs to a point; one that is `needed` may lie on a line."""

    x: float
    y: float
    width: float
    height: float
    needed: bool = False


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Return places as near as can be to those wanted, in their order, `gap` apart, from `low` to `high`.

    Places that are too near form a block around their mean; where not all fit, they overlap evenly.
    """
    order = sorted(range(len(wanted)), key=lambda at: wanted[at])
    gap = min(gap, (high - low) / max(len(wanted) - 1, 1))
    blocks: list[list[int]] = []
    for at in order:
        blocks.append([at])
        while len(blocks) > 1 and _end(blocks[-2], wanted, gap, low, high) > _begin(
            blocks[-1], wanted, gap, low, high
        ):
            blocks[-2:] = [blocks[-2] + blocks[-1]]
    places = [0.0] * len(wanted)
    for block in blocks:
        begin = _begin(block, wanted, gap, low, high)
        for step, at in enumerate(block):
            places[at] = begin + step * gap
    return places


def _begin(block: Sequence[int], wanted: Sequence[float], gap: float, low: float, high: float) -> float:
    length = (len(block) - 1) * gap
    middle = sum(wanted[at] for at in block) / len(block)
    return max(low, min(middle - length / 2, high - length))


def _end(block: Sequence[int], wanted: Sequence[float], gap: float, low: float, high: float) -> float:
    return _begin(block, wanted, gap, low, high) + len(block) * gap - 1e-9


def overlaps(one: Box, other: Box) -> bool:
    """Tell whether two boxes share a place."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def place_free(
    labels: Sequence[Label], taken: Sequence[Box], lines: Sequence[Box], room: Box
) -> list[Box | None]:
    """Return for each label a place near its point where neither another label nor `taken` is, or None.

    Labels that come earlier choose first. Places on `lines` are avoided, but for what is `needed`.
    """
    used = list(taken)
    found: list[Box | None] = []
    for label in labels:
        places = [box for away in (AWAY if label.needed else AWAY[:1]) for box in _around(label, away)]
        box = next((each for each in places if _fits(each, [*used, *lines], room)), None)
        if box is None and label.needed:
            box = next((each for each in places if _fits(each, used, room)), None)
        found.append(box)
        if box is not None:
            used.append(box)
    return found


def _around(label: Label, away: float) -> list[Box]:
    """Return the places around a point; what is needed prefers those above and to the left."""
    x, y, width, height = label.x, label.y, label.width, label.height
    near = away * 0.6
    left, right, above, below = x - away - width, x + away, y - away - height, y + away
    beside = [(right, y - height / 2), (left, y - height / 2)]
    over = [(x - near - width, y - near - height), (x - width / 2, above), (x + near, y - near - height)]
    under = [(x - width / 2, below), (x + near, y + near), (x - near - width, y + near)]
    corners = [*over, *reversed(beside), *under] if label.needed else [*beside, *over, *under]
    return [(left, top, left + width, top + height) for left, top in corners]


def _fits(box: Box, used: Sequence[Box], room: Box) -> bool:
    inside = room[0] <= box[0] and box[2] <= room[2] and room[1] <= box[1] and box[3] <= room[3]
    return inside and not any(overlaps(box, each) for each in used)
