"""Calls that may hang: whoever stops waiting hears nothing more of them, and neither does the operator."""

from __future__ import annotations

import asyncio
import gc
import logging
import threading
from collections.abc import Callable
from typing import Any

import pytest

from bot.client import Bangdan
from bot.desk import Desk
from bot.outside.patience import aside, within
from bot.questions import NONE, Question, Readings
from bot.replies.reply import Reply
from bot.texts import Language
from store.errors import DatabaseUnavailable
from tests.discord_api import Channel, DiscordApi, Member


def fail_after(going: threading.Event) -> Callable[[], None]:
    def fail() -> None:
        going.wait(10)
        raise DatabaseUnavailable("here", "gone")

    return fail


class HangingDesk(Desk):
    """A desk whose answers fail, in time."""

    fail: Callable[[], None]
    failed = False

    def answer(
        self, question: Question, language: Language, readings: Readings = NONE, within: float = 0.0
    ) -> Reply:
        try:
            self.fail()
        finally:
            self.failed = True
        raise AssertionError("it was to fail")


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


async def test_an_answer_that_can_no_longer_be_announced_fails_unheard(
    discord_api: DiscordApi,
    bot: Bangdan,
    channel: Channel,
    alice: Member,
    complaints: list[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.CRITICAL, "bot.errors")  # what is logged would hold on to all there was
    going = threading.Event()
    bot.desk = HangingDesk(bot.archive)
    bot.desk.fail = fail_after(going)
    async with discord_api.run(bot):
        announcing = discord_api.faults.add("POST", "/interactions/*/*/callback", status=404, code=10062)
        answer = await alice.slash(channel, "rank", model="qwq-32b")
        assert announcing.hits == 1
        assert "Something went wrong" in answer.message.text
        going.set()
        async with asyncio.timeout(30):
            while not bot.desk.failed:
                await asyncio.sleep(0.01)
    gc.collect()

    assert complaints == []


async def test_whoever_waits_hears_how_a_call_fails(complaints: list[str]) -> None:
    going = threading.Event()
    going.set()
    with pytest.raises(DatabaseUnavailable):
        await within(10, fail_after(going))
    await settle()

    assert complaints == []
