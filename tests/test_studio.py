"""The studio: pictures are drawn elsewhere, kept, and missed without harm."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from dataclasses import replace
from multiprocessing import active_children

import discord
import pytest

from bot.drawing.values import TimeChart
from bot.replies.reply import Picture, Reply
from bot.studio import Studio, Undrawn
from bot.texts import Texts
from tests.picturing import make_chart, make_line, opened

CHART = make_chart(make_line("qwq-32b", [1400, 1401]))


def chart_of(number: int) -> TimeChart:
    return make_chart(make_line(f"model-{number}", [1400, 1401 + number]))


async def test_a_picture_is_drawn_once_and_then_kept(studio: Studio) -> None:
    first = await studio.draw(CHART)
    again = await studio.draw(replace(CHART))

    assert first is again
    assert opened(first).size == (2000, 1200)


async def test_the_event_loop_goes_on_while_pictures_are_drawn(studio: Studio) -> None:
    drawing = asyncio.gather(*(studio.draw(chart_of(number)) for number in range(8)))
    turns = 0
    while not drawing.done():
        await asyncio.sleep(0.001)
        turns += 1

    assert len({*await drawing}) == 8
    assert turns > 8 * 2, "it had a turn at most between two pictures"


async def test_what_is_kept_is_bounded(studio: Studio) -> None:
    size = len(await studio.draw(CHART))
    small = Studio(seconds=20, patience=30, room=size * 5 // 2)
    try:
        pictures = [await small.draw(chart_of(number)) for number in range(3)]
        assert await small.draw(chart_of(2)) is pictures[2]
        assert await small.draw(chart_of(1)) is pictures[1]
        again = await small.draw(chart_of(0))
        assert again == pictures[0]
        assert again is not pictures[0]
    finally:
        small.close()


async def test_a_process_that_broke_is_replaced(studio: Studio) -> None:
    await studio.draw(chart_of(20))
    for child in active_children():
        os.kill(child.pid or 0, signal.SIGKILL)

    assert opened(await studio.draw(chart_of(21))).size == (2000, 1200)


async def test_a_picture_that_takes_too_long_is_given_up() -> None:
    hasty = Studio(seconds=0.01, patience=30)
    try:
        for _ in range(2):
            with pytest.raises(Undrawn, match="BrokenProcessPool"):
                await hasty.draw(CHART)
    finally:
        hasty.close()


async def test_nobody_waits_longer_than_patience() -> None:
    hasty = Studio(patience=0.05)
    try:
        with pytest.raises(Undrawn, match="timeout"):
            await hasty.draw(CHART)
    finally:
        hasty.close()


async def test_an_answer_without_its_picture_says_so(
    studio: Studio, texts: Texts, caplog: pytest.LogCaptureFixture
) -> None:
    broken = replace(CHART, lines=(replace(CHART.lines[0], runs=((None,),)),))  # type: ignore[arg-type]
    reply = Reply(discord.Embed(description="All the words."), picture=Picture(broken, "a.png", "alt"))
    with caplog.at_level(logging.WARNING):
        answer = await studio.illustrate(reply, texts.source)

    assert answer.png is None
    assert answer.embed.image.url is None
    assert (answer.embed.description or "").startswith("All the words.\n⚠️ The picture could not be drawn")
    assert "was not drawn" in caplog.text


async def test_an_answer_without_a_picture_stays_as_it_is(studio: Studio, texts: Texts) -> None:
    reply = Reply(discord.Embed(description="words"))
    assert await studio.illustrate(reply, texts.source) is reply
