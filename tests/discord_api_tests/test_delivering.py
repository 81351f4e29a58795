"""What else a bot that delivers meets: nonces, history, threads, forums, roles, outages, dialogues."""

from typing import Any

import aiohttp
import discord
import pytest
from discord.http import HTTPClient, Route, handle_message_parameters

from tests.discord_api import Channel, DiscordApi, Guild, ImpossibleActionError, Member, Permission, Thread
from tests.discord_api_tests.bots import Interaction, SmallBot, refused, until
from tests.discord_api_tests.test_news import place


def send(channel: Channel) -> Route:
    return Route("POST", "/channels/{channel_id}/messages", channel_id=channel.id)


async def test_only_the_answer_and_the_event_have_the_nonce(
    api: DiscordApi, bot: SmallBot, channel: Channel
) -> None:
    heard: list[discord.Message] = []

    @bot.listen("on_message")
    async def hear(message: discord.Message) -> None:
        heard.append(message)

    async with api.run(bot):
        sent = await place(bot, channel).send("news", nonce="1-a", view=button("board:1"))
        await until(lambda: heard)
        assert (sent.nonce, heard[0].nonce) == ("1-a", "1-a")
        [read] = [message async for message in place(bot, channel).history()]
        again = await place(bot, channel).fetch_message(sent.id)
    assert (read.nonce, again.nonce) == (None, None)
    [row] = read.components
    assert isinstance(row, discord.ActionRow)
    assert [getattr(part, "custom_id", None) for part in row.children] == ["board:1"]


def button(custom_id: str) -> discord.ui.View:
    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="Board", custom_id=custom_id))
    return view


async def test_a_nonce_is_the_bots_in_all_channels(
    api: DiscordApi, http: HTTPClient, guild: Guild, channel: Channel
) -> None:
    other, payload = guild.add_text_channel("other"), {"content": "c", "nonce": "1", "enforce_nonce": True}
    first = await http.request(send(channel), json=payload)
    assert (await http.request(send(other), json=payload))["id"] == first["id"]
    assert other.messages == [], "so a bot that uses a nonce in two channels loses a message"
    channel.messages[0].delete()
    assert (await http.request(send(other), json=payload))["id"] != first["id"]


async def test_history_around_after_and_without_permission(
    api: DiscordApi, http: HTTPClient, guild: Guild, channel: Channel, alice: Member
) -> None:
    ids = [alice.send(channel, str(number)).id for number in range(9)]

    async def read(limit: int, **where: int) -> list[int]:
        return [int(found["id"]) for found in await http.logs_from(channel.id, limit, **where)][::-1]

    assert await read(3, around=ids[4]) == ids[3:6]
    assert await read(2, after=ids[4]) == ids[5:7]
    assert await read(2, before=ids[4]) == ids[2:4]
    with refused(50035):
        await read(101)
    channel.deny(guild.me, Permission.READ_MESSAGE_HISTORY)
    assert await read(9) == [], "not refused: a bot that looks for its messages finds none"
    with refused(50013):
        await http.get_message(channel.id, ids[0])


async def test_a_person_without_a_common_guild_gets_no_messages(
    api: DiscordApi, http: HTTPClient, guild: Guild, alice: Member
) -> None:
    opened = await http.start_private_message(alice.id)
    with handle_message_parameters("news") as news:
        await http.send_message(opened["id"], params=news)
        guild.remove_bot()
        with refused(50278):
            await http.send_message(opened["id"], params=news)


async def test_the_eleventh_message_of_an_hour_is_not_published(api: DiscordApi, guild: Guild) -> None:
    news, headers = guild.add_news_channel("news"), {"Authorization": f"Bot {api.token}"}
    sent = [news.post(api.world.bot, {"content": str(number)}).id for number in range(11)]
    async with aiohttp.ClientSession(headers=headers) as session:
        for number, message_id in enumerate(sent):
            url = f"{api.api_url}/channels/{news.id}/messages/{message_id}/crosspost"
            async with session.post(url) as response:
                assert response.status == (200 if number < 10 else 429)
                body = await response.json()
    assert 3500 < body["retry_after"] <= 3600


async def test_a_thread_of_a_message_is_found_again(api: DiscordApi, bot: SmallBot, channel: Channel) -> None:
    async with api.run(bot):
        here = place(bot, channel)
        sent = await here.send("topic")
        thread = await sent.create_thread(name="talk")
        read = await here.fetch_message(sent.id)
        assert (thread.id, read.flags.has_thread, read.thread) == (sent.id, True, thread)
        assert [found.id for found in await here.guild.active_threads()] == [thread.id]
        kept = api.world.channels[thread.id]
        assert isinstance(kept, Thread)
        kept.archive()
        await until(lambda: here.get_thread(thread.id) is None or thread.archived)
        assert await here.guild.active_threads() == []
        assert [found.id async for found in here.archived_threads()] == [thread.id]
        await thread.send("wakes it")
        assert [found async for found in here.archived_threads()] == []


async def test_a_forum_may_ask_for_tags_and_for_permission(
    api: DiscordApi, http: HTTPClient, guild: Guild
) -> None:
    forum = guild.add_forum("boards", tags=["daily"], tagged=True)
    tag, post = str(next(iter(forum.tags))), Route("POST", "/channels/{id}/threads", id=forum.id)
    payload = {"name": "n", "message": {"content": "c", "nonce": "1", "enforce_nonce": True}}
    with refused(40067):
        await http.request(post, json=payload)
    tagged = payload | {"applied_tags": [tag]}
    made = [await http.request(post, json=tagged) for _ in range(2)]
    assert made[0]["id"] != made[1]["id"], "there is no nonce here"
    assert "nonce" not in made[0]["message"]
    forum.deny(guild.me, Permission.SEND_MESSAGES)
    with refused(50013):
        await http.request(post, json=tagged)


