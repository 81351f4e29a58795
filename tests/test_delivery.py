"""Delivery over the loopback Discord: what is posted where, once, whatever goes wrong; on both engines."""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from bot.client import Bangdan
from bot.delivery import Courier
from bot.pace import Pace, Refusals
from bot.posting import Poster
from bot.questions import ChangesQuestion
from bot.replies.digest import digest
from bot.texts import Texts
from store.archive import Archive
from store.database import writing
from store.news.values import Interest, LiveBoard, Occasion, Pause, Schedule, Watch
from store.outbox.values import Delivery, End, Kind, State
from tests.discord_api import ChannelKind, DiscordApi, Permission, Thread
from tests.newsroom import BOARD
from tests.posting_office import Office

SEND = ("POST", "/channels/{channel_id}/messages")


@pytest.fixture
def office(archive: Archive, discord_api: DiscordApi, texts: Texts) -> Office:
    return Office(archive, discord_api, texts)


def threads(office: Office) -> list[Thread]:
    return [each for each in office.api.world.channels.values() if isinstance(each, Thread)]


def refused(office: Office, status: int) -> int:
    """Return how many requests Discord refused so."""
    return sum(each.status == status for each in office.api.journal.requests)


async def until(holds: Callable[[], object]) -> None:
    async with asyncio.timeout(30):
        while not holds():
            await asyncio.sleep(0.01)


async def post(office: Office, bot: Bangdan, delivery: Delivery) -> int:
    """Send what a delivery tells, record nothing, and return the message's id."""
    bulletin = office.composer(bot).compose(delivery)
    assert bulletin is not None
    return await Poster(bot, Pace(500), office.now).post(delivery, bulletin)


async def recorded(office: Office, subject: int, kind: Kind = Kind.DIGEST) -> State:
    """Return what became of the last delivery, waiting until it is recorded."""
    await until(lambda: office.archive.requests.records(kind, [subject]).get(subject))
    return office.archive.requests.records(kind, [subject])[subject].state


async def test_a_change_is_posted_once_and_recorded(office: Office) -> None:
    asked = office.subscribe()
    async with office.open():
        office.lead(2, 1480)
        message = await office.channel.wait_for_message()
        assert await recorded(office, asked.id) is State.SENT

    assert "nova-2" in message.text
    assert "takes first place" in message.text
    assert [each["custom_id"].split(":")[1] for each in message.buttons] == [message.nonce]
    assert office.archive.requests.records(Kind.DIGEST, [asked.id])[asked.id].message == message.id
    assert len(office.channel.messages) == 1
    assert not message.pings


async def test_a_bot_that_is_stopped_before_its_post_is_pinned_leaves_nothing_begun(office: Office) -> None:
    office.channel.allow(office.guild.me, Permission.PIN_MESSAGES)
    office.pin()
    async with office.open(rate=1):
        await office.channel.wait_for_message()
        await asyncio.sleep(0.2)  # it is the pin's turn after a second
    gc.collect()  # a request that nobody awaits is an error here at the latest
    assert not office.api.journal.broken


async def test_quiet_days_are_silent(office: Office) -> None:
    asked = office.subscribe(interest=Interest(vendors=("openai",)))
    async with office.open():
        office.lead(2, 1480)
        assert await recorded(office, asked.id) is State.QUIET

    assert office.channel.messages == []


async def test_quiet_days_are_told_where_that_is_asked_for(office: Office) -> None:
    office.subscribe(schedule=Schedule(minute=0), quiet=True, language="zh_CN")
    office.wait_for_due()
    async with office.open():
        message = await office.channel.wait_for_message()

    assert "没有变化" in message.text


async def test_one_role_is_mentioned_and_it_alone(office: Office) -> None:
    watchers = office.guild.add_role("watchers", mentionable=True)
    office.subscribe(role=watchers.id)
    async with office.open():
        office.lead(2, 1480)
        message = await office.channel.wait_for_message()

    assert message.pings == {watchers.mention}


