"""Scores against prices: who is on the front, where nothing is both cheaper and better."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, NullLocator

from bot.drawing.canvas import AXIS, CAPTION, MARGIN, NOTE, WIDTH, Canvas, points, shorten, width_of
from bot.drawing.fonts import writable
from bot.drawing.labels import Box, Label, place_free
from bot.drawing.timechart import value_text, value_ticks
from bot.drawing.values import Offer, PriceChart

HEIGHT = 720
TOP, BOTTOM = 150, 588
NAME = 250
"""The most that a name may take."""
OTHERS = 12
"""Models beside the front that are named where there is room, the best first."""
STEPS = (1, 2, 5)


def draw_prices(chart: PriceChart) -> Figure:
    """Return the picture of scores against prices."""
    canvas = Canvas(chart.frame, HEIGHT)
    scores = [offer.y for offer in chart.offers]
    room = max((max(scores) - min(scores)) * 0.08, 1.0)
    low, high = min(scores) - room, max(scores) + room
    left = (
        MARGIN + max(width_of(value_text(each, chart.suffix), AXIS) for each in value_ticks(low, high)) + 10
    )
    axes = canvas.axes(left, TOP, WIDTH - MARGIN, BOTTOM)
    axes.set_xscale("log")
    prices = [offer.x for offer in chart.offers]
    reach = max(max(prices) / min(prices), 4)
    axes.set_xlim(min(prices) / reach**0.26, max(prices) * reach**0.1)
    axes.set_ylim((high, low) if chart.falling else (low, high))
    _draw_axes(axes, canvas, chart, WIDTH - MARGIN - left)
    canvas.write(MARGIN, TOP - 36, shorten(chart.upward, 400, CAPTION), CAPTION, canvas.colours.muted)
    across = shorten(chart.across, WIDTH - 2 * MARGIN, CAPTION)
    canvas.write(WIDTH - MARGIN, BOTTOM + 42, across, CAPTION, canvas.colours.muted, ha="right")
    _draw_offers(axes, canvas, chart)
    return canvas.figure


def price_ticks(low: float, high: float, most: int = 7) -> list[float]:
    """Return round prices from `low` to `high`: 1, 2 and 5 of each power of ten, or fewer."""
    for steps in (STEPS, (1, 3), (1,)):
        powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
        found = [
            step * 10.0**power for power in powers for step in steps if low <= step * 10.0**power <= high
        ]
        if len(found) <= most:
            break
    return found[:: -(-len(found) // most)] if found else []


def _draw_axes(axes: Axes, canvas: Canvas, chart: PriceChart, room: float) -> None:
    axes.grid(axis="y", color=canvas.colours.grid, linewidth=points(1.5))
    axes.set_yticks(value_ticks(*sorted(axes.get_ylim())))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: value_text(value, chart.suffix)))
    first, last = axes.get_xlim()
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xticks(_inside(price_ticks(first, last), first, last, chart.sign, room))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda price, _: price_text(price, chart.sign)))
    axes.spines["bottom"].set_visible(True)
    axes.spines["bottom"].set_color(canvas.colours.faint)


def price_text(price: float, sign: str) -> str:
    """Return a round price with its sign."""
    return sign + f"{price:.6f}".rstrip("0").rstrip(".")


def _inside(ticks: Sequence[float], first: float, last: float, sign: str, room: float) -> list[float]:
    """Return the ticks whose labels do not leave the axis at its right."""
    span = math.log10(last / first)
    return [
        tick
        for tick in ticks
        if (math.log10(last / tick) / span) * room >= width_of(price_text(tick, sign), AXIS) / 2 - MARGIN
    ]


def _draw_offers(axes: Axes, canvas: Canvas, chart: PriceChart) -> None:
    colours = canvas.colours
    others = [offer for offer in chart.offers if not offer.front]
    front = sorted((offer for offer in chart.offers if offer.front), key=lambda each: each.x)
    x, y = [each.x for each in front], [each.y for each in front]
    size = points(12) ** 2
    axes.scatter([each.x for each in others], [each.y for each in others], s=size, color=colours.faint, lw=0)
    axes.step(x, y, where="post", color=colours.series[0], linewidth=points(3), alpha=0.7)
    axes.plot(x, y, color=colours.series[0], marker="o", markersize=points(17), linestyle="none", zorder=5)
    best = sorted(others, key=lambda each: each.y, reverse=not chart.falling)[:OTHERS]
    _name(axes, canvas, chart, [*reversed(front), *best])


def _name(axes: Axes, canvas: Canvas, chart: PriceChart, named: Sequence[Offer]) -> None:
    """Write names where no point and no other name is; who finds no place has none."""
    to_canvas = axes.transData + canvas.figure.transFigure.inverted()

    def place(offer: Offer) -> tuple[float, float]:
        x, y = to_canvas.transform((offer.x, offer.y))
        return float(x) * WIDTH, (1 - float(y)) * canvas.height

    dots: list[Box] = [(x - 9, y - 9, x + 9, y + 9) for x, y in map(place, chart.offers)]
    front = sorted(map(place, (offer for offer in chart.offers if offer.front)))
    names = [shorten(writable(offer.name, "?"), NAME, NOTE, bold=offer.front) for offer in named]
    labels = [
        Label(*place(offer), width_of(name, NOTE, bold=offer.front), NOTE, offer.front)
        for offer, name in zip(named, names, strict=True)
    ]
    room = (axes.get_position().x0 * WIDTH, TOP - 6, WIDTH - MARGIN, BOTTOM - 6)
    for offer, name, box in zip(named, names, place_free(labels, dots, _steps(front), room), strict=True):
        if box is not None:
            colour = canvas.colours.strong if offer.front else canvas.colours.muted
            middle = (box[1] + box[3]) / 2
            canvas.write(box[0], middle, name, NOTE, colour, bold=offer.front, va="center")


def _steps(front: Sequence[tuple[float, float]]) -> list[Box]:
    """Return the boxes that the line of the front takes: across to the next model, then up to it."""
    boxes: list[Box] = []
    for (x, y), (to, up) in pairwise(front):
        boxes += [(x, y - 3, to, y + 3), (to - 3, min(up, y), to + 3, max(up, y))]
    return boxes
