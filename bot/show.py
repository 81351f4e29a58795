"""The buttons below posts: they answer a question, privately and to whoever presses them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Self

import discord
from discord.ui import Button, DynamicItem, View

from bot.lasting import Lasting
from bot.replies.bulletin import Bulletin
from bot.replies.reply import Show
from bot.writing import write

if TYPE_CHECKING:
    from bot.client import Bangdan


class ShowButton(
    Lasting, DynamicItem[Button[View]], template=r"show:(?P<nonce>[0-9a-f]{24}):(?P<question>.+)"
):
    """Answers a question about a post; the nonce tells which post it is."""

    def __init__(self, button: Button[View], nonce: str, question: str) -> None:
        super().__init__(button)
        self.nonce = nonce
        self.question = question

    @classmethod
    def make(cls, nonce: str, show: Show) -> Self:
        """Return the button."""
        question = write(show.question)
        return cls(Button(label=show.label, custom_id=f"show:{nonce}:{question}"), nonce, question)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer."""
        bot: Bangdan = interaction.client
        showing = partial(bot.show, interaction, lambda desk: desk.read(self.question))
        await bot.door.enter(interaction, "show-button", showing)


def post_view(bulletin: Bulletin, nonce: str) -> View | None:
    """Return the buttons of a post, or None when it has none."""
    if not bulletin.shows:
        return None
    view = View(timeout=None)
    for each in bulletin.shows:
        view.add_item(ShowButton.make(nonce, each))
    return view