async def test_a_role_that_was_deleted_is_mentioned_no_more(office: Office) -> None:
    watchers = office.guild.add_role("watchers", mentionable=True)
    office.subscribe(role=watchers.id)
    async with office.open():
        office.guild.delete_role(watchers)
        office.lead(2, 1480)
        message = await office.channel.wait_for_message()

    assert (message.pings, message.content) == (set(), "")


async def test_an_announcement_is_published_and_a_thread_is_opened(office: Office) -> None:
    news = office.guild.add_news_channel("announcements")
    office.subscribe(channel=news.id, publish=True, thread=True)
    async with office.open():
        office.lead(2, 1480)
        message = await news.wait_for_message()
        await until(lambda: message.published and threads(office))

    assert "Arena Search" in threads(office)[0].name


async def test_a_forum_gets_a_thread_for_each_digest(office: Office) -> None:
    forum = office.guild.add_forum("news")
    asked = office.subscribe(channel=forum.id)
    async with office.open():
        office.lead(2, 1480)
        assert await recorded(office, asked.id) is State.SENT

    (thread,) = threads(office)
    assert thread.parent is forum
    assert "nova-2" in thread.messages[0].text


async def test_a_button_shows_the_changes_privately_to_whoever_presses_it(office: Office) -> None:
    office.subscribe()
    bob = office.guild.add_member("bob", locale="zh-CN")
    async with office.open():
        office.lead(2, 1480)
        message = await office.channel.wait_for_message()
        answer = await bob.click(message, label="All changes")

    assert answer.check().message.ephemeral
    assert "nova-2" in answer.message.text
    assert "什么变了" in answer.message.text or "变化" in answer.message.text


async def test_an_answer_that_was_lost_is_no_second_post(office: Office) -> None:
    asked = office.subscribe()
    office.api.faults.add("POST", "/channels/*/messages", status=502, after=True)
    async with office.open():
        office.lead(2, 1480)
        assert await recorded(office, asked.id) is State.SENT

    assert len(office.channel.messages) == 1


@pytest.mark.parametrize("later", [40, 60 * 60])
@pytest.mark.parametrize("forum", [False, True])
async def test_a_crash_between_sending_and_recording_neither_loses_nor_repeats(
    office: Office, later: float, forum: bool
) -> None:
    place = office.guild.add_forum("forum") if forum else office.channel
    office.subscribe(channel=place.id)
    office.lead(2, 1480)
    (delivery,) = office.archive.outbox("dies").claim(1)
    async with office.open("other") as bot:
        sent = await post(office, bot, delivery)
    office.move(seconds=later)
    async with office.open("takes over"):
        assert await recorded(office, 1) is State.SENT

    assert office.archive.requests.records(Kind.DIGEST, [1])[1].message == sent
    assert len(threads(office) if forum else office.channel.messages) == 1


async def test_a_crash_before_sending_loses_nothing(office: Office) -> None:
    office.subscribe()
    office.lead(2, 1480)
    assert len(office.archive.outbox("dies").claim(1)) == 1
    office.move(minutes=10)
    async with office.open("takes over"):
        await office.channel.wait_for_message()


async def test_a_digest_that_was_sent_before_the_bot_went_down_for_a_day_is_not_told_again(
    office: Office,
) -> None:
    office.subscribe(schedule=Schedule(minute=0))
    office.lead(2, 1480)
    office.wait_for_due()
    (delivery,) = office.archive.outbox("dies").claim(1)
    async with office.open("other") as bot:
        await post(office, bot, delivery)
    office.move(hours=20)
    async with office.open("takes over"):
        assert await recorded(office, 1) is State.SENT
        assert office.archive.outbox("looks").next_due() is None

    assert len(office.channel.messages) == 1


async def test_a_post_that_comes_too_late_is_skipped_with_a_note(office: Office) -> None:
    office.subscribe(schedule=Schedule(minute=0))
    office.lead(2, 1480)
    office.wait_for_due()
    office.move(hours=7)
    async with office.open():
        assert await recorded(office, 1) is State.LATE

    assert office.channel.messages == []


