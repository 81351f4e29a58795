"""`/subscribe` and `/subscriptions`: what a server is told, for those who manage it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import discord
from discord import app_commands
from discord.app_commands import Transform
from discord.ext import commands

from bot.access import check_place, check_role
from bot.cogs.alias import managers_only
from bot.mistakes import EveryoneMentioned
from bot.requests.boards import BoardsArgument, read_boards
from bot.requests.languages import LanguageArgument
from bot.requests.times import TimeArgument
from bot.requests.wishes import FilterArgument
from bot.requests.zones import ZoneArgument, default_zone
from store.news.values import Interest, Schedule, Subscription

if TYPE_CHECKING:
    from bot.client import Bangdan

Channel = discord.TextChannel | discord.ForumChannel | discord.Thread
T = TypeVar("T")


def servers_only(command: T) -> T:
    """Let a command be only where the bot is in the server; else the tree's own places would count."""
    placed = app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)(command)
    return app_commands.allowed_installs(guilds=True, users=False)(placed)


class Subscriptions(commands.Cog):
    """What a server's channels are told."""

    def __init__(self, bot: Bangdan) -> None:
        self.bot = bot

    @app_commands.command()
    @servers_only
    @app_commands.default_permissions(manage_guild=True)
    @managers_only
    async def subscribe(
        self,
        interaction: discord.Interaction[Bangdan],
        board: Transform[tuple[str, ...], BoardsArgument] | None = None,
        time: Transform[Schedule, TimeArgument] | None = None,
        timezone: Transform[str, ZoneArgument] | None = None,
        language: Transform[str, LanguageArgument] | None = None,
        filter: Transform[Interest, FilterArgument] | None = None,
        role: discord.Role | None = None,
        thread: bool = False,
        channel: Channel | None = None,
        publish: bool = False,
        quiet: bool = False,
    ) -> None:
        """Post what changes on boards in a channel."""
        if role is not None and role.is_default():
            raise EveryoneMentioned(role.name)
        fields, texts = self.bot.desk.reference.fields, self.bot.texts
        decisions, default = self.bot.decisions, self.bot.decisions.board(interaction)
        zone = timezone or decisions.at(interaction).zone or default_zone(str(interaction.locale))
        wanted = Subscription(
            server=interaction.guild_id or 0,
            channel=channel.id if channel else interaction.channel_id or 0,
            by=interaction.user.id,
            boards=read_boards(default.board.key if default else "", fields, texts)
            if board is None
            else board,
            schedule=replace(time or Schedule(), zone=zone),
            interest=filter or Interest(),
            language=language or decisions.language(interaction).tag,
            role=role.id if role else None,
            thread=thread,
            publish=publish,
            quiet=quiet,
        )
        check_place(interaction, wanted)
        check_role(interaction, wanted)
        management = self.bot.management
        await management.answer(interaction, management.subscribe(interaction, wanted))

    @app_commands.command()
    @servers_only
    @app_commands.default_permissions(manage_guild=True)
    @managers_only
    async def subscriptions(self, interaction: discord.Interaction[Bangdan]) -> None:
        """List what this server is told."""
        management = self.bot.management
        await management.answer(interaction, management.list(interaction))


async def setup(bot: Bangdan) -> None:
    """Add the commands to the bot."""
    await bot.add_cog(Subscriptions(bot))
