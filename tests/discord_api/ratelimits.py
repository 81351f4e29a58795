"""Discord's rate limits: per route, global, and the ban for invalid requests (docs: topics/rate-limits)."""

from __future__ import annotations

import math
import time
from collections import deque
from dataclasses import dataclass, field
from hashlib import md5
from typing import NamedTuple

from .clock import Clock
from .errors import Json

INVALID_SECONDS = 600.0
INVALID_STATUSES = frozenset({401, 403, 429})
"""What counts as an invalid request, and for how long (docs: #invalid-request-limit-aka-cloudflare-bans)."""


class Limit(NamedTuple):
    """`requests` within `seconds`, for each value of a route's major parameters."""

    requests: int
    seconds: float


ANY_ROUTE = Limit(50, 1.0)
"""Where Discord's number is not known, the route's own limit is that of the whole bot."""
KNOWN = {
    "POST /channels/{channel_id}/messages": Limit(5, 5.0),
    "PATCH /channels/{channel_id}/messages/{message_id}": Limit(5, 5.0),
    "POST /channels/{channel_id}/messages/{message_id}/crosspost": Limit(10, 3600.0),
    "POST /webhooks/{webhook_id}/{token}": Limit(5, 2.0),
    "PATCH /webhooks/{webhook_id}/{token}/messages/{message_id}": Limit(5, 2.0),
}
"""Limits seen in the headers of the real Discord; it publishes none and may change them."""


def too_many(retry_after: float, scope: str) -> tuple[dict[str, str], Json]:
    """Return the headers and body of a 429; `Via` shows that it is Discord's own, not Cloudflare's."""
    everywhere = {"X-RateLimit-Global": "true"} if scope == "global" else {}
    headers = {"Retry-After": str(math.ceil(retry_after)), "Via": "1.1 google", "X-RateLimit-Scope": scope}
    body = {"message": "You are being rate limited.", "retry_after": round(retry_after, 3), "code": 0}
    return headers | everywhere, body | {"global": bool(everywhere)}


@dataclass
class RateLimits:
    """Counts requests on the real clock, as clients wait on it too; invalid ones on the world's.

    `limits` maps "METHOD template" to a limit and can be changed by a test; `on` turns all off but the ban.
    """

    clock: Clock
    limits: dict[str, Limit] = field(default_factory=lambda: dict(KNOWN))
    on: bool = True
    global_per_second: int = 50
    invalid_limit: int = 10_000
    _windows: dict[tuple[str, str], tuple[float, int]] = field(default_factory=dict)
    _recent: deque[float] = field(default_factory=deque)
    _invalid: deque[float] = field(default_factory=deque)

    def count(self, route: str, major: str, *, exempt: bool = False) -> tuple[dict[str, str], Json | None]:
        """Count one request; return its rate-limit headers and, when it is one too many, the 429's body.

        `exempt` requests, those with a token in their path, do not count towards the global limit.
        """
        if not self.on:
            return {}, None
        now = time.monotonic()
        _forget(self._recent, now - 1.0)
        if not exempt and len(self._recent) >= self.global_per_second:
            return too_many(1.0 - (now - self._recent[0]), "global")
        if not exempt:
            self._recent.append(now)
        limit = self.limits.get(route, ANY_ROUTE)
        began, left = self._windows.get((route, major), (-math.inf, 0))
        if now - began >= limit.seconds:
            began, left = now, limit.requests
        reset_after = limit.seconds - (now - began)
        refused, body = ({}, None) if left else too_many(reset_after, "user")
        left = max(0, left - 1)
        self._windows[route, major] = began, left
        headers = {
            "X-RateLimit-Limit": str(limit.requests),
            "X-RateLimit-Remaining": str(left),
            "X-RateLimit-Reset": f"{time.time() + reset_after:.3f}",
            "X-RateLimit-Reset-After": f"{reset_after:.3f}",
            "X-RateLimit-Bucket": md5(route.encode(), usedforsecurity=False).hexdigest(),
        }
        return headers | refused, body

    def note(self, status: int, scope: str | None = None) -> None:
        """Count an answer towards the ban, unless its limit is shared and so not the bot's own fault."""
        if status in INVALID_STATUSES and scope != "shared":
            self._invalid.append(self.clock.now())

    @property
    def banned(self) -> bool:
        """Whether Cloudflare would turn the bot's address away: 429 without `Via` and without JSON."""
        _forget(self._invalid, self.clock.now() - INVALID_SECONDS)
        return len(self._invalid) >= self.invalid_limit


def _forget(times: deque[float], before: float) -> None:
    while times and times[0] <= before:
        times.popleft()
