"""The postroom: all that delivers for one bot, put together."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import aiohttp
import discord

from bot.composer import Composer
from bot.delivery import POLL, Courier, Note, ignore
from bot.desk import Desk
from bot.pace import RATE, Pace, Refusals
from bot.posting import Poster
from bot.texts import Texts
from store.news.values import Subscription
from store.outbox.outbox import Outbox
from store.outbox.shares import EVERYTHING
from store.outbox.values import Delivery, Kind


class Postroom:
    """Delivers what the outbox holds, from when the bot is ready until it closes; without one, only tests."""

    composer: Composer
    poster: Poster

    def __init__(
        self,
        outbox: Outbox | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        *,
        rate: int = RATE,
        poll: float = POLL,
        note: Note = ignore,
    ) -> None:
        self._outbox = outbox
        self._note = note
        self._clock = clock
        self._poll = poll
        self._share = outbox.share if outbox else EVERYTHING
        self._pace = Pace(self._share.part_of(rate))  # Discord counts the requests of all processes together
        self._refusals = Refusals()
        self._courier: Courier | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def trace(self) -> aiohttp.TraceConfig:
        """Return what listens to the bot's requests, to know how many Discord refuses."""
        return self._refusals.trace()

    def open(self, bot: discord.Client, desk: Desk, texts: Texts) -> None:
        """Deliver for a bot as soon as it is ready."""
        self.poster = Poster(bot, self._pace, self._clock, self._share)
        self.composer = Composer(desk, texts, self._clock)
        if self._outbox is None:
            return
        self._courier = Courier(
            self._outbox, self.composer, self.poster, self._refusals, self._clock, self._poll, self._note
        )
        self._tasks.add(asyncio.create_task(self._begin(bot, self._courier)))

    async def _begin(self, bot: discord.Client, courier: Courier) -> None:
        await bot.wait_until_ready()
        courier.start()

    async def test(self, asked: Subscription, mark: str) -> int | None:
        """Post a subscription's digest of the last changes now, marked as a test; None where it has none.

        No role is told, and what was told counts no less. Raises Refused, and discord's errors.
        """
        alone = replace(asked, role=None, publish=False, thread=False, quiet=False)
        steps = await asyncio.to_thread(self.composer.last_steps, alone.boards)
        bulletin = await asyncio.to_thread(self.composer.digest, alone, steps)
        if bulletin is None:
            return None
        first, *others = bulletin.embeds
        marked = first.copy()
        marked.description = f"{mark}\n{first.description}"
        delivery = Delivery(0, Kind.DIGEST, secrets.token_hex(12), self._clock(), subscription=alone)
        return await self.poster.post(delivery, replace(bulletin, embeds=(marked, *others)))

    def wake(self) -> None:
        """Look at once whether there is something to deliver."""
        if self._courier is not None:
            waking = asyncio.create_task(self._courier.look())
            self._tasks.add(waking)
            waking.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Stop delivering, after recording what was sent."""
        for each in self._tasks:
            each.cancel()
        if self._courier is not None:
            await self._courier.stop()
