"""Subscriptions, live boards and watches, used by people on the loopback Discord."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.texts import Texts
from store.archive import Archive
from store.news.subscriptions import SERVER_LIMIT
from store.news.values import Interest, Occasion, Pause, Rhythm, Schedule, Subscription
from tests.discord_api import DiscordApi, Member, Permission
from tests.posting_office import Office


@pytest.fixture
async def office(archive: Archive, discord_api: DiscordApi, texts: Texts) -> AsyncIterator[Office]:
    office = Office(archive, discord_api, texts)
    async with office.open():
        yield office


@pytest.fixture
def alice(office: Office) -> Member:
    role = office.guild.add_role("managers", Permission.MANAGE_GUILD)
    return office.guild.add_member("alice", locale="zh-CN", roles=[role])


def stored(office: Office) -> Subscription:
    (subscription,) = office.archive.requests.subscriptions(office.guild.id)
    return subscription


async def test_a_subscription_without_options_is_the_first_board_daily_at_nine_where_one_is(
    office: Office, alice: Member
) -> None:
    answer = await alice.slash(office.channel, "subscribe")

    assert answer.check().message.ephemeral
    assert "已订阅" in answer.message.text
    asked = stored(office)
    assert asked.boards == ("arena-text",)
    assert asked.schedule == Schedule(Rhythm.DAILY, 9 * 60, "Asia/Shanghai")
    assert (asked.channel, asked.by, asked.language) == (office.channel.id, alice.id, "zh_CN")


async def test_every_option_is_taken(office: Office, alice: Member) -> None:
    news, watchers = (
        office.guild.add_news_channel("news"),
        office.guild.add_role("watchers", mentionable=True),
    )
    answer = await alice.slash(
        office.channel,
        "subscribe",
        board="arena text, 搜索",
        time="周一 18:30",
        timezone="Berlin",
        language="English",
        filter="top 10, openai, open, important",
        role=watchers,
        thread=True,
        channel=news,
        publish=True,
        quiet=True,
    )

    asked = stored(office)
    assert set(asked.boards) == {"arena-text", "arena-search"}
    assert asked.schedule == Schedule(Rhythm.WEEKLY, 18 * 60 + 30, "Europe/Berlin", 0)
    assert asked.interest == Interest(10, ("openai",), True, 50)
    assert (asked.role, asked.channel, asked.language) == (watchers.id, news.id, "en")
    assert asked.thread
    assert asked.publish
    assert asked.quiet
    assert not answer.check().message.pings


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"time": "whenever"}, "whenever"),
        ({"timezone": "Atlantis"}, "Atlantis"),
        ({"filter": "the best"}, "best"),
        ({"board": "nonsense board"}, "nonsense board"),
        ({"language": "Klingon"}, "Klingon"),
    ],
)
async def test_what_cannot_be_read_is_told_and_nothing_is_stored(
    office: Office, alice: Member, options: dict[str, str], told: str
) -> None:
    answer = await alice.slash(office.channel, "subscribe", **options)

    assert told in answer.check().message.text
    assert answer.message.ephemeral
    assert office.archive.requests.subscriptions(office.guild.id) == ()


async def test_everyone_is_never_mentioned(office: Office, alice: Member) -> None:
    everyone = office.guild.roles[office.guild.id]
    answer = await alice.slash(office.channel, "subscribe", role=everyone)

    assert "提及所有人" in answer.check().message.text
    assert office.archive.requests.subscriptions(office.guild.id) == ()


async def test_a_channel_that_is_closed_to_the_bot_is_refused_with_what_is_missing(
    office: Office, alice: Member
) -> None:
    closed = office.guild.add_text_channel("closed")
    closed.deny(office.guild.me, Permission.EMBED_LINKS)
    await asyncio.sleep(0.1)
    answer = await alice.slash(office.channel, "subscribe", channel=closed)

    assert "嵌入链接" in answer.check().message.text
    assert closed.mention in answer.message.text


async def test_a_channel_that_is_closed_to_the_person_is_refused(office: Office, alice: Member) -> None:
    staff = office.guild.add_text_channel("staff")
    staff.deny(alice, Permission.SEND_MESSAGES)
    await asyncio.sleep(0.1)
    answer = await alice.slash(office.channel, "pin-board", channel=staff)

    assert "你自己不能" in answer.check().message.text
    assert office.archive.requests.live_boards(office.guild.id) == ()


async def test_nobody_has_the_bot_mention_a_role_that_they_may_not_mention_themselves(
    office: Office, alice: Member
) -> None:
    closed, open_ = office.guild.add_role("staff"), office.guild.add_role("news", mentionable=True)
    office.channel.allow(office.guild.me, Permission.MENTION_EVERYONE)
    await asyncio.sleep(0.1)
    answer = await alice.slash(office.channel, "subscribe", role=closed)
    assert "你自己不能提及" in answer.check().message.text
    assert office.archive.requests.subscriptions(office.guild.id) == ()

    (await alice.slash(office.channel, "subscribe", role=open_)).check()
    assert stored(office).role == open_.id
    office.channel.allow(alice, Permission.MENTION_EVERYONE)
    await asyncio.sleep(0.1)
    (await alice.slash(office.channel, "subscribe", role=closed)).check()
    assert {each.role for each in office.archive.requests.subscriptions(office.guild.id)} >= {closed.id}


async def test_a_dialogue_that_was_opened_in_time_is_refused_when_its_person_manages_no_more(
    office: Office, alice: Member
) -> None:
    panel = (await alice.slash(office.channel, "subscribe")).message
    opened = await alice.click(panel, label="修改")
    alice.roles.clear()
    late = await alice.submit(opened.modal, {"筛选": "top 5"})
    assert "管理服务器" in late.check().message.text
    assert stored(office).interest == Interest()


async def test_every_command_that_is_for_managers_is_checked_in_code(office: Office, alice: Member) -> None:
    """A server may give a command to anyone in Discord's settings, which does not make them managers."""
    bob = office.guild.add_member("bob")
    managing = {
        command["name"]: [option["name"] for option in command["options"] if option["type"] == 1]
        for command in office.api.world.commands.values()
        if command["default_member_permissions"] is not None
    }
    assert set(managing) >= {"alias", "settings", "subscribe", "subscriptions", "pin-board"}
    for command in office.api.world.commands.values():
        command["default_member_permissions"] = None
    given = {"alias add": {"name": "x", "model": "nova-2"}, "alias remove": {"name": "x"}}
    for name, parts in managing.items():
        for whole in [f"{name} {part}" for part in parts] or [name]:
            refused = await bob.slash(office.channel, whole, **given.get(whole, {}))
            assert "Manage Server" in refused.check().message.text, whole
            assert refused.message.ephemeral


