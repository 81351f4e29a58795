"""Messages, threads, forums, publishing, pins, direct messages, roles and permissions."""

import asyncio

import discord
import pytest

from tests.discord_api import Channel, DiscordApi, Guild, Member, Permission, Thread
from tests.discord_api.message_routes import PINS
from tests.discord_api_tests.bots import SmallBot, refused


@pytest.fixture
def bot() -> SmallBot:
    """A bot that reads messages."""
    intents = discord.Intents.default()
    intents.message_content = True
    return SmallBot(intents)


@pytest.fixture(autouse=True)
def granted(api: DiscordApi) -> None:
    api.gateway.privileged = discord.Intents.all().value
    api.ratelimits.on = False


def text_channel(bot: SmallBot, channel: Channel) -> discord.TextChannel:
    found = bot.get_channel(channel.id)
    assert isinstance(found, discord.TextChannel)
    return found


async def test_sending_editing_deleting_and_reading(
    api: DiscordApi, bot: SmallBot, channel: Channel, alice: Member
) -> None:
    async with api.run(bot):
        place = text_channel(bot, channel)
        said = alice.send(channel, "hello")
        sent = await place.send(
            "one", embed=discord.Embed(title="t"), reference=await place.fetch_message(said.id)
        )
        assert sent.reference
        assert (await channel.wait_for_message(lambda message: message.embeds)).reference is said
        await sent.edit(content="two", embed=None)
        assert [message.content async for message in place.history()] == ["two", "hello"]
        assert [message.content async for message in place.history(oldest_first=True, limit=1)] == ["hello"]
        await sent.delete()
        with refused(10008):
            await sent.edit(content="three")
        with refused(50005):
            await (await place.fetch_message(said.id)).edit(content="not mine")
        await (await place.fetch_message(said.id)).delete()
    assert channel.messages == []


async def test_waiting_for_a_message_has_an_end(api: DiscordApi, channel: Channel) -> None:
    with pytest.raises(TimeoutError, match="no such message in #general"):
        await channel.wait_for_message(seconds=0.01)


async def test_the_bot_hears_what_people_say(
    api: DiscordApi, bot: SmallBot, channel: Channel, alice: Member
) -> None:
    heard: asyncio.Queue[str] = asyncio.Queue()

    @bot.listen("on_message")
    async def hear(message: discord.Message) -> None:
        await heard.put(f"{message.author.name} {message.content} {message.guild}")

    async with api.run(bot):
        alice.send(channel, "hi")
        alice.send(alice.dm, "psst")
        assert [await heard.get(), await heard.get()] == ["alice hi lab", "alice psst None"]


async def test_without_the_intent_content_is_hidden(api: DiscordApi, channel: Channel, alice: Member) -> None:
    bot = SmallBot()
    heard: asyncio.Queue[str] = asyncio.Queue()

    @bot.listen("on_message")
    async def hear(message: discord.Message) -> None:
        await heard.put(message.content)

    async with api.run(bot):
        alice.send(channel, "secret")
        alice.send(channel, f"for {api.world.bot.mention}")
        assert [await heard.get(), await heard.get()] == ["", f"for {api.world.bot.mention}"]


async def test_threads(api: DiscordApi, bot: SmallBot, channel: Channel, alice: Member) -> None:
    async with api.run(bot):
        place = text_channel(bot, channel)
        message = await place.send("topic")
        thread = await message.create_thread(name="talk")
        await thread.send("first")
        assert api.world.channels[thread.id].messages[0].content == "first"
        with refused(160004):
            await message.create_thread(name="again")
        with pytest.raises(discord.HTTPException, match="In name"):
            await place.create_thread(name="x" * 101, type=discord.ChannelType.public_thread)
        await thread.edit(archived=True, name="talks")
        kept = api.world.channels[thread.id]
        assert isinstance(kept, Thread)
        assert (kept.archived, kept.name) == (True, "talks")
        await thread.send("wakes it")
        assert not kept.archived
        await thread.edit(locked=True)
        api.world.guilds[channel.guild.id].me.roles.clear() if channel.guild else None
        with refused(160005):
            await thread.send("no more")


