"""The links that add the bot to a server, or to a person's own applications."""

from __future__ import annotations

import discord

PERMISSIONS = discord.Permissions(
    view_channel=True, send_messages=True, embed_links=True, attach_files=True, read_message_history=True
)
USER_INSTALL = 1
"""Discord's number of an installation by a person."""


def invite_link(application_id: int) -> str:
    """Return the link that adds the bot to a server, with the least permissions."""
    scopes = ("bot", "applications.commands")
    return discord.utils.oauth_url(application_id, permissions=PERMISSIONS, scopes=scopes)


def install_link(application_id: int) -> str:
    """Return the link by which people install the bot for themselves."""
    scopes = ("applications.commands",)
    return f"{discord.utils.oauth_url(application_id, scopes=scopes)}&integration_type={USER_INSTALL}"
