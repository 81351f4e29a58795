"""Right-click a message → Apps → "Rank models mentioned here", over the loopback Discord."""

from __future__ import annotations

from typing import Any

import discord

from bot.client import Bangdan
from bot.texts import Texts
from store.archive import Archive
from tests.discord_api import Channel, DiscordApi, Member, Message

MENU = "Rank models mentioned here"


def field_names(message: Message) -> list[str]:
    return [each["name"] for each in message.embeds[0]["fields"]]


async def test_the_models_of_a_message_are_ranked_board_by_board(
    discord_api: DiscordApi, bot: Bangdan, channel: Channel, alice: Member
) -> None:
    said = alice.send(channel, "qwq-32b or gpt-4o? Or hunyuan-large")
    async with discord_api.run(bot):
        answer = (await alice.context_menu(channel, MENU, said)).check()
        discord_api.check()

    message = answer.message
    assert not message.ephemeral
    assert message.embeds[0]["title"] == "3 models in this message"
    assert message.embeds[0]["url"].endswith(f"/{channel.id}/{said.id}")
    assert field_names(message) == ["Arena Text", "ReLE open-source"]
    arena, rele = (each["value"] for each in message.embeds[0]["fields"])
    assert arena.index("`#28` **QwQ-32B** **1333 +4/-5** · Alibaba") < arena.index("GPT-4o-2024-05-13")
    assert "full board, 213 models" in arena
    assert "CC-BY-4.0" in arena
    assert "`#2` 🥈 **hunyuan-large** **80.4**" in rele
    assert "QwQ" not in rele, "who stands above is not told again"
    assert "`gpt-4o` read as GPT-4o-2024-05-13" in message.embeds[0]["description"]


async def test_the_command_is_named_in_the_language_of_who_uses_it(
    discord_api: DiscordApi, bot: Bangdan, channel: Channel
) -> None:
    assert channel.guild is not None
    bob = channel.guild.add_member("bob", locale="zh-CN")
    said = bob.send(channel, "qwq-32b怎么样")
    async with discord_api.run(bot):
        answer = (await bob.context_menu(channel, "给提到的模型排名", said)).check()
    assert answer.message.embeds[0]["title"] == "这条消息提到了 1 个模型"


async def test_embeds_are_read_too_such_as_the_bots_own(
    discord_api: DiscordApi, bot: Bangdan, channel: Channel, alice: Member
) -> None:
    async with discord_api.run(bot):
        table = (await alice.slash(channel, "top", field="法律", count=25)).check().message
        answer = (await alice.context_menu(channel, MENU, table)).check()

    assert "DeepSeek-R1" in answer.message.text
    assert "qwq-32b" in answer.message.text
    assert len(answer.message.buttons) == 0, "more models than can be compared"


async def test_a_message_without_a_model_is_told_what_counts(
    discord_api: DiscordApi, bot: Bangdan, channel: Channel, alice: Member
) -> None:
    said = alice.send(channel, "step 2: command 4 llamas @everyone ```]( <@&1>")
    async with discord_api.run(bot):
        answer = (await alice.context_menu(channel, MENU, said)).check()

    assert answer.message.ephemeral
    assert "I find no model in this message" in answer.message.text


async def test_two_to_four_are_compared_and_up_to_five_drawn_privately_for_whoever_presses(
    discord_api: DiscordApi, bot: Bangdan, channel: Channel, alice: Member
) -> None:
    assert channel.guild is not None
    bob = channel.guild.add_member("bob")
    said = alice.send(channel, "qwq-32b, DeepSeek-R1")
    async with discord_api.run(bot):
        ranked = (await alice.context_menu(channel, MENU, said)).check().message
        compared = (await bob.click(ranked, label="Compare")).check()
        drawn = (await alice.click(ranked, label="History")).check()

    assert compared.message.ephemeral
    assert compared.message.embeds[0]["title"] == "QwQ-32B vs DeepSeek-R1"
    assert any(each["custom_id"].startswith("share:") for each in compared.message.buttons)
    assert "History" in drawn.message.embeds[0]["title"]
    assert ranked.embeds[0]["title"] == "2 models in this message"


async def test_its_buttons_outlive_a_restart(
    discord_api: DiscordApi, shelf: Archive, texts: Texts, channel: Channel, alice: Member
) -> None:
    said = alice.send(channel, "qwq-32b, DeepSeek-R1")
    async with discord_api.run(Bangdan(shelf, texts, guild_ready_timeout=0.02)):
        ranked = (await alice.context_menu(channel, MENU, said)).check().message
    async with discord_api.run(Bangdan(shelf, texts, guild_ready_timeout=0.02)):
        compared = (await alice.click(ranked, label="Compare")).check()
    assert compared.message.embeds[0]["title"] == "QwQ-32B vs DeepSeek-R1"


class Discreet(Bangdan):
    """Answers everybody privately."""

    def private_by(self, interaction: discord.Interaction[Any], private: bool | None) -> bool:
        return True


async def test_a_private_ranking_is_shared_as_it_stands(
    discord_api: DiscordApi, shelf: Archive, texts: Texts, channel: Channel, alice: Member
) -> None:
    said = alice.send(channel, "qwq-32b, DeepSeek-R1")
    async with discord_api.run(Discreet(shelf, texts, guild_ready_timeout=0.02)):
        ranked = (await alice.context_menu(channel, MENU, said)).check().message
        assert ranked.ephemeral
        shared = (await alice.click(ranked, label="Share")).check()
        public = await shared.followup()
        await shared.edited()

        assert not public.ephemeral
        assert public.embeds == ranked.embeds
        assert public.content == f"Shared by {alice.mention}"
        assert {each["label"] for each in ranked.buttons} == {"Compare", "History", "Shared"}
        discord_api.check()
