"""Health: whether the database answers and the gateway is connected, told in time whatever hangs."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.outside.patience import aside
from store.condition import Condition
from store.errors import DatabaseUnavailable

if TYPE_CHECKING:
    from bot.client import Bangdan

GRACE = 60.0
"""Seconds for which a lost connection is nothing to worry about: Discord drops each now and then."""
SECONDS = 2.0
"""Seconds in which the database has to answer."""


@dataclass(frozen=True, slots=True)
class Health:
    """How the bot is; `reasons` say in codes what is wrong, none where all is well."""

    database: str
    gateway: str
    reasons: tuple[str, ...]

    @property
    def well(self) -> bool:
        """Whether the bot can do its work."""
        return not self.reasons


class Connections:
    """Keeps in mind since when which shard has been without a connection."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._known: set[int] = set()
        self._lost: dict[int, float] = {}

    def watch(self, bot: Bangdan) -> None:
        """Listen to what becomes of a bot's shards."""
        bot.add_listener(self.gain, "on_shard_connect")
        bot.add_listener(self.gain, "on_shard_resumed")
        bot.add_listener(self.lose, "on_shard_disconnect")

    async def gain(self, shard: int) -> None:
        """Note that a shard is connected."""
        self._known.add(shard)
        self._lost.pop(shard, None)

    async def lose(self, shard: int) -> None:
        """Note that a shard has lost its connection."""
        self._lost.setdefault(shard, self._clock())

    def judge(self, shards: int) -> str:
        """Return how the gateway is: connected, starting, reconnecting, or lost."""
        if len(self._known) < max(shards, 1):
            return "starting"
        since = min(self._lost.values(), default=None)
        if since is None:
            return "connected"
        return "reconnecting" if self._clock() - since < GRACE else "lost"

    def is_up(self, shard: int) -> bool:
        """Tell whether a shard is connected."""
        return shard in self._known and shard not in self._lost


class Examiner:
    """Looks how a bot is; a database that hangs is asked once at a time."""

    def __init__(self, bot: Bangdan, connections: Connections, seconds: float = SECONDS) -> None:
        self._bot = bot
        self._connections = connections
        self._seconds = seconds
        self._observatory = bot.archive.observatory
        self._asking: dict[str, asyncio.Future[object]] = {}

    async def examine(self) -> Health:
        """Return how the bot is."""
        database = await self._ask("ping", self._observatory.ping)
        said = database if isinstance(database, str) else "ok"
        gateway = self._connections.judge(len(self._bot.shards))
        reasons = [f"database {said}"] if said != "ok" else []
        reasons += [f"gateway {gateway}"] if gateway in ("starting", "lost") else []
        return Health(said, gateway, tuple(reasons))

    async def condition(self) -> Condition | None:
        """Return what the database tells, None where it does not in time."""
        found = await self._ask("condition", self._observatory.condition)
        return found if isinstance(found, Condition) else None

    def latencies(self) -> Mapping[int, float | None]:
        """Return the latency of each shard's connection in seconds, None where it has none."""
        return {
            shard: latency if self._connections.is_up(shard) and math.isfinite(latency) else None
            for shard, latency in self._bot.latencies
        }

    async def _ask(self, what: str, call: Callable[[], object]) -> object:
        """Return what the database says, or why it says nothing, as a word."""
        asking = self._asking.get(what)
        if asking is None or asking.done():
            self._asking[what] = asking = aside(call)
        await asyncio.wait({asking}, timeout=self._seconds)
        if not asking.done():
            return "timeout"
        try:
            return asking.result()
        except DatabaseUnavailable:
            return "unavailable"
        except Exception:  # whatever it is, those who watch have to hear that something is
            return "failing"
