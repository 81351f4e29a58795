"""The pace of posts: evenly, in turn, and never more in a second than Discord permits."""

from __future__ import annotations

import asyncio
import time

from bot.pace import SECOND, Pace


async def test_no_second_has_more_than_the_rate_even_after_the_loop_was_held_up() -> None:
    pace, gone = Pace(20), []

    async def go() -> None:
        await pace.turn()
        gone.append(time.monotonic())

    async def hold_up() -> None:
        for _ in range(5):
            await asyncio.sleep(0.2)
            time.sleep(0.15)

    await asyncio.gather(hold_up(), *(go() for _ in range(50)))

    assert all(later - earlier >= SECOND - 0.02 for earlier, later in zip(gone, gone[20:], strict=False))


async def test_whoever_waits_first_goes_first() -> None:
    pace, order = Pace(500), []

    async def go(number: int) -> None:
        await pace.turn()
        order.append(number)

    await asyncio.gather(*map(go, range(30)))
    assert order == list(range(30))
