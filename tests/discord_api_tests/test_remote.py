"""The loopback Discord as a process of its own, with bots that are killed and come back."""

import sys

from tests.delivering import Delivery, Tally, count, trivial
from tests.discord_api.remote import RemoteDiscord
from tests.discord_api_tests.test_start import EMPTY_BOT
from tests.killing import Killing


async def test_people_ask_a_bot_that_is_killed_and_comes_back() -> None:
    async with RemoteDiscord(channels=501, people=1) as discord:
        places = await discord.places()
        assert len({place["guild"] for place in places}) == 2, "at most 500 channels in a guild"
        for _ in range(3):
            bot = await discord.spawn(sys.executable, EMPTY_BOT)
            await discord.wait_until_answered(bot, "ping")
            assert (await discord.slash("ping", asker=1))["text"] == "pong"
            await bot.kill()
        state = await discord.state()
        assert (state["identified"], state["posts"]) == (3, 0)
        traffic = await discord.traffic()
        assert traffic["mistakes"] == []
        assert traffic["routes"]["PUT /applications/{application_id}/commands"] == 3
        assert await discord.posts() == []


async def test_a_stream_of_commands_is_measured_also_while_nobody_answers() -> None:
    async with RemoteDiscord() as discord:
        await discord.start_stream("ping", per_second=100)
        bot = await discord.spawn(sys.executable, EMPTY_BOT)
        await discord.wait_until_answered(bot, "ping")
        await discord.add_fault("POST", "/interactions/**", status=500)
        assert (await discord.slash("ping"))["latency"] is not None, "discord.py asks again"
        found = await discord.stop_stream()
        assert found["impossible"] > 0, "no command was registered yet"
        assert all(0 < latency < 3 for latency in found["latencies"])
        await bot.stop()


async def lose_or_repeat(delivery: Delivery, number: int) -> Tally:
    return (await Killing(channels=48, kills=1, starting=0.6, quiet=1.5).run(delivery, number))[1]


async def test_a_sound_bot_survives_what_others_do_not() -> None:
    assert (await lose_or_repeat(trivial("sound"), 2)).clean


def test_what_is_lost_and_repeated_is_counted() -> None:
    def post(channel: int, content: str = "c", recipient: int | None = None) -> dict[str, object]:
        return {"channel": channel, "recipient": recipient, "content": content, "titles": []}

    assert count([post(1), post(9, recipient=2)], [1, 2]) == Tally(2, 2, 0, 0, 0)
    assert count([post(1), post(1), post(7)], [1, 2]) == Tally(2, 2, 1, 1, 1)
    assert count([post(1, "a"), post(1, "b"), post(2, "a"), post(2, "a")], [1, 2], 2) == Tally(4, 4, 1, 1, 0)
