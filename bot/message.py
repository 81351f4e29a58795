"""Replies as Discord's messages: what discord.py's methods take to send or edit one."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import discord

from bot.form import build_view
from bot.replies.reply import Reply


def message_of(reply: Reply, owner: int) -> dict[str, Any]:
    """Return what a new message says; its controls are for `owner`."""
    options: dict[str, Any] = {"embed": reply.embed}
    if reply.heading:
        options["content"] = reply.heading
    view = build_view(reply.controls, owner)
    if view is not None:
        options["view"] = view
    if reply.png:
        options["files"] = [*_files(reply)]
    return options


def edit_of(reply: Reply, owner: int, before: discord.Message | None) -> dict[str, Any]:
    """Return what a message is changed to, from what it was `before`."""
    options: dict[str, Any] = {"embed": reply.embed, "view": build_view(reply.controls, owner)}
    if reply.png or (before and before.attachments):
        options["attachments"] = [*_files(reply)]  # in place of the picture before
    return options


def _files(reply: Reply) -> Iterator[discord.File]:
    """Give the file of an answer's picture if it has one, with what it shows in words."""
    if reply.picture and reply.png:
        yield discord.File(BytesIO(reply.png), reply.picture.name, description=reply.picture.alt)
