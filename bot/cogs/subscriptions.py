"""`/subscribe` and `/subscriptions`: what a server is told, for those who manage it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import Transform
from discord.ext import commands

from bot.access import Place, find_missing, sending_in
from bot.cogs.alias import managers_only
from bot.mistakes import EveryoneMentioned, PlaceUnusable
from bot.requests.boards import BoardsArgument, read_boards
from bot.requests.languages import LanguageArgument
from bot.requests.times import TimeArgument
from bot.requests.wishes import FilterArgument
from bot.requests.zones import ZoneArgument, default_zone
from store.news.values import Interest, LiveBoard, Schedule, Subscription

if TYPE_CHECKING:
    from bot.client import Bangdan

servers_only = app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
"""Said of each command, since the tree's own contexts would count else."""
Channel = discord.TextChannel | discord.ForumChannel | discord.Thread


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
        storing = self.bot.ask(self.bot.archive.requests.subscribe, wanted)
        stored = await self.bot.management.in_time(interaction, storing)
        management = self.bot.management
        panel = await management.panel_of(interaction, stored)
        await management.show(
            interaction, panel.saying("subscription.added", self.bot.language_of(interaction))
        )

    @app_commands.command()
    @servers_only
    @app_commands.default_permissions(manage_guild=True)
    @managers_only
    async def subscriptions(self, interaction: discord.Interaction[Bangdan]) -> None:
        """List what this server is told."""
        management = self.bot.management
        await management.show(interaction, await management.list(interaction))


def check_place(interaction: discord.Interaction[Bangdan], asked: Subscription | LiveBoard) -> None:
    """Raise PlaceUnusable where the bot, or the person themselves, cannot post in a channel."""
    guild = interaction.guild
    place: Place | None = guild.get_channel_or_thread(asked.channel) if guild else None
    if place is None:
        raise PlaceUnusable(asked.channel, "view_channel")
    missing = find_missing(place, asked)
    if missing is not None:
        raise PlaceUnusable(asked.channel, missing)
    if isinstance(interaction.user, discord.Member):
        theirs = place.permissions_for(interaction.user)
        if not (theirs.view_channel and getattr(theirs, sending_in(place))):
            raise PlaceUnusable(asked.channel)


async def setup(bot: Bangdan) -> None:
    """Add the commands to the bot."""
    await bot.add_cog(Subscriptions(bot))
