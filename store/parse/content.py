"""The bytes of a document, and why some are no board document at all."""

from __future__ import annotations

import re
from codecs import BOM_UTF8

from store.parse.grid import Fault
from store.values import Code

MAX_BYTES = 8 * 1024 * 1024
MAX_LINES = 20_000
MAX_LENGTH = 1_000_000
MAX_CELLS = 100_000
"""Of a document and of a line of it; real pages have 90 kB, 410 lines and 4,000 cells at most."""

PARQUET = b"PAR1"
SHORTEST_PARQUET = 12
"""Bytes: the magic twice, and the footer's length between."""

_MAGIC = (b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"%PDF", PARQUET)
_WEB = re.compile(r"\s*(<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(!doctype html|html|head|body|script)\b", re.I | re.S)
_JSON = re.compile(r'\s*(\{\s*["}]|\[\s*[\[{"\]])')


def is_parquet(content: bytes) -> bool:
    """Tell whether `content` is a parquet file, which has its magic and a footer's length at least."""
    return content.startswith(PARQUET) and len(content) >= SHORTEST_PARQUET


def read_text(content: bytes) -> str | Fault:
    """Return the text of `content` with line feeds only, or why it is none."""
    if len(content) > MAX_BYTES:
        return Fault(Code.TOO_LARGE, found=str(len(content)))
    if not content.strip():
        return Fault(Code.EMPTY)
    if b"\0" in content or content.startswith(_MAGIC):
        return Fault(Code.BINARY)
    try:
        text = content.removeprefix(BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        return _refuse_bytes(content.removeprefix(BOM_UTF8), error)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _refuse_text(text) or text


def _refuse_bytes(content: bytes, error: UnicodeDecodeError) -> Fault:
    cut = error.reason == "unexpected end of data" and error.end == len(content)
    row = content.count(b"\n", 0, error.start) + 1
    return Fault(Code.TRUNCATED if cut else Code.ENCODING, row, found=content[error.start : error.end].hex())


def _refuse_text(text: str) -> Fault | None:
    if not text.strip():
        return Fault(Code.EMPTY)
    if _WEB.match(text[:2000]):
        return Fault(Code.WEB_PAGE, 1, found=_beginning(text))
    if _JSON.match(text[:2000]):
        return Fault(Code.JSON, 1, found=_beginning(text))
    return Fault(Code.TOO_LARGE, found=str(len(text))) if _is_too_large(text) else None


def _is_too_large(text: str) -> bool:
    cells = max(text.count("|"), text.count(","))
    return cells > MAX_CELLS or text.count("\n") > MAX_LINES or max(map(len, text.split("\n"))) > MAX_LENGTH


def _beginning(text: str) -> str:
    return text.strip().partition("\n")[0][:80]
