"""Rate limits in memory: discord.py keeps one for each channel, and looks seldom for those to forget.

Left to itself, it looks through all of them whenever there is a new one: posts to ten thousand channels would
cost a look through up to ten thousand each, some milliseconds in which nobody is answered.
"""

from __future__ import annotations

import time

from discord.http import HTTPClient

EVERY = 10.0
"""Seconds between two looks; what discord.py forgets was not used for five minutes."""


def look_seldom(http: HTTPClient, every: float = EVERY) -> None:
    """Let an HTTP client look for rate limits to forget only after so many seconds."""
    look, due = http._try_clear_expired_ratelimits, 0.0

    def look_when_due() -> None:
        nonlocal due
        now = time.monotonic()
        if now >= due:
            due = now + every
            look()

    http._try_clear_expired_ratelimits = look_when_due  # type: ignore[method-assign]
