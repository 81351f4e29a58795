"""Calls that may hang: whoever stops waiting hears nothing more of them, and neither does the operator."""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import Callable
from typing import Any

import pytest

from bot.outside.patience import aside, within
from store.errors import DatabaseUnavailable


def fail_after(going: threading.Event) -> Callable[[], None]:
    def fail() -> None:
        going.wait(10)
        raise DatabaseUnavailable("here", "gone")

    return fail


async def settle() -> None:
    """Wait until every call in a thread of its own has ended, and forget what came of them."""
    for each in [each for each in threading.enumerate() if each.name == "aside"]:
        await asyncio.to_thread(each.join, 10)
    await asyncio.sleep(0)  # what the thread told the loop is done before this goes on
    gc.collect()


async def test_a_call_that_fails_when_nobody_waits_any_more_is_no_error_to_log(
    complaints: list[str],
) -> None:
    going = threading.Event()
    calling: asyncio.Future[Any] = aside(fail_after(going))
    await asyncio.wait({calling}, timeout=0)
    going.set()
    del calling
    await settle()

    assert complaints == []


async def test_a_call_that_outlasts_its_time_fails_unheard(complaints: list[str]) -> None:
    going = threading.Event()
    with pytest.raises(TimeoutError):
        await within(0, fail_after(going))
    going.set()
    await settle()

    assert complaints == []


async def test_whoever_waits_hears_how_a_call_fails(complaints: list[str]) -> None:
    going = threading.Event()
    going.set()
    with pytest.raises(DatabaseUnavailable):
        await within(10, fail_after(going))
    await settle()

    assert complaints == []
