"""Rate limits that are not used any more are forgotten, but not looked for at every request."""

from __future__ import annotations

import asyncio

from discord.http import HTTPClient, Ratelimit

from bot.buckets import look_seldom

MANY = 300
"""More than discord.py keeps without looking."""


def fill(http: HTTPClient) -> None:
    """Add rate limits that were used long ago."""
    for number in range(MANY):
        limit = http._buckets[f"old {number}"] = Ratelimit(None)
        limit._last_request = -1000.0


async def test_old_limits_are_forgotten_but_seldom_looked_for() -> None:
    http = HTTPClient(asyncio.get_running_loop())
    look_seldom(http, every=3600.0)
    fill(http)
    http.get_ratelimit("first")
    assert set(http._buckets) == {"first"}

    fill(http)
    http.get_ratelimit("second")
    assert len(http._buckets) == MANY + 2, "the next look is in an hour"


async def test_they_are_looked_for_again_when_it_is_time() -> None:
    http = HTTPClient(asyncio.get_running_loop())
    look_seldom(http, every=0.0)
    for name in ("first", "second"):
        fill(http)
        http.get_ratelimit(name)
        assert len(http._buckets) <= 2
