"""How fast the equipment itself is: bounds are loose, for busy machines; the figures are printed with -s."""

import statistics
import sys
import time

from tests.discord_api import DiscordApi, Guild
from tests.discord_api_tests.bots import SmallBot
from tests.discord_api_tests.test_start import EMPTY_BOT


async def test_login_to_ready(api: DiscordApi, guild: Guild, bot: SmallBot) -> None:
    began = time.perf_counter()
    async with api.run(bot):
        seconds = time.perf_counter() - began
    print(f"login to ready: {seconds * 1000:.0f} ms, of which 20 ms are guild_ready_timeout")
    assert seconds < 1


async def test_the_round_trip_of_an_empty_command(api: DiscordApi, guild: Guild) -> None:
    channel, alice = guild.add_text_channel("general"), guild.add_member("alice")
    async with api.spawn(sys.executable, EMPTY_BOT):
        for _ in range(20):
            await alice.slash(channel, "ping")
        answers = [await alice.slash(channel, "ping") for _ in range(200)]
    milliseconds = sorted(answer.check().latency * 1000 for answer in answers)
    print(f"empty command: p50 {statistics.median(milliseconds):.2f} ms, p95 {milliseconds[190]:.2f} ms")
    assert statistics.median(milliseconds) < 20