async def test_the_bot_hears_what_moderators_delete(
    api: DiscordApi, bot: SmallBot, guild: Guild, channel: Channel
) -> None:
    async with api.run(bot):
        for number in range(3):
            await place(bot, channel).send(str(number))
        one, *others = channel.messages
        one.delete()
        channel.purge(others)
        await until(lambda: {"raw_message_delete", "raw_bulk_message_delete"} <= set(bot.seen))
        assert channel.messages == []
        assert [message.deleted for message in api.world.posts] == [True] * 3
        channel.deny(guild.me, Permission.VIEW_CHANNEL)
        heard = bot.seen.count("message")
        guild.owner.send(channel, "unseen")
        channel.allow(guild.me, Permission.VIEW_CHANNEL)
        guild.owner.send(channel, "seen")
        await until(lambda: bot.seen.count("message") == heard + 1)


async def test_roles_are_closed_and_deleted_while_the_bot_runs(
    api: DiscordApi, bot: SmallBot, guild: Guild, channel: Channel
) -> None:
    role = guild.add_role("watchers", mentionable=True)
    async with api.run(bot):
        here = place(bot, channel)
        every = discord.AllowedMentions(roles=True)
        await here.send(role.mention, allowed_mentions=every)
        guild.change_role(role, mentionable=False)
        known = here.guild.get_role(role.id)
        assert known
        await until(lambda: not known.mentionable)
        await here.send(role.mention, allowed_mentions=every)
        guild.change_role(role, mentionable=True)
        guild.delete_role(role)
        await until(lambda: here.guild.get_role(role.id) is None)
        await here.send(role.mention, allowed_mentions=every)
    assert [message.notified for message in channel.messages] == [{role.mention}, set(), set()]
    assert [message.pings for message in channel.messages] == [{role.mention}] * 3


async def test_an_outage_is_not_a_removal(
    api: DiscordApi, bot: SmallBot, guild: Guild, channel: Channel
) -> None:
    async with api.run(bot):
        guild.go_down()
        await until(lambda: "guild_unavailable" in bot.seen)
        guild.come_back()
        await until(lambda: "guild_available" in bot.seen and bot.get_channel(channel.id))
        assert "guild_remove" not in bot.seen
        await place(bot, channel).send("still here")


class Dialogue(discord.ui.Modal, title="Subscribe"):
    def __init__(self, *, wrong: str = "") -> None:
        super().__init__()
        daily = discord.SelectOption(label="Daily", value="d", default=True)
        often = discord.ui.Select[discord.ui.View](
            custom_id="often", options=[daily], disabled=wrong == "disabled"
        )
        labels: dict[str, discord.ui.Item[discord.ui.View]] = {
            "Name": discord.ui.TextInput(custom_id="name"),
            "Hour" + "x" * (42 if wrong == "long" else 0): discord.ui.TextInput(
                custom_id="hour", required=False
            ),
            "How often": often,
            "Where": discord.ui.ChannelSelect(custom_id="where"),
            "Whom": discord.ui.RoleSelect(custom_id="name" if wrong == "twice" else "whom", required=False),
        }
        for text, component in labels.items():
            self.add_item(discord.ui.Label(text=text, component=component))

    async def on_submit(self, interaction: Interaction, /) -> None:
        said = [getattr(label, "component", label) for label in self.children]
        values = [part.value if isinstance(part, discord.ui.TextInput) else part.values for part in said]
        await interaction.response.send_message(str([str(value) for value in values[:3]]), ephemeral=True)


async def test_a_dialogue_of_five_labels(
    api: DiscordApi, bot: SmallBot, guild: Guild, channel: Channel, alice: Member
) -> None:
    @bot.answers()
    async def go(interaction: Interaction) -> None:
        await interaction.response.send_modal(Dialogue())

    async with api.run(bot):
        opened = (await alice.slash(channel, "go")).check()
        assert list(dict(opened.modal.inputs.values())) == ["Name", "Hour", "How often", "Where", "Whom"]
        filled: dict[str, Any] = {"Name": "mine", "How often": "Daily", "Where": channel}
        filled["Whom"] = guild.add_role("watchers")
        answer = (await alice.submit(opened.modal, filled)).check()
        assert answer.message.content == "['mine', '', \"['d']\"]"
        assert answer.message.ephemeral
        with pytest.raises(ImpossibleActionError, match="between 1 and 1 values"):
            await alice.submit(opened.modal, {"Name": "mine", "How often": []})


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        ("long", "data.components.1.label"),
        ("disabled", "data.components.2.component.disabled"),
        ("twice", "data.components.4.component.custom_id"),
    ],
)
async def test_wrong_dialogues(
    api: DiscordApi, bot: SmallBot, channel: Channel, alice: Member, wrong: str, path: str
) -> None:
    @bot.answers()
    async def go(interaction: Interaction) -> None:
        await interaction.response.send_modal(Dialogue(wrong=wrong))

    async with api.run(bot):
        api.patience.refused = 0.01
        answer = await alice.slash(channel, "go")
    assert (answer.broken[0].code, answer.broken[0].path) == (50035, path)