async def test_forum_posts(api: DiscordApi, bot: SmallBot, guild: Guild) -> None:
    forum = guild.add_forum("boards", tags=["daily"])
    async with api.run(bot):
        place = bot.get_channel(forum.id)
        assert isinstance(place, discord.ForumChannel)
        made = await place.create_thread(name="Text", content="hello", applied_tags=place.available_tags)
        assert api.world.channels[made.thread.id].messages[0].content == "hello"
        assert made.thread.applied_tags == list(place.available_tags)
        with pytest.raises(discord.HTTPException, match=r"In message\.content"):
            await place.create_thread(name="Text", content="x" * 2001)
        with refused(50008):
            await bot.http.send_message(forum.id, params=discord.http.handle_message_parameters("text"))


async def test_publishing(api: DiscordApi, bot: SmallBot, guild: Guild, channel: Channel) -> None:
    news = guild.add_news_channel("news")
    async with api.run(bot):
        message = await text_channel(bot, news).send("n")
        await message.publish()
        assert news.messages[0].published
        with refused(40033):
            await message.publish()
        ordinary = await text_channel(bot, channel).send("n")
        with refused(50024):
            await bot.http.publish_message(channel.id, ordinary.id)


async def test_pins(api: DiscordApi, bot: SmallBot, channel: Channel, alice: Member) -> None:
    async with api.run(bot):
        place = text_channel(bot, channel)
        one, two = await place.send("one"), await place.send("two")
        await one.pin()
        await two.pin()
        assert [message.content async for message in place.pins()] == ["two", "one"]
        await two.unpin()
        assert [message.content for message in channel.pins] == ["one"]
        for number in range(PINS):
            alice.send(channel, str(number)).pinned_at = "2025"
        with refused(30003):
            await two.pin()


async def test_direct_messages(api: DiscordApi, bot: SmallBot, alice: Member) -> None:
    async with api.run(bot):
        user = await bot.fetch_user(alice.id)
        await user.send("news")
        assert [message.content for message in alice.dm.messages] == ["news"]
        alice.user.dms_closed = True
        with refused(50007):
            await user.send("news")
        with refused(10013):
            await bot.fetch_user(1)


async def test_missing_permissions(api: DiscordApi, bot: SmallBot, guild: Guild, channel: Channel) -> None:
    async with api.run(bot):
        place = text_channel(bot, channel)
        channel.deny(guild.me, Permission.EMBED_LINKS | Permission.ATTACH_FILES)
        await place.send("text")
        for more in ({"embed": discord.Embed(title="t")}, {"file": discord.File(__file__)}):
            with refused(50013):
                await place.send("text", **more)
        assert guild.bot_role
        channel.deny(guild.bot_role, Permission.SEND_MESSAGES)
        with pytest.raises(discord.Forbidden, match="50013"):
            await place.send("text")
        channel.deny(guild.roles[guild.id], Permission.VIEW_CHANNEL)
        with pytest.raises(discord.Forbidden, match="50001"):
            await place.send("text")
        channel.allow(guild.me, Permission.VIEW_CHANNEL | Permission.SEND_MESSAGES)
        await place.send("text")
    assert "bot lacks" in api.broken[0].message


async def test_roles(api: DiscordApi, bot: SmallBot, alice: Member) -> None:
    guild = api.add_guild("with roles", permissions=Permission.MANAGE_ROLES)
    member = guild.add_member(alice.user)
    async with api.run(bot):
        place = bot.get_guild(guild.id)
        assert place
        above = guild.add_role("above")
        assert guild.bot_role
        below = guild.add_role("below")
        guild.bot_role.position = below.position + 1
        above.position = guild.bot_role.position + 1
        found = await place.fetch_member(member.id)
        await found.add_roles(discord.Object(below.id))
        assert member.roles == [below]
        await found.remove_roles(discord.Object(below.id))
        assert member.roles == []
        with pytest.raises(discord.Forbidden, match="50013"):
            await found.add_roles(discord.Object(above.id))
        with refused(10011):
            await found.add_roles(discord.Object(1))
