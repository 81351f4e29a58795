"""`/alias add`, `remove` and `list`: a server's own names for models, for those who manage it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import discord
from discord import app_commands
from discord.app_commands import Transform
from discord.ext import commands

from bot.arguments import ModelArgument, NicknameArgument
from bot.mistakes import NicknameTaken, NicknameUnknown, NicknameUnusable
from bot.questions import NicknamesQuestion
from bot.replies.marks import code, plain, safe
from bot.replies.nicknames import done_reply
from store.boards import fold
from store.models import Resolution
from store.nicknames import NICKNAME_LIMIT, Nickname

if TYPE_CHECKING:
    from bot.client import Bangdan

P = ParamSpec("P")
T = TypeVar("T")

managers_only = app_commands.checks.has_permissions(manage_guild=True)
"""Checked by the bot as well, since a server can give the commands to anyone."""


class Alias(commands.Cog):
    """What a server calls its models."""

    alias = app_commands.Group(
        name="alias",
        description="alias",
        guild_only=True,
        # Else the tree's own places would count.
        allowed_contexts=app_commands.AppCommandContext(dm_channel=False, private_channel=False),
        allowed_installs=app_commands.AppInstallationType(user=False),
        default_permissions=discord.Permissions(manage_guild=True),
    )

    def __init__(self, bot: Bangdan) -> None:
        self.bot = bot

    @alias.command()
    @managers_only
    async def add(
        self,
        interaction: discord.Interaction[Bangdan],
        name: str,
        model: Transform[Resolution, ModelArgument],
    ) -> None:
        """Give a model a name that counts in this server."""
        typed, server = plain(name), interaction.guild_id
        if not fold(typed) or len(typed) > NICKNAME_LIMIT:
            raise NicknameUnusable(name, NICKNAME_LIMIT)
        assert model.model is not None
        assert server is not None
        known = self.bot.desk.reference.names.resolve(typed)
        if known.model is not None and known.confidence == 1.0 and known.model != model.model:
            raise NicknameTaken(typed, known.model)
        nickname = Nickname(typed, model.model.key)
        naming = self._change(self.bot.archive.name_model, server, nickname, interaction.user.id)
        await self.bot.management.in_time(interaction, naming)
        language = self.bot.language_of(interaction)
        said = done_reply(language, "alias.added", typed=code(typed), model=safe(model.model.name))
        await self.bot.send(interaction, said)

    @alias.command()
    @managers_only
    async def remove(
        self, interaction: discord.Interaction[Bangdan], name: Transform[str, NicknameArgument]
    ) -> None:
        """Take a name away again."""
        assert interaction.guild_id is not None
        unnaming = self._change(self.bot.archive.unname_model, interaction.guild_id, name)
        if not await self.bot.management.in_time(interaction, unnaming):
            raise NicknameUnknown(name)
        language = self.bot.language_of(interaction)
        await self.bot.send(interaction, done_reply(language, "alias.removed", typed=code(name)))

    @alias.command(name="list")
    @managers_only
    async def show(self, interaction: discord.Interaction[Bangdan]) -> None:
        """List the names that this server gave."""
        assert interaction.guild_id is not None
        await self.bot.respond(interaction, NicknamesQuestion(interaction.guild_id))

    async def _change(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Change names in the database, and take note of them."""
        changed = await self.bot.ask(call, *args, **kwargs)
        await self.bot.ask(self.bot.desk.refresh)
        return changed


async def setup(bot: Bangdan) -> None:
    """Add the commands to the bot."""
    await bot.add_cog(Alias(bot))