@pytest.mark.parametrize(
    ("denied", "named"),
    [
        (Permission.SEND_MESSAGES, "Send Messages"),
        (Permission.EMBED_LINKS, "Embed Links"),
        (Permission.VIEW_CHANNEL, "View Channel"),
        (Permission.READ_MESSAGE_HISTORY, "Read Message History"),
    ],
)
async def test_a_forbidden_channel_is_paused_and_whoever_subscribed_is_told_why(
    office: Office, denied: Permission, named: str
) -> None:
    asked = office.subscribe()
    office.channel.deny(office.guild.me, denied)
    async with office.open():
        office.lead(2, 1480)
        told = await office.owner.dm.wait_for_message()

    assert named in told.text
    assert office.channel.mention in told.text
    assert (office.pause_of(asked) or "").startswith("forbidden")
    assert refused(office, 403) == 0


async def test_permissions_that_only_discord_knows_to_be_missing_pause_as_well(office: Office) -> None:
    asked = office.subscribe()
    office.api.faults.add("POST", f"/channels/{office.channel.id}/messages", status=403, code=50013)
    async with office.open():
        office.lead(2, 1480)
        await office.owner.dm.wait_for_message()

    assert office.pause_of(asked) == "forbidden send_messages"


async def test_a_channel_that_is_gone_is_paused(office: Office) -> None:
    asked = office.subscribe()
    async with office.open():
        office.channel.delete()
        await until(lambda: office.pause_of(asked) == "gone")


async def test_a_channel_that_went_while_the_bot_was_away_is_paused(office: Office) -> None:
    asked = office.subscribe()
    office.channel.delete()
    async with office.open():
        office.lead(2, 1480)
        await until(lambda: office.pause_of(asked) == "gone")


async def test_a_server_that_removes_the_bot_is_paused_and_not_asked_again(office: Office) -> None:
    asked = office.subscribe()
    async with office.open():
        office.guild.remove_bot()
        await until(lambda: office.pause_of(asked) == "removed")
        office.lead(2, 1480)
        await asyncio.sleep(0.3)

    assert not office.api.journal.of(*SEND)


async def test_what_a_person_watches_is_told_by_direct_message(office: Office) -> None:
    office.archive.requests.watch(Watch(office.owner.id, "comet-1", Occasion.OVERTAKEN))
    async with office.open():
        office.lead(2, 1480)
        told = await office.owner.dm.wait_for_message()

    assert "nova-2" in told.text
    assert "comet-1" in told.text
    assert "comet-1** #1 → #2: overtaken by **nova-2" in told.text


async def test_closed_direct_messages_are_told_in_the_channel_to_that_person_alone(office: Office) -> None:
    office.owner.dms_closed = True
    watch = Watch(office.owner.id, "comet-1", server=office.guild.id, channel=office.channel.id)
    office.archive.requests.watch(watch)
    async with office.open():
        office.lead(2, 1480)
        told = await office.channel.wait_for_message()

    assert told.pings == {office.owner.mention}


async def test_who_closed_their_direct_messages_is_not_tried_there_again_the_same_day(office: Office) -> None:
    office.owner.dms_closed = True
    watch = Watch(office.owner.id, "comet-1", server=office.guild.id, channel=office.channel.id)
    office.archive.requests.watch(watch)
    async with office.open():
        office.lead(2, 1480)
        await office.channel.wait_for_message()
        office.lead(3, 1380)
        office.lead(4, 1490)
        await until(lambda: len(office.channel.messages) > 1)

    assert refused(office, 403) == 1


