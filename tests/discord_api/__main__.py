"""This Discord as a process of its own: `python -m tests.discord_api --channels 10000`.

It prints one line of JSON with its addresses, and ends when its standard input does.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import sys

from .control import Control
from .server import DiscordApi
from .stream import Asker

CHANNELS_OF_A_GUILD = 500


def main() -> None:
    """Serve until the standard input ends."""
    parser = argparse.ArgumentParser(description="a Discord on 127.0.0.1")
    parser.add_argument("--channels", type=int, default=1, help="text channels, at most 500 in a guild")
    parser.add_argument("--askers", type=int, default=1, help="users of commands in each guild")
    parser.add_argument("--people", type=int, default=0, help="users besides those who use commands")
    parser.add_argument("--distance", type=float, default=0.0, help="seconds a request travels, each way")
    parser.add_argument("--unlimited", action="store_true", help="without rate limits")
    asyncio.run(_serve(parser.parse_args()))


async def _serve(wanted: argparse.Namespace) -> None:
    async with DiscordApi() as api:
        api.ratelimits.on = not wanted.unlimited
        api.distance = wanted.distance
        control = Control(api, build(api, wanted.channels, wanted.askers))
        people = [api.add_user(f"person-{number}").id for number in range(wanted.people)]
        addresses = {"api_url": api.api_url, "gateway_url": api.gateway_url, "token": api.token}
        told = addresses | {"control_url": await control.open(), "people": people}
        # A collection of all that was sent takes a tenth of a second at ten thousand messages; requests that
        # came meanwhile would then count as one moment's, and be more than Discord permits.
        gc.disable()
        print(json.dumps(told), flush=True)
        await asyncio.to_thread(sys.stdin.read)
        await control.close()


def build(api: DiscordApi, channels: int, people: int = 1) -> list[Asker]:
    """Make guilds with so many text channels altogether; return the people who ask in each guild."""
    askers = []
    for first in range(0, channels, CHANNELS_OF_A_GUILD):
        guild = api.add_guild(f"guild {first // CHANNELS_OF_A_GUILD}")
        count = min(CHANNELS_OF_A_GUILD, channels - first)
        made = [guild.add_text_channel(f"news-{first + number}") for number in range(count)]
        askers += [(member, made[0]) for member in guild.add_members(people)]
    return askers


if __name__ == "__main__":
    main()
