"""What an HTTP answer is good for, told from its status and headers before its body is read."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime

from store.errors import FetchFailed, Reason
from store.sources.inflation import ENCODINGS

_WEB_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_LONGEST_REST = 7 * 24 * 3600.0


def judge(status: int, headers: Mapping[str, str], limit: int) -> None:
    """Raise FetchFailed unless the answer is a document of at most `limit` bytes, as far as it tells."""
    if status != 200:
        raise FetchFailed(_reason(status, headers), str(status), retry_after(headers, time.time()))
    kind = headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind in _WEB_PAGES:
        raise FetchFailed(Reason.WEB_PAGE, kind)
    if encoding_of(headers) not in ENCODINGS:
        raise FetchFailed(Reason.UNREADABLE, encoding_of(headers))
    length = headers.get("Content-Length", "")
    if length.isdecimal() and int(length) > limit:
        raise FetchFailed(Reason.TOO_LARGE, str(limit))


def encoding_of(headers: Mapping[str, str]) -> str:
    """Return how the body is compressed, an empty text if it is not."""
    return headers.get("Content-Encoding", "").strip().lower()


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Return the seconds, a week at most, after which an upstream wants to be asked again.

    It says so in Retry-After, as seconds or as a date (RFC 9110, 10.2.3), or like GitHub, whose
    X-RateLimit-Reset is a Unix time that holds once X-RateLimit-Remaining is 0.
    """
    text = headers.get("Retry-After", "").strip()
    if not text and headers.get("X-RateLimit-Remaining", "").strip() == "0":
        reset = _number(headers.get("X-RateLimit-Reset", ""))
        return None if reset is None else _bounded(reset - now)
    seconds = _number(text)
    if seconds is not None:
        return _bounded(seconds)
    try:
        date = parsedate_to_datetime(text)
        # A date in `-0000` comes without a zone; HTTP's dates are in UTC.
        return _bounded((date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp() - now)
    except (ValueError, OverflowError):
        return None


def _reason(status: int, headers: Mapping[str, str]) -> Reason:
    if status in (404, 410):
        return Reason.MISSING
    # GitHub says 403 to who asked too often.
    spent = "Retry-After" in headers or headers.get("X-RateLimit-Remaining", "").strip() == "0"
    if status == 429 or (status == 403 and spent):
        return Reason.RATE_LIMITED
    if 400 <= status < 500:
        return Reason.REFUSED
    return Reason.SERVER if status >= 500 else Reason.UNEXPECTED


def _number(text: str) -> float | None:
    return float(text) if re.fullmatch(r"[0-9]+(\.[0-9]+)?", text.strip()) else None


def _bounded(seconds: float) -> float:
    return min(max(seconds, 0.0), _LONGEST_REST)
