"""Our bot when Discord, the connection or the channel gives trouble: people are answered, and it lives on."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.client import Bangdan
from bot.desk import Desk
from bot.texts import Texts
from store.archive import Archive
from tests.conftest import SETTLING
from tests.discord_api import Answer, Channel, DiscordApi, Member, Permission, wait_for_answer
from tests.discord_api.clock import ANSWER_SECONDS

CALLBACK = "/interactions/*/*/callback"
SLOW = 0.3
"""Seconds that a slow bot thinks about a question."""


class Hasty(Bangdan):
    """Does not wait the five seconds for which discord.py waits before it identifies again."""

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        pass


@pytest.fixture
def bot(archive: Archive, texts: Texts) -> Bangdan:
    return Hasty(archive, texts, guild_ready_timeout=0.02)


@pytest.fixture
def slow_bot(bot: Bangdan) -> Bangdan:
    def think() -> datetime:
        time.sleep(SLOW)
        return datetime.now(UTC)

    bot.desk = Desk(bot.archive, think)
    return bot


async def rank(alice: Member, channel: Channel) -> Answer:
    """Ask for a model's rank and see it."""
    answer = await alice.slash(channel, "rank", model="qwq-32b")
    assert "1333" in answer.check().message.text
    return answer


@pytest.mark.parametrize(
    ("fault", "seen"),
    [
        ({"status": 429}, "1333"),
        ({"status": 500}, "1333"),
        ({"status": 503, "after": True}, "1333"),
        ({"delay": 0.5}, "1333"),
        ({"status": 403, "code": 50001}, "Something went wrong"),
        ({"status": 404, "code": 10062}, "Something went wrong"),
        ({"drop": True}, "Something went wrong"),
        ({"delay": 3.1}, None),
        ({"never": True}, None),
    ],
    ids=str,
)
async def test_an_answer_that_does_not_get_through(
    discord_api: DiscordApi,
    bot: Bangdan,
    channel: Channel,
    alice: Member,
    fault: dict[str, Any],
    seen: str | None,
) -> None:
    async with discord_api.run(bot):
        if seen is None:
            discord_api.patience.answer = ANSWER_SECONDS
        befallen = discord_api.faults.add("POST", CALLBACK, **fault)
        answer = await alice.slash(channel, "rank", model="qwq-32b")
        if seen is None:
            assert answer.kind is None
        else:
            assert seen in answer.message.text
        discord_api.patience.answer = SETTLING
        assert befallen.hits == 1
        await rank(alice, channel)


@pytest.mark.parametrize("trouble", ["drop", "reconnect", "invalidate for a while", "invalidate for good"])
async def test_the_connection_ends_in_the_middle_of_a_command(
    discord_api: DiscordApi, slow_bot: Bangdan, channel: Channel, alice: Member, trouble: str
) -> None:
    gateway = discord_api.gateway
    async with discord_api.run(slow_bot):
        asked = alice.start_slash(channel, "rank", model="qwq-32b")
        await asyncio.sleep(SLOW / 3)
        if trouble.startswith("invalidate"):
            gateway.invalidate(resumable=trouble.endswith("while"))
        else:
            getattr(gateway, trouble)()
        assert asked.response is None, "it was to happen in the middle"
        if trouble.endswith("good"):
            await gateway.wait_until_connected()  # what is asked meanwhile, Discord does not tell again
        missed = alice.start_slash(channel, "rank", model="qwq-32b")
        for interaction in (asked, missed):
            assert "1333" in (await wait_for_answer(interaction)).check().message.text
        resumed = [session.resumed for session in gateway.sessions.values()]
    assert resumed == [0 if trouble.endswith("good") else 1]


async def test_a_slow_connection(
    discord_api: DiscordApi, bot: Bangdan, channel: Channel, alice: Member
) -> None:
    discord_api.gateway.write_delay = discord_api.gateway.read_delay = 0.1
    async with discord_api.run(bot):
        assert (await rank(alice, channel)).latency >= 0.1


async def test_commands_are_registered_although_discord_is_busy(
    discord_api: DiscordApi, bot: Bangdan, channel: Channel, alice: Member
) -> None:
    busy = discord_api.faults.add("PUT", "/applications/*/commands", status=429)
    failing = discord_api.faults.add("GET", "/applications/*/commands", status=502)
    async with discord_api.run(bot):
        await rank(alice, channel)
    assert (busy.hits, failing.hits) == (1, 1)


async def test_the_buttons_of_an_old_answer_outlive_its_fifteen_minutes(
    discord_api: DiscordApi, bot: Bangdan, channel: Channel, alice: Member
) -> None:
    async with discord_api.run(bot):
        answer = await alice.slash(channel, "top")
        discord_api.clock.advance(24 * 60 * 60)
        (await alice.click(answer.message, label="▶️")).check()
    assert "2 / 22" in answer.message.text


async def test_an_answer_that_is_deleted_while_its_page_is_turned(
    discord_api: DiscordApi, slow_bot: Bangdan, channel: Channel, alice: Member
) -> None:
    async with discord_api.run(slow_bot):
        answer = await alice.slash(channel, "top")
        turning = asyncio.ensure_future(alice.click(answer.message, label="▶️"))
        await asyncio.sleep(SLOW / 3)
        answer.message.delete()
        turned = await turning
        assert {broken.code for broken in turned.broken} == {10008}
        assert turned.message.ephemeral, "who pressed is told"
        await rank(alice, channel)


async def test_a_channel_where_the_bot_may_do_nothing(
    discord_api: DiscordApi, bot: Bangdan, channel: Channel, alice: Member
) -> None:
    assert channel.guild is not None
    async with discord_api.run(bot):
        channel.deny(channel.guild.me, Permission.VIEW_CHANNEL | Permission.SEND_MESSAGES)
        await rank(alice, channel)
        answer = (await alice.slash(channel, "top")).check()
        (await alice.click(answer.message, label="▶️")).check()
    assert "2 / 22" in answer.message.text


async def test_a_guild_that_the_bot_joins_leaves_and_joins_again(
    discord_api: DiscordApi, bot: Bangdan
) -> None:
    async with discord_api.run(bot):
        guild = discord_api.add_guild("new")
        channel, alice = guild.add_text_channel("models"), guild.add_member("alice")
        await rank(alice, channel)
        guild.remove_bot()
        guild.add_bot()
        await rank(alice, channel)


async def test_one_person_presses_twice_at_once(
    discord_api: DiscordApi, bot: Bangdan, channel: Channel, alice: Member
) -> None:
    async with discord_api.run(bot):
        answer = await alice.slash(channel, "top")
        for pressed in await asyncio.gather(*(alice.click(answer.message, label="▶️") for _ in range(3))):
            pressed.check()
    assert "2 / 22" in answer.message.text
