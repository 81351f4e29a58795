"""Private answers, and how they are shared, over the loopback Discord."""

from __future__ import annotations

from typing import Any

import pytest

from bot.client import Bangdan
from bot.studio import Studio
from bot.texts import Texts
from store.archive import Archive
from tests.discord_api import Channel, DiscordApi, Member, Message

PRIVATELY: tuple[tuple[str, dict[str, Any]], ...] = (
    ("rank", {"model": "qwq-32b"}),
    ("top", {"field": "法律"}),
    ("compare", {"first": "qwq-32b", "second": "deepseek-r1"}),
    ("history", {"model": "qwq-32b"}),
    ("value", {}),
    ("model", {"model": "qwq-32b"}),
    ("changes", {}),
    ("boards", {}),
    ("about", {}),
    ("ask", {"question": "法律最强的开源模型"}),
)


def share_of(message: Message) -> dict[str, Any]:
    """Return the button that shares a message."""
    (found,) = [each for each in message.buttons if each["custom_id"].startswith("share:")]
    return found


def embeds_of(message: Message) -> list[dict[str, Any]]:
    """Return what a message says; where its picture is differs from copy to copy."""
    return [{key: value for key, value in each.items() if key != "image"} for each in message.embeds]


async def test_every_answer_can_be_private_and_shared_as_it_is(
    discord_api: DiscordApi, bot: Bangdan, channel: Channel, alice: Member
) -> None:
    async with discord_api.run(bot):
        for command, options in PRIVATELY:
            answer = (await alice.slash(channel, command, private=True, **options)).check()
            private = answer.message
            assert private.ephemeral, command
            before, heading = embeds_of(private), private.content
            pressed = (await alice.click(private, custom_id=share_of(private)["custom_id"])).check()
            public = await pressed.followup()

            assert not public.ephemeral, command
            assert embeds_of(public) == before, command
            assert public.content == "\n".join(filter(None, (heading, f"Shared by {alice.mention}")))
            assert not public.pings
            assert not [each for each in public.buttons if each["custom_id"].startswith("share:")]
            await pressed.edited()
            assert share_of(private)["disabled"]
            assert share_of(private)["label"] == "Shared"
        discord_api.check()


async def test_an_answer_is_public_unless_somebody_asks_otherwise(
    discord_api: DiscordApi, bot: Bangdan, channel: Channel, alice: Member
) -> None:
    async with discord_api.run(bot):
        for told in ({}, {"private": False}):
            answer = (await alice.slash(channel, "rank", model="qwq-32b", **told)).check()
            assert not answer.message.ephemeral
            assert not answer.message.buttons


async def test_pages_of_a_private_answer_stay_private_and_can_still_be_shared(
    discord_api: DiscordApi, bot: Bangdan, channel: Channel, alice: Member
) -> None:
    async with discord_api.run(bot):
        answer = (await alice.slash(channel, "top", private=True)).check()
        message = answer.message
        await alice.click(message, custom_id=share_of(message)["custom_id"])
        turned = (await alice.click(message, label="▶️")).check()

        assert turned.message is message
        assert message.ephemeral
        assert not share_of(message).get("disabled"), "another page is another answer"
        shared = (await alice.click(message, custom_id=share_of(message)["custom_id"])).check()
        public = await shared.followup()
        assert "`#11`" in public.text.replace(" ", "")
        assert "2 / " in str(public.components)


async def test_a_private_answer_is_shared_after_a_restart_with_its_picture(
    discord_api: DiscordApi, shelf: Archive, texts: Texts, studio: Studio, channel: Channel, alice: Member
) -> None:
    async with discord_api.run(Bangdan(shelf, texts, studio=studio, guild_ready_timeout=0.02)):
        message = (await alice.slash(channel, "history", model="qwq-32b", private=True)).check().message
    async with discord_api.run(Bangdan(shelf, texts, studio=studio, guild_ready_timeout=0.02)):
        shared = (await alice.click(message, custom_id=share_of(message)["custom_id"])).check()
        public = await shared.followup()

        assert [each.filename for each in public.attachments] == ["history.png"]
        assert [each.filename for each in message.attachments] == ["history.png"]


async def test_what_is_shared_belongs_to_who_shared_it(
    discord_api: DiscordApi, bot: Bangdan, channel: Channel, alice: Member
) -> None:
    assert channel.guild is not None
    bob = channel.guild.add_member("bob")
    async with discord_api.run(bot):
        message = (await alice.slash(channel, "top", private=True)).check().message
        shared = (await alice.click(message, custom_id=share_of(message)["custom_id"])).check()
        public = await shared.followup()
        his = (await bob.click(public, label="▶️")).check()
        hers = (await alice.click(public, label="▶️")).check()

    assert "belong to whoever asked" in his.message.text
    assert hers.message is public
    assert f"Shared by {alice.mention}" in public.content


async def test_nobody_shares_an_answer_of_others(
    discord_api: DiscordApi, bot: Bangdan, channel: Channel, alice: Member
) -> None:
    """Discord shows a private answer to nobody else, but a copied custom_id is quickly made."""
    assert channel.guild is not None
    bob = channel.guild.add_member("bob")
    async with discord_api.run(bot):
        hers = (await alice.slash(channel, "top", private=True)).check().message
        his = (await bob.slash(channel, "about", private=True)).check().message
        share_of(his)["custom_id"] = share_of(hers)["custom_id"]
        pressed = (await bob.click(his, custom_id=share_of(his)["custom_id"])).check()

    assert "belong to whoever asked" in pressed.message.text
    assert pressed.message.ephemeral


async def test_an_answer_that_cannot_be_shared_says_so_and_can_be_tried_again(
    discord_api: DiscordApi, bot: Bangdan, channel: Channel, alice: Member
) -> None:
    async with discord_api.run(bot):
        message = (await alice.slash(channel, "about", private=True)).check().message
        discord_api.faults.add("POST", "/webhooks/**", status=403, times=1)
        pressed = await alice.click(message, custom_id=share_of(message)["custom_id"])

        assert "went wrong on our side" in (await pressed.followup()).text
        assert not share_of(message).get("disabled")


async def test_mistakes_and_what_concerns_nobody_else_are_not_shared(
    discord_api: DiscordApi, bot: Bangdan, channel: Channel, alice: Member
) -> None:
    assert channel.guild is not None
    async with discord_api.run(bot):
        mistake = (await alice.slash(channel, "rank", model="gpt-9", private=True)).check().message
        confused = (await alice.slash(channel, "ask", question="hello", private=True)).check().message
        names = (await channel.guild.owner.slash(channel, "alias list")).check().message

    for message in (mistake, confused, names):
        assert message.ephemeral
        assert not message.buttons


async def test_a_private_answer_that_takes_long_is_announced_privately(
    discord_api: DiscordApi, bot: Bangdan, channel: Channel, alice: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.answering.PATIENCE", 0.0)
    async with discord_api.run(bot):
        answer = (await alice.slash(channel, "rank", model="qwq-32b", private=True)).check()
        shared = (await alice.click(answer.message, custom_id=share_of(answer.message)["custom_id"])).check()

        assert answer.message.ephemeral
        assert "1333" in answer.message.text
        assert "1333" in (await shared.followup()).text
