"""Values over time: a line a model, its interval as a band, its name at its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from bot.drawing.canvas import (
    AXIS,
    CAPTION,
    LABEL,
    MARGIN,
    MARKERS,
    NOTE,
    WIDTH,
    Canvas,
    points,
    shorten,
    width_of,
)
from bot.drawing.fonts import writable
from bot.drawing.labels import spread
from bot.drawing.values import LETTERS, Dot, Line, Tick, TimeChart

TOP, BOTTOM = 122, 504
NAMES = 330
"""The most that names at the right may take."""
PAIR = 56
"""The height of a name and the note below it."""
FEW = 40
"""Dots up to which each of a line is marked."""


def draw_times(chart: TimeChart) -> Figure:
    """Return the picture of values over time."""
    canvas = Canvas(chart.frame)
    names = [writable(line.name, LETTERS[at]) for at, line in enumerate(chart.lines)]
    short = [shorten(name, NAMES, LABEL, bold=True) for name in names]
    texts = [
        *(width_of(each, LABEL, bold=True) for each in short),
        *(width_of(each.note, NOTE) for each in chart.lines),
    ]
    right = WIDTH - MARGIN - min(max(texts, default=0), NAMES) - 34
    low, high = bounds(chart.lines, chart.least)
    left = MARGIN + max(width_of(value_text(each, chart.suffix), AXIS) for each in (low, high)) + 6
    axes = canvas.axes(left, TOP, right, BOTTOM)
    first, last = _span(chart)
    axes.set_xlim(first, last)
    axes.set_ylim((high, low) if chart.falling else (low, high))
    _draw_axes(axes, canvas, chart)
    for at, line in enumerate(chart.lines):
        draw_line(axes, line, canvas.colours.series[at], MARKERS[at], 0.2 if len(names) < 3 else 0.13)
    draw_cuts(axes, canvas, chart.cuts, TOP)
    _name_ends(axes, canvas, chart, short)
    return canvas.figure


def draw_line(axes: Axes, line: Line, colour: str, marker: str, band: float = 0.2) -> None:
    """Draw a line run by run: nothing between runs; its last dot is large, a dot alone is one, too."""
    few = sum(map(len, line.runs)) <= FEW
    for run in line.runs:
        x, y = [dot.x for dot in run], [dot.y for dot in run]
        known = [dot for dot in run if dot.low is not None and dot.high is not None]
        if len(known) == len(run) > 1:
            bands = [dot.low or 0 for dot in run], [dot.high or 0 for dot in run]
            axes.fill_between(x, *bands, color=colour, alpha=band, linewidth=0)
        elif known:
            for dot in known:
                axes.plot(
                    [dot.x, dot.x],
                    [dot.low or 0, dot.high or 0],
                    color=colour,
                    alpha=0.45,
                    linewidth=points(3),
                )
        alone = len(run) == 1
        mark = marker if few or alone else ""
        axes.plot(
            x, y, color=colour, linewidth=points(4), marker=mark, markersize=points(9), solid_capstyle="round"
        )
    if line.runs:
        end = line.runs[-1][-1]
        axes.plot(
            [end.x], [end.y], color=colour, marker=marker, markersize=points(15), clip_on=False, zorder=5
        )


def bounds(lines: Sequence[Line], least: float) -> tuple[float, float]:
    """Return the ends of the axis of values: all intervals and a little more, but `least` at the least."""
    values = [value for dot in _dots(lines) for value in (dot.y, dot.low, dot.high) if value is not None]
    low, high = min(values, default=0.0), max(values, default=1.0)
    lacking = max(least - (high - low), 0) / 2
    room = (high - low + 2 * lacking) * 0.06
    return low - lacking - room, high + lacking + room


def _dots(lines: Sequence[Line]) -> Iterator[Dot]:
    for line in lines:
        for run in line.runs:
            yield from run


def _span(chart: TimeChart) -> tuple[float, float]:
    """Return the ends of the axis of time, so that one day is in the middle of some."""
    times = [dot.x for dot in _dots(chart.lines)] + [tick.x for tick in chart.ticks]
    first, last = min(times, default=0.0), max(times, default=1.0)
    room = max((last - first) * 0.015, 0.0) if last - first >= 1 else 2.0
    return first - room, last + room


def _draw_axes(axes: Axes, canvas: Canvas, chart: TimeChart) -> None:
    axes.grid(axis="y", color=canvas.colours.grid, linewidth=points(1.5))
    axes.set_yticks(value_ticks(*sorted(axes.get_ylim()), whole=chart.whole))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: value_text(value, chart.suffix)))
    axes.set_xticks([tick.x for tick in chart.ticks], [writable(tick.label) for tick in chart.ticks])
    axes.spines["bottom"].set_visible(True)
    axes.spines["bottom"].set_color(canvas.colours.faint)


def value_ticks(low: float, high: float, *, whole: bool = False) -> list[float]:
    """Return round values on an axis, none so low that its label touches those below the axis.

    With `whole`, they are ranks, and 1 is one of them where the axis has it.
    """
    found = MaxNLocator(5, integer=whole, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    edge = (high - low) * 0.04
    if not whole:
        return [float(tick) for tick in found if low + edge <= tick <= high]
    first = [1.0] if low <= 1 else []
    begin = 1 + edge if first else low
    return [*first, *(float(tick) for tick in found if begin < tick <= high - edge and tick % 1 == 0)]


def value_text(value: float, suffix: str) -> str:
    """Return a value on an axis, without needless zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".") + suffix


