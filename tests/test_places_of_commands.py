"""Where commands can be used, and by whose installation: servers without the bot, groups, direct messages."""

from __future__ import annotations

import pytest

from bot.client import Bangdan
from store.archive import Archive
from tests.discord_api import Channel, DiscordApi, Member
from tests.discord_api.errors import ImpossibleActionError
from tests.discord_api.people import User
from tests.inspection import ORDINARY, Options
from tests.test_mentions_command import MENU

OF_SERVERS = {"alias", "subscribe", "subscriptions", "pin-board", "settings"}
OF_PERSONS = {"watch", "watches"}
EVERYWHERE = ([0, 1, 2], [0, 1])


@pytest.fixture
def carol(discord_api: DiscordApi) -> User:
    """Somebody who installed the bot for herself."""
    return discord_api.add_user("carol", installed=True)


@pytest.fixture
def foreign(discord_api: DiscordApi) -> Channel:
    """A channel of a server where the bot is not."""
    return discord_api.add_guild("foreign", bot=False, locale="zh-CN").add_text_channel("models")


@pytest.fixture
def member(foreign: Channel, carol: User) -> Member:
    assert foreign.guild is not None
    return foreign.guild.add_member(carol)


def usual(command: str) -> Options:
    return next(each for each in ORDINARY[command] if all(isinstance(one, str) for one in each.values()))


async def test_what_reads_is_everywhere_and_what_manages_a_server_only_there(
    discord_api: DiscordApi, bot: Bangdan
) -> None:
    discord_api.add_guild()
    async with discord_api.run(bot):
        placed = {
            each["name"]: (each["contexts"], each["integration_types"])
            for each in discord_api.world.commands.values()
        }
    for name, places in placed.items():
        wanted = ([0], [0]) if name in OF_SERVERS else ([0, 1], [0, 1]) if name in OF_PERSONS else EVERYWHERE
        assert places == wanted, name
    assert placed[MENU] == EVERYWHERE


async def test_every_command_of_a_person_works_in_a_server_without_the_bot(
    discord_api: DiscordApi, bot: Bangdan, foreign: Channel, member: Member
) -> None:
    async with discord_api.run(bot):
        for command in (name for name in ORDINARY if name.split()[0] not in OF_SERVERS):
            answer = (await member.slash(foreign, command, **usual(command))).check()
            assert answer.message.embeds, command
        with pytest.raises(ImpossibleActionError, match="not installed for them"):
            await member.slash(foreign, "alias list")
        discord_api.check()


async def test_a_server_without_the_bot_has_a_language_but_no_names_of_its_own(
    discord_api: DiscordApi, bot: Bangdan, foreign: Channel
) -> None:
    assert foreign.guild is not None
    dave = discord_api.add_user("dave", installed=True, locale="fr")
    there = foreign.guild.add_member(dave)
    async with discord_api.run(bot):
        answer = (await there.slash(foreign, "rank", model="qwq-32b")).check()
        unknown = (await there.slash(foreign, "rank", model="镇群之宝")).check()
        typed = (await there.autocomplete(foreign, "rank", "model", "qwq")).check()

    assert "票" in answer.message.text, "the server's, where the person's own is not spoken"
    assert unknown.message.ephemeral
    assert [each.name for each in typed.choices] == ["QwQ-32B", "QwQ-32B-Preview"]


async def test_pages_menus_and_sharing_work_in_a_server_without_the_bot(
    discord_api: DiscordApi, bot: Bangdan, foreign: Channel, member: Member
) -> None:
    async with discord_api.run(bot):
        message = (await member.slash(foreign, "top", private=True)).check().message
        await member.click(message, label="▶️")
        assert "2 / " in str(message.components)
        shared = (await member.click(message, label="Share")).check()
        public = await shared.followup()
        assert not public.ephemeral
        turned = (await member.click(public, label="▶️")).check()
        assert turned.message is public
        said = member.send(foreign, "qwq-32b or deepseek-r1?")
        ranked = (await member.context_menu(foreign, MENU, said)).check().message
        assert "QwQ-32B" in ranked.text
        (await member.click(ranked, label="Compare")).check()
        discord_api.check()


async def test_people_ask_in_a_group_of_theirs(discord_api: DiscordApi, bot: Bangdan, carol: User) -> None:
    group = discord_api.add_group(carol, discord_api.add_user("dave"))
    async with discord_api.run(bot):
        ranked = (await carol.slash(group, "rank", model="qwq-32b")).check()
        top = (await carol.slash(group, "top")).check()
        await carol.click(top.message, label="▶️")
        said = carol.send(group, "qwq-32b")
        mentioned = (await carol.context_menu(group, MENU, said)).check()
        with pytest.raises(ImpossibleActionError, match="its contexts"):
            await carol.slash(group, "watch", model="qwq-32b")
        discord_api.check()

    assert "1333" in ranked.message.text
    assert "2 / " in str(top.message.components)
    assert "QwQ-32B" in mentioned.message.text


async def test_a_watch_of_a_server_without_the_bot_is_kept_and_listed(
    discord_api: DiscordApi, bot: Bangdan, shelf: Archive, foreign: Channel, member: Member
) -> None:
    async with discord_api.run(bot):
        (await member.slash(foreign, "watch", model="qwq-32b")).check()
        listed = (await member.slash(member.dm, "watches")).check()
    assert "QwQ-32B" in listed.message.text
    assert len(shelf.requests.watches(member.id)) == 1
