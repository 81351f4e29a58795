"""`/alias`: a server's own names for models, given by those who manage it, counting there only."""

from __future__ import annotations

import dataclasses

import discord
import pytest
from simcord import ChannelHandle, MemberActor

from bot.client import Bangdan
from store.models import Model
from store.nicknames import SERVER_LIMIT, Nickname
from tests.conftest import World
from tests.test_commands import controls_of, message_of, text_of


@pytest.fixture
def manager(world: World) -> MemberActor:
    """Carol, who may manage the server."""
    guild = world.env.guild
    role = guild.create_role("managers", permissions=discord.Permissions(manage_guild=True))
    return guild.add_member(world.env.create_user("carol"), roles=[role])


@pytest.fixture
def elsewhere(world: World) -> tuple[MemberActor, ChannelHandle]:
    """Dave, in a channel of another server."""
    guild = world.env.create_guild("Other team")
    return guild.add_member(world.env.create_user("dave")), guild.create_text_channel("models")


async def test_a_nickname_counts_in_its_server_for_everyone_there(
    world: World, manager: MemberActor, elsewhere: tuple[MemberActor, ChannelHandle]
) -> None:
    added = await manager.slash(world.channel, "alias add", name="House Favourite", model="qwq-32b")
    here = await world.alice.slash(world.channel, "rank", model="house   favourite")
    dave, channel = elsewhere
    there = await dave.slash(channel, "rank", model="house favourite")

    assert "`House Favourite` now means QwQ-32B" in text_of(added)
    assert here.response.embeds[0].title == "QwQ-32B"
    assert not [each for each in controls_of(here) if ":m0:" in each["custom_id"]], "it is never ambiguous"
    assert "I know no model called" in text_of(there)


async def test_a_nickname_is_completed_before_the_names_of_models(world: World, manager: MemberActor) -> None:
    await manager.slash(world.channel, "alias add", name="qq", model="qwen2.5-72b-instruct")
    offered = await world.alice.autocomplete(world.channel, "rank", "model", "q")

    assert offered[0] == {"name": "qq → Qwen2.5-72B-Instruct", "value": "qq"}
    assert len(offered) == 25


async def test_a_nickname_can_be_given_to_another_model_and_taken_away(
    world: World, manager: MemberActor
) -> None:
    await manager.slash(world.channel, "alias add", name="fav", model="qwq-32b")
    await manager.slash(world.channel, "alias add", name="FAV", model="deepseek-r1")
    moved = await world.alice.slash(world.channel, "rank", model="fav")
    listed = await manager.slash(world.channel, "alias list")
    (offered,) = await manager.autocomplete(world.channel, "alias remove", "name", "f")
    removed = await manager.slash(world.channel, "alias remove", name=offered["value"])
    again = await manager.slash(world.channel, "alias remove", name="fav")
    empty = await manager.slash(world.channel, "alias list")

    assert moved.response.embeds[0].title == "DeepSeek-R1"
    assert "`FAV` means DeepSeek-R1" in text_of(listed)
    assert "no longer a name" in text_of(removed)
    assert "has no name `fav`" in text_of(again)
    assert "given no names yet" in text_of(empty)
    assert listed.response.ephemeral


@pytest.mark.parametrize("command", ["add", "remove", "list"])
async def test_only_those_who_manage_the_server_may(world: World, command: str) -> None:
    """Discord hides the commands by default; the bot checks as well, since a server can show them."""
    options = {"add": {"name": "x", "model": "qwq-32b"}, "remove": {"name": "x"}, "list": {}}[command]
    bot = world.env.bot
    assert isinstance(bot, Bangdan)
    group = bot.tree.get_command("alias")
    assert group.default_permissions == discord.Permissions(manage_guild=True)
    group.default_permissions = None
    await bot.tree.sync()

    answer = await world.alice.slash(world.channel, f"alias {command}", **options)

    assert "the permission Manage Server" in text_of(answer)
    assert answer.response.ephemeral
    assert world.archive.reference().nicknames == {}


@pytest.mark.parametrize("name", ["", "  ", "\u200b", "x" * 61])
async def test_a_nickname_needs_letters_and_a_reasonable_length(
    world: World, manager: MemberActor, name: str
) -> None:
    answer = await manager.slash(world.channel, "alias add", name=name, model="qwq-32b")

    assert "at most 60 characters" in text_of(answer)


async def test_the_name_of_one_model_cannot_be_given_to_another(world: World, manager: MemberActor) -> None:
    answer = await manager.slash(world.channel, "alias add", name="DeepSeek-R1", model="qwq-32b")
    own = await manager.slash(world.channel, "alias add", name="QWQ-32B", model="qwq-32b")

    assert "is the name of another model, DeepSeek-R1" in text_of(answer)
    assert "now means QwQ-32B" in text_of(own)


async def test_a_hostile_nickname_is_shown_as_it_is(world: World, manager: MemberActor) -> None:
    await manager.slash(world.channel, "alias add", name="@everyone `**x**`", model="qwq-32b")
    listed = await manager.slash(world.channel, "alias list")

    assert "`@everyone ˋ**x**ˋ` means QwQ-32B" in text_of(listed)


async def test_a_server_has_room_for_so_many_and_the_list_shows_them_all(
    world: World, manager: MemberActor
) -> None:
    server = world.env.guild.id
    for number in range(SERVER_LIMIT):
        world.archive.name_model(server, Nickname(f"{number:03} {'x' * 50}", "qwq-32b"), 1)
    refused = await manager.slash(world.channel, "alias add", name="one more", model="qwq-32b")
    answer = await manager.slash(world.channel, "alias list")
    seen = set()
    for _ in range(10):
        seen |= {line for line in text_of(answer).split("\n") if "means" in line}
        forward = controls_of(answer)[3]
        if forward["disabled"]:
            break
        await manager.click(message_of(answer), custom_id=forward["custom_id"])

    assert "can have 200 names" in text_of(refused)
    assert len(seen) == SERVER_LIMIT


async def test_models_that_a_person_asked_for_last_are_offered_first(world: World) -> None:
    before = await world.alice.autocomplete(world.channel, "rank", "model", "")
    await world.alice.slash(world.channel, "rank", model="phi-3-small")
    await world.alice.slash(world.channel, "compare", first="qwq-32b", second="vicuna 13b")
    after = await world.alice.autocomplete(world.channel, "rank", "model", "")
    others = await world.bob.autocomplete(world.channel, "rank", "model", "")

    assert [each["name"] for each in after][:3] == ["QwQ-32B", "Vicuna-13B", "Phi-3-Small-8k-Instruct"]
    assert others == before


def test_a_nickname_of_a_model_that_is_gone_is_not_followed(world: World) -> None:
    reference = world.archive.reference()
    gone = {1: {"fav": Nickname("fav", "no-such-model")}}
    orphaned = dataclasses.replace(reference, nicknames=gone)
    assert orphaned.resolve("fav", 1).model is None
    assert isinstance(orphaned.resolve("qwq-32b", 1).model, Model)
