"""One cell, typed by its shape: numbers, intervals, prices, sizes and lengths.

A reader returns None where the board says it has nothing, and raises CellError where the cell is
something else than its column wants. Numbers may be written in full width.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from store.parse.grid import CellError
from store.parse.markup import read_plain
from store.values import Code, Flag, Measure, Price, Unit

# Twelve digits are more than any board prints; int() refuses thousands of them.
_N = r"(?:\d{1,3}(?:,\d{3}){1,3}|\d{1,12})(?:\.\d{1,12})?"
_INTERVAL = (
    rf"(?:(?:±|\+/-)\s*(?P<both>{_N})"
    rf"|\+{{1,2}}\s*(?P<plus>{_N})\s*%?\s*/\s*-{{1,2}}\s*(?P<minus>{_N})"
    rf"|-{{1,2}}\s*(?P<minus2>{_N})\s*%?\s*/\s*\+{{1,2}}\s*(?P<plus2>{_N}))\s*%?"
)
_COUNT = re.compile(r"#?((?:\d{1,3}(?:,\d{3}){1,2})|\d{1,9})(?:\.0*)?")  # what a database's integer holds
_DISTANCES = re.compile(rf"\(?\s*(?:{_INTERVAL}|(?P<bare>{_N}))\s*\)?")
_FIGURE = re.compile(
    rf"(?P<value>[+-]?{_N})\s*(?P<unit>%|s|秒|元|分)?\s*(?:\(\s*{_INTERVAL}\s*\)|"
    + re.sub(r"\?P<(\w+)>", r"?P<\1_>", _INTERVAL)
    + r")?\s*\(?(?P<note>[a-z]*(?: [a-z]+)?)\)?",
    re.I,
)
_PRICES = re.compile(rf"(?:(?P<in>[$¥]?{_N})\s*元?\s*/\s*)?(?P<out>[$¥]?{_N})\s*(?P<yuan>元?)")
_SIZE = re.compile(rf"({_N})\s*([bmt])(?:illion)?", re.I)
_DURATION = re.compile(
    rf"(?:(\d{{1,3}})\s*(?:h|小时))?\s*(?:({_N})\s*(?:m|min|分钟?))?\s*(?:({_N})\s*(?:s|sec|秒))?", re.I
)
_LENGTH = re.compile(rf"({_N})\s*([km万]?)(?:\s*tokens?)?", re.I)
_PLUS_DASHES = str.maketrans("−–—﹣", "----")

_MISSING = frozenset({
    "", "-", "--", "---", "/", "/%", "/元", "/s", "/秒", "...", "......", "n/a", "n.a.", "na", "nan", "none",
    "null", "tbd", "unknown", "暂无数据", "暂无", "无", "未知",
})  # fmt: skip
_NOTES = {"preliminary": Flag.PRELIMINARY, "new": Flag.NEW}
_UNITS = {"%": Unit.PERCENT, "s": Unit.SECONDS, "秒": Unit.SECONDS, "元": Unit.YUAN, "分": Unit.POINTS}
_KINDS = {
    "商用": Flag.COMMERCIAL, "商业": Flag.COMMERCIAL, "闭源": Flag.COMMERCIAL, "commercial": Flag.COMMERCIAL,
    "开源": Flag.OPEN, "opensource": Flag.OPEN, "open-source": Flag.OPEN, "open": Flag.OPEN,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what is printed around it; `low` and `high` are the interval's bounds."""

    value: float
    unit: Unit | None = None
    low: float | None = None
    high: float | None = None
    flags: frozenset[Flag] = frozenset()


def normalise(cell: str) -> str:
    """Return `cell` without markup, in NFKC when it is not plain ASCII."""
    text = read_plain(cell)
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", text.translate(_PLUS_DASHES)).strip()


def is_missing(cell: str) -> bool:
    """Tell whether `cell` is one of the marks for nothing."""
    return _is_mark(normalise(cell))


def _is_mark(text: str) -> bool:
    return text in _MISSING or (not text[0].isdigit() and text.casefold().replace(" ", "") in _MISSING)


def read_text(cell: str) -> str | None:
    """Return the text of `cell` as printed."""
    return None if is_missing(cell) else read_plain(cell)


def read_count(cell: str) -> int | None:
    """Return a whole number: a rank, or votes with or without thousands separators."""
    text = normalise(cell)
    if _is_mark(text):
        return None
    match = _COUNT.fullmatch(text)
    if match is None:
        raise CellError(Code.NOT_A_NUMBER, text)
    return int(match[1].replace(",", ""))


def read_rank(cell: str) -> int | None:
    """Return a rank, which is at least 1."""
    rank = read_count(cell)
    if rank == 0:
        raise CellError(Code.NOT_A_NUMBER, cell)
    return rank


