"""The storeroom: the few threads in which the store is asked, and how long somebody waits for one of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from store.errors import DatabaseUnavailable

P = ParamSpec("P")
T = TypeVar("T")

THREADS = 4
QUEUE = 8.0
"""Seconds that a call waits for a thread, while those before it wait for the database."""


class Storeroom:
    """Runs calls of the store off the event loop; used from one event loop at a time."""

    def __init__(self, threads: int = THREADS, queue: float = QUEUE) -> None:
        self._pool = ThreadPoolExecutor(threads, "store")
        self._queue = queue
        self._closed = False

    async def ask(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what a call returns.

        Raises DatabaseUnavailable when it could not even begin in time. What has begun may have written
        something, and is waited for: its connection gives a silent database up.
        """
        work = self._pool.submit(call, *args, **kwargs)
        late = asyncio.get_running_loop().call_later(self._queue, work.cancel)
        try:
            return await asyncio.wrap_future(work)
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if not work.cancelled() or self._closed or (task is not None and task.cancelling()):
                raise
            raise DatabaseUnavailable("", TimeoutError.__name__) from None
        finally:
            late.cancel()

    async def close(self) -> None:
        """Begin no other calls, and wait for those that run: each holds a connection."""
        self._closed = True
        await asyncio.to_thread(self._pool.shutdown, cancel_futures=True)
