"""`/ask` and messages that mention the bot: answered under the command that was understood."""

from __future__ import annotations

import asyncio

import discord
import pytest

from bot.asking.understood import Understood
from bot.client import Bangdan
from bot.desk import Desk
from bot.studio import Studio
from bot.texts import Texts
from bot.understanding import Asking
from store.archive import Archive
from tests.conftest import World
from tests.console import Run
from tests.discord_api import Channel, DiscordApi, Member, Message, Permission
from tests.test_asking import COMMANDS
from tests.test_commands import controls_of, message_of, text_of

SOON = 0.3
"""Seconds in which an answer that should not come would have come."""


@pytest.fixture
def bot(archive: Archive, texts: Texts) -> Bangdan:
    return Bangdan(archive, texts, guild_ready_timeout=0.02)


async def answer_to(discord_api: DiscordApi, member: Member, channel: Channel, text: str) -> Message:
    """Write a message and return what the bot writes next."""
    before = len(channel.messages)
    member.send(channel, text)
    me = discord_api.world.bot
    return await channel.wait_for_message(
        lambda each: each.author is me and each in channel.messages[before:]
    )


async def test_ask_answers_under_the_command_that_it_understood(world: World) -> None:
    answer = await world.alice.slash(world.channel, "ask", question="法律最强的开源模型")
    direct = await world.alice.slash(world.channel, "top", field="法律", openness="open")

    assert answer.response.content == "`/top field:法律 openness:open`"
    assert text_of(answer) == text_of(direct)


@pytest.mark.parametrize(
    ("question", "command", "options"),
    [
        ("how did qwq-32b do since 2025-07-06", "history", {"model": "QwQ-32B", "since": "2025-07-06"}),
        ("qwq-32b 和 deepseek-r1 的历史走势", "history", {"model": "QwQ-32B", "model2": "DeepSeek-R1"}),
        ("qwq-32b history on arena", "history", {"model": "QwQ-32B", "board": "arena"}),
        (
            "history of qwq-32b, deepseek-r1, o3, gpt-4o, hunyuan-large and gemini 2.5 pro",
            "history",
            {
                "model": "QwQ-32B",
                "model2": "DeepSeek-R1",
                "model3": "o3-2025-04-16",
                "model4": "gpt-4o",
                "model5": "hunyuan-large",
            },
        ),
        ("best value for money", "value", {}),
        ("法律性价比最高的模型", "value", {"field": "法律"}),
        ("介绍一下 gpt-4o", "model", {"model": "gpt-4o"}),
    ],
)
async def test_an_answer_is_that_of_its_command(
    world: World, question: str, command: str, options: dict[str, str]
) -> None:
    answer = await world.alice.slash(world.channel, "ask", question=question)
    direct = await world.alice.slash(world.channel, command, **options)

    assert answer.response.content == f"`{Understood(command, options).line}`"
    assert text_of(answer) == text_of(direct)
    assert [each.get("placeholder") for each in controls_of(answer)] == [
        each.get("placeholder") for each in controls_of(direct)
    ]


def test_what_people_are_told_to_ask_is_understood_and_asks_for_almost_everything(
    archive: Archive, texts: Texts
) -> None:
    asking = Asking(Desk(archive), texts)
    for language in texts.languages.values():
        understood = [asking.desk.understand(each) for each in language.say("asking.examples").split("|")]
        assert {each.command for each in understood if each} == COMMANDS - {"about"}
        assert all(each and asking.put(each) for each in understood)


def test_every_command_that_is_understood_has_a_question(archive: Archive, texts: Texts) -> None:
    asking = Asking(Desk(archive), texts)
    needed = {"model": "qwq-32b", "first": "qwq-32b", "second": "deepseek-r1"}
    assert all(asking.put(Understood(each, needed)) for each in COMMANDS)
    assert asking.put(Understood("subscribe")) is None


