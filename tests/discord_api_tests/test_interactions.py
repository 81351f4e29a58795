import asyncio
from typing import Any

import discord
import pytest
from discord import app_commands

from tests.discord_api import Channel, DiscordApi, Guild, ImpossibleActionError, Member, Upload
from tests.discord_api_tests.bots import Interaction, SmallBot


async def test_options_of_every_type_arrive(
    api: DiscordApi, bot: SmallBot, guild: Guild, channel: Channel, alice: Member
) -> None:
    @bot.tree.command(description="-")
    @app_commands.choices(board=[app_commands.Choice(name="Text board", value="text")])
    async def everything(
        interaction: Interaction,
        board: str,
        count: app_commands.Range[int, 1, 5],
        share: float,
        sure: bool,
        who: discord.Member,
        where: discord.TextChannel,
        role: discord.Role,
        file: discord.Attachment,
    ) -> None:
        read = (await file.read()).decode()
        said = f"{board} {count} {share} {sure} {who.name} {where.name} {role.name} {file.filename}={read}"
        await interaction.response.send_message(said)

    role = guild.add_role("expert")
    async with api.run(bot):
        given: dict[str, Any] = {
            "board": "Text board",
            "count": 2,
            "share": 0.5,
            "sure": True,
            "who": alice,
            "where": channel,
        }
        answer = await alice.slash(channel, "everything", **given, role=role, file=Upload("a.txt", b"hi"))
        assert answer.check().message.content == "text 2 0.5 True alice general expert a.txt=hi"
        with pytest.raises(ImpossibleActionError, match="between 1 and 5"):
            await alice.slash(channel, "everything", **{**given, "count": 6})
        with pytest.raises(ImpossibleActionError, match=r"missing.*board"):
            await alice.slash(channel, "everything", count=2)
        with pytest.raises(ImpossibleActionError, match="no command 'nothing'"):
            await alice.slash(channel, "nothing")


async def test_locales_and_sub_commands(
    api: DiscordApi, bot: SmallBot, channel: Channel, alice: Member
) -> None:
    watch = app_commands.Group(name="watch", description="-")

    @watch.command(description="-")
    async def add(interaction: Interaction, model: str) -> None:
        await interaction.response.send_message(f"{model} {interaction.locale} {interaction.guild_locale}")

    bot.tree.add_command(watch)
    async with api.run(bot):
        answer = await alice.slash(channel, "watch add", model="千问")
        assert answer.check().message.content == "千问 zh-TW zh-CN"
        with pytest.raises(ImpossibleActionError, match="sub-commands"):
            await alice.slash(channel, "watch")


async def test_autocompletion(api: DiscordApi, bot: SmallBot, channel: Channel, alice: Member) -> None:
    @bot.tree.command(description="-")
    async def rank(interaction: Interaction, board: str, model: str) -> None: ...

    @rank.autocomplete("model")
    async def complete(interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=f"{current} in {interaction.namespace.board}", value=current)]

    async with api.run(bot):
        answer = await alice.autocomplete(channel, "rank", "model", "qw", board="text")
        assert [(choice.name, choice.value) for choice in answer.check().choices] == [("qw in text", "qw")]