def draw_cuts(axes: Axes, canvas: Canvas, cuts: Sequence[Tick], top: float) -> None:
    """Mark the places that no line crosses; what they are is written where there is room."""
    begin, end = axes.get_xlim()
    box = axes.get_position()
    ends = -1.0
    for cut in cuts:
        axes.axvline(cut.x, color=canvas.colours.faint, linewidth=points(2.5), linestyle=(0, (4, 3)))
        at = (box.x0 + (cut.x - begin) / (end - begin) * box.width) * WIDTH
        wide = width_of(cut.label, CAPTION)
        right = at + 8 + wide <= box.x1 * WIDTH + 40
        left = at + 8 if right else at - 8 - wide
        if left > ends:
            canvas.write(left, top - 22, cut.label, CAPTION, canvas.colours.muted)
            ends = left + wide


def _name_ends(axes: Axes, canvas: Canvas, chart: TimeChart, names: Sequence[str]) -> None:
    """Write each model's name where its line ends, moved apart, with a thin line to where it belongs."""
    drawn = [(at, line, line.runs[-1][-1]) for at, line in enumerate(chart.lines) if line.runs]
    to_canvas = axes.transData + canvas.figure.transFigure.inverted()
    ends = [to_canvas.transform((end.x, end.y)) for _, _, end in drawn]
    heights = [(1 - float(y)) * canvas.height for _, y in ends]
    places = spread(heights, PAIR + 8, TOP + 12, BOTTOM - 20)
    x = axes.get_position().x1 * WIDTH + 30
    for (at, line, _), (end, _), height, place in zip(drawn, ends, heights, places, strict=True):
        colour = canvas.colours.series[at]
        canvas.write(x, place - PAIR / 2 - 2, names[at], LABEL, colour, bold=True)
        canvas.write(x, place + 4, line.note, NOTE, canvas.colours.muted)
        start = float(end) * WIDTH + 12
        _lead(canvas, (start, height), (x - 6, place), colour)


def _lead(canvas: Canvas, begin: tuple[float, float], end: tuple[float, float], colour: str) -> None:
    if end[0] - begin[0] < 20 and abs(end[1] - begin[1]) < 6:
        return
    bend = max(begin[0], end[0] - 22)
    corners = [begin, (bend, begin[1]), end]
    canvas.line(corners, colour)
