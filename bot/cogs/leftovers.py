"""What was left from other versions and runs of the bot: buttons that nobody knows, open dialogues."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import discord
from discord.ext import commands

from bot.components import is_known
from bot.dialogue import is_left
from bot.questions import Unreadable

if TYPE_CHECKING:
    from bot.client import Bangdan


class Leftovers(commands.Cog):
    """Tells people that what they pressed is too old, where discord.py would leave them without an answer."""

    def __init__(self, bot: Bangdan) -> None:
        self.bot = bot

    @commands.Cog.listener()
    async def on_interaction(self, interaction: discord.Interaction[Bangdan]) -> None:
        """Answer a component or a dialogue that nothing else answers."""
        data: Any = interaction.data or {}
        custom_id = str(data.get("custom_id", ""))
        component = interaction.type is discord.InteractionType.component
        dialogue = interaction.type is discord.InteractionType.modal_submit
        if (component and not is_known(custom_id)) or (dialogue and is_left(custom_id)):
            explaining = partial(self.bot.explain, interaction, Unreadable(custom_id))
            await self.bot.door.enter(interaction, "leftover", explaining)


async def setup(bot: Bangdan) -> None:
    """Add the listener to the bot."""
    await bot.add_cog(Leftovers(bot))
