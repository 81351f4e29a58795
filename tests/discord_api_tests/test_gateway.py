import asyncio
import json
import zlib

import aiohttp
import pytest

from tests.discord_api import Channel, DiscordApi, Guild, Member
from tests.discord_api_tests.bots import Interaction, SmallBot, until


@pytest.fixture
def bot() -> SmallBot:
    bot = SmallBot()

    @bot.answers()
    async def go(interaction: Interaction) -> None:
        await interaction.response.send_message("here")

    return bot


@pytest.mark.parametrize("how", ["drop", "reconnect"])
async def test_a_session_is_resumed_and_misses_nothing(
    api: DiscordApi, bot: SmallBot, guild: Guild, channel: Channel, alice: Member, how: str
) -> None:
    async with api.run(bot):
        getattr(api.gateway, how)()
        missed = guild.add_text_channel("missed")
        answer = await alice.slash(channel, "go")
        assert answer.check().message.content == "here"
        assert bot.get_channel(missed.id)
        [session] = api.gateway.sessions.values()
        assert session.resumed == 1
        assert bot.seen.count("resumed") == 1
        assert bot.seen.count("ready") == 1


async def test_op_9_resumable(api: DiscordApi, bot: SmallBot, channel: Channel, alice: Member) -> None:
    async with api.run(bot):
        api.gateway.invalidate(resumable=True)
        assert (await alice.slash(channel, "go")).check().message.content == "here"
        assert bot.seen.count("resumed") == 1


async def test_op_9_for_good(api: DiscordApi, bot: SmallBot, channel: Channel, alice: Member) -> None:
    async with api.run(bot):
        old = set(api.gateway.sessions)
        api.gateway.invalidate()
        await api.gateway.wait_until_connected()
        assert not old & set(api.gateway.sessions)
        await until(lambda: bot.seen.count("ready") == 2)
        assert (await alice.slash(channel, "go")).check().message.content == "here"


async def test_a_slow_gateway(api: DiscordApi, bot: SmallBot, channel: Channel, alice: Member) -> None:
    api.gateway.write_delay = 0.1
    api.gateway.read_delay = 0.05
    async with api.run(bot):
        assert (await alice.slash(channel, "go")).check().latency >= 0.1


async def test_heartbeats_are_acknowledged(api: DiscordApi, bot: SmallBot) -> None:
    api.gateway.heartbeat_seconds = 0.05
    async with api.run(bot):
        await asyncio.sleep(0.2)
        assert bot.latency < float("inf")
        api.gateway.acknowledge = False
        await asyncio.sleep(0.1)
        [session] = api.gateway.connected
        assert session.resumed == 0


IDENTIFY = {"token": "loopback-token", "intents": 1, "properties": {}}


@pytest.mark.parametrize(
    ("messages", "code"),
    [
        (["no json"], 4002),
        ([{"op": 2, "d": {**IDENTIFY, "token": "x"}}], 4004),
        ([{"op": 2, "d": IDENTIFY}, {"op": 2, "d": IDENTIFY}], 4005),
        ([{"op": 2, "d": {**IDENTIFY, "shard": [2, 2]}}], 4010),
        ([{"op": 2, "d": {**IDENTIFY, "intents": 1 << 40}}], 4013),
        ([{"op": 2, "d": {**IDENTIFY, "intents": 1 << 15}}], 4014),
    ],
)
async def test_bad_clients_are_disconnected(api: DiscordApi, messages: list[object], code: int) -> None:
    url = f"{api.gateway_url}?v=10&encoding=json"
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
        for message in messages:
            await socket.send_str(message if isinstance(message, str) else json.dumps(message))
        async for _ in socket:
            pass
        assert socket.close_code == code
    assert api.gateway.closed_with


async def test_resuming_what_is_unknown_or_ahead(api: DiscordApi) -> None:
    url = f"{api.gateway_url}?v=10&encoding=json"
    resume = {"token": "loopback-token", "session_id": "x", "seq": 99}
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(url) as socket:
            await socket.receive()
            await socket.send_json({"op": 6, "d": resume})
            assert (await socket.receive_json())["op"] == 9
            await socket.send_json({"op": 2, "d": IDENTIFY})
            known = (await socket.receive_json())["d"]["session_id"]
            api.gateway.drop()
        async with session.ws_connect(url) as socket:
            await socket.send_json({"op": 6, "d": {**resume, "session_id": known}})
            async for _ in socket:
                pass
            assert socket.close_code == 4007


async def test_compression_is_what_the_client_asks_for(api: DiscordApi) -> None:
    async with aiohttp.ClientSession() as session:
        url = f"{api.gateway_url}?v=10&encoding=json"
        async with session.ws_connect(f"{url}&compress=zlib-stream") as socket:
            data = await socket.receive_bytes()
            assert json.loads(zlib.decompressobj().decompress(data))["op"] == 10
        async with session.ws_connect(url) as socket:
            assert (await socket.receive_json())["op"] == 10
