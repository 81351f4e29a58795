"""What is to be drawn: values that hold every word and number of a picture, and nothing else.

They are made where the catalogues are, and cross into the process that draws. Texts are on one line, without
control characters. `x` of a time is in days since 1970. The `fallback` of a drawing is the same in English,
for a machine without a font for its script.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

LETTERS = "ABCDE"
"""What a model is called where its name cannot be drawn."""


class Theme(StrEnum):
    """The ground that a picture lies on."""

    DARK = "dark"
    LIGHT = "light"


@dataclass(frozen=True, slots=True)
class Frame:
    """What every picture has: what it shows, more of that in small type, and where it is from."""

    title: str
    subtitle: str
    caption: str
    theme: Theme = Theme.DARK


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis, and what is written there."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A value at a time, with its interval where it has one."""

    x: float
    y: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A model's dots in runs; nothing is drawn between two runs. `note` stands below its name."""

    name: str
    note: str
    runs: tuple[tuple[Dot, ...], ...]


@dataclass(frozen=True, slots=True)
class TimeChart:
    """Values over time. With `falling`, small ones are on top; with `whole`, they are ranks from 1 on."""

    frame: Frame
    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    cuts: tuple[Tick, ...] = ()
    """Places that no line crosses, and why."""
    suffix: str = ""
    falling: bool = False
    whole: bool = False
    least: float = 1.0
    """The least span of the axis of values, so that what hardly moves does not look as if it did."""
    fallback: TimeChart | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a comparison: what is scored, each model's dot (its `y` counts), and the best of them.

    A dot is None where a model has no score; `note` is the best score as printed, `best` its model.
    """

    label: str
    dots: tuple[Dot | None, ...]
    note: str = ""
    best: int | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """Rows on one scale, below a heading."""

    heading: str
    rows: tuple[Row, ...]
    suffix: str = ""
    least: float = 1.0


@dataclass(frozen=True, slots=True)
class RowChart:
    """Models side by side, in panels from top to bottom."""

    frame: Frame
    names: tuple[str, ...]
    panels: tuple[Panel, ...]
    fallback: RowChart | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A model's price (`x`) and score (`y`); on the `front`, nothing is both cheaper and better."""

    name: str
    x: float
    y: float
    front: bool


@dataclass(frozen=True, slots=True)
class PriceChart:
    """Scores against prices, the latter on a logarithmic axis."""

    frame: Frame
    offers: tuple[Offer, ...]
    sign: str
    """The sign of the currency."""
    across: str
    upward: str
    suffix: str = ""
    falling: bool = False
    fallback: PriceChart | None = None


@dataclass(frozen=True, slots=True)
class Spark:
    """A small line over time: its last `figure` large, and what stands below its two ends."""

    frame: Frame
    line: Line
    figure: str
    ends: tuple[str, str]
    cuts: tuple[Tick, ...] = ()
    least: float = 1.0
    falling: bool = False
    fallback: Spark | None = None


Drawing = TimeChart | RowChart | PriceChart | Spark


def digest_of(drawing: Drawing) -> str:
    """Return what identifies the content of a drawing."""
    return hashlib.sha256(repr(drawing).encode("utf-8", "backslashreplace")).hexdigest()