async def test_who_may_not_manage_the_server_is_refused_also_at_the_buttons(
    office: Office, alice: Member
) -> None:
    bob = office.guild.add_member("bob")
    for command in office.api.world.commands.values():
        command["default_member_permissions"] = None  # as a server may decide
    refused = await bob.slash(office.channel, "subscribe")
    assert "Manage Server" in refused.check().message.text

    panel = (await alice.slash(office.channel, "subscribe")).message
    alice.roles.clear()
    late = await alice.click(panel, label="删除")
    assert "管理服务器" in late.check().message.text
    assert len(office.archive.requests.subscriptions(office.guild.id)) == 1


async def test_who_subscribes_the_same_again_finds_what_there_is_and_gets_no_second_post(
    office: Office, alice: Member
) -> None:
    await alice.slash(office.channel, "subscribe", board="search", time="at once")
    again = await alice.slash(office.channel, "subscribe", board="search", time="at once")

    assert "早就订阅过" in again.check().message.text
    assert len(office.archive.requests.subscriptions(office.guild.id)) == 1
    await alice.slash(office.channel, "subscribe", board="search", time="at once", filter="top 3")
    assert len(office.archive.requests.subscriptions(office.guild.id)) == 2


async def test_a_daily_subscription_says_that_it_waits_for_its_time(office: Office, alice: Member) -> None:
    daily = await alice.slash(office.channel, "subscribe", time="9:00")
    at_once = await alice.slash(office.channel, "subscribe", time="at once")

    assert "有变化后的第一个发送时间" in daily.check().message.text
    assert "等到有变化时" in at_once.check().message.text


async def test_what_still_may_not_post_is_not_resumed(office: Office, alice: Member) -> None:
    panel = (await alice.slash(office.channel, "subscribe")).message
    await alice.click(panel, label="暂停")
    office.channel.deny(office.guild.me, Permission.SEND_MESSAGES)
    await asyncio.sleep(0.1)
    refused = await alice.click(panel, label="继续")

    assert "发送消息" in refused.check().message.text
    assert stored(office).pause == Pause("person")


async def test_a_subscription_is_paused_resumed_and_removed_by_its_buttons(
    office: Office, alice: Member
) -> None:
    panel = (await alice.slash(office.channel, "subscribe")).message
    await alice.click(panel, label="暂停")
    assert stored(office).pause == Pause("person")
    assert "有人暂停了它" in panel.text
    await alice.click(panel, label="继续")
    assert stored(office).pause is None
    await alice.click(panel, label="删除")
    assert office.archive.requests.subscriptions(office.guild.id) == ()
    await alice.click(panel, label="全部")
    assert "还没有订阅" in panel.text


async def test_the_dialogue_changes_a_subscription_and_a_mistake_changes_nothing(
    office: Office, alice: Member
) -> None:
    panel = (await alice.slash(office.channel, "subscribe")).message
    opened = await alice.click(panel, label="修改")
    wrong = await alice.submit(opened.modal, {"时间": "some day"})
    assert "some day" in wrong.check().message.text
    assert stored(office).schedule.minute == 9 * 60

    opened = await alice.click(panel, label="修改")
    right = await alice.submit(opened.modal, {"时间": "每周五 20:00", "筛选": "top 5", "榜单": "全部"})
    right.check()
    asked = stored(office)
    assert asked.schedule == Schedule(Rhythm.WEEKLY, 20 * 60, "Asia/Shanghai", 4)
    assert (asked.interest, asked.boards) == (Interest(5), ())
    assert "20:00" in panel.text


