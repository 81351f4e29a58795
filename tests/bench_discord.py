"""Measure how fast the loopback Discord and our bot on it are, for `make bench`."""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import aiohttp
import discord

import seeds
from bot.client import Bangdan
from bot.texts import Texts
from store.archive import Archive
from tests.discord_api import Channel, DiscordApi, Member

EMPTY_BOT = str(Path(__file__).with_name("discord_api_tests") / "empty_bot.py")
LOGINS, COMMANDS, PEOPLE, CHANNELS = 9, 300, 100, 10_000
GUILDS_WAIT = 0.02
"""Seconds that discord.py waits for the last guild before it is ready, given to the bots here; else two."""


def measure_discord() -> list[str]:
    """Return the rows of the table: login, round trips, a hundred people, many channels."""
    return asyncio.run(_measure())


async def _measure() -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bench.db"
        archive, texts = Archive.open(url, seeds.FOLDER), Texts.load()
        empty = await logins(
            lambda: discord.Client(intents=discord.Intents.default(), guild_ready_timeout=GUILDS_WAIT)
        )
        ours = await logins(lambda: Bangdan(archive, texts, guild_ready_timeout=GUILDS_WAIT))
        archive.close()
        command = await round_trips(
            [sys.executable, EMPTY_BOT], {}, lambda alice, place: alice.slash(place, "ping")
        )
        run = [sys.executable, "-m", "bot", "run"]
        rank = await round_trips(
            run, {"DATABASE_URL": url}, lambda alice, place: alice.slash(place, "rank", model="qwq-32b")
        )
        typing = await round_trips(
            run, {"DATABASE_URL": url}, lambda alice, place: alice.autocomplete(place, "rank", "model", "qw")
        )
        crowd = await crowds(run, {"DATABASE_URL": url})
    floor = await bare_requests()
    sent = await messages()
    return [
        line("login of an empty bot until it is ready", statistics.median(empty), "< 200 ms"),
        line("login of our bot until it is ready, its commands known", statistics.median(ours), "< 200 ms"),
        line("a bare HTTP request to the loopback Discord, p50", floor, "–"),
        line(
            "an empty command, there and back, p50 (a process of its own)",
            statistics.median(command),
            "< 2 ms",
        ),
        line("an empty command, there and back, p99", statistics.quantiles(command, n=100)[98], "–"),
        line("/rank, there and back, p50", statistics.median(rank), "–"),
        line("/rank, there and back, p99", statistics.quantiles(rank, n=100)[98], "–"),
        line("typing into /rank, there and back, p50", statistics.median(typing), "–"),
        line(f"/rank of {PEOPLE} people at once, the last of them", crowd, "< 3 s"),
        line(f"a message to each of {CHANNELS:,} channels, one message", sent, "–"),
    ]


def line(what: str, seconds: float, promised: str) -> str:
    """Return a row of the table."""
    return f"| {what} | {seconds * 1000:.2f} ms | – | – | {promised} |"


async def logins(make: Callable[[], discord.Client]) -> list[float]:
    """Return the seconds from login until a bot is ready, of several starts."""
    seconds = []
    async with DiscordApi() as api:
        api.add_guild().add_text_channel("models")
        for _ in range(LOGINS):
            client = make()
            began = time.perf_counter()
            async with api.run(client):
                seconds.append(time.perf_counter() - began)
    return seconds[1:]


async def round_trips(
    command: list[str], env: dict[str, str], act: Callable[[Member, Channel], Awaitable[object]]
) -> list[float]:
    """Return the seconds from what a person does until the answer, with the bot in a process of its own."""
    async with DiscordApi() as api:
        channel, alice = _place(api)
        async with api.spawn(*command, env=_env(api, env)):
            await asyncio.sleep(0.5)
            seconds = []
            for _ in range(COMMANDS):
                began = time.perf_counter()
                await act(alice, channel)
                seconds.append(time.perf_counter() - began)
    return seconds[20:]


async def crowds(command: list[str], env: dict[str, str]) -> float:
    """Return the seconds after which the last of many people who ask at once is answered."""
    async with DiscordApi() as api:
        channel, _ = _place(api)
        assert channel.guild is not None
        people = channel.guild.add_members(PEOPLE)
        async with api.spawn(*command, env=_env(api, env)):
            await asyncio.sleep(0.5)
            asked = (person.slash(channel, "rank", model="qwq-32b") for person in people)
            return max(answer.check().latency for answer in await asyncio.gather(*asked))


async def bare_requests() -> float:
    """Return the median seconds of a request without discord.py."""
    async with DiscordApi() as api, aiohttp.ClientSession() as session:
        api.ratelimits.on = False
        seconds = []
        for _ in range(COMMANDS):
            began = time.perf_counter()
            async with session.get(f"{api.api_url}/users/@me", headers=_headers(api)) as response:
                await response.read()
            seconds.append(time.perf_counter() - began)
    return statistics.median(seconds)


async def messages() -> float:
    """Return the seconds a message takes when each of very many channels gets one, without rate limits."""
    async with DiscordApi() as api, aiohttp.ClientSession() as session:
        api.ratelimits.on = False
        guilds = [api.add_guild() for _ in range(CHANNELS // 500)]
        channels = [guild.add_text_channel(f"c{n}") for guild in guilds for n in range(500)]
        began = time.perf_counter()
        for first in range(0, CHANNELS, 100):
            await asyncio.gather(*(_send(api, session, channel) for channel in channels[first : first + 100]))
        return (time.perf_counter() - began) / CHANNELS


async def _send(api: DiscordApi, session: aiohttp.ClientSession, channel: Channel) -> None:
    url = f"{api.api_url}/channels/{channel.id}/messages"
    async with session.post(url, json={"content": "digest"}, headers=_headers(api)) as response:
        assert response.status == 200


def _headers(api: DiscordApi) -> dict[str, str]:
    return {"Authorization": f"Bot {api.token}"}


def _place(api: DiscordApi) -> tuple[Channel, Member]:
    guild = api.add_guild()
    return guild.add_text_channel("models"), guild.add_member("alice")


def _env(api: DiscordApi, env: dict[str, str]) -> dict[str, str]:
    addresses = {"BANGDAN_DISCORD_API": api.api_url, "BANGDAN_DISCORD_GATEWAY": api.gateway_url}
    unlimited = {
        "BANGDAN_PERSON_LIMIT": "",
        "BANGDAN_SERVER_LIMIT": "",
    }  # else it would be they that is measured
    return {"BANGDAN_REFRESH": "false", "BANGDAN_LOG_LEVEL": "ERROR"} | unlimited | addresses | env


if __name__ == "__main__":
    print("\n".join(measure_discord()))
