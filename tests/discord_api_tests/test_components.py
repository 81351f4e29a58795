"""Buttons, select menus and modals."""

import discord
import pytest

from tests.discord_api import Channel, DiscordApi, Guild, ImpossibleActionError, Member, Response
from tests.discord_api_tests.bots import Interaction, SmallBot


class Pages(discord.ui.View):
    def __init__(self) -> None:
        super().__init__(timeout=None)

    @discord.ui.button(label="Next", custom_id="next")
    async def next(self, interaction: Interaction, button: discord.ui.Button["Pages"]) -> None:
        await interaction.response.edit_message(content="page 2")

    @discord.ui.button(label="Slow", custom_id="slow")
    async def slow(self, interaction: Interaction, button: discord.ui.Button["Pages"]) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(content="page 3")

    @discord.ui.select(
        custom_id="field",
        options=[discord.SelectOption(label="Text", value="t"), discord.SelectOption(label="Vision")],
    )
    async def field(self, interaction: Interaction, select: discord.ui.Select["Pages"]) -> None:
        await interaction.response.send_message(f"chose {select.values}", ephemeral=True)

    @discord.ui.select(cls=discord.ui.UserSelect, custom_id="who")
    async def who(self, interaction: Interaction, select: discord.ui.UserSelect["Pages"]) -> None:
        await interaction.response.send_message(f"chose {select.values[0].name}")


class Form(discord.ui.Modal, title="Watch"):
    reason: discord.ui.TextInput["Form"] = discord.ui.TextInput(
        label="Reason", custom_id="reason", max_length=20
    )
    again: discord.ui.Label["Form"] = discord.ui.Label(
        text="How often",
        component=discord.ui.Select(custom_id="often", options=[discord.SelectOption(label="daily")]),
    )

    async def on_submit(self, interaction: Interaction, /) -> None:
        assert isinstance(self.again.component, discord.ui.Select)
        await interaction.response.send_message(f"{self.reason.value} {self.again.component.values}")


async def test_buttons_and_selects(api: DiscordApi, bot: SmallBot, channel: Channel, alice: Member) -> None:
    @bot.answers()
    async def go(interaction: Interaction) -> None:
        await interaction.response.send_message("page 1", view=Pages())

    async with api.run(bot):
        answer = await alice.slash(channel, "go")
        assert answer.message.text.splitlines() == ["page 1", "Next", "Slow"]
        clicked = await alice.click(answer.message, label="Next")
        assert (clicked.kind, clicked.message, answer.message.content) == (
            Response.UPDATE,
            answer.message,
            "page 2",
        )
        assert (await alice.click(answer.message, custom_id="slow")).check().message.content == "page 3"
        chosen = await alice.choose(answer.message, "Text", custom_id="field")
        assert chosen.message.content == "chose ['t']"
        assert chosen.message.ephemeral
        assert chosen.message not in channel.messages
        assert (await alice.choose(answer.message, alice, custom_id="who")).message.content == "chose alice"
        with pytest.raises(ImpossibleActionError):
            await alice.choose(answer.message, "Nothing", custom_id="field")
        with pytest.raises(ImpossibleActionError):
            await alice.click(answer.message, label="Previous")


async def test_a_persistent_view_answers_after_a_restart(
    api: DiscordApi, bot: SmallBot, channel: Channel, alice: Member
) -> None:
    @bot.answers()
    async def go(interaction: Interaction) -> None:
        await interaction.response.send_message("page 1", view=Pages())

    async with api.run(bot):
        message = (await alice.slash(channel, "go")).message
    restarted = SmallBot()
    restarted.add_view(Pages())
    async with api.run(restarted):
        assert (await alice.click(message, label="Next")).check().message.content == "page 2"


async def test_modals(api: DiscordApi, bot: SmallBot, channel: Channel, alice: Member) -> None:
    @bot.answers()
    async def go(interaction: Interaction) -> None:
        await interaction.response.send_modal(Form())

    async with api.run(bot):
        opened = await alice.slash(channel, "go")
        assert opened.modal.text.splitlines() == ["Watch", "Reason", "How often"]
        answer = await alice.submit(opened.modal, {"Reason": "why not", "often": "daily"})
        assert answer.check().message.content == "why not ['daily']"
        with pytest.raises(ImpossibleActionError, match="21 characters"):
            await alice.submit(opened.modal, {"Reason": "x" * 21})
        with pytest.raises(ImpossibleActionError, match="no fields"):
            await alice.submit(opened.modal, {"Other": "x"})


async def test_only_whom_it_concerns_sees_an_ephemeral_message(
    api: DiscordApi, bot: SmallBot, guild: Guild, channel: Channel, alice: Member
) -> None:
    @bot.answers()
    async def go(interaction: Interaction) -> None:
        await interaction.response.send_message("psst", view=Pages(), ephemeral=True)

    mallory = guild.add_member("mallory")
    async with api.run(bot):
        answer = await alice.slash(channel, "go")
        with pytest.raises(ImpossibleActionError, match="does not see"):
            await mallory.click(answer.message, label="Next")
        assert (await alice.click(answer.message, label="Next")).check().message.content == "page 2"