async def test_one_end_that_cannot_be_recorded_keeps_no_other_from_it(office: Office) -> None:
    other = office.guild.add_text_channel("other")
    office.subscribe()
    office.subscribe(channel=other.id)
    office.lead(2, 1480)
    outbox = office.archive.outbox("one")
    good, bad = outbox.claim(2)
    async with office.api.run(office.bot()) as bot:
        poster = Poster(bot, Pace(500), office.now)
        courier = Courier(outbox, office.composer(bot), poster, Refusals(), office.now)
        courier._ends = [End(bad, State.SENT, 2**70), End(good, State.SENT, 7)]  # no database keeps the first
        await courier.stop()

    assert set(office.archive.requests.records(Kind.DIGEST, [1, 2])) == {1}


async def test_a_live_board_is_sent_edited_and_sent_again_when_it_was_deleted(office: Office) -> None:
    office.pin()
    async with office.open():
        first = await office.channel.wait_for_message()
        assert await recorded(office, 1, Kind.LIVE) is State.SENT
        assert "1380" in first.text
        office.lead(2, 1480)
        await office.channel.wait_for_message(lambda message: "1480" in message.text)
        assert office.channel.messages == [first]
        await asyncio.sleep(0.4)
        first.delete()
        again = await office.channel.wait_for_message()

    assert again.id != first.id
    assert "as of" in again.text
    edits = office.api.journal.of("PATCH", "/channels/{channel_id}/messages/{message_id}")
    assert edits
    assert all(each.payload.get("allowed_mentions") == {"parse": []} for each in edits)


async def test_a_live_board_deleted_while_the_bot_was_away_is_sent_with_the_next_page(office: Office) -> None:
    office.pin()
    async with office.open():
        first = await office.channel.wait_for_message()
        await recorded(office, 1, Kind.LIVE)
        await asyncio.sleep(0.3)
    first.delete()
    async with office.open():
        office.lead(2, 1480)
        await office.channel.wait_for_message(lambda message: "1480" in message.text)

    assert len(office.channel.messages) == 1


async def test_the_pace_leaves_commands_their_share_and_no_request_is_refused(office: Office) -> None:
    for _ in range(40):
        office.subscribe(channel=office.guild.add_text_channel("more").id)
    async with office.open():
        office.lead(2, 1480)
        last = list(office.api.world.channels.values())[-1]
        await last.wait_for_message()

    assert refused(office, 429) == 0
    assert office.archive.requests.subscriptions(office.guild.id)[0].boards == (BOARD,)


async def test_a_forum_that_wants_tags_gets_one(office: Office) -> None:
    forum = office.guild.add_forum("news", tags=["news", "other"], tagged=True)
    asked = office.subscribe(channel=forum.id)
    async with office.open():
        office.lead(2, 1480)
        assert await recorded(office, asked.id) is State.SENT

    assert len(threads(office)[0].applied_tags) == 1


async def test_a_live_board_in_a_thread_that_was_archived_is_still_kept_up_to_date(office: Office) -> None:
    office.pin()
    async with office.open():
        first = await office.channel.wait_for_message()
        assert await recorded(office, 1, Kind.LIVE) is State.SENT
        thread = office.channel.start_thread(office.owner, {"name": "board"}, ChannelKind.PUBLIC_THREAD)
        pinned = replace(office.pin(), channel=thread.id)
        kept = office.archive.requests.pin(pinned)
        below = await thread.wait_for_message()
        assert await recorded(office, kept.id, Kind.LIVE) is State.SENT
        thread.archive()
        office.lead(2, 1480)
        await thread.wait_for_message(lambda message: "1480" in message.text)

    assert thread.messages == [below] != [first]
    assert not thread.archived


async def test_a_live_board_that_is_sent_again_is_pinned_again(office: Office) -> None:
    office.channel.allow(office.guild.me, Permission.PIN_MESSAGES)
    office.pin()
    async with office.open():
        first = await office.channel.wait_for_message()
        await until(lambda: first.pinned_at)
        assert await recorded(office, 1, Kind.LIVE) is State.SENT
        await asyncio.sleep(0.4)
        first.delete()
        again = await office.channel.wait_for_message(lambda message: message.embeds)
        await until(lambda: again.pinned_at)


