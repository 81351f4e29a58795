"""The components of panels; they hold what they do and to what, so a restart does not end them."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any, Self

import discord
from discord.ui import Button, DynamicItem, Select, View

from bot.lasting import Lasting
from bot.replies.panel import Panel, Pick, Press

if TYPE_CHECKING:
    from bot.client import Bangdan


_SUBJECT = re.compile(r"[a-z]-?[0-9]{1,19}")
MOST = 2**63
"""One more than the largest id of Discord's, and of ours."""


class PanelButton(
    Lasting,
    DynamicItem[Button[View]],
    template=r"do:(?P<owner>\d+):(?P<action>[a-z]+):(?P<subject>[a-z]-?\d+)",
):
    """Does something with what a panel shows."""

    def __init__(self, button: Button[View], owner: int | str, action: str, subject: str) -> None:
        super().__init__(button)
        self.owner = int(owner)
        self.action = action
        self.subject = subject

    @classmethod
    def make(cls, owner: int, press: Press) -> Self:
        """Return the button."""
        style = discord.ButtonStyle.danger if press.danger else discord.ButtonStyle.secondary
        custom_id = f"do:{owner}:{press.action}:{press.subject}"
        button: Button[View] = Button(
            label=press.label, style=style, disabled=press.disabled, custom_id=custom_id
        )
        return cls(button, owner, press.action, press.subject)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do it."""
        bot: Bangdan = interaction.client
        pressing = partial(bot.management.press, interaction, self.owner, self.action, self.subject)
        await bot.door.enter(interaction, "panel-button", pressing)


class PanelMenu(Lasting, DynamicItem[Select[View]], template=r"of:(?P<owner>\d+):(?P<action>[a-z]+)"):
    """Does something with what is chosen in it."""

    def __init__(self, menu: Select[View], owner: int | str, action: str) -> None:
        super().__init__(menu)
        self.owner = int(owner)
        self.action = action

    @classmethod
    def make(cls, owner: int, pick: Pick) -> Self:
        """Return the menu with its options."""
        options = [
            discord.SelectOption(label=each.label, value=each.value, description=each.detail)
            for each in pick.options
        ]
        custom_id = f"of:{owner}:{pick.action}"
        menu: Select[View] = Select(placeholder=pick.prompt, options=options, custom_id=custom_id)
        return cls(menu, owner, pick.action)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do it."""
        bot: Bangdan = interaction.client
        (value,) = self.item.values
        pressing = partial(bot.management.press, interaction, self.owner, self.action, value)
        await bot.door.enter(interaction, "panel-menu", pressing)


def is_subject(written: str) -> bool:
    """Return whether a panel could be about it: a letter, and a number that the database takes."""
    return bool(_SUBJECT.fullmatch(written)) and abs(int(written[1:])) < MOST


def panel_view(panel: Panel, owner: int) -> View:
    """Return the components of a panel."""
    view = View(timeout=None)
    for each in panel.controls:
        view.add_item(
            PanelMenu.make(owner, each) if isinstance(each, Pick) else PanelButton.make(owner, each)
        )
    return view
