"""Servers of another process's shards: their posts arrive, and nothing is paused for not being known here."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from bot.texts import Texts
from store.archive import Archive
from store.news.values import Watch
from store.outbox.shares import Share
from store.outbox.values import Kind, State
from tests.discord_api import DiscordApi, Permission
from tests.posting_office import Office


@pytest.fixture
def office(archive: Archive, discord_api: DiscordApi, texts: Texts) -> Office:
    return Office(archive, discord_api, texts)


@pytest.fixture
def here(office: Office) -> Share:
    """The share of a process that does not have the office's server."""
    return Share(((office.guild.id // 2**22 + 1) % 2,), 2)


@pytest.fixture
def there(here: Share) -> Share:
    """The share of the process that has it."""
    return Share((1 - here.numbers[0],), 2)


async def until(holds: Callable[[], object]) -> None:
    async with asyncio.timeout(30):
        while not holds():
            await asyncio.sleep(0.01)


def news_nobody_took(office: Office) -> None:
    """Let there be news, and wait until they are anybody's."""
    office.lead(2, 1480)
    office.move(seconds=31)


async def state_of(office: Office, kind: Kind, subject: int) -> State:
    await until(lambda: office.archive.requests.records(kind, [subject]).get(subject))
    return office.archive.requests.records(kind, [subject])[subject].state


async def test_two_processes_post_to_their_own_servers(office: Office, here: Share, there: Share) -> None:
    guild = office.api.add_guild("Other")
    while not here.has(guild.id):
        guild = office.api.add_guild("Another")
    other = guild.add_text_channel("other")
    office.subscribe()
    office.subscribe(server=other.guild.id, channel=other.id)
    async with office.open("one", here) as first, office.open("two", there) as second:
        office.lead(2, 1480)
        await office.channel.wait_for_message()
        await other.wait_for_message()

    assert {here.has(each.id) for each in first.guilds} == {True}
    assert {there.has(each.id) for each in second.guilds} == {True}
    assert [len(office.channel.messages), len(other.messages)] == [1, 1]
    assert not office.api.journal.of("GET", "/channels/{channel_id}")


async def test_the_post_of_a_process_that_is_gone_is_sent_by_another(office: Office, here: Share) -> None:
    asked = office.subscribe(thread=True)
    async with office.open("one", here):
        news_nobody_took(office)
        message = await office.channel.wait_for_message()
        assert await state_of(office, Kind.DIGEST, asked.id) is State.SENT

    assert "nova-2" in message.text
    assert message.id in office.api.world.channels  # its thread has its id
    assert office.pause_of(asked) is None


async def test_a_live_board_is_sent_pinned_and_edited_by_another(office: Office, here: Share) -> None:
    asked = office.pin()
    office.move(seconds=31)
    async with office.open("one", here):
        message = await office.channel.wait_for_message()
        await until(lambda: message.pinned_at)
        assert await state_of(office, Kind.LIVE, asked.id) is State.SENT
        news_nobody_took(office)
        await until(lambda: message.edits)

    assert [each for each in office.channel.messages if each.kind == 0] == [message]


async def test_forums_of_other_servers_get_their_posts(office: Office, here: Share) -> None:
    forum = office.guild.add_forum("news")
    asked = office.subscribe(channel=forum.id)
    async with office.open("one", here):
        news_nobody_took(office)
        assert await state_of(office, Kind.DIGEST, asked.id) is State.SENT


async def test_whose_direct_messages_are_closed_is_told_in_a_server_of_another(
    office: Office, here: Share
) -> None:
    office.owner.dms_closed = True
    office.archive.requests.watch(
        Watch(office.owner.id, "comet-1", server=office.guild.id, channel=office.channel.id)
    )
    async with office.open("one", here):
        office.lead(2, 1480)
        told = await office.channel.wait_for_message()

    assert told.pings == {office.owner.mention}


async def test_what_discord_refuses_there_is_paused_like_anywhere(office: Office, here: Share) -> None:
    asked = office.subscribe()
    office.channel.deny(office.guild.me, Permission.SEND_MESSAGES)
    async with office.open("one", here):
        news_nobody_took(office)
        await until(lambda: office.pause_of(asked))

    assert office.pause_of(asked) == "forbidden send_messages"


async def test_only_the_process_of_the_first_shard_registers_the_commands(office: Office) -> None:
    def synced() -> int:
        return sum(each.method == "PUT" for each in office.api.journal.requests)

    async with office.open("two", Share((1,), 2)):
        assert synced() == 0
    async with office.open("one", Share((0,), 2)):
        assert synced() == 1
