"""Text from boards and people made safe for Discord, and cut to fit."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from urllib.parse import quote, urlsplit

ELLIPSIS = "…"

_REMOVED = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
_SPECIAL = str.maketrans({char: f"\\{char}" for char in "\\*_~`|[]<>"})
_SPECIAL_FIRST = frozenset("#-+")


def plain(text: str) -> str:
    """Return `text` on one line, without control, zero-width, bidirectional and surrogate characters."""
    if text.isprintable():  # which none of those is, nor any space but one
        return " ".join(text.split())
    spaced = (" " if char in "\t\n\r" else char for char in text)
    return " ".join("".join(char for char in spaced if unicodedata.category(char) not in _REMOVED).split())


def printable(text: str) -> str:
    """Return `text` with its lines, without anything that a terminal could obey."""
    if text.replace("\n", "").isprintable():
        return text
    spaced = (" " if char in "\t\r" else char for char in text)
    return "".join(char for char in spaced if char == "\n" or unicodedata.category(char) not in _REMOVED)


def safe(text: str, limit: int = 120) -> str:
    """Return `text` so that Discord shows it letter by letter: no Markdown, mention or link."""
    escaped = clip(plain(text), limit).translate(_SPECIAL)
    if escaped[:1] in _SPECIAL_FIRST:
        escaped = f"\\{escaped}"
    return escaped.replace("://", "\\://").replace("@", "@\u200b")


def heading(text: str, limit: int = 256) -> str:
    """Return `text` as `safe` does, in at most `limit` characters with the marks that escape it."""
    for size in range(limit, 0, -8):
        shown = safe(text, size)
        if len(shown) <= limit:
            return shown
    return ELLIPSIS


def code(text: str, limit: int = 120) -> str:
    """Return `text` as inline code, which nothing in it can end."""
    return f"`{clip(plain(text), limit).replace('`', 'ˋ') or ' '}`"


def fenced(text: str, limit: int = 60) -> str:
    """Return `text` for a line of a code block, which nothing in it can end."""
    return clip(plain(text), limit).replace("`", "ˋ")


def clip(text: str, limit: int) -> str:
    """Return `text` in at most `limit` characters."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + ELLIPSIS


def link(text: str, url: str | None, limit: int = 120) -> str:
    """Return `text` linked to `url`, or unlinked when that is no short http(s) address."""
    address = web_address(url)
    return f"[{safe(text, limit)}]({address})" if address else safe(text, limit)


@lru_cache(maxsize=1024)
def web_address(url: str | None, limit: int = 400) -> str | None:
    """Return `url` with everything escaped that could end a Markdown link; None unless http(s)."""
    if not url or len(url) > limit:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        return None
    return quote(plain(url), safe="%/:=&?~#+!$,;'@*[]-._").replace("[", "%5B").replace("]", "%5D")


def width(text: str) -> int:
    """Return how many columns `text` takes in a monospaced font: two a wide East Asian character."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


def pad(text: str, columns: int, right: bool = False) -> str:
    """Return `text` filled with spaces to `columns`, at its left when `right` aligned."""
    space = " " * max(columns - width(text), 0)
    return space + text if right else text + space
