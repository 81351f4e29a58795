"""Which fonts there are, and what can be written with them."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from matplotlib import font_manager
from matplotlib.ft2font import FT2Font

WIDE = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Noto Sans CJK JP",
    "SimHei",
)
"""Fonts with Chinese letters, the best first; their Latin letters go with them."""
SHIPPED = "DejaVu Sans"
"""The font that comes with matplotlib."""
MISSING = "…"


@cache
def families() -> tuple[str, ...]:
    """Return the fonts to write with: one for Chinese where there is one, and matplotlib's own."""
    known = {each.name for each in font_manager.fontManager.ttflist}
    wide = next((name for name in WIDE if name in known), None)
    return (wide, SHIPPED) if wide else (SHIPPED,)


@cache
def _fonts() -> tuple[FT2Font, ...]:
    found: list[Any] = [font_manager.findfont(name, fallback_to_default=False) for name in families()]
    return tuple(font_manager.get_font(each) for each in found)


@lru_cache(maxsize=10_000)
def _has(letter: str) -> bool:
    return any(font.get_char_index(ord(letter)) for font in _fonts())


def can_write(text: str) -> bool:
    """Tell whether some font has every letter of a text."""
    return all(map(_has, text))


def writable(text: str, instead: str = "") -> str:
    """Return a text with `…` for the letters that no font has; `instead` where little else is left."""
    kept = "".join(letter if _has(letter) else MISSING for letter in text)
    while MISSING * 2 in kept:
        kept = kept.replace(MISSING * 2, MISSING)
    return instead if instead and not kept.strip(MISSING + " ()-_.") else kept
