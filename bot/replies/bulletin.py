"""What is posted unasked: embeds, and buttons that show more to whoever presses them."""

from __future__ import annotations

from dataclasses import dataclass

import discord

from bot.replies.reply import Show


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A post: its embeds, its buttons, and the `title` of a thread that is about it."""

    title: str
    embeds: tuple[discord.Embed, ...]
    shows: tuple[Show, ...] = ()