async def test_context_menus(api: DiscordApi, bot: SmallBot, channel: Channel, alice: Member) -> None:
    @bot.tree.context_menu(name="Who Is")
    async def who(interaction: Interaction, member: discord.Member) -> None:
        await interaction.response.send_message(member.name)

    @bot.tree.context_menu(name="Read")
    async def read(interaction: Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(f"read {message.content}")

    async with api.run(bot):
        said = alice.send(channel, "hello")
        assert (await alice.context_menu(channel, "Who Is", alice)).check().message.content == "alice"
        assert (await alice.context_menu(channel, "Read", said)).check().message.content == "read hello"


async def test_deferred_answers_followups_edits_and_deletion(
    api: DiscordApi, bot: SmallBot, channel: Channel, alice: Member
) -> None:
    @bot.answers()
    async def go(interaction: Interaction) -> None:
        await interaction.response.defer(ephemeral=True)
        await interaction.edit_original_response(content="first")
        second = await interaction.followup.send("second", wait=True)
        await second.edit(content="second, edited")
        third = await interaction.followup.send("third", wait=True)
        await third.delete()
        await interaction.edit_original_response(content="first, edited")

    async with api.run(bot):
        answer = await alice.slash(channel, "go")
        assert answer.message.content.startswith("first")
        await answer.edited()
        assert answer.check().message.content == "first, edited"
        assert answer.message.ephemeral
        assert [(one.content, one.deleted) for one in answer.followups] == [
            ("second, edited", False),
            ("third", True),
        ]
        assert answer.completed_in >= answer.latency
    assert bot.errors == []


async def test_a_followup_takes_the_place_of_a_deferred_answer(
    api: DiscordApi, bot: SmallBot, channel: Channel, alice: Member
) -> None:
    @bot.answers()
    async def go(interaction: Interaction) -> None:
        await interaction.response.defer()
        await interaction.followup.send("done", file=discord.File(__file__, filename="source.py"))

    async with api.run(bot):
        answer = await alice.slash(channel, "go")
        assert answer.check().message.content == "done"
        assert answer.message.attachments[0].data.startswith(b"import asyncio")
        assert answer.followups == []
        assert channel.messages == [answer.message]


async def test_direct_messages_and_user_installs(api: DiscordApi, bot: SmallBot, alice: Member) -> None:
    @bot.tree.command(description="-")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def where(interaction: Interaction) -> None:
        place = type(interaction.channel).__name__
        await interaction.response.send_message(f"{place} {interaction.is_user_integration()}")
        if place == "TextChannel":
            for number in range(6):
                await interaction.followup.send(str(number))

    @bot.tree.command(description="-")
    @app_commands.guild_only()
    async def here(interaction: Interaction) -> None: ...

    carol = api.add_user("carol", installed=True)
    elsewhere = api.add_guild("elsewhere", bot=False)
    there = elsewhere.add_text_channel("foreign")
    member = elsewhere.add_member(carol)
    api.ratelimits.on = False
    async with api.run(bot):
        assert (await alice.slash(alice.dm, "where")).check().message.content == "DMChannel False"
        assert (await carol.slash(carol.dm, "where")).check().message.content == "DMChannel True"
        answer = await member.slash(there, "where")
        assert answer.message.content == "TextChannel True"
        await answer.followup(5)
        await answer.interaction.changed.until(lambda: answer.broken, 2)
        assert [broken.code for broken in answer.broken] == [40094], (
            "five follow-ups without the guild's consent"
        )
        with pytest.raises(ImpossibleActionError, match="not installed"):
            await member.slash(there, "here")
        with pytest.raises(ImpossibleActionError, match="contexts"):
            await alice.slash(alice.dm, "here")


async def test_what_pings_whom(api: DiscordApi, bot: SmallBot, channel: Channel, alice: Member) -> None:
    @bot.tree.command(description="-")
    async def echo(interaction: Interaction, text: str, quiet: bool) -> None:
        mentions = (
            discord.AllowedMentions.none() if quiet else discord.AllowedMentions(users=True, everyone=False)
        )
        await interaction.response.send_message(text, allowed_mentions=mentions)

    async with api.run(bot):
        text = f"@everyone {alice.mention}"
        assert (await alice.slash(channel, "echo", text=text, quiet=False)).message.pings == {alice.mention}
        assert (await alice.slash(channel, "echo", text=text, quiet=True)).message.pings == set()


async def test_a_hundred_people_at_once(
    api: DiscordApi, bot: SmallBot, guild: Guild, channel: Channel
) -> None:
    @bot.answers()
    async def go(interaction: Interaction) -> None:
        await interaction.response.send_message(f"hello {interaction.user.name}")

    crowd = guild.add_members(100)
    async with api.run(bot):
        answers = await asyncio.gather(*(person.slash(channel, "go") for person in crowd))
    assert [answer.check().message.content for answer in answers] == [
        f"hello {person.name}" for person in crowd
    ]


async def test_a_person_needs_permission_to_use_a_command(
    api: DiscordApi, bot: SmallBot, guild: Guild, channel: Channel, alice: Member
) -> None:
    @bot.tree.command(description="-")
    @app_commands.default_permissions(manage_guild=True)
    async def admin(interaction: Interaction) -> None:
        await interaction.response.send_message("ok")

    async with api.run(bot):
        with pytest.raises(ImpossibleActionError, match="permissions 32"):
            await alice.slash(channel, "admin")
        assert (await guild.owner.slash(channel, "admin")).check().message.content == "ok"
