"""The sheet that all pictures are drawn on: its size, colours and type, with lengths in its own pixels.

A picture is shown about 400 points wide in Discord, so that type is large: 26 of the 1,000 pixels across
are then as large as a message's small print.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D

from bot.drawing.fonts import families, writable
from bot.drawing.values import Frame, Theme

WIDTH = 1000
PER_INCH = 100
SCALE = 2
"""Pixels of the PNG for one of ours."""
MARGIN = 34
TITLE, SUBTITLE, LABEL, NOTE, AXIS, CAPTION = 36, 24, 26, 22, 23, 19
"""Sizes of type in pixels."""
BETWEEN = "…"


@dataclass(frozen=True)
class Colours:
    """A theme's colours; `series` can be told apart by the colour-blind, too."""

    ground: str
    strong: str
    muted: str
    faint: str
    grid: str
    series: tuple[str, ...]


COLOURS = {
    Theme.DARK: Colours(
        "#2b2d31", "#f2f3f5", "#b5bac1", "#949ba4", "#41434a",
        ("#56b4e9", "#ffa94d", "#2fcf9f", "#f08cc0", "#f0e442"),
    ),
    Theme.LIGHT: Colours(
        "#ffffff", "#1e1f22", "#4e5058", "#6d6f78", "#e3e5e8",
        ("#0072b2", "#c95100", "#00805e", "#b0478a", "#6b5d00"),
    ),
}  # fmt: skip
MARKERS = ("o", "s", "^", "D", "v")


class Canvas:
    """A figure to draw on, with the words of its frame."""

    def __init__(self, frame: Frame, height: float = 600) -> None:
        self.height = height
        self.colours = COLOURS[frame.theme]
        self.figure = Figure(figsize=(WIDTH / PER_INCH, height / PER_INCH), dpi=PER_INCH * SCALE)
        self.figure.patch.set_facecolor(self.colours.ground)
        FigureCanvasAgg(self.figure)
        room = WIDTH - 2 * MARGIN
        self.write(MARGIN, 22, shorten(frame.title, room, TITLE, bold=True), TITLE, bold=True)
        if frame.subtitle:
            self.write(MARGIN, 70, shorten(frame.subtitle, room, SUBTITLE), SUBTITLE, self.colours.muted)
        if frame.caption:
            said = shorten(frame.caption, room, CAPTION)
            self.write(MARGIN, height - 38, said, CAPTION, self.colours.faint)

    def write(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        colour: str | None = None,
        *,
        bold: bool = False,
        ha: Any = "left",  # noqa: ANN401 - a literal of matplotlib's
        va: Any = "top",  # noqa: ANN401
    ) -> None:
        """Write a text with its corner at `x` from the left and `y` from the top."""
        self.figure.text(
            x / WIDTH,
            1 - y / self.height,
            writable(text),
            fontsize=points(size),
            color=colour or self.colours.strong,
            fontweight="bold" if bold else "normal",
            ha=ha,
            va=va,
        )

    def line(self, corners: Sequence[tuple[float, float]], colour: str, width: float = 1.5) -> None:
        """Draw a thin dotted line through corners, each so far from the left and from the top."""
        x, y = [x / WIDTH for x, _ in corners], [1 - y / self.height for _, y in corners]
        self.figure.add_artist(
            Line2D(x, y, color=colour, linewidth=points(width), linestyle=(0, (1, 2)), alpha=0.8)
        )

    def mark(self, x: float, y: float, colour: str, marker: str) -> None:
        """Draw a marker so far from the left and from the top."""
        at = [x / WIDTH], [1 - y / self.height]
        self.figure.add_artist(
            Line2D(*at, color=colour, marker=marker, markersize=points(15), linestyle="none")
        )

    def axes(self, left: float, top: float, right: float, bottom: float) -> Axes:
        """Return axes whose inside has these edges, with faint lines across and nothing else."""
        box = (
            left / WIDTH,
            1 - bottom / self.height,
            (right - left) / WIDTH,
            (bottom - top) / self.height,
        )
        axes = self.figure.add_axes(box)
        axes.set_facecolor("none")
        axes.spines[:].set_visible(False)
        axes.tick_params(length=0, labelsize=points(AXIS), labelcolor=self.colours.muted, pad=8)
        axes.set_axisbelow(True)
        return axes


def points(pixels: float) -> float:
    """Return a length in the points that type is measured in."""
    return pixels * 72 / PER_INCH


@lru_cache(maxsize=4096)
def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return how many pixels a text is wide."""
    if not text:
        return 0.0
    weight = "bold" if bold else "normal"
    type_ = FontProperties(family=list(families()), weight=weight, size=points(size))
    measure: Any = _measure()
    width, _, _ = measure.get_text_width_height_descent(writable(text), type_, False)
    return float(width) / SCALE


@cache
def _measure() -> Any:  # noqa: ANN401 - matplotlib gives it no types
    make: Any = RendererAgg
    return make(8, 8, PER_INCH * SCALE)


def shorten(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """Return a text that fits into `room` pixels; what is left out is its middle, for both ends tell most."""
    if width_of(text, size, bold=bold) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        kept = (low + high + 1) // 2
        if width_of(_without_middle(text, kept), size, bold=bold) <= room:
            low = kept
        else:
            high = kept - 1
    return _without_middle(text, low)


def _without_middle(text: str, kept: int) -> str:
    head = (kept + 1) // 2
    return text[:head].rstrip() + BETWEEN + text[len(text) - (kept - head) :].lstrip()
