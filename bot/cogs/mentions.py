"""Right-click a message → Apps → "Rank models mentioned here"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.spotting import Spotter

if TYPE_CHECKING:
    from bot.client import Bangdan


class Mentions(commands.Cog):
    """Questions about the models that a message names."""

    def __init__(self, bot: Bangdan) -> None:
        self.bot = bot
        self.spotter = Spotter(bot.desk)
        name = locale_str(bot.texts.source.say("menu.mentions"), key="menu.mentions")
        self.menu = app_commands.ContextMenu(name=name, callback=self.rank)

    async def cog_load(self) -> None:
        """Add the command to the menus of messages."""
        self.bot.tree.add_command(self.menu)

    async def cog_unload(self) -> None:
        """Take the command away again."""
        self.bot.tree.remove_command(self.menu.name, type=self.menu.type)

    async def rank(self, interaction: discord.Interaction[Bangdan], message: discord.Message) -> None:
        """Rank the models that a message names."""
        hidden = self.bot.private_by(interaction, None)
        text, language = "\n".join(_texts(message)), self.bot.spoken(interaction, hidden=hidden)
        answering = self.bot.ask(self.spotter.answer, text, message.jump_url, language)
        await self.bot.deliver(interaction, answering, hidden=hidden)


def _texts(message: discord.Message) -> Iterator[str]:
    """Yield all that can be read in a message: its text and its embeds', and those that it passes on."""
    parts: tuple[discord.Message | discord.MessageSnapshot, ...] = (message, *message.message_snapshots)
    for part in parts:
        yield part.content
        for embed in part.embeds:
            fields = (text for field in embed.fields for text in (field.name, field.value))
            yield from filter(None, (embed.title, embed.description, *fields))


async def setup(bot: Bangdan) -> None:
    """Add the command to the bot."""
    await bot.add_cog(Mentions(bot))
