"""What the bot must be allowed in a channel to post there, by the names of Discord's permission flags."""

from __future__ import annotations

from typing import Any

import discord
from discord.abc import GuildChannel

from bot.mistakes import PlaceUnusable, RoleUnmentionable
from store.news.values import LiveBoard, Subscription

Place = GuildChannel | discord.Thread


def find_missing(
    place: Place, asked: Subscription | LiveBoard | None = None, me: discord.Member | None = None
) -> str | None:
    """Return the first permission that the bot lacks, None where it has all.

    `me` is the bot as a member where the server was not told by the gateway.
    """
    granted = place.permissions_for(me or place.guild.me)
    return next((flag for flag in needed(place, asked) if not getattr(granted, flag)), None)


def needed(place: Place, asked: Subscription | LiveBoard | None = None) -> list[str]:
    """Return the permissions that posts take; reading the history tells whether a try had got through."""
    flags = ["view_channel", sending_in(place), "embed_links", "read_message_history"]
    if isinstance(asked, Subscription):
        if asked.thread and isinstance(place, discord.TextChannel):
            flags.append("create_public_threads")
        role = place.guild.get_role(asked.role) if asked.role else None
        if role is not None and not role.mentionable:
            flags.append("mention_everyone")
    return flags


def sending_in(place: Place) -> str:
    """Return the permission that sending messages to a place takes."""
    return "send_messages_in_threads" if isinstance(place, discord.Thread) else "send_messages"


def check_place(interaction: discord.Interaction[Any], asked: Subscription | LiveBoard) -> None:
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


def check_role(interaction: discord.Interaction[Any], asked: Subscription) -> None:
    """Raise RoleUnmentionable for a role that the person could not mention in the channel themselves."""
    guild, person = interaction.guild, interaction.user
    place = guild.get_channel_or_thread(asked.channel) if guild else None
    role = guild.get_role(asked.role) if guild and asked.role else None
    if role is None or role.mentionable or place is None or not isinstance(person, discord.Member):
        return
    if not place.permissions_for(person).mention_everyone:
        raise RoleUnmentionable(role.id)
