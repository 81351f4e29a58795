"""What else there is, what is not there, and what the server does not have."""

import asyncio
import datetime

import discord
import pytest

from tests.discord_api import DiscordApi, Guild, Permission
from tests.discord_api_tests.bots import SmallBot


async def test_what_is_not_there(api: DiscordApi, bot: SmallBot, guild: Guild) -> None:
    async with api.run(bot):
        with pytest.raises(discord.NotFound) as channel:
            await bot.fetch_channel(1)
        with pytest.raises(discord.NotFound) as missing:
            await bot.fetch_guild(1)
        with pytest.raises(discord.NotFound) as member:
            await bot.guilds[0].fetch_member(api.add_user("stranger").id)
    assert (channel.value.code, missing.value.code, member.value.code) == (10003, 10004, 10007)


async def test_unknown_parts_of_discord_fail_the_test_loudly(bot: SmallBot) -> None:
    expected = r"unknown route POST /channels/.*/invites.*message with poll.*gateway op 3"
    with pytest.raises(AssertionError, match=expected):  # noqa: PT012
        async with DiscordApi() as api:
            channel = api.add_guild().add_text_channel("c")
            async with api.run(bot):
                place = bot.get_channel(channel.id)
                assert isinstance(place, discord.TextChannel)
                with pytest.raises(discord.NotFound):
                    await place.create_invite()
                poll = discord.Poll("?", duration=datetime.timedelta(hours=1))
                poll.add_answer(text="a")
                with pytest.raises(discord.HTTPException):
                    await place.send(poll=poll)
                await bot.change_presence(status=discord.Status.idle)
                await asyncio.sleep(0.05)


async def test_a_failing_test_keeps_its_own_error() -> None:
    with pytest.raises(ZeroDivisionError) as failed:  # noqa: PT012
        async with DiscordApi() as api:
            api.journal.mistakes.append("unknown route GET /x")
            _ = 1 / 0
    assert "unknown route GET /x" in failed.value.__notes__[0]


async def test_a_crash_of_the_server_is_loud_too() -> None:
    with pytest.raises(AssertionError, match="from the server itself"):  # noqa: PT012
        async with DiscordApi() as api, discord.Client(intents=discord.Intents.none()) as client:
            with api.point():
                await client.login(api.token)
                with pytest.raises(discord.HTTPException, match="the loopback Discord failed"):
                    await client.http.start_private_message("many")


async def test_the_other_routes_give_what_discord_py_expects(api: DiscordApi, bot: SmallBot) -> None:
    guild = api.add_guild("open", permissions=Permission.ADMINISTRATOR)
    channel = guild.add_text_channel("general", topic="t")
    async with api.run(bot):
        assert (await bot.fetch_guild(guild.id)).name == "open"
        assert (await bot.application_info()).owner.name == "owner"
        place = await bot.fetch_channel(channel.id)
        assert isinstance(place, discord.TextChannel)
        assert place.topic == "t"
        await place.set_permissions(place.guild.default_role, send_messages=False)
        assert channel.overwrites[0].deny == Permission.SEND_MESSAGES
        await place.set_permissions(place.guild.default_role, overwrite=None)
        assert channel.overwrites == []
        async with place.typing():
            assert (await bot.fetch_user(guild.owner.id)).name == "owner of open"
        assert await bot.tree.sync() == []
        assert await bot.tree.fetch_commands() == []
    api.check()
