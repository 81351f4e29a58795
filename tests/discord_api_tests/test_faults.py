import asyncio
import time

import aiohttp
import discord
import pytest
from discord.http import HTTPClient, Route

from tests.discord_api import Channel, DiscordApi, Member
from tests.discord_api_tests.bots import Interaction, SmallBot

MESSAGES = "/channels/*/messages"


def send(channel: Channel) -> Route:
    return Route("POST", "/channels/{channel_id}/messages", channel_id=channel.id)


@pytest.mark.parametrize(
    ("status", "code", "error"),
    [(403, 50013, discord.Forbidden), (404, 10003, discord.NotFound), (503, 0, discord.DiscordServerError)],
)
async def test_an_error(
    api: DiscordApi,
    http: HTTPClient,
    channel: Channel,
    status: int,
    code: int,
    error: type[discord.HTTPException],
) -> None:
    fault = api.faults.add("POST", MESSAGES, status=status, code=code)
    with pytest.raises(error) as raised:
        await http.request(send(channel), json={"content": "c"})
    assert (raised.value.status, raised.value.code, fault.hits) == (status, code, 1)
    await http.request(send(channel), json={"content": "again"})
    assert [message.content for message in channel.messages] == ["again"]


async def test_an_answer_lost_after_the_deed_doubles_a_message_without_a_nonce(
    api: DiscordApi, http: HTTPClient, channel: Channel
) -> None:
    api.faults.add("POST", MESSAGES, status=502, after=True)
    await http.request(send(channel), json={"content": "c"})
    assert len(channel.messages) == 2
    api.faults.add("POST", MESSAGES, status=502, after=True)
    await http.request(send(channel), json={"content": "c", "nonce": "1", "enforce_nonce": True})
    assert len(channel.messages) == 3


async def test_too_many_requests(api: DiscordApi, http: HTTPClient, channel: Channel) -> None:
    api.faults.add("POST", MESSAGES, status=429, retry_after=0.2)
    began = time.monotonic()
    await http.request(send(channel), json={"content": "c"})
    assert time.monotonic() - began > 0.2
    assert len(channel.messages) == 1


async def test_late_never_and_dropped(api: DiscordApi, http: HTTPClient, channel: Channel) -> None:
    api.faults.add("POST", MESSAGES, delay=0.2)
    began = time.monotonic()
    await http.request(send(channel), json={"content": "c"})
    assert time.monotonic() - began > 0.2
    api.faults.add("POST", MESSAGES, never=True)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(http.request(send(channel), json={"content": "c"}), 0.1)
    api.faults.add("POST", MESSAGES, drop=True)
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await http.request(send(channel), json={"content": "c"})
    assert len(channel.messages) == 1


async def test_faults_name_routes_and_can_be_ended(
    api: DiscordApi, http: HTTPClient, channel: Channel
) -> None:
    fault = api.faults.add("GET", "/**", status=403, times=None)
    await http.request(send(channel), json={"content": "c"})
    for _ in range(2):
        with pytest.raises(discord.Forbidden):
            await http.get_channel(channel.id)
    api.faults.clear()
    await http.get_channel(channel.id)
    assert fault.hits == 2


async def test_an_interaction_whose_answer_fails(
    api: DiscordApi, bot: SmallBot, channel: Channel, alice: Member
) -> None:
    @bot.answers()
    async def go(interaction: Interaction) -> None:
        await interaction.response.send_message("c")

    api.faults.add("POST", "/interactions/*/*/callback", status=500)
    async with api.run(bot):
        answer = await alice.slash(channel, "go")
    assert answer.check().latency > 1, "discord.py tries again after a second"
