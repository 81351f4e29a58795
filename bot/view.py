"""What the components below an answer do. They hold their question, so that a restart does not end them.

An answer's controls belong to whoever asked: anyone else is told, privately, how to ask.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Self

import discord
from discord.ui import Button, DynamicItem, Select, View

from bot.desk import Desk
from bot.lasting import Lasting
from bot.questions import Question, Readings
from bot.refinement import choose
from bot.replies.reply import Menu
from bot.writing import write

if TYPE_CHECKING:
    from bot.client import Bangdan

ARROWS = {"first": "⏮️", "back": "◀️", "next": "▶️", "last": "⏭️", "kind": "📈", "theme": "🌗", "share": "📢"}
"""What stands on a button, by its role."""
ICONS = {
    slot: discord.PartialEmoji(name=icon)  # since discord.py looks longer for what a text means
    for slot, icon in {"board": "📊", "field": "🎯", "date": "📅", "since": "📅"}.items()
}
"""What stands before the options of a menu, by what it refines: the chosen one hides its placeholder."""
AS_IT_IS = "-"
"""In place of the question of an answer that cannot be asked again."""


class TurnButton(Lasting, DynamicItem[Button[View]], template=r"turn:(?P<owner>\d+):[a-z]+:(?P<question>.+)"):
    """Shows another page of an answer, or the same otherwise."""

    def __init__(self, button: Button[View], owner: int | str, question: str) -> None:
        super().__init__(button)
        self.owner = int(owner)
        self.question = question

    @classmethod
    def make(cls, owner: int, role: str, question: str, label: str | None, disabled: bool) -> Self:
        """Return a button: first, back, at (the page number, never enabled), next, last; kind and theme."""
        custom_id = f"turn:{owner}:{role}:{question}"
        return cls(
            Button(emoji=ARROWS.get(role), label=label, disabled=disabled, custom_id=custom_id),
            owner,
            question,
        )

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Show the page."""
        bot: Bangdan = interaction.client
        pressing = partial(bot.press, interaction, self.owner, lambda desk: desk.read(self.question))
        await bot.door.enter(interaction, "turn-button", pressing)


class ChoiceMenu(
    Lasting, DynamicItem[Select[View]], template=r"pick:(?P<owner>\d+):(?P<slot>[a-z0-9]+):(?P<question>.+)"
):
    """Asks the question again with another model or board."""

    def __init__(self, menu: Select[View], owner: int | str, slot: str, question: str) -> None:
        super().__init__(menu)
        self.owner = int(owner)
        self.slot = slot
        self.question = question

    @classmethod
    def make(cls, owner: int, menu: Menu) -> Self:
        """Return the menu with its options."""
        question = write(menu.question)
        options = [
            discord.SelectOption(
                label=each.label,
                value=each.value,
                description=each.detail,
                emoji=ICONS.get(menu.slot),
                default=each.chosen,
            )
            for each in menu.options
        ]
        custom_id = f"pick:{owner}:{menu.slot}:{question}"
        return cls(
            Select(placeholder=menu.prompt, options=options, custom_id=custom_id), owner, menu.slot, question
        )

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Ask again with what was chosen."""
        (value,) = self.item.values
        bot: Bangdan = interaction.client

        def read(desk: Desk) -> Question:
            return choose(desk, desk.read(self.question), self.slot, value)

        await bot.door.enter(interaction, "choice-menu", partial(bot.press, interaction, self.owner, read))


class ShareButton(Lasting, DynamicItem[Button[View]], template=r"share:(?P<owner>\d+):(?P<question>.+)"):
    """Posts a private answer for everybody."""

    def __init__(self, button: Button[View], owner: int | str, question: str) -> None:
        super().__init__(button)
        self.owner = int(owner)
        self.question = question

    @classmethod
    def make(cls, owner: int, question: str, label: str) -> Self:
        """Return the button; without a question (`AS_IT_IS`) it posts the answer as it stands."""
        custom_id = f"share:{owner}:{question}"
        return cls(Button(emoji=ARROWS["share"], label=label, custom_id=custom_id), owner, question)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Share it."""
        bot: Bangdan = interaction.client
        read = None if self.question == AS_IT_IS else self._read
        await bot.door.enter(interaction, "share-button", partial(bot.share, interaction, self.owner, read))

    def _read(self, desk: Desk) -> Question:
        return desk.read(self.question)


def after_sharing(message: discord.Message, label: str) -> View:
    """Return the components of a private answer that was shared: the same, but it is not shared again."""
    view = View.from_message(message, timeout=None)
    for each in view.children:
        if isinstance(each, Button) and (each.custom_id or "").startswith("share:"):
            each.disabled, each.label = True, label
    view.stop()  # what is pressed is answered by the items that outlive a restart
    return view


def readings_in(message: discord.Message | None, desk: Desk) -> Readings:
    """Return the readings of ambiguous names that the menus of a message offer."""
    keys = desk.model_keys
    found: dict[str, Sequence[str]] = {}
    for menu in _menus(message):
        match = ChoiceMenu.__discord_ui_compiled_template__.fullmatch(menu.custom_id or "")
        if match and match["slot"].startswith("m"):
            found[match["slot"]] = [keys.of(option.value) for option in menu.options]
    return found


def _menus(message: discord.Message | None) -> Iterator[discord.SelectMenu]:
    for row in message.components if message else ():
        if isinstance(row, discord.ActionRow):
            yield from (each for each in row.children if isinstance(each, discord.SelectMenu))
