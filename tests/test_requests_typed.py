"""The arguments of requests in a command: read, completed, and refused in the person's language."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import discord
import pytest
import simcord
from discord.app_commands import Transform
from simcord import ChannelHandle, MemberActor

from bot.client import Bangdan
from bot.requests.boards import BoardsArgument
from bot.requests.times import TimeArgument
from bot.requests.wishes import FilterArgument
from bot.requests.zones import ZoneArgument
from bot.texts import Texts
from bot.tree import Tree
from store.archive import Archive
from store.news.values import Interest, Schedule
from tests.conftest import SETTLING, foreseen

Asked = discord.Interaction[Any]
HOSTILE = ("@everyone **[x](https://evil.example)** `||<@1>\u202e", "\x00\u202e", "```]( <@&1>", "字" * 6000)


class Repeating(Bangdan):
    """Has a command that says what was understood."""

    async def load(self) -> None:
        await super().load()

        @self.tree.command(name="repeat", description="x")
        async def repeat(
            interaction: Asked,
            boards: Transform[tuple[str, ...], BoardsArgument] = (),
            time: Transform[Schedule, TimeArgument] = Schedule(),  # noqa: B008 - frozen
            zone: Transform[str, ZoneArgument] = "UTC",
            only: Transform[Interest, FilterArgument] = Interest(),  # noqa: B008 - frozen
        ) -> None:
            await interaction.response.send_message(f"{boards} {time.minute} {zone} {only.top}")

        assert isinstance(self.tree, Tree)
        self.tree.describe(self.texts)


@pytest.fixture
async def place(shelf: Archive, texts: Texts) -> AsyncIterator[tuple[MemberActor, ChannelHandle]]:
    env = simcord.Env(Repeating(shelf, texts), shard_count=1, settle_timeout=SETTLING)
    await env.start()
    guild = env.create_guild("Team")
    yield guild.add_member(env.create_user("alice")), guild.create_text_channel("models")
    await env.shutdown()
    assert [error for error in env.errors if not foreseen(error)] == []


async def test_what_is_typed_becomes_values(place: tuple[MemberActor, ChannelHandle]) -> None:
    alice, channel = place
    answer = await alice.slash(
        channel, "repeat", boards="arena text，rele", time="晚上9點", zone="北京", only="前5"
    )
    assert answer.response.content == "('arena-text', 'rele-open') 1260 Asia/Shanghai 5"


@pytest.mark.parametrize(
    ("option", "typed", "first"),
    [
        ("boards", "arena text, re", "Arena Text, "),
        ("time", "7:30", "daily at 07:30"),
        ("zone", "北京", "Asia/Shanghai — "),
        ("only", "top 5, goo", "top 5 · Google"),
    ],
)
async def test_what_is_typed_is_completed(
    place: tuple[MemberActor, ChannelHandle], option: str, typed: str, first: str
) -> None:
    alice, channel = place
    offered = await alice.autocomplete(channel, "repeat", option, typed)
    assert offered[0]["name"].startswith(first)
    answer = await alice.slash(channel, "repeat", **{option: offered[0]["value"]})
    assert answer.response.content


@pytest.mark.parametrize("option", ["boards", "time", "zone", "only"])
async def test_hostile_text_is_refused_kindly(place: tuple[MemberActor, ChannelHandle], option: str) -> None:
    alice, channel = place
    for typed in HOSTILE:
        offered = await alice.autocomplete(channel, "repeat", option, typed)
        assert all(1 <= len(each["name"]) <= 100 and 1 <= len(each["value"]) <= 100 for each in offered)
        answer = await alice.slash(channel, "repeat", **{option: typed})
        assert answer.response.ephemeral
        said = answer.response.embeds[0].description or ""
        assert 0 < len(said) < 4096
        assert "\u202e" not in said
