"""Where labels go so that none covers another."""

from __future__ import annotations

from collections.abc import Sequence

Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""


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
    sizes: Sequence[tuple[float, float, float, float]], taken: Sequence[Box], room: Box
) -> list[Box | None]:
    """Return for each point with the size of its label (x, y, width, height) a free place, or None.

    Right of the point is tried first, then left, above and below. Earlier points choose first.
    """
    used = list(taken)
    found: list[Box | None] = []
    for x, y, width, height in sizes:
        box = next((each for each in _around(x, y, width, height) if _fits(each, used, room)), None)
        found.append(box)
        if box is not None:
            used.append(box)
    return found


def _around(x: float, y: float, width: float, height: float) -> list[Box]:
    away = 14.0
    corners = [
        (x + away, y - height / 2),
        (x - away - width, y - height / 2),
        (x - width / 2, y - away - height),
        (x - width / 2, y + away),
        (x + away * 0.6, y - away * 0.6 - height),
        (x - away * 0.6 - width, y - away * 0.6 - height),
        (x + away * 0.6, y + away * 0.6),
        (x - away * 0.6 - width, y + away * 0.6),
    ]
    return [(left, top, left + width, top + height) for left, top in corners]


def _fits(box: Box, used: Sequence[Box], room: Box) -> bool:
    inside = room[0] <= box[0] and box[2] <= room[2] and room[1] <= box[1] and box[3] <= room[3]
    return inside and not any(overlaps(box, each) for each in used)
