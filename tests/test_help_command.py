"""`/help`: every command by purpose, to click, with examples that answer whoever presses them."""

from __future__ import annotations

import re

import pytest

from bot.asking.understood import Understood
from bot.client import Bangdan
from bot.guide import EXAMPLES, PURPOSES
from bot.texts import Texts
from bot.understanding import Asking
from store.archive import Archive
from tests.discord_api import Channel, DiscordApi, Member


async def test_every_command_stands_under_a_purpose_and_can_be_clicked(
    discord_api: DiscordApi, bot: Bangdan, channel: Channel, alice: Member
) -> None:
    async with discord_api.run(bot):
        shown = (await alice.slash(channel, "help")).message
        slash = {
            each["name"]: each["id"] for each in discord_api.world.commands.values() if each["type"] == 1
        }

    mentioned = dict(re.findall(r"</([a-z-]+)[a-z ]*:(\d+)>", shown.text))
    assert mentioned == slash
    assert set(slash) == {name for names in PURPOSES.values() for name in names}, "one stands nowhere"
    assert shown.ephemeral


async def test_the_menu_shows_how_a_command_is_used(
    discord_api: DiscordApi, bot: Bangdan, channel: Channel
) -> None:
    assert channel.guild is not None
    wang = channel.guild.add_member("wang", locale="zh-TW")
    async with discord_api.run(bot):
        shown = (await wang.slash(channel, "說明")).message
        (menu,) = shown.selects
        topic = (await wang.choose(shown, "subscribe", custom_id=menu["custom_id"])).message.text
        back = (await wang.click(shown, label="所有指令")).message.text

    assert "`時區` — 城市或時區" in topic
    assert "管理伺服器" in topic
    assert "我能做什麼" in back


async def test_an_example_answers_privately_also_after_a_restart(
    discord_api: DiscordApi, shelf: Archive, texts: Texts, channel: Channel, alice: Member
) -> None:
    async with discord_api.run(Bangdan(shelf, texts, guild_ready_timeout=0.02)):
        shown = (await alice.slash(channel, "help", command="/TOP")).message
    async with discord_api.run(Bangdan(shelf, texts, guild_ready_timeout=0.02)):
        answer = await alice.click(shown, label="/top field:Law")

    assert answer.message is not shown
    assert answer.message.ephemeral
    assert "Law 法律 · ReLE open-source" in answer.message.text


@pytest.mark.parametrize("tag", ["en", "zh_CN", "zh_TW"])
def test_every_example_has_an_answer_in_every_language(bot: Bangdan, texts: Texts, tag: str) -> None:
    language, asking = texts.languages[tag], Asking(bot.desk, bot.texts)
    for at, example in enumerate(EXAMPLES):
        shown = bot.guide.example(at, language)
        meant = bot.guide.meant(at, language)
        assert asking.run(meant, language).outcome.value == "answer", shown.line
        assert len(shown.line) <= 80, shown.line
        assert example.command in {"ask", meant.command}


@pytest.mark.parametrize("tag", ["en", "zh_CN", "zh_TW"])
def test_every_example_of_ask_is_understood(bot: Bangdan, texts: Texts, tag: str) -> None:
    for question in texts.languages[tag].words("asking.examples"):
        assert isinstance(bot.desk.understand(question), Understood), question


async def test_an_unknown_command_is_told_with_the_way_to_all(
    discord_api: DiscordApi, bot: Bangdan, channel: Channel, alice: Member
) -> None:
    async with discord_api.run(bot):
        told = (await alice.slash(channel, "help", command="weather")).message
    assert "no command `weather`" in told.text
    assert "`/help`" in told.text
