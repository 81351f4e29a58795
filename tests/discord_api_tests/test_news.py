"""What a bot that delivers news meets: many channels, retries, closed doors, roles to tell, posts."""

import asyncio
from collections import Counter

import discord

from tests.discord_api import Channel, DiscordApi, Guild, Permission, Thread
from tests.discord_api_tests.bots import SmallBot, refused, until

SEND = ("POST", "/channels/{channel_id}/messages")


def place(bot: SmallBot, channel: Channel) -> discord.TextChannel:
    found = bot.get_channel(channel.id)
    assert isinstance(found, discord.TextChannel)
    return found


async def test_a_nonce_keeps_a_retried_message_single(
    api: DiscordApi, bot: SmallBot, channel: Channel
) -> None:
    async with api.run(bot):
        api.faults.add("POST", "/channels/*/messages", status=502, after=True)
        await place(bot, channel).send("digest", nonce="digest-1")
    assert [request.payload["enforce_nonce"] for request in api.journal.of(*SEND)] == [True, True]
    assert [message.content for message in channel.messages] == ["digest"]


async def test_roles_are_notified_if_they_and_the_message_allow_it(
    api: DiscordApi, bot: SmallBot, guild: Guild, channel: Channel
) -> None:
    watchers, staff = guild.add_role("watchers", mentionable=True), guild.add_role("staff")
    text, both = f"{watchers.mention} {staff.mention} @everyone", {watchers.mention, staff.mention}
    async with api.run(bot):
        one = discord.AllowedMentions(roles=[discord.Object(watchers.id)], everyone=False, users=False)
        for mentions in (discord.AllowedMentions.none(), one, discord.AllowedMentions.all()):
            await place(bot, channel).send(text, allowed_mentions=mentions)
        channel.allow(guild.me, Permission.MENTION_EVERYONE)
        sent = await place(bot, channel).send(text, allowed_mentions=discord.AllowedMentions.all())
    none, some, everything, permitted = channel.messages
    assert (none.pings, some.pings, everything.pings) == (set(), {watchers.mention}, {*both, "@everyone"})
    assert (some.notified, everything.notified) == ({watchers.mention}, {watchers.mention})
    assert permitted.notified == {*both, "@everyone"}
    assert sent.mention_everyone


async def test_a_deleted_channel_and_its_threads_are_unknown(
    api: DiscordApi, bot: SmallBot, channel: Channel
) -> None:
    async with api.run(bot):
        gone = place(bot, channel)
        thread = await gone.create_thread(name="talk", type=discord.ChannelType.public_thread)
        channel.delete()
        await until(lambda: "guild_channel_delete" in bot.seen)
        assert bot.get_channel(channel.id) is None
        for target in (gone, thread):
            with refused(10003):
                await target.send("anybody?")


async def test_a_guild_that_removed_the_bot_is_closed_until_it_invites_it_again(
    api: DiscordApi, bot: SmallBot, guild: Guild, channel: Channel
) -> None:
    async with api.run(bot):
        closed = place(bot, channel)
        guild.remove_bot()
        await until(lambda: "guild_remove" in bot.seen)
        with refused(50001):
            await closed.send("anybody?")
        guild.add_bot()
        await until(lambda: bot.get_channel(channel.id))
        await place(bot, channel).send("back")
    assert [message.content for message in channel.messages] == ["back"]


async def test_changed_permissions_reach_the_bot(
    api: DiscordApi, bot: SmallBot, guild: Guild, channel: Channel
) -> None:
    async with api.run(bot):
        here = place(bot, channel)
        assert here.permissions_for(here.guild.me).send_messages
        channel.deny(guild.me, Permission.SEND_MESSAGES)
        await until(lambda: not here.permissions_for(here.guild.me).send_messages)
        with refused(50013):
            await here.send("anybody?")


async def insist(channel: discord.TextChannel) -> None:
    """Send to a channel however often it takes; discord.py gives up after five refusals."""
    while True:
        try:
            await channel.send("digest")
            return
        except discord.HTTPException as error:
            if error.status != 429:
                raise


async def test_many_channels_stay_within_fifty_requests_a_second(api: DiscordApi, bot: SmallBot) -> None:
    guild = api.add_guild()
    channels = [guild.add_text_channel(f"news-{number}") for number in range(100)]
    async with api.run(bot):
        await asyncio.gather(*(insist(place(bot, channel)) for channel in channels))
    assert [len(channel.messages) for channel in channels] == [1] * 100
    sent = [request for request in api.journal.of(*SEND) if request.status == 200]
    for first in sent:
        assert sum(0 <= request.at - first.at < 0.99 for request in sent) <= 50
    assert Counter(request.status for request in api.journal.of(*SEND))[429], "discord.py runs into it"


async def test_a_forum_post_goes_on_after_a_restart_and_an_archive(api: DiscordApi, guild: Guild) -> None:
    forum, bot = guild.add_forum("boards", tags=["daily"]), SmallBot()
    async with api.run(bot):
        found = bot.get_channel(forum.id)
        assert isinstance(found, discord.ForumChannel)
        made = await found.create_thread(name="Text", content="first day", applied_tags=found.available_tags)
    kept = api.world.channels[made.thread.id]
    assert isinstance(kept, Thread)
    kept.archived = True
    again = SmallBot()
    async with api.run(again):
        assert again.get_channel(kept.id) is None, "archived threads are not in GUILD_CREATE"
        thread = await again.fetch_channel(kept.id)
        assert isinstance(thread, discord.Thread)
        await thread.send("second day")
    assert not kept.archived
    assert [message.content for message in kept.messages] == ["first day", "second day"]
