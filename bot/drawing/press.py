"""Prints a drawing: the one way from values to PNG bytes; the same values give the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from io import BytesIO
from typing import Any

import matplotlib
from matplotlib.figure import Figure
from PIL import Image

from bot.drawing.fonts import can_write, families
from bot.drawing.pricechart import draw_prices
from bot.drawing.rowchart import draw_rows
from bot.drawing.spark import draw_spark
from bot.drawing.timechart import draw_times
from bot.drawing.values import Drawing, PriceChart, RowChart, Spark, TimeChart

COLOURS = 256
"""A picture has some 1,000; with these none differs by more than 2 of 255, and it takes a third of the bytes,
which every answer with it is sent with."""
COMPRESSION = 6
"""Of 9; higher ones take longer and save next to nothing."""


def print_png(drawing: Drawing) -> bytes:
    """Return a drawing as a PNG of twice the pixels that it is laid out in."""
    figure, drawn, file = make_figure(drawing), BytesIO(), BytesIO()
    with _style():
        figure.savefig(drawn, format="rgba")
    size = (int(figure.bbox.width), int(figure.bbox.height))
    whole = Image.frombytes("RGBA", size, drawn.getvalue()).convert("RGB")
    few = whole.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(file, "PNG", compress_level=COMPRESSION)
    return file.getvalue()


def make_figure(drawing: Drawing) -> Figure:
    """Return a drawing's figure; its fallback's where no font has the letters of its own words."""
    if drawing.fallback is not None and not all(map(can_write, _words(drawing))):
        return make_figure(drawing.fallback)
    with _style():
        match drawing:
            case TimeChart():
                return draw_times(drawing)
            case RowChart():
                return draw_rows(drawing)
            case PriceChart():
                return draw_prices(drawing)
            case Spark():
                return draw_spark(drawing)


def _style() -> Any:  # noqa: ANN401 - a context manager of matplotlib's
    """Return a context without the machine's own settings, where a dollar is a dollar."""
    chosen: dict[Any, Any] = {
        "font.family": list(families()),
        "text.parse_math": False,
        "axes.unicode_minus": True,
    }
    return matplotlib.rc_context({**matplotlib.rcParamsDefault, "backend": "agg"} | chosen)


def _words(value: object) -> Iterator[str]:
    """Give every word of a drawing itself, without its fallback's and without the names of models."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _words(each)
    elif is_dataclass(value):
        for part in fields(value):
            if part.name not in ("fallback", "name", "names"):
                yield from _words(getattr(value, part.name))
