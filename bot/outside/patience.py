"""Calls that may hang: each runs in a thread that holds nobody up, and is waited for as long as one likes."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
V = TypeVar("V")


def aside(call: Callable[[], T]) -> asyncio.Future[T]:
    """Begin a call in a thread of its own, which does not keep the process from ending.

    Whoever stops waiting may let go of what is returned, however it ends.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[T] = loop.create_future()
    answer.add_done_callback(hear)

    def work() -> None:
        try:
            result = call()
        except Exception as error:
            told = _unless_done(answer, answer.set_exception, error)
        else:
            told = _unless_done(answer, answer.set_result, result)
        with contextlib.suppress(RuntimeError):  # the loop is over
            loop.call_soon_threadsafe(told)

    threading.Thread(target=work, name="aside", daemon=True).start()
    return answer


def hear(answer: asyncio.Future[T]) -> None:
    """Take note of how an answer ends, for whoever may not; asyncio logs an error that nobody hears of."""
    if not answer.cancelled():
        answer.exception()


def _unless_done(answer: asyncio.Future[T], settle: Callable[[V], None], value: V) -> Callable[[], None]:
    return lambda: None if answer.done() else settle(value)


async def within(seconds: float, call: Callable[[], T]) -> T:
    """Return what a call returns, or raise what it raises, or TimeoutError; it then goes on unheard."""
    async with asyncio.timeout(seconds):
        return await aside(call)
