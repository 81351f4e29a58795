"""`/settings`: what a server or channel decides, for everybody there, at once and after a restart."""

from __future__ import annotations

import pytest

from bot.client import Bangdan
from bot.texts import Texts
from store.archive import Archive
from store.preferences import NONE, WHOLE, Preferences
from tests.discord_api import Channel, DiscordApi, Member, Permission

SERVER = 7


@pytest.fixture
def manager(channel: Channel) -> Member:
    guild = channel.guild
    assert guild is not None
    return guild.add_member("carol", roles=[guild.add_role("managers", Permission.MANAGE_GUILD)])


def test_a_channel_decides_over_its_server_and_what_neither_does_stays_open(archive: Archive) -> None:
    archive.requests.prefer(SERVER, WHOLE, Preferences(language="zh_CN", board="rele-open"), 1)
    archive.requests.prefer(SERVER, 5, Preferences(language="en", private=False), 1)
    reference = archive.reference()

    assert reference.preferred(SERVER, 5) == Preferences("en", "rele-open", False, None)
    assert reference.preferred(SERVER, 6, 5) == reference.preferred(SERVER, 5), "a thread is in its channel"
    assert reference.preferred(SERVER, 6) == Preferences("zh_CN", "rele-open")
    assert reference.preferred(8, 5) == reference.preferred(None) == NONE


def test_a_change_is_noticed_and_everything_else_in_memory_kept(archive: Archive) -> None:
    before = archive.reference()
    archive.requests.prefer(SERVER, WHOLE, Preferences(zone="Asia/Taipei"), 1)
    decided = archive.reference()
    archive.requests.prefer(SERVER, WHOLE, Preferences(zone="Asia/Tokyo"), 1)
    changed = archive.reference()
    archive.requests.prefer(SERVER, WHOLE, NONE, 1)
    taken = archive.reference()

    zones = [each.preferred(SERVER).zone for each in (before, decided, changed, taken)]
    assert zones == [None, "Asia/Taipei", "Asia/Tokyo", None]
    assert before.names is taken.names
    assert archive.reference() is taken


async def test_the_language_of_a_server_counts_for_what_everybody_sees(
    discord_api: DiscordApi, bot: Bangdan, channel: Channel, manager: Member, alice: Member
) -> None:
    async with discord_api.run(bot):
        await manager.slash(channel, "settings", language="繁體中文")
        answer = await alice.slash(channel, "rank", model="qwq-32b")
        mistaken = await alice.slash(channel, "rank", model="no such model")
        asked = await alice.slash(channel, "ask", question="where does qwq-32b stand")
        confused = await alice.slash(channel, "ask", question="how is the weather")
        offered = await alice.autocomplete(channel, "rank", "board", "arena-text")

    assert "Arena 文字榜" in answer.message.text
    assert "Arena 文字榜" in asked.message.text
    assert mistaken.message.ephemeral
    assert "I did not understand" in confused.message.text
    assert "I know no model" in mistaken.message.text, "what only Alice sees is in her language"
    assert offered.choices[0].name == "Arena Text"


async def test_a_channel_can_have_its_own_settings(
    discord_api: DiscordApi, bot: Bangdan, channel: Channel, manager: Member, alice: Member
) -> None:
    assert channel.guild is not None
    other = channel.guild.add_text_channel("other")
    async with discord_api.run(bot):
        await manager.slash(channel, "settings", board="rele-open", language="en")
        shown = await manager.slash(channel, "settings", channel=other, board="arena-text")
        here, there = await alice.slash(channel, "top"), await alice.slash(other, "top")
        changes = await alice.slash(channel, "changes")
        history = await alice.slash(channel, "history", model="o3-mini")

    assert "English (the server's)" in shown.message.text
    assert "ReLE open-source" in here.message.text
    assert "Arena Text" in there.message.text
    assert "ReLE" in changes.message.text or "Only one reading" in changes.message.text
    assert "history" in history.message.text.casefold()


async def test_what_is_set_can_be_taken_back_after_a_restart(
    discord_api: DiscordApi, shelf: Archive, texts: Texts, channel: Channel, manager: Member, alice: Member
) -> None:
    async with discord_api.run(Bangdan(shelf, texts, guild_ready_timeout=0.02)):
        panel = (await manager.slash(channel, "settings", language="zh-CN", timezone="台北")).message
        assert "简体中文" in panel.text
        assert "Taipei" in panel.text
    async with discord_api.run(Bangdan(shelf, texts, guild_ready_timeout=0.02)):
        pressed = await manager.click(panel, label="Reset language")
        assert "each person's own" in pressed.message.text
        assert "Taipei" in pressed.message.text
        assert "Arena Text" in (await alice.slash(channel, "rank", model="qwq-32b")).message.text


async def test_news_are_told_in_the_language_and_at_the_time_of_the_server(
    discord_api: DiscordApi, bot: Bangdan, channel: Channel, manager: Member, shelf: Archive
) -> None:
    assert channel.guild is not None
    async with discord_api.run(bot):
        await manager.slash(channel, "settings", language="zh-TW", timezone="台北", board="rele-open")
        await manager.slash(channel, "subscribe")
    (stored,) = shelf.requests.subscriptions(channel.guild.id)

    assert (stored.language, stored.schedule.zone, stored.boards) == ("zh_TW", "Asia/Taipei", ("rele-open",))


async def test_only_those_who_manage_the_server_decide(
    discord_api: DiscordApi, bot: Bangdan, channel: Channel, manager: Member, alice: Member, shelf: Archive
) -> None:
    assert channel.guild is not None
    async with discord_api.run(bot):
        panel = (await manager.slash(channel, "settings", language="zh-CN")).message
        command = next(each for each in discord_api.world.commands.values() if each["name"] == "settings")
        command["default_member_permissions"] = None  # as a server can show it to anybody
        refused = await alice.slash(channel, "settings", language="en")
        manager.roles.clear()
        pressed = await manager.click(panel, label="Reset language")

    assert "Manage Server" in refused.message.text
    assert "Manage Server" in pressed.message.text
    assert shelf.reference().preferred(channel.guild.id).language == "zh_CN"


async def test_answers_are_private_where_it_is_decided_unless_somebody_says_otherwise(
    discord_api: DiscordApi, bot: Bangdan, channel: Channel, manager: Member, alice: Member
) -> None:
    async with discord_api.run(bot):
        await manager.slash(channel, "settings", privacy=True, language="zh-TW")
        silent = await alice.slash(channel, "rank", model="qwq-32b")
        asked = await alice.slash(channel, "ask", question="where does qwq-32b stand")
        aloud = await alice.slash(channel, "history", model="qwq-32b", board="arena-text", private=False)
        await alice.click(silent.message, label="Share")

    assert silent.message.ephemeral
    assert asked.message.ephemeral
    assert "Arena Text" in silent.message.text, "what only Alice sees is in her language"
    assert not aloud.message.ephemeral
    assert "Arena 文字榜" in aloud.message.text
    shared = channel.messages[-1]
    assert not shared.ephemeral
    assert "Arena 文字榜" in shared.text
