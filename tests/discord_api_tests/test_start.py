import sys
from pathlib import Path

import discord
import pytest
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.discord_api import DiscordApi, Guild
from tests.discord_api_tests.bots import QUICK, SmallBot, until

EMPTY_BOT = str(Path(__file__).with_name("empty_bot.py"))


async def test_a_plain_client_is_ready_and_knows_its_guilds(api: DiscordApi, guild: Guild) -> None:
    guild.add_text_channel("general")
    client = discord.Client(intents=discord.Intents.default(), **QUICK)
    async with api.run(client):
        assert [known.name for known in client.guilds] == ["lab"]
        assert [known.name for known in client.guilds[0].text_channels] == ["general"]
        assert client.guilds[0].preferred_locale is discord.Locale.chinese
        assert client.application_id == api.world.application_id


async def test_a_sharded_bot_gets_each_guild_on_its_shard(api: DiscordApi) -> None:
    class Sharded(commands.AutoShardedBot):
        async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
            pass

    api.world.shards = 2
    guilds = [api.add_guild(f"guild {number}") for number in range(4)]
    bot = Sharded("!", intents=discord.Intents.default(), help_command=None, **QUICK)
    async with api.run(bot):
        assert sorted(bot.shards) == [0, 1]
        assert {known.id: known.shard_id for known in bot.guilds} == {g.id: (g.id >> 22) % 2 for g in guilds}
        assert {known.shard_id for known in bot.guilds} == {0, 1}


async def test_a_wrong_token_is_refused_over_http(api: DiscordApi) -> None:
    client = discord.Client(intents=discord.Intents.none())
    with api.point():
        async with client:
            with pytest.raises(discord.LoginFailure):
                await client.login("stolen")


async def test_a_wrong_token_is_refused_at_the_gateway(api: DiscordApi) -> None:
    api.gateway.token = "another"
    with pytest.raises(discord.ConnectionClosed, match="4004"):
        async with api.run(SmallBot()):
            pass


async def test_privileged_intents_must_be_granted(api: DiscordApi) -> None:
    intents = discord.Intents.default()
    intents.members = True
    with pytest.raises(discord.PrivilegedIntentsRequired):
        async with api.run(SmallBot(intents)):
            pass
    api.gateway.privileged = intents.value
    bot = SmallBot(intents)
    async with api.run(bot):
        assert "ready" in bot.seen


async def test_the_addresses_are_restored(api: DiscordApi) -> None:
    with api.point():
        assert api.api_url == Route.BASE
    assert Route.BASE == "https://discord.com/api/v10"
    assert str(DiscordWebSocket.DEFAULT_GATEWAY) == "wss://gateway.discord.gg/"


async def test_joining_and_leaving_a_guild(api: DiscordApi, bot: SmallBot) -> None:
    async with api.run(bot):
        guild = api.add_guild("new")
        await until(lambda: "guild_join" in bot.seen)
        guild.remove_bot()
        await until(lambda: "guild_remove" in bot.seen)
        other = api.add_guild("other")
        await until(lambda: bot.get_guild(other.id))
        await bot.guilds[0].leave()
        await until(lambda: bot.seen.count("guild_remove") == 2)
        assert list(bot.guilds) == []


async def test_a_bot_of_its_own_process(api: DiscordApi, guild: Guild) -> None:
    channel, alice = guild.add_text_channel("general"), guild.add_member("alice")
    async with api.spawn(sys.executable, EMPTY_BOT) as process:
        answer = await alice.slash(channel, "ping")
        assert answer.check().message.content == "pong"
        await process.kill()
        assert await process.stop() == -9


async def test_a_process_that_ends_too_early_is_told(api: DiscordApi) -> None:
    with pytest.raises(RuntimeError, match="ended with 3"):
        async with api.spawn(sys.executable, "-c", "raise SystemExit(3)"):
            pass