def read_figure(cell: str) -> Figure | None:
    """Return a score or measure: `1477`, `1496±8Preliminary`, `1691 (++9/-9)`, `12.47%±1.54%`, `37s`."""
    text = normalise(cell)
    if _is_mark(text):
        return None
    match = _FIGURE.fullmatch(text)
    if match is None:
        raise CellError(Code.NOT_A_NUMBER, text)
    value = _number(match["value"])
    flags = _read_notes(match["note"], text)
    unit = _UNITS.get((match["unit"] or "").lower())
    if (distances := _distances(match)) is None:
        return Figure(value, unit, flags=flags)
    minus, plus = distances
    return Figure(value, unit, lower(value, minus), lower(value, -plus), flags)


def _read_notes(note: str, text: str) -> frozenset[Flag]:
    words = re.findall(r"[a-z]+", note.lower())
    if any(word not in _NOTES for word in words):
        raise CellError(Code.NOT_A_NUMBER, text)
    return frozenset(_NOTES[word] for word in words)


def read_distances(cell: str) -> tuple[float, float] | None:
    """Return how far an interval reaches below and above: `+5/-5`, `±4`, `4`."""
    text = normalise(cell)
    if _is_mark(text):
        return None
    match = _DISTANCES.fullmatch(text)
    if match is None:
        raise CellError(Code.NOT_UNDERSTOOD, text)
    if match["bare"] is not None:
        return _number(match["bare"]), _number(match["bare"])
    return _distances(match)


def _distances(match: re.Match[str]) -> tuple[float, float] | None:
    groups = {name.rstrip("_"): text for name, text in match.groupdict().items() if text is not None}
    if "both" in groups:
        return _number(groups["both"]), _number(groups["both"])
    minus, plus = groups.get("minus", groups.get("minus2")), groups.get("plus", groups.get("plus2"))
    return None if minus is None or plus is None else (_number(minus), _number(plus))


def lower(value: float, by: float) -> float:
    """Return `value` less `by` without the dust of binary fractions."""
    return round(value - by, 6)


def read_measure(cell: str, unit: Unit | None) -> Measure:
    """Return a further number of a row; the printed unit goes before the column's `unit`."""
    text = normalise(cell)
    if unit is Unit.SECONDS and (match := _DURATION.fullmatch(text)) and any(match.groups()):
        hours, minutes, seconds = (_number(each or "0") for each in match.groups())
        return Measure(round(hours * 3600 + minutes * 60 + seconds, 6), unit)
    if unit is Unit.TOKENS and text[:1].isdigit() and text[-1] in "kKmM万":
        return Measure(read_length(cell), unit)
    figure = read_figure(cell)
    if figure is None:
        return Measure(None, unit or Unit.POINTS)
    return Measure(figure.value, figure.unit or unit or Unit.POINTS, figure.low, figure.high)


def read_price(cell: str) -> Price | None:
    """Return a price per million tokens: `$2.50/$12.50` (input, output) or `16元` (output)."""
    text = normalise(cell)
    if _is_mark(text):
        return None
    match = _PRICES.fullmatch(text)
    if match is None or not (match["yuan"] or match["out"][0] in "$¥"):
        raise CellError(Code.NOT_UNDERSTOOD, text)
    dollars = match["out"].startswith("$") and not match["yuan"]
    return Price(
        output=_number(match["out"]),
        currency="USD" if dollars else "CNY",
        input=None if match["in"] is None else _number(match["in"]),
    )


def read_size(cell: str) -> float:
    """Return the billions of parameters of `671B` or `350M`."""
    match = _SIZE.fullmatch(normalise(cell))
    if match is None:
        raise CellError(Code.NOT_UNDERSTOOD, cell)
    scale = {"m": 0.001, "b": 1.0, "t": 1000.0}[match[2].lower()]
    return round(_number(match[1]) * scale, 6)


def read_kind(cell: str) -> Flag:
    """Return whether the board files the model under 商用 or 开源."""
    flag = _KINDS.get(normalise(cell).casefold().replace(" ", ""))
    if flag is None:
        raise CellError(Code.NOT_UNDERSTOOD, cell)
    return flag


def read_length(cell: str) -> int | None:
    """Return a number of tokens: `1M`, `131.1K`, `32768`."""
    text = normalise(cell)
    if _is_mark(text):
        return None
    match = _LENGTH.fullmatch(text)
    if match is None:
        raise CellError(Code.NOT_UNDERSTOOD, text)
    return round(_number(match[1]) * {"": 1, "k": 1000, "万": 10_000, "m": 1_000_000}[match[2].lower()])


def is_figure(cell: str) -> bool:
    """Tell whether `cell` has the shape of a number."""
    return _FIGURE.fullmatch(normalise(cell)) is not None


def _number(text: str) -> float:
    return float(text.strip("$¥").replace(",", ""))