async def test_a_server_that_is_not_here_yet_is_waited_for(office: Office) -> None:
    asked = office.subscribe()
    async with office.open() as bot:
        guild = bot.get_guild(office.guild.id)
        assert guild is not None
        bot._connection._remove_guild(guild)
        office.lead(2, 1480)
        await asyncio.sleep(0.5)
        bot._connection._add_guild(guild)
        office.move(minutes=5)
        assert await recorded(office, asked.id) is State.SENT


async def test_a_quiet_day_s_post_is_found_again_after_a_crash(office: Office) -> None:
    office.subscribe(schedule=Schedule(minute=0), quiet=True)
    office.wait_for_due()
    (delivery,) = office.archive.outbox("dies").claim(1)
    async with office.open("other") as bot:
        await post(office, bot, delivery)
    office.move(hours=1)
    async with office.open("takes over"):
        assert await recorded(office, 1) is State.SENT

    assert len(office.channel.messages) == 1


async def test_a_live_board_that_lost_its_domain_is_paused_and_whoever_pinned_it_is_told(
    office: Office,
) -> None:
    wanted = LiveBoard(office.guild.id, office.channel.id, office.owner.id, BOARD, "law")
    office.archive.requests.pin(wanted)
    async with office.open():
        told = await office.owner.dm.wait_for_message()

    (stored,) = office.archive.requests.live_boards(office.guild.id)
    assert stored.pause == Pause("unscored")
    assert office.channel.mention in told.text


def test_the_button_of_a_board_that_changed_twice_a_day_asks_for_its_last_change(office: Office) -> None:
    office.lead(2, 1480)
    changes = office.archive.changes(BOARD)
    same = replace(changes, older=replace(changes.older, as_of=changes.newer.as_of))
    catalogue, language = office.archive.catalogue, office.texts.source
    (told,) = digest([changes], catalogue, language, office.now()).shows
    (last,) = digest([same], catalogue, language, office.now()).shows

    assert told.question == ChangesQuestion(BOARD, date(2026, 1, 1))
    assert last.question == ChangesQuestion(BOARD)


async def test_terms_of_any_length_can_be_edited_by_those_who_still_manage_the_server(office: Office) -> None:
    manager = office.guild.add_role("managers", Permission.MANAGE_GUILD)
    alice = office.guild.add_member("alice", roles=[manager])
    catalogue = office.archive.catalogue
    office.subscribe(
        interest=Interest(vendors=tuple(catalogue.organizations)), boards=tuple(catalogue.boards)
    )
    async with office.open():
        listed = (await alice.slash(office.channel, "subscriptions")).message
        shown = (await alice.choose(listed, "d1")).message
        dialogue = (await alice.click(shown, label="Edit")).check().modal
        alice.roles.clear()
        refused = await alice.submit(dialogue, {"Boards": "search"})

    assert "Manage Server" in refused.message.text


async def test_who_subscribes_while_a_long_page_is_stored_is_answered_all_the_same(office: Office) -> None:
    manager = office.guild.add_role("managers", Permission.MANAGE_GUILD)
    alice = office.guild.add_member("alice", roles=[manager])
    begun, done = threading.Event(), threading.Event()

    def store_long() -> None:
        with writing(office.archive.engine):
            begun.set()
            done.wait(3.5)

    async with office.open():
        storing = asyncio.get_running_loop().run_in_executor(None, store_long)
        await asyncio.to_thread(begun.wait)
        answer = await alice.slash(office.channel, "subscribe", board="search", time="9:00")
        await storing
        assert not answer.broken
        await until(lambda: answer.message.embeds)
        assert answer.message.ephemeral

        begun.clear()
        storing = asyncio.get_running_loop().run_in_executor(None, store_long)
        await asyncio.to_thread(begun.wait)
        pressed = await alice.click(answer.message, label="Pause")
        await storing
        assert not pressed.broken
        await until(lambda: "Resume" in pressed.message.text)
