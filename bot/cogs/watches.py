"""`/watch` and `/watches`: what a person wants to hear of a model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import Transform
from discord.ext import commands

from bot.arguments import BoardArgument, ModelArgument
from bot.replies.watches import watching_panel
from bot.requests.occasions import OccasionArgument, When
from store.fields import Field
from store.models import Resolution
from store.news.values import Occasion, Watch

if TYPE_CHECKING:
    from bot.client import Bangdan
persons_only = app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
"""News come to whoever watches, so that a group of persons is no place to ask for them."""


class Watches(commands.Cog):
    """What persons hear of."""

    def __init__(self, bot: Bangdan) -> None:
        self.bot = bot

    @app_commands.command()
    @persons_only
    async def watch(
        self,
        interaction: discord.Interaction[Bangdan],
        model: Transform[Resolution, ModelArgument],
        board: Transform[Field, BoardArgument] | None = None,
        when: Transform[When, OccasionArgument] | None = None,
    ) -> None:
        """Hear of it when something happens to a model."""
        assert model.model is not None  # the argument refuses unknown names
        asked = when or When(Occasion.ANY)
        wanted = Watch(
            user=interaction.user.id,
            model=model.model.key,
            occasion=asked.occasion,
            board=board.board.key if board else None,
            top=asked.top,
            server=interaction.guild_id,
            channel=interaction.channel_id,
            language=self.bot.language_of(interaction).tag,
        )
        storing = self.bot.ask(self.bot.archive.requests.watch, wanted)
        stored = await self.bot.management.in_time(interaction, storing)
        language, names = self.bot.language_of(interaction), {model.model.key: model.model.name}
        panel = watching_panel(stored, names, self.bot.archive.catalogue, language)
        await self.bot.management.show(interaction, panel)

    @app_commands.command()
    @persons_only
    async def watches(self, interaction: discord.Interaction[Bangdan]) -> None:
        """List what you watch."""
        management = self.bot.management
        await management.answer(interaction, management.watches(interaction))


async def setup(bot: Bangdan) -> None:
    """Add the commands to the bot."""
    await bot.add_cog(Watches(bot))
