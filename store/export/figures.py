"""Numbers as boards print them: the reverse of `store.parse.cells`.

Every text reads back to the same number, up to the twelve decimals that the parser takes.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Context, Decimal

from store.values import Measure, Price, Unit

_FINEST = Decimal("1e-12")
_WIDE = Context(prec=60)
_SIGNS = {Unit.PERCENT: "%", Unit.SECONDS: "s", Unit.YUAN: "元"}


def write_number(value: float | Decimal, decimals: int = 0) -> str:
    """Return a number without exponent, with at least `decimals` digits after the point."""
    text = f"{_exact(value).quantize(_FINEST, context=_WIDE):f}"
    whole, _, fraction = text.partition(".")
    fraction = fraction.rstrip("0").ljust(decimals, "0")
    return f"{whole}.{fraction}" if fraction else whole


def count_decimals(values: Iterable[float | None]) -> int:
    """Return how many decimals the longest of `values` has, so that a column can show as many of each."""
    texts = (write_number(value) for value in values if value is not None)
    return max((len(text.partition(".")[2]) for text in texts), default=0)


def write_distances(score: float, low: float | None, high: float | None, sign: str = "") -> str:
    """Return how far an interval reaches from its score: `+5/-4`; '' without an interval."""
    if low is None or high is None:
        return ""
    above, below = _exact(high) - _exact(score), _exact(score) - _exact(low)
    return f"+{write_number(above)}{sign}/-{write_number(below)}{sign}"


def write_measure(measure: Measure, column: Unit | None, decimals: int = 0) -> str:
    """Return a further number of a row: `12.47%±1.54%`, `37s`; '' where there is none.

    A number in the unit that the `column` tells goes without its sign; only percents keep theirs.
    """
    if measure.value is None:
        return ""
    told = measure.unit is column and column is not Unit.PERCENT
    sign = "" if told else _SIGNS.get(measure.unit, "")
    text = write_number(measure.value, decimals) + sign
    percent = sign if measure.unit is Unit.PERCENT else ""
    distances = write_distances(measure.value, measure.low, measure.high, percent)
    above, _, below = distances.partition("/")
    if above and above[1:] == below[1:]:
        return f"{text}±{above[1:]}"
    return f"{text} ({distances})" if distances else text


def write_price(price: Price) -> str:
    """Return a price per million tokens: `$2.50/$12.50` for input and output, `16元` for output alone."""
    amounts = [price.output] if price.input is None else [price.input, price.output]
    texts = [write_number(amount, 0 if float(amount).is_integer() else 2) for amount in amounts]
    if price.currency == "USD":
        return "/".join(f"${text}" for text in texts)
    return "/".join(texts) + ("元" if price.currency == "CNY" else f" {price.currency}")


def write_length(tokens: int) -> str:
    """Return a number of tokens: `1M`, `131.1K`, `32768`."""
    if tokens >= 1_000_000 and tokens % 10_000 == 0:
        return f"{write_number(Decimal(tokens) / 1_000_000)}M"
    if tokens >= 1_000 and tokens % 100 == 0:
        return f"{write_number(Decimal(tokens) / 1_000)}K"
    return str(tokens)


def write_spread(best: int | None, worst: int | None) -> str:
    """Return the ends of a rank spread, in the form that no spreadsheet takes for a date."""
    return "" if best is None or worst is None else f"{best}◄─►{worst}"


def _exact(value: float | Decimal) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(repr(value))
