"""The whole bot over a real socket: discord.py's own HTTP client and gateway against the loopback Discord."""

from __future__ import annotations

import asyncio
import sys
import threading

import pytest

from bot.answering import PATIENCE
from bot.client import Bangdan
from bot.desk import Desk
from bot.questions import NONE, Question, Readings
from bot.replies.reply import Reply
from bot.texts import Language, Texts
from store.archive import Archive
from tests.databases import PostgresMaker, SqliteMaker
from tests.discord_api import Answer, DiscordApi, ImpossibleActionError, wait_for_answer
from tests.discord_api.clock import ANSWER_SECONDS
from tests.discord_api.interaction import Response

READY_TIMEOUT = 0.02


@pytest.fixture
def bot(archive: Archive, texts: Texts) -> Bangdan:
    return Bangdan(archive, texts, guild_ready_timeout=READY_TIMEOUT)


def said_in(answer: Answer) -> str:
    """Return all that the embed of an answer says."""
    return str(answer.check().message.embeds)


async def test_it_logs_in_syncs_its_commands_and_answers_everyone_in_their_language(
    discord_api: DiscordApi,
    bot: Bangdan,
) -> None:
    guild = discord_api.add_guild()
    channel = guild.add_text_channel("models")
    people = {
        locale: guild.add_member(f"user-{locale}", locale=locale) for locale in ("en-US", "zh-CN", "fr")
    }
    async with discord_api.run(bot):
        for locale, votes in (("en-US", "18,386 votes"), ("zh-CN", "18,386 票"), ("fr", "18,386 votes")):
            answer = await people[locale].slash(channel, "rank", model="qwq-32b")
            assert votes in said_in(answer)
            assert not answer.message.pings
    discord_api.check()


async def test_a_server_speaks_for_those_whose_language_is_unknown(
    discord_api: DiscordApi,
    bot: Bangdan,
) -> None:
    guild = discord_api.add_guild(locale="zh-CN")
    channel = guild.add_text_channel("models")
    amelie = guild.add_member("amelie", locale="fr")
    async with discord_api.run(bot):
        assert "18,386 票" in said_in(await amelie.slash(channel, "rank", model="qwq-32b"))


async def test_buttons_work_after_the_bot_was_started_again(
    discord_api: DiscordApi,
    archive: Archive,
    texts: Texts,
) -> None:
    guild = discord_api.add_guild()
    channel = guild.add_text_channel("models")
    alice = guild.add_member("alice")
    async with discord_api.run(Bangdan(archive, texts, guild_ready_timeout=READY_TIMEOUT)):
        answer = (await alice.slash(channel, "top")).check()
    async with discord_api.run(Bangdan(archive, texts, guild_ready_timeout=READY_TIMEOUT)):
        (await alice.click(answer.message, label="▶️")).check()
        assert "2 / 22" in str(answer.message.components)


async def test_two_people_press_at_once_and_only_the_asker_turns_the_page(
    discord_api: DiscordApi,
    bot: Bangdan,
) -> None:
    guild = discord_api.add_guild()
    channel = guild.add_text_channel("models")
    alice, bob = guild.add_member("alice"), guild.add_member("bob")
    async with discord_api.run(bot):
        answer = (await alice.slash(channel, "top")).check()
        hers, his = await asyncio.gather(
            alice.click(answer.message, label="▶️"), bob.click(answer.message, label="⏭️")
        )
        assert "belong to whoever asked" in said_in(his)
        assert his.message.ephemeral
        assert "2 / 22" in str(hers.check().message.components)


class SlowDesk(Desk):
    """A desk that needs until it may go on."""

    def __init__(self, archive: Archive) -> None:
        super().__init__(archive)
        self.may_go_on = threading.Event()

    def answer(
        self, question: Question, language: Language, readings: Readings = NONE, within: float = 0.0
    ) -> Reply:
        assert self.may_go_on.wait(60)
        return super().answer(question, language, readings, within)


