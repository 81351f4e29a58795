"""A filter in at most 30 characters, for the `custom_id` of a component: `OSb2gN7Vk3_x`.

Capitals say what follows: `O` or `P` the openness, `S` millions of parameters, `D` or `Y` thousandths of a
dollar or yuan, `N` days, all in base 36 with small letters; and `V` up to three vendors, each by four
characters of its hash.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable

from store.filters import MOST_DAYS, MOST_PRICE, MOST_SIZE, Filter, Openness, PriceLimit

_OPENNESS = {"O": Openness.OPEN, "P": Openness.PROPRIETARY}
_CURRENCIES = {"D": "USD", "Y": "CNY"}
_THOUSAND = 1000
_TAG = 4
_FORM = re.compile(
    r"([OP])?(?:S([0-9a-z]{1,5}))?(?:([DY])([0-9a-z]{1,5}))?(?:N([0-9a-z]{1,3}))?(?:V((?:[\w-]{4}){1,3}))?",
    re.ASCII,
)
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def shorten(wanted: Filter) -> str:
    """Return a filter in a few characters; nothing for the one that asks for nothing."""
    openness = {value: letter for letter, value in _OPENNESS.items()}
    signs = {value: letter for letter, value in _CURRENCIES.items()}
    parts = [
        openness[wanted.openness] if wanted.openness else "",
        f"S{_base36(wanted.size * _THOUSAND)}" if wanted.size is not None else "",
        f"{signs[wanted.price.currency]}{_base36(wanted.price.amount * _THOUSAND)}" if wanted.price else "",
        f"N{_base36(wanted.new)}" if wanted.new is not None else "",
        f"V{''.join(map(vendor_tag, wanted.vendors))}" if wanted.vendors else "",
    ]
    return "".join(parts)


def lengthen(written: str, vendors: Iterable[str]) -> Filter:
    """Return the filter that `shorten` wrote; raises ValueError where it did not, or a vendor is gone."""
    match = _FORM.fullmatch(written)
    if match is None:
        raise ValueError(written)
    openness, size, coin, amount, days, tags = match.groups()
    known = {vendor_tag(key): key for key in vendors} if tags else {}
    tagged = [tags[at : at + _TAG] for at in range(0, len(tags), _TAG)] if tags else []
    if not all(each in known for each in tagged):
        raise ValueError(written)
    return Filter(
        vendors=tuple(known[each] for each in tagged),
        openness=_OPENNESS[openness] if openness else None,
        size=_upto(int(size, 36) / _THOUSAND, MOST_SIZE) if size else None,
        price=PriceLimit(_upto(int(amount, 36) / _THOUSAND, MOST_PRICE), _CURRENCIES[coin]) if coin else None,
        new=int(_upto(int(days, 36), MOST_DAYS)) if days else None,
    )


def vendor_tag(key: str) -> str:
    """Return the four characters that stand for a vendor's key."""
    return base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest()[:3]).decode()


def _upto(value: float, most: float) -> float:
    if value > most:
        raise ValueError(value)
    return value


def _base36(value: float) -> str:
    number, written = round(value), ""
    while number:
        number, digit = divmod(number, len(_DIGITS))
        written = _DIGITS[digit] + written
    return written or "0"
