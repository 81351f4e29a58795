"""The door: who asks too often is told when to ask again; nobody else notices it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest

from bot.client import Bangdan
from bot.door import Door
from bot.limits import Limits, Rate, Turnstile
from bot.outside.figures import Figures
from bot.texts import Texts
from store.archive import Archive
from tests.discord_api import Answer, DiscordApi


@dataclass
class Time:
    """A time that a test moves."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


def test_ten_times_in_ten_seconds_and_not_eleven() -> None:
    turnstile = Turnstile(Rate(10, 10.0))

    assert [turnstile.turn(1, 100.0 + n / 2) for n in range(10)] == [0.0] * 10
    assert turnstile.turn(1, 105.0) == 5.0
    assert turnstile.turn(1, 109.0) == 1.0
    assert turnstile.turn(2, 109.0) == 0.0
    assert turnstile.turn(1, 110.0) == 0.0


def test_who_waits_is_forgotten_when_there_is_nothing_to_remember() -> None:
    turnstile = Turnstile(Rate(2, 10.0))
    for who in range(1000):
        turnstile.turn(who, 100.0)
    assert len(turnstile) == 1000

    turnstile.turn(0, 111.0)
    assert len(turnstile) == 1


def test_a_crowd_does_not_take_more_memory_and_sets_nobody_free_who_goes_on() -> None:
    turnstile = Turnstile(Rate(2, 1000.0), room=100)
    for who in range(1, 10_000):
        turnstile.turn(who, 100.0)
        waits = [turnstile.turn(0, 100.0)]
        assert len(turnstile) <= 100

    assert waits[-1] == 1000.0


def test_a_server_is_limited_apart_from_its_people_and_direct_messages_are_not() -> None:
    limits = Limits(Rate(10, 10.0), Rate(3, 10.0), Time())

    assert [limits.ask(person, 7) for person in range(3)] == [None] * 3
    wait = limits.ask(3, 7)
    assert wait is not None
    assert wait.server
    assert limits.ask(3, 8) is None
    assert limits.ask(3, None) is None


def test_without_rates_anybody_may_ask() -> None:
    limits = Limits()
    assert not any(limits.ask(1, 1) for _ in range(10_000))
    assert all(limits.type(1) for _ in range(10_000))


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def bot(shelf: Archive, texts: Texts, time: Time) -> Bangdan:
    """A bot that answers each person three times a minute, and a server five times."""
    door = Door(Limits(Rate(3, 60.0), Rate(5, 60.0), time), Figures())
    return Bangdan(shelf, texts, guild_ready_timeout=0.02, door=door)


def said(answer: Answer) -> str:
    return str(answer.check().message.embeds)


async def test_who_is_too_quick_is_told_privately_and_in_their_language_when_to_ask_again(
    discord_api: DiscordApi, bot: Bangdan, time: Time
) -> None:
    guild = discord_api.add_guild()
    channel = guild.add_text_channel("models")
    alice, bao = guild.add_member("alice"), guild.add_member("bao", locale="zh-CN")
    dai = guild.add_member("dai").user
    async with discord_api.run(bot):
        for _ in range(3):
            assert "1333" in said(await alice.slash(channel, "rank", model="qwq-32b"))
        time.now += 17.5
        refused = await alice.slash(channel, "rank", model="qwq-32b")
        assert "ask again in 43 s" in said(refused)
        assert refused.message.ephemeral
        assert "1333" in said(await bao.slash(channel, "rank", model="qwq-32b"))
        assert "1333" in said(await bao.slash(channel, "rank", model="qwq-32b"))
        assert "本服务器现在提问太多，请在 43 秒后再试" in said(await bao.slash(channel, "boards"))
        assert "1333" in said(await dai.slash(dai.dm, "rank", model="qwq-32b"))
        time.now += 60
        assert "1333" in said(await alice.slash(channel, "rank", model="qwq-32b"))
    discord_api.check()


async def test_buttons_and_menus_count_as_well(discord_api: DiscordApi, bot: Bangdan) -> None:
    guild = discord_api.add_guild()
    channel = guild.add_text_channel("models")
    alice = guild.add_member("alice")
    async with discord_api.run(bot):
        shown = (await alice.slash(channel, "top")).check().message
        await alice.click(shown, label="▶️")
        await alice.click(shown, label="▶️")
        assert "3 / 22" in shown.text
        refused = await alice.click(shown, label="▶️")
        assert "ask again in" in said(refused)
        assert refused.message.ephemeral
        assert "3 / 22" in shown.text


async def test_typing_costs_nobody_their_questions_and_too_much_of_it_is_met_with_silence(
    discord_api: DiscordApi, bot: Bangdan
) -> None:
    guild = discord_api.add_guild()
    channel = guild.add_text_channel("models")
    alice = guild.add_member("alice")
    async with discord_api.run(bot):
        offered = [(await alice.autocomplete(channel, "rank", "model", "qwq")).choices for _ in range(20)]
        assert all(offered[:15])
        assert not any(offered[15:])
        assert "1333" in said(await alice.slash(channel, "rank", model="qwq-32b"))
    discord_api.check()


async def test_questions_in_messages_count_and_the_one_too_many_is_not_answered(
    discord_api: DiscordApi, bot: Bangdan
) -> None:
    guild = discord_api.add_guild()
    channel = guild.add_text_channel("models")
    alice = guild.add_member("alice")
    async with discord_api.run(bot):
        for _ in range(4):
            alice.send(channel, f"{guild.me.mention} qwq-32b")
        async with asyncio.timeout(30):
            while "message" not in counted(bot) or "limited" not in counted(bot):
                await asyncio.sleep(0.01)
            while sum(each.author.is_bot for each in channel.messages) < 3:
                await asyncio.sleep(0.01)
    assert sum(each.author.is_bot for each in channel.messages) == 3


def counted(bot: Bangdan) -> str:
    return "\n".join(bot.door.figures.lines(bot.texts.source.say))


async def test_what_is_done_is_counted_by_its_name_and_outcome(discord_api: DiscordApi, bot: Bangdan) -> None:
    guild = discord_api.add_guild()
    channel = guild.add_text_channel("models")
    alice = guild.add_member("alice")
    async with discord_api.run(bot):
        shown = (await alice.slash(channel, "top")).check().message
        await alice.click(shown, label="▶️")
        await alice.slash(channel, "rank", model="gpt-9")
        await alice.slash(channel, "about")
    for sample in (
        'bangdan_commands_total{command="top",outcome="answer"} 1',
        'bangdan_commands_total{command="turn-button",outcome="answer"} 1',
        'bangdan_commands_total{command="rank",outcome="mistake"} 1',
        'bangdan_commands_total{command="about",outcome="limited"} 1',
        'bangdan_command_seconds_count{command="top"} 1',
    ):
        assert sample in counted(bot)
