"""Delivery: what the outbox has due is claimed, written, sent and recorded, again and again.

The steps of one delivery go on beside those of others; `Pace` keeps their requests apart. Ends are
recorded together, once a second: what was sent and not recorded before a crash is found by its
nonce, or in the channel.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

import aiohttp
import discord
from discord.ext import tasks

from bot.composer import Composer
from bot.pace import Refusals
from bot.posting import Poster, Refused
from store.errors import DatabaseUnavailable, NoSnapshot, UnknownBoard, UnknownDimension
from store.news.values import Pause
from store.outbox.outbox import Outbox
from store.outbox.values import Delivery, End, State

T = TypeVar("T")

log = logging.getLogger(__name__)

BATCH = 50
"""Deliveries that are claimed together, about a second's work."""
FEW = 25
"""Deliveries under way below which more are claimed, so that the pace is kept up."""
POLL = 5.0
"""Seconds between two looks at the outbox, which another process may have filled."""
FLUSH = 1.0
"""Seconds for which ends are gathered."""
AGAIN = timedelta(seconds=30)
"""The wait after a first failure; it doubles with each."""
LONGEST = timedelta(minutes=30)
NO_ACCESS = 50001
"""Discord's code for a channel that the bot cannot see."""


Note = Callable[[str, str], None]
"""What is told the kind of a delivery, and what became of it."""


def ignore(_kind: str, _outcome: str) -> None:
    """Take no note."""


class Courier:
    """Delivers, until it is stopped."""

    def __init__(
        self,
        outbox: Outbox,
        composer: Composer,
        poster: Poster,
        refusals: Refusals,
        clock: Callable[[], datetime],
        poll: float = POLL,
        note: Note = ignore,
    ) -> None:
        self._outbox = outbox
        self._note = note
        self._composer = composer
        self._poster = poster
        self._refusals = refusals
        self._clock = clock
        self._pool = ThreadPoolExecutor(1, "courier")
        self._looking = asyncio.Lock()
        self._ends: list[End] = []
        self._recorded = 0.0
        self._under_way: set[asyncio.Task[None]] = set()
        self._loop = tasks.loop(seconds=poll)(self.look)
        self._tidying = tasks.loop(hours=24)(self.tidy)

    def start(self) -> None:
        """Begin."""
        self._loop.start()
        self._tidying.start()

    async def stop(self) -> None:
        """End what is under way where it is, and record what was sent."""
        self._loop.cancel()
        self._tidying.cancel()
        for each in self._under_way:
            each.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)
        with contextlib.suppress(DatabaseUnavailable):
            await self._record()
        await asyncio.to_thread(self._pool.shutdown)  # what runs there holds a connection

    async def look(self) -> None:
        """Deliver all that is due; whoever looks meanwhile leaves it to the one who does."""
        if self._looking.locked():
            return
        async with self._looking:
            try:
                await self._deliver_all()
            except DatabaseUnavailable as down:
                log.warning("deliveries wait: %s", down)
            except Exception:  # the next look may do better, and an error would end the loop
                log.exception("deliveries")

    async def tidy(self) -> None:
        """Forget what became of deliveries long ago."""
        with contextlib.suppress(DatabaseUnavailable):
            await self._off_loop(self._outbox.forget_old)

    async def _deliver_all(self) -> None:
        while not self._refusals.too_many:
            if len(self._under_way) < FEW:
                await self._begin_some()
            if not self._under_way:
                break
            await asyncio.wait(self._under_way, timeout=FLUSH, return_when=asyncio.FIRST_COMPLETED)
            if time.monotonic() - self._recorded >= FLUSH:
                await self._record()
        else:
            log.warning("Discord refused %d requests: posts rest", self._refusals.recent)
        await self._record()

    async def _begin_some(self) -> None:
        """Claim what is due, and begin to send it."""
        due = await self._off_loop(self._outbox.next_due)
        claimed = await self._off_loop(self._claim) if due is not None and due <= self._clock() else ()
        began = time.monotonic()
        for delivery in claimed:
            task = asyncio.create_task(self._deliver(delivery, began))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    def _claim(self) -> tuple[Delivery, ...]:
        return self._outbox.claim(BATCH)

    async def _deliver(self, delivery: Delivery, began: float) -> None:
        try:
            if time.monotonic() - began < self._outbox.lease.total_seconds() / 2:  # else it is left to others
                end = await self._try(delivery)
                self._ends.append(end)  # only now, since the list is another one after each record
        except DatabaseUnavailable as down:
            log.warning("delivery %d waits: %s", delivery.id, down)

    async def _try(self, delivery: Delivery) -> End:
        """Send a delivery, and return what became of it; raises DatabaseUnavailable."""
        try:
            if delivery.late:
                message = await self._poster.find(delivery) if delivery.tried_at else None
                return End(delivery, State.SENT if message else State.LATE, message)
            bulletin = await self._off_loop(lambda: self._composer.compose(delivery))
            if bulletin is None:
                return End(delivery, State.QUIET)
            return End(delivery, State.SENT, await self._poster.post(delivery, bulletin))
        except DatabaseUnavailable:
            raise
        except Exception as error:
            return judge(delivery, error)

    async def _record(self) -> None:
        ends, self._ends = self._ends, []
        self._recorded = time.monotonic()
        if not ends:
            return
        try:
            await self._off_loop(lambda: self._outbox.record(ends))
            self._tell(ends)
        except (DatabaseUnavailable, asyncio.CancelledError):
            self._ends = [*ends, *self._ends]
            raise
        except Exception:
            log.exception("recorded one by one")
            await self._record_singly(ends)

    async def _record_singly(self, ends: list[End]) -> None:
        """Record what can be recorded; what cannot is found by its nonce when its lease runs out."""
        for end in ends:
            try:
                await self._off_loop(partial(self._outbox.record, [end]))
                self._tell([end])
            except DatabaseUnavailable:
                self._ends.append(end)
            except Exception:
                log.exception("delivery %d could not be recorded", end.delivery.id)

    def _tell(self, ends: Sequence[End]) -> None:
        for end in ends:
            self._note(end.delivery.kind, "again" if end.state is State.PLANNED else end.state)

    async def _off_loop(self, call: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._pool, call)


def judge(delivery: Delivery, error: Exception) -> End:
    """Return what becomes of a delivery that failed: a pause, another try, or its end."""
    match error:
        case Refused(pause=pause):
            return End(delivery, State.FAILED, pause=pause)
        case NoSnapshot() | UnknownBoard() | UnknownDimension():
            return End(delivery, State.FAILED, code="unscored", pause=Pause("unscored"))
        case discord.NotFound():
            return End(delivery, State.FAILED, code="gone", pause=Pause("gone"))
        case discord.Forbidden(code=code):
            flag = "view_channel" if code == NO_ACCESS else "send_messages"
            return End(delivery, State.FAILED, code="forbidden", pause=Pause("forbidden", flag))
        case discord.RateLimited(retry_after=seconds):
            return End(delivery, State.PLANNED, code="limited", wait=timedelta(seconds=seconds))
        case discord.HTTPException(status=401 | 429):
            return End(delivery, State.PLANNED, code="refused", found=str(error.status), wait=LONGEST)
        case discord.DiscordServerError() | aiohttp.ClientError() | OSError():
            wait = min(AGAIN * 2 ** min(delivery.tries, 10), LONGEST)
            return End(delivery, State.PLANNED, code="unreachable", found=type(error).__name__, wait=wait)
    log.error("delivery %d (%s) failed", delivery.id, delivery.kind, exc_info=error)
    return End(delivery, State.FAILED, code="failed", found=f"{type(error).__name__}: {error}")
