"""A small line over time, for a profile: where it began, and where it is."""

from __future__ import annotations

from matplotlib.figure import Figure

from bot.drawing.canvas import AXIS, LABEL, MARGIN, MARKERS, NOTE, WIDTH, Canvas, shorten, width_of
from bot.drawing.timechart import bounds, draw_cuts, draw_line
from bot.drawing.values import Spark

HEIGHT = 340
TOP, BOTTOM = 106, 232
NAME = 260
"""The most that the figures at the right may take."""


def draw_spark(spark: Spark) -> Figure:
    """Return the picture of a small line."""
    canvas = Canvas(spark.frame, HEIGHT)
    figure = shorten(spark.figure, NAME, LABEL, bold=True)
    note = shorten(spark.line.note, NAME, NOTE)
    right = WIDTH - MARGIN - max(width_of(figure, LABEL, bold=True), width_of(note, NOTE)) - 34
    axes = canvas.axes(MARGIN + 6, TOP, right, BOTTOM)
    axes.set_xticks([])
    axes.set_yticks([])
    dots = [dot for run in spark.line.runs for dot in run]
    first, last = dots[0], dots[-1]
    room = max((last.x - first.x) * 0.012, 0.2)
    axes.set_xlim(first.x - room, last.x + room)
    low, high = bounds([spark.line], spark.least)
    axes.set_ylim((high, low) if spark.falling else (low, high))
    colour = canvas.colours.series[0]
    draw_line(axes, spark.line, colour, MARKERS[0])
    draw_cuts(axes, canvas, spark.cuts, TOP)
    place = TOP + (1 - (last.y - low) / (high - low)) * (BOTTOM - TOP)
    place = TOP + BOTTOM - place if spark.falling else place
    place = min(max(place, TOP + 20), BOTTOM - 20)
    canvas.write(right + 30, place - 30, figure, LABEL, colour, bold=True)
    canvas.write(right + 30, place + 4, note, NOTE, canvas.colours.muted)
    begin, end = spark.ends
    canvas.write(MARGIN, BOTTOM + 14, shorten(begin, 380, AXIS), AXIS, canvas.colours.muted)
    canvas.write(right, BOTTOM + 14, shorten(end, 380, AXIS), AXIS, canvas.colours.muted, ha="right")
    return canvas.figure