async def test_a_dialogue_that_is_sent_unchanged_changes_nothing(office: Office, alice: Member) -> None:
    given = {
        "board": "all",
        "time": "at once",
        "timezone": "UTC+8",
        "filter": "top 3, 阿里",
        "language": "en",
    }
    panel = (await alice.slash(office.channel, "subscribe", **given)).message
    before = stored(office)
    opened = await alice.click(panel, label="修改")
    (await alice.submit(opened.modal, {})).check()

    assert stored(office) == before


async def test_a_test_posts_the_last_change_now_and_tells_no_role(office: Office, alice: Member) -> None:
    watchers = office.guild.add_role("watchers", mentionable=True)
    panel = (await alice.slash(office.channel, "subscribe", role=watchers)).message
    answer = await alice.click(panel, label="立即测试")
    posted = await office.channel.wait_for_message(lambda message: not message.ephemeral)

    assert "测试" in posted.text
    assert "Qwen3-32B" in posted.text
    assert not posted.pings
    assert str(posted.id) in answer.check().message.text
    assert office.archive.outbox("looks").next_due() is None


async def test_a_test_of_what_a_filter_keeps_out_says_so(office: Office, alice: Member) -> None:
    panel = (await alice.slash(office.channel, "subscribe", filter="top 1")).message
    answer = await alice.click(panel, label="立即测试")

    assert "没有可发的内容" in answer.check().message.text


async def test_a_server_s_list_shows_all_there_is_and_opens_each(office: Office, alice: Member) -> None:
    for _ in range(SERVER_LIMIT):
        office.subscribe()
    office.pin()
    answer = await alice.slash(office.channel, "subscriptions")
    (menu,) = answer.check().message.selects
    assert len(menu["options"]) == 25
    await alice.click(answer.message, label="▶")
    await alice.click(answer.message, label="▶")
    (menu,) = answer.message.selects
    assert [each["value"] for each in menu["options"]] == ["l1"]
    opened = await alice.choose(answer.message, "l1")
    assert "自动更新" in opened.check().message.text

    full = await alice.slash(office.channel, "subscribe")
    assert str(SERVER_LIMIT) in full.check().message.text


async def test_another_server_s_subscription_cannot_be_touched(office: Office, alice: Member) -> None:
    panel = (await alice.slash(office.channel, "subscribe")).message
    other = office.api.add_guild("Other")
    role = other.add_role("managers", Permission.MANAGE_GUILD)
    mallory = other.add_member(alice.user, roles=[role])
    channel = other.add_text_channel("x")
    await asyncio.sleep(0.1)
    theirs = (await mallory.slash(channel, "subscribe")).message
    wrong = next(each for each in panel.buttons if each["label"] == "删除")["custom_id"]
    for row in theirs.components:
        for each in row["components"]:
            if each.get("label") == "删除":
                each["custom_id"] = wrong  # as if a person could forge it
    refused = await mallory.click(theirs, label="删除")

    assert "已经不在了" in refused.check().message.text
    assert len(office.archive.requests.subscriptions(office.guild.id)) == 1


async def test_a_pinned_board_comes_at_once(office: Office, alice: Member) -> None:
    answer = await alice.slash(office.channel, "pin-board", board="法律", count=3)
    posted = await office.channel.wait_for_message(lambda message: not message.ephemeral)

    assert answer.check().message.ephemeral
    assert "hunyuan-large" in posted.text
    assert "自动更新" in posted.text


async def test_a_watch_is_set_listed_and_removed(office: Office, alice: Member) -> None:
    added = await alice.slash(office.channel, "watch", model="qwq32b", when="进入前 3")
    assert "QwQ-32B" in added.check().message.text
    (watch,) = office.archive.requests.watches(alice.id)
    assert (watch.occasion, watch.top, watch.server) == (Occasion.TOP, 3, office.guild.id)

    listed = await alice.slash(office.channel, "watches")
    gone = await alice.choose(listed.message, listed.message.selects[0]["options"][0]["value"])
    assert "还没有关注" in gone.check().message.text
    assert office.archive.requests.watches(alice.id) == ()


async def test_a_watch_can_be_set_in_a_direct_message(office: Office, alice: Member) -> None:
    added = await alice.slash(alice.user.dm, "watch", model="gpt-4o", board="arena")
    assert "我会在这里告诉你" in added.check().message.text
    (watch,) = office.archive.requests.watches(alice.id)
    assert (watch.server, watch.board) == (None, "arena-text")


async def test_an_occasion_that_does_not_exist_is_told(office: Office, alice: Member) -> None:
    for typed in ("when pigs fly", "enters the top 0", "overtaken 5"):
        answer = await alice.slash(office.channel, "watch", model="gpt-4o", when=typed)
        assert typed in answer.check().message.text
        assert answer.message.ephemeral