async def test_an_answer_that_takes_long_is_announced_before_discord_gives_it_up(
    discord_api: DiscordApi,
    bot: Bangdan,
) -> None:
    bot.desk = desk = SlowDesk(bot.archive)
    guild = discord_api.add_guild()
    channel = guild.add_text_channel("models")
    alice = guild.add_member("alice")
    async with discord_api.run(bot):
        asked = alice.start_slash(channel, "rank", model="qwq-32b")
        assert await asked.changed.until(lambda: asked.response, 60), "it waits for the answer"
        assert asked.answered - asked.sent >= PATIENCE
        desk.may_go_on.set()
        answer = await wait_for_answer(asked)
        assert (answer.kind, "1333" in said_in(answer)) == (Response.DEFERRED_MESSAGE, True)
    assert PATIENCE < ANSWER_SECONDS


async def test_a_hundred_people_are_all_answered(discord_api: DiscordApi, bot: Bangdan) -> None:
    guild = discord_api.add_guild()
    channel = guild.add_text_channel("models")
    people = [guild.add_member(f"user{n}") for n in range(100)]
    async with discord_api.run(bot):
        answers = await asyncio.gather(*(person.slash(channel, "rank", model="qwq-32b") for person in people))
        assert all("1333 +4/-5" in said_in(answer) for answer in answers)


async def test_what_is_a_servers_is_not_offered_elsewhere(discord_api: DiscordApi, bot: Bangdan) -> None:
    alice = discord_api.add_user("alice", installed=True)
    foreign = discord_api.add_guild(bot=False)
    channel, there = foreign.add_text_channel("models"), foreign.add_member(alice)
    async with discord_api.run(bot):
        assert "1333" in said_in(await alice.slash(alice.dm, "rank", model="qwq-32b"))
        with pytest.raises(ImpossibleActionError, match="its contexts"):
            await alice.slash(alice.dm, "alias list")
        with pytest.raises(ImpossibleActionError, match="not installed for them"):
            await there.slash(channel, "alias list")


async def test_a_dropped_connection_is_taken_up_again(discord_api: DiscordApi, bot: Bangdan) -> None:
    guild = discord_api.add_guild()
    channel = guild.add_text_channel("models")
    alice = guild.add_member("alice")
    async with discord_api.run(bot):
        discord_api.gateway.drop()
        assert "1333" in said_in(await alice.slash(channel, "rank", model="qwq-32b"))


async def test_commands_are_registered_once_not_at_every_start(
    discord_api: DiscordApi,
    archive: Archive,
    texts: Texts,
) -> None:
    discord_api.add_guild()
    for _ in range(2):
        async with discord_api.run(Bangdan(archive, texts, guild_ready_timeout=READY_TIMEOUT)):
            pass

    assert syncs(discord_api) == 1


async def test_commands_are_registered_again_when_their_words_changed(
    discord_api: DiscordApi, archive: Archive, texts: Texts
) -> None:
    discord_api.add_guild()
    bot = Bangdan(archive, texts, guild_ready_timeout=READY_TIMEOUT)
    async with discord_api.run(bot):
        archive.facts.note(f"commands:{bot.application_id}", "another digest")
    async with discord_api.run(Bangdan(archive, texts, guild_ready_timeout=READY_TIMEOUT)):
        pass

    assert syncs(discord_api) == 2


def syncs(discord_api: DiscordApi) -> int:
    """Return how often commands were registered."""
    return sum(each.method == "PUT" for each in discord_api.journal.requests)


async def test_it_runs_as_a_process_and_says_how_to_invite_it(
    discord_api: DiscordApi,
    maker: SqliteMaker | PostgresMaker,
    capfd: pytest.CaptureFixture[str],
) -> None:
    guild = discord_api.add_guild()
    channel = guild.add_text_channel("models")
    alice = guild.add_member("alice")
    with maker.seeded() as url:
        settings = {
            "DATABASE_URL": url,
            "BANGDAN_REFRESH": "false",
            "BANGDAN_DISCORD_API": discord_api.api_url,
            "BANGDAN_DISCORD_GATEWAY": discord_api.gateway_url,
        }
        async with discord_api.spawn(sys.executable, "-m", "bot", "run", env=settings):
            assert "1333" in said_in(await alice.slash(channel, "rank", model="qwq-32b"))
    said = capfd.readouterr().err
    assert "invite link: https://discord.com/oauth2/authorize" in said
    assert "scope=bot+applications.commands" in said
    assert "scope=applications.commands&integration_type=1" in said
    assert discord_api.token not in said
