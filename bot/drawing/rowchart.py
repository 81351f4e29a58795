"""Models side by side: a row for each thing that is scored, a dot for each model."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from bot.drawing.canvas import LABEL, MARGIN, MARKERS, NOTE, WIDTH, Canvas, points, shorten, width_of
from bot.drawing.fonts import writable
from bot.drawing.timechart import bounds, value_text, value_ticks
from bot.drawing.values import LETTERS, Line, Panel, Row, RowChart

TOP = 76
LEGEND, HEADING, ROW, AXIS, FOOT = 42, 46, 46, 44, 58
"""Heights of a line of names, a panel's heading, a row, an axis with its numbers, and the caption."""
LABELS = 300
"""The most that the labels at the left may take."""


def draw_rows(chart: RowChart) -> Figure:
    """Return the picture of models side by side; it is as high as it has rows."""
    names = [writable(name, LETTERS[at]) for at, name in enumerate(chart.names)]
    lines = -(-len(names) // 2)
    height: float = TOP + lines * LEGEND + FOOT
    height += sum(HEADING + AXIS + _height_of(panel, len(names)) for panel in chart.panels)
    canvas = Canvas(chart.frame, height)
    _write_names(canvas, names)
    top: float = TOP + lines * LEGEND
    for panel in chart.panels:
        canvas.write(
            MARGIN, top + 14, shorten(panel.heading, WIDTH - 2 * MARGIN, NOTE), NOTE, canvas.colours.muted
        )
        bottom = top + HEADING + _height_of(panel, len(names))
        _draw_panel(canvas, panel, top + HEADING, bottom)
        top = bottom + AXIS
    return canvas.figure


def _height_of(panel: Panel, models: int) -> float:
    return len(panel.rows) * _row_height(panel, models)


def _row_height(panel: Panel, models: int) -> float:
    """Return a row's height; intervals of several models need more of it."""
    spread = any(dot is not None and dot.low is not None for row in panel.rows for dot in row.dots)
    return max(ROW, (20 if len(panel.rows) <= 4 else 14) * models + 8) if spread else ROW


def _write_names(canvas: Canvas, names: Sequence[str]) -> None:
    room = (WIDTH - 2 * MARGIN) / 2
    for at, name in enumerate(names):
        x, y = MARGIN + at % 2 * room, TOP + at // 2 * LEGEND
        colour = canvas.colours.series[at]
        canvas.mark(x + 10, y + 15, colour, MARKERS[at])
        canvas.write(x + 30, y, shorten(name, room - 46, LABEL, bold=True), LABEL, colour, bold=True)


def _draw_panel(canvas: Canvas, panel: Panel, top: float, bottom: float) -> None:
    labels = [shorten(row.label, LABELS, NOTE) for row in panel.rows]
    left = MARGIN + max(width_of(label, NOTE) for label in labels) + 26
    right = WIDTH - MARGIN - max(width_of(row.note, NOTE, bold=True) for row in panel.rows) - 26
    axes = canvas.axes(left, top, right, bottom)
    dots = tuple(dot for row in panel.rows for dot in row.dots if dot is not None)
    low, high = bounds([Line("", "", (dots,))], panel.least)
    axes.set_xlim(low, high)
    axes.set_ylim(len(panel.rows) - 0.5, -0.5)
    axes.grid(axis="x", color=canvas.colours.grid, linewidth=points(1.5))
    axes.set_yticks([])
    axes.set_xticks(_ticks(low, high, panel, right - left))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: value_text(value, panel.suffix)))
    step = (bottom - top) / len(panel.rows)
    for at, row in enumerate(panel.rows):
        middle = top + (at + 0.5) * step
        canvas.write(left - 26, middle, labels[at], NOTE, ha="right", va="center")
        colour = canvas.colours.strong if row.best is None else canvas.colours.series[row.best]
        canvas.write(right + 26, middle, row.note, NOTE, colour, bold=True, va="center")
        _draw_row(axes, canvas, at, row, step)


def _ticks(low: float, high: float, panel: Panel, room: float) -> list[float]:
    """Return round values that have room beside each other, whole with their label inside."""
    ticks = value_ticks(low, high)
    wide = max((width_of(value_text(tick, panel.suffix), 23) for tick in ticks), default=0) + 20
    while len(ticks) > 1 and (ticks[1] - ticks[0]) / (high - low) * room < wide:
        ticks = ticks[::2]
    return ticks


def _draw_row(axes: Axes, canvas: Canvas, at: int, row: Row, step: float) -> None:
    """Draw a row's dots on a line from the least to the greatest; those with intervals one below another."""
    present = [(model, dot) for model, dot in enumerate(row.dots) if dot is not None]
    spread = any(dot.low is not None for _, dot in present) and len(present) > 1
    values = [dot.y for _, dot in present]
    if len(values) > 1 and not spread:
        axes.plot(
            [min(values), max(values)],
            [at, at],
            color=canvas.colours.grid,
            linewidth=points(7),
            solid_capstyle="round",
        )
    for place, (model, dot) in enumerate(present):
        y = at + ((place - (len(present) - 1) / 2) * min(20 / step, 0.8 / len(present)) if spread else 0)
        colour = canvas.colours.series[model]
        if dot.low is not None and dot.high is not None:
            axes.plot(
                [dot.low, dot.high],
                [y, y],
                color=colour,
                alpha=0.55,
                linewidth=points(5),
                solid_capstyle="round",
            )
        axes.plot(
            [dot.y], [y], color=colour, marker=MARKERS[model], markersize=points(15), clip_on=False,
            markeredgecolor=canvas.colours.ground, markeredgewidth=points(1.5), zorder=5,
        )  # fmt: skip
