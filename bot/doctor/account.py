"""The bot's account: whether Discord takes its token, what it is set up for, and which time Discord has."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from email.utils import parsedate_to_datetime

import aiohttp
import discord
from discord import app_commands

from bot.doctor.findings import Finding, Level

SKEW, UNBEARABLE = 5.0, 30.0
"""Seconds by which a clock may be wrong: more is a warning, and more than that breaks what we look up."""
PRIVILEGED = {
    "presence": ("gateway_presence", "gateway_presence_limited"),
    "members": ("gateway_guild_members", "gateway_guild_members_limited"),
    "content": ("gateway_message_content", "gateway_message_content_limited"),
}
"""The flags of an application whose privileged intents are switched on."""


class Clock:
    """Hears from Discord's answers what time it is there."""

    def __init__(self) -> None:
        self.skew: float | None = None
        """Seconds by which our clock is ahead, None until there was an answer."""

    def trace(self) -> aiohttp.TraceConfig:
        """Return what listens to an HTTP client's answers."""
        config = aiohttp.TraceConfig()
        config.on_request_end.append(self._hear)
        return config

    async def _hear(
        self, session: aiohttp.ClientSession, context: object, end: aiohttp.TraceRequestEndParams
    ) -> None:
        try:
            there = parsedate_to_datetime(end.response.headers.get("Date", ""))
        except ValueError:
            return
        self.skew = time.time() - there.timestamp()


def look_at_clock(skew: float | None) -> Finding:
    """Return whether our clock goes right; Discord's time is known to the second."""
    if skew is None:
        return Finding(Level.SKIPPED, "clock", "doctor.clock.unknown")
    seconds = round(abs(skew), 1)
    level = Level.FAIL if seconds > UNBEARABLE else Level.WARN if seconds > SKEW else Level.OK
    key = "doctor.clock.ok" if level is Level.OK else "doctor.clock.wrong"
    return Finding(level, "clock", key, {"seconds": seconds})


def look_at_application(client: discord.Client) -> Iterator[Finding]:
    """Give what is found about the application of a client that has logged in."""
    application, user = client.application, client.user
    assert application is not None
    assert user is not None
    yield Finding(Level.OK, "token", "doctor.token.ok", {"name": user.name, "id": user.id})
    needless = [
        name for name, flags in PRIVILEGED.items() if any(getattr(application.flags, f) for f in flags)
    ]
    if not needless:
        yield Finding(Level.OK, "intents", "doctor.intents.ok")
    for name in needless:
        yield Finding(Level.WARN, "intents", "doctor.intents.needless", {"intent": f"doctor.intent.{name}"})
    if application.bot_require_code_grant:
        yield Finding(Level.FAIL, "application", "doctor.application.grant")
    if not application.bot_public:
        yield Finding(Level.OK, "application", "doctor.application.private")


async def look_at_commands(client: discord.Client, ours: Collection[str] | None) -> Finding:
    """Return whether Discord has the commands; `ours` are their names, None where they are unknown."""
    if ours is None:
        return Finding(Level.SKIPPED, "commands", "doctor.commands.unknown")
    registered = {each.name for each in await app_commands.CommandTree(client).fetch_commands()}
    missing = sorted(set(ours) - registered)
    told = {"count": len(ours), "names": ", ".join(f"/{name}" for name in missing)}
    if missing:
        return Finding(Level.WARN, "commands", "doctor.commands.missing", told)
    return Finding(Level.OK, "commands", "doctor.commands.ok", told)