async def test_the_buttons_of_an_answer_turn_its_pages(world: World) -> None:
    answer = await world.alice.slash(world.channel, "ask", question="top 3 open models for law")
    forward = controls_of(answer)[3]
    await world.alice.click(message_of(answer), custom_id=forward["custom_id"])

    assert "MiniMax" not in text_of(answer)
    assert "GLM-Z1-32B-0414" in text_of(answer)
    assert answer.response.content == "`/top field:law count:3 openness:open`"


async def test_an_ambiguous_name_stays_a_choice(world: World) -> None:
    answer = await world.alice.slash(world.channel, "ask", question="where does gpt-4o stand")

    assert answer.response.content == "`/rank model:gpt-4o`"
    assert "choose one below" in text_of(answer)
    assert [each["placeholder"] for each in controls_of(answer)] == ["Another model?", "Another day?"]


@pytest.mark.parametrize("question", ["where does llama 5 stand", "is gpt-9 better than qwq-32b?"])
async def test_an_unknown_name_is_said_and_no_other_model_answers(world: World, question: str) -> None:
    answer = await world.alice.slash(world.channel, "ask", question=question)

    assert "I know no model called" in text_of(answer)
    assert answer.response.ephemeral


@pytest.mark.parametrize("question", ["hello", "今天天气怎么样", "@everyone `||", "字" * 6000])
async def test_what_is_not_understood_is_told_what_can_be_asked(world: World, question: str) -> None:
    answer = await world.alice.slash(world.channel, "ask", question=question)

    assert "best open model for law under 14B" in text_of(answer)
    assert answer.response.ephemeral


async def test_an_answer_is_in_the_language_of_the_person(discord_api: DiscordApi, bot: Bangdan) -> None:
    guild = discord_api.add_guild()
    channel, person = guild.add_text_channel("models"), guild.add_member("li", locale="zh-CN")
    async with discord_api.run(bot):
        answer = await person.slash(channel, "ask", question="hello")
        assert "这个问题我没看懂" in answer.check().message.text


async def test_a_message_that_mentions_the_bot_is_answered(
    discord_api: DiscordApi, bot: Bangdan, channel: Channel, alice: Member
) -> None:
    async with discord_api.run(bot):
        me = discord_api.world.bot.mention
        english = await answer_to(discord_api, alice, channel, f"{me} best open model for law?")
        chinese = await answer_to(discord_api, alice, channel, f"法律最强的开源模型 {me}")
        discord_api.check()

    assert english.content == "`/top field:law openness:open`"
    assert "open models" in english.text
    assert chinese.content == "`/排行榜 领域:法律 是否开源:open`", "as a Chinese reader would type it"
    assert "开源模型" in chinese.text
    assert not english.pings
    assert not chinese.pings


async def test_answers_have_their_pictures_where_the_bot_may_attach_them(
    discord_api: DiscordApi, archive: Archive, texts: Texts, studio: Studio, channel: Channel, alice: Member
) -> None:
    assert channel.guild is not None
    plain = channel.guild.add_text_channel("plain")
    async with discord_api.run(Bangdan(archive, texts, studio=studio, guild_ready_timeout=0.02)):
        plain.deny(channel.guild.me, Permission.ATTACH_FILES)
        asked, me = "qwq-32b vs deepseek-r1", discord_api.world.bot.mention
        private = (await alice.slash(channel, "ask", question=asked)).check().message
        drawn = await answer_to(discord_api, alice, channel, f"{me} {asked}")
        bare = await answer_to(discord_api, alice, plain, f"{me} {asked}")
        discord_api.check()

    assert [each.filename for each in private.attachments] == ["compare.png"]
    assert [each.filename for each in drawn.attachments] == ["compare.png"]
    assert bare.attachments == []
    assert private.content == drawn.content == bare.content == "`/compare first:QwQ-32B second:DeepSeek-R1`"


