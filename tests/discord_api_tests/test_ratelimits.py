import asyncio
import time

import aiohttp
import discord
import pytest
from discord.http import HTTPClient, Route

from tests.discord_api import Channel, DiscordApi, Limit


def send(channel: Channel) -> Route:
    return Route("POST", "/channels/{channel_id}/messages", channel_id=channel.id)


async def post(api: DiscordApi, channel: Channel, token: str | None = None) -> aiohttp.ClientResponse:
    """Send a message as a client that does not look at rate limits."""
    headers = {"Authorization": f"Bot {token or api.token}"}
    async with aiohttp.ClientSession() as session:
        url = f"{api.api_url}/channels/{channel.id}/messages"
        async with session.post(url, json={"content": "c"}, headers=headers) as response:
            await response.read()
            return response


async def test_a_bucket_for_each_channel(api: DiscordApi, channel: Channel) -> None:
    other = channel.guild.add_text_channel("other") if channel.guild else channel
    answers = [await post(api, channel) for _ in range(6)]
    assert [answer.status for answer in answers] == [200] * 5 + [429]
    assert [answer.headers["X-RateLimit-Remaining"] for answer in answers[:5]] == ["4", "3", "2", "1", "0"]
    assert answers[0].headers["X-RateLimit-Limit"] == "5"
    assert 0 < float(answers[0].headers["X-RateLimit-Reset-After"]) <= 5
    refused = answers[5]
    assert refused.headers["X-RateLimit-Scope"] == "user"
    assert int(refused.headers["Retry-After"]) <= 5
    assert refused.headers["Via"]
    body = await refused.json()
    assert (body["global"], 0 < body["retry_after"] <= 5) == (False, True)
    elsewhere = await post(api, other)
    assert elsewhere.status == 200
    assert elsewhere.headers["X-RateLimit-Bucket"] == answers[0].headers["X-RateLimit-Bucket"]


async def test_discord_py_keeps_within_it(api: DiscordApi, http: HTTPClient, channel: Channel) -> None:
    api.ratelimits.limits["POST /channels/{channel_id}/messages"] = Limit(2, 0.3)
    began = time.monotonic()
    await asyncio.gather(*(http.request(send(channel), json={"content": str(number)}) for number in range(5)))
    assert time.monotonic() - began > 0.5
    assert len(channel.messages) == 5


async def test_the_global_limit(api: DiscordApi, http: HTTPClient, channel: Channel) -> None:
    api.ratelimits.global_per_second = 3
    await asyncio.sleep(1)
    answers = [await post(api, channel) for _ in range(4)]
    assert [answer.status for answer in answers] == [200, 200, 200, 429]
    assert answers[3].headers["X-RateLimit-Global"] == "true"
    assert (await answers[3].json())["global"] is True


async def test_too_many_invalid_requests_are_banned(api: DiscordApi, channel: Channel) -> None:
    assert api.ratelimits.invalid_limit == 10_000
    api.ratelimits.invalid_limit = 3
    statuses = [(await post(api, channel, "stolen")).status for _ in range(3)]
    assert statuses == [401, 401, 401]
    banned = await post(api, channel)
    assert (banned.status, banned.headers.get("Via"), banned.content_type) == (429, None, "text/plain")
    client = discord.Client(intents=discord.Intents.none())
    with api.point():
        async with client:
            with pytest.raises(discord.HTTPException, match="1015"):
                await client.login(api.token)
    api.clock.advance(601)
    assert (await post(api, channel)).status == 200


async def test_followups_have_a_bucket_for_each_token(api: DiscordApi) -> None:
    async with aiohttp.ClientSession() as session:
        url = f"{api.api_url}/webhooks/1/token"
        statuses = [(await session.post(url, json={"content": "c"})).status for _ in range(6)]
        other = await session.post(f"{api.api_url}/webhooks/1/other", json={"content": "c"})
    assert (statuses, other.status) == ([404] * 5 + [429], 404)


async def test_a_shared_limit_is_not_the_bots_fault(api: DiscordApi, channel: Channel) -> None:
    api.ratelimits.invalid_limit = 1
    api.faults.add("POST", "/channels/*/messages", status=429)
    refused = await post(api, channel)
    assert (refused.status, refused.headers["X-RateLimit-Scope"]) == (429, "shared")
    assert (await post(api, channel)).status == 200, "only limits of one's own count towards the ban"
