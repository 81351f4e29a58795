"""Drawings to test with, and what can be seen of a PNG."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import matplotlib
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image

from bot.drawing.values import Dot, Frame, Line, Theme, Tick, TimeChart

GROUNDS = {Theme.DARK: (0x2B, 0x2D, 0x31), Theme.LIGHT: (0xFF, 0xFF, 0xFF)}
VENDORS = ("alpha", "beta", "gamma", "delta", "epsilon")
LONG = [f"{vendor}-a-name-with-thinking-{'x' * 40}-2026{n:04}" for n, vendor in enumerate(VENDORS)]
HOSTILE = ("$\\frac{1}{0}$ $$", "%s {0} \\n", "🦙 llama", "讯飞星火4.0Ultra", "نموذج")


def make_line(
    name: str, *runs: Sequence[float | None], begin: float = 20000, spread: float | None = 5
) -> Line:
    """Return a line of values a day apart; None is a day without a value, which ends a run."""
    made: list[tuple[Dot, ...]] = []
    for run in runs:
        made.append(
            tuple(_dot(begin + at, value, spread) for at, value in enumerate(run) if value is not None)
        )
        begin += len(run) + 1
    return Line(name, "1400 · #1", tuple(made))


def _dot(x: float, y: float, spread: float | None) -> Dot:
    return Dot(x, y) if spread is None else Dot(x, y, y - spread, y + spread)


def make_chart(
    *lines: Line, theme: Theme = Theme.DARK, falling: bool = False, cuts: tuple[Tick, ...] = ()
) -> TimeChart:
    times = [dot.x for line in lines for run in line.runs for dot in run]
    ends = {min(times): "Jan 1, 2026"} | {max(times): "Feb 1"}
    ticks = tuple(Tick(x, label) for x, label in ends.items())
    frame = Frame("Rating on Arena Text", "5 days with a page", "LMArena · CC-BY-4.0", theme)
    return TimeChart(frame, lines, ticks, cuts, falling=falling, whole=falling, least=20)


def opened(png: bytes) -> Image.Image:
    """Return the picture, which decodes in every one of its pixels."""
    image = Image.open(BytesIO(png))
    image.load()
    return image.convert("RGB")


def words_outside(figure: Figure) -> list[str]:
    """Return the words of a figure that do not lie within it."""
    with matplotlib.rc_context({"text.parse_math": False}):
        figure.canvas.draw()
        frame = figure.bbox
        texts = [each for each in figure.findobj(Text) if each.get_visible() and each.get_text()]
        boxes = [(each.get_text(), each.get_window_extent()) for each in texts]
    return [
        text
        for text, box in boxes
        if box.x0 < frame.x0 or box.x1 > frame.x1 or box.y0 < frame.y0 or box.y1 > frame.y1
    ]


def words_covering(figure: Figure) -> list[tuple[str, str]]:
    """Return the pairs of words of a figure that cover each other."""
    with matplotlib.rc_context({"text.parse_math": False}):
        figure.canvas.draw()
        texts = [each for each in figure.findobj(Text) if each.get_visible() and each.get_text()]
        boxes = [(each.get_text(), each.get_tightbbox()) for each in texts]
    return [
        (one, other)
        for at, (one, box) in enumerate(boxes)
        for other, beside in boxes[at + 1 :]
        if box is not None
        and beside is not None
        and min(box.x1, beside.x1) - max(box.x0, beside.x0) > 2
        and min(box.y1, beside.y1) - max(box.y0, beside.y0) > 2
    ]