async def test_the_buttons_below_an_answer_to_a_message_are_the_authors(
    discord_api: DiscordApi, bot: Bangdan, channel: Channel, alice: Member
) -> None:
    assert channel.guild is not None
    bob = channel.guild.add_member("bob")
    async with discord_api.run(bot):
        answer = await answer_to(discord_api, alice, channel, f"{discord_api.world.bot.mention} top 3 arena")
        his = (await bob.click(answer, label="▶️")).check()
        hers = (await alice.click(answer, label="▶️")).check()

    assert "belong to whoever asked" in his.message.text
    assert "2 / " in str(hers.message.components)
    assert hers.message.content == "`/top field:arena count:3`"


async def test_a_direct_message_needs_no_mention(
    discord_api: DiscordApi, bot: Bangdan, alice: Member
) -> None:
    async with discord_api.run(bot):
        answer = await answer_to(discord_api, alice, alice.dm, "qwq-32b")
    assert answer.content == "`/rank model:QwQ-32B`"


@pytest.mark.parametrize("text", ["best open model for law?", "@everyone best model", "<@1> best model", ""])
async def test_messages_to_others_are_not_answered(
    discord_api: DiscordApi, bot: Bangdan, channel: Channel, alice: Member, text: str
) -> None:
    async with discord_api.run(bot):
        alice.send(channel, text or "hm")
        await asyncio.sleep(SOON)
        discord_api.check()
    assert [each.author for each in channel.messages] == [alice.user]


async def test_what_bots_write_is_not_even_read(
    discord_api: DiscordApi, bot: Bangdan, channel: Channel, alice: Member
) -> None:
    heard: list[int] = []

    async def on_message(message: discord.Message) -> None:
        heard.append(message.author.id)

    bot.add_listener(on_message)
    async with discord_api.run(bot):
        await alice.slash(channel, "rank", model="qwq-32b")
        await answer_to(discord_api, alice, channel, f"{discord_api.world.bot.mention} qwq-32b")
    assert heard == [alice.id]


@pytest.mark.parametrize("text", ["", "hello", "```]( <@&1> @everyone", "字" * 1900])
async def test_a_mention_without_a_question_is_told_what_can_be_asked(
    discord_api: DiscordApi, bot: Bangdan, channel: Channel, alice: Member, text: str
) -> None:
    async with discord_api.run(bot):
        answer = await answer_to(discord_api, alice, channel, f"{discord_api.world.bot.mention} {text}")
        discord_api.check()
    assert not answer.pings


def test_ask_on_the_command_line_takes_the_whole_line(bangdan: Run) -> None:
    done = bangdan("ask", "/ask what's the best open model for law")

    assert done.returncode == 0
    assert "/top field:law openness:open" in done.stdout
    assert bangdan("ask", "/ask hello there").returncode == 2


def test_understand_prints_the_command_or_null(bangdan: Run) -> None:
    done = bangdan("understand", "法律最强的开源模型", "--json")
    assert done.stdout == '{"command": "top", "options": {"field": "法律", "openness": "open"}}\n'
    assert bangdan("understand", "tell me a joke", "--json").stdout == "null\n"
    assert bangdan("understand", typed="qwq-32b\nhello\n").stdout == "/rank model:QwQ-32B\nnot understood\n"


async def test_where_the_bot_may_not_write_it_keeps_silent_and_lives_on(
    discord_api: DiscordApi, bot: Bangdan, channel: Channel, alice: Member
) -> None:
    assert channel.guild is not None
    closed, unread = channel.guild.add_text_channel("closed"), channel.guild.add_text_channel("unread")
    async with discord_api.run(bot):
        closed.deny(channel.guild.me, Permission.SEND_MESSAGES)
        unread.deny(channel.guild.me, Permission.READ_MESSAGE_HISTORY)
        me = discord_api.world.bot.mention
        alice.send(closed, f"{me} qwq-32b")
        quiet = await answer_to(discord_api, alice, unread, f"{me} qwq-32b")
        loud = await answer_to(discord_api, alice, channel, f"{me} qwq-32b")

    assert "1333" in quiet.text
    assert "1333" in loud.text
    assert len(closed.messages) == 1
