"""What was left from other versions and other runs of the bot: buttons that nobody knows, dialogues left open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord.ext import commands

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
        match interaction.type:
            case discord.InteractionType.component if not self.bot.knows(custom_id):
                await self.bot.explain(interaction, Unreadable(custom_id))
            case discord.InteractionType.modal_submit if is_left(custom_id):
                await self.bot.explain(interaction, Unreadable(custom_id))


async def setup(bot: Bangdan) -> None:
    """Add the listener to the bot."""
    await bot.add_cog(Leftovers(bot))
