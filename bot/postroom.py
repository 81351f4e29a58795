"""The postroom: all that delivers for one bot, put together."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

import aiohttp
import discord

from bot.composer import Composer
from bot.delivery import POLL, Courier
from bot.desk import Desk
from bot.pace import RATE, Pace, Refusals
from bot.posting import Poster
from bot.texts import Texts
from store.outbox.outbox import Outbox


class Postroom:
    """Delivers what the outbox holds, from when the bot is ready until it closes."""

    def __init__(
        self,
        outbox: Outbox,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        *,
        rate: float = RATE,
        poll: float = POLL,
    ) -> None:
        self._outbox = outbox
        self._clock = clock
        self._poll = poll
        self._pace = Pace(rate)
        self._refusals = Refusals()
        self._courier: Courier | None = None
        self._beginning: asyncio.Task[None] | None = None

    def trace(self) -> aiohttp.TraceConfig:
        """Return what listens to the bot's requests, to know how many Discord refuses."""
        return self._refusals.trace()

    def open(self, bot: discord.Client, desk: Desk, texts: Texts) -> None:
        """Deliver for a bot as soon as it is ready."""
        poster = Poster(bot, self._pace, self._clock)
        composer = Composer(desk, texts, self._clock)
        self._courier = Courier(self._outbox, composer, poster, self._refusals, self._clock, self._poll)
        self._beginning = asyncio.create_task(self._begin(bot, self._courier))

    async def _begin(self, bot: discord.Client, courier: Courier) -> None:
        await bot.wait_until_ready()
        courier.start()

    def wake(self) -> None:
        """Look at once whether there is something to deliver."""
        if self._courier is not None:
            self._courier.wake()

    async def close(self) -> None:
        """Stop delivering, after recording what was sent."""
        if self._beginning is not None:
            self._beginning.cancel()
        if self._courier is not None:
            await self._courier.stop()
