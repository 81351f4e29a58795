"""One command in a terminal: the same command tree, with a stand-in for Discord's reply routes.

discord.py sends every reply through a webhook adapter that a context variable holds; here it is one
that keeps the messages instead of sending them. Nothing connects to anything.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import discord
from discord import app_commands
from discord.webhook.async_ import AsyncWebhookAdapter, async_context

from bot.client import Bangdan
from bot.line import read_command
from bot.replies.reply import Outcome

EPHEMERAL = 1 << 6
ID = "1"
"""Whoever and whatever has an identity in Discord has this one here."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a command sent: messages as Discord would receive them, what became of the question, a picture."""

    command: str
    messages: tuple[Mapping[str, Any], ...]
    outcome: Outcome
    picture: bytes | None = None


@dataclass
class _Catcher(AsyncWebhookAdapter):
    """Keeps what the bot would send to Discord's interaction routes."""

    messages: list[dict[str, Any]] = field(default_factory=list)
    pictures: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # discord.py's is untyped

    async def request(
        self,
        route: discord.http.Route,
        session: Any,  # noqa: ANN401
        *,
        payload: dict[str, Any] | None = None,
        multipart: list[dict[str, Any]] | None = None,
        **_others: object,
    ) -> Any:  # noqa: ANN401
        body = payload or json.loads(
            next((p["value"] for p in multipart or () if p["name"] == "payload_json"), "{}")
        )
        files = [p["filename"] for p in multipart or () if "filename" in p]
        self.pictures += [p["value"].read() for p in multipart or () if "filename" in p]
        if route.path.endswith("/callback"):
            return self._callback(body, files)
        return self._keep(body, files, replace="@original" in route.path or route.method == "PATCH")

    def _callback(self, body: dict[str, Any], files: list[str]) -> dict[str, Any]:
        answered: dict[str, Any] = {"interaction": {"id": ID, "type": 2, "response_message_id": ID}}
        if body.get("type") == discord.InteractionResponseType.channel_message.value:
            message = self._keep(body["data"], files, replace=False)
            answered["resource"] = {"type": body["type"], "message": message}
        return answered

    def _keep(self, data: dict[str, Any], files: list[str], *, replace: bool) -> dict[str, Any]:
        kept = {
            "content": data.get("content") or "",
            "embeds": data.get("embeds") or [],
            "components": data.get("components") or [],
            "attachments": files,
            "ephemeral": bool((data.get("flags") or 0) & EPHEMERAL),
        }
        if replace and self.messages:
            self.messages[0] |= kept
        else:
            self.messages.append(kept)
        return _message(kept)


async def run_command(bot: Bangdan, line: str, locale: str) -> Sent:
    """Run one command line such as `/rank qwq-32b` and return what it sent; raises Misused.

    The bot's commands must be loaded. Words fill the options in order; `name:value` names one.
    """
    command, options = read_command(bot, line)
    catcher = _Catcher()
    token = async_context.set(catcher)
    try:
        payload: Any = _payload(command, options, locale)
        state: Any = bot._connection
        interaction: discord.Interaction[Bangdan] = discord.Interaction(data=payload, state=state)
        await bot.tree._call(interaction)
    finally:
        async_context.reset(token)
    outcome = interaction.extras.get("outcome", Outcome.FAILURE)
    picture = catcher.pictures[-1] if catcher.pictures else None
    return Sent(command.qualified_name, tuple(catcher.messages), outcome, picture)


def _payload(
    command: app_commands.Command[Any, ..., Any], options: Mapping[str, Any], locale: str
) -> dict[str, Any]:
    types = {each.display_name: each.type.value for each in command.parameters}
    nested = [{"name": name, "type": types[name], "value": value} for name, value in options.items()]
    root, *path = command.qualified_name.split()
    for kind, name in zip((1, 2), reversed(path), strict=False):
        nested = [{"name": name, "type": kind, "options": nested}]
    return {
        "id": ID,
        "application_id": ID,
        "type": discord.InteractionType.application_command.value,
        "token": ID,
        "version": 1,
        "data": {"id": ID, "name": root, "type": 1, "options": nested},
        "channel_id": ID,
        "channel": {"id": ID, "type": 1, "recipients": []},
        "user": _USER,
        "locale": locale,
        "entitlements": [],
        "authorizing_integration_owners": {},
        "context": 1,
        "app_permissions": "0",
        "attachment_size_limit": 10 * 1024 * 1024,
    }


_USER = {"id": ID, "username": "you", "discriminator": "0", "avatar": None, "global_name": None}


def _message(kept: Mapping[str, Any]) -> dict[str, Any]:
    now = time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime())
    return {
        "id": ID,
        "channel_id": ID,
        "type": 0,
        "author": _USER,
        "content": kept["content"],
        "timestamp": now,
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": kept["embeds"],
        "components": kept["components"],
        "pinned": False,
        "flags": EPHEMERAL if kept["ephemeral"] else 0,
    }
