"""Freshness: the names in memory are read again, seldom enough that nobody waits for it."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

from store.errors import DatabaseUnavailable

log = logging.getLogger(__name__)

BRIEFLY = 0.5
"""Seconds for which a command waits for newer names."""


class Freshness:
    """Reads again by `refresh`, when what was read is older than some `seconds`."""

    def __init__(self, seconds: float, refresh: Callable[[], Awaitable[None]]) -> None:
        self._seconds = seconds
        self._refresh = refresh
        self._until = 0.0
        self._reading: asyncio.Future[None] | None = None

    async def keep(self) -> None:
        """Read again where it is time, without waiting long; one reading that hangs keeps others away."""
        now, reading = time.monotonic(), self._reading
        if now >= self._until and (reading is None or reading.done()):
            self._until = now + self._seconds
            self._reading = asyncio.ensure_future(self._read())
            await asyncio.wait({self._reading}, timeout=BRIEFLY)

    async def _read(self) -> None:
        try:
            await self._refresh()
        except DatabaseUnavailable as down:  # the command itself will say so
            log.warning("names not refreshed: %s", down)
