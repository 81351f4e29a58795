"""The door: every command, button, menu, dialogue and question in a message comes in here.

It keeps out who is too quick, measures how long the others wait for their answer, and leaves one line in the
log of each. Neither the line nor the figures hold what anybody typed, nor who they are.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import discord

from bot.limits import Limits, Wait
from bot.outside.figures import Figures
from bot.replies.mistakes import mistake_reply
from bot.replies.reply import Outcome, Reply
from bot.texts import Language

if TYPE_CHECKING:
    from bot.client import Bangdan

log = logging.getLogger(__name__)

LIMITED = "limited"
"""The outcome of what was kept out; the others are those of replies."""

Event = discord.Interaction[Any]


class Door:
    """Lets interactions in, unless their person or server asks too often."""

    def __init__(self, limits: Limits | None = None, figures: Figures | None = None) -> None:
        self._limits = limits or Limits()
        self.figures = figures or Figures()

    async def enter(self, interaction: Event, name: str | None, doing: Callable[[], Awaitable[None]]) -> None:
        """Do what was asked for, or say when it may be asked again; `name` is the command's if None."""
        began, outcome = time.perf_counter(), Outcome.FAILURE.value
        try:
            wait = self._limits.ask(interaction.user.id, interaction.guild_id)
            if wait is not None:
                outcome = LIMITED
                await _keep_out(interaction, wait)
                return
            await doing()
            outcome = interaction.extras.get("outcome", Outcome.ANSWER).value
        finally:
            command = interaction.command if name is None else None
            told = name or (command.qualified_name if command else "unknown")
            self.note(told, outcome, time.perf_counter() - began, _shard_of(interaction))

    def admits_typing(self, interaction: Event) -> bool:
        """Tell whether somebody who types may be suggested something."""
        return self._limits.type(interaction.user.id)

    def admits_message(self, message: discord.Message) -> bool:
        """Tell whether a question in a message may be answered; no other may be told, since all would see."""
        wait = self._limits.ask(message.author.id, message.guild.id if message.guild else None)
        if wait is not None:
            self.note_message(message, LIMITED, 0.0)
        return wait is None

    def note_message(self, message: discord.Message, outcome: str, seconds: float) -> None:
        """Count a question in a message, and leave its line in the log."""
        self.note("message", outcome, seconds, message.guild.shard_id if message.guild else 0)

    def note(self, name: str, outcome: str, seconds: float, shard: int) -> None:
        """Count what was done, and leave its line in the log."""
        self.figures.note_command(name, outcome, seconds)
        if log.isEnabledFor(logging.INFO):
            ms = round(seconds * 1000, 1)
            told = {"command": name, "outcome": outcome, "ms": ms, "shard": shard}
            log.info("%s: %s after %s ms", name, outcome, ms, extra={"told": told})


async def _keep_out(interaction: Event, wait: Wait) -> None:
    """Tell somebody, privately, when they may ask again."""
    bot: Bangdan = interaction.client
    await bot.send(interaction, too_quick_reply(bot.language_of(interaction), wait))


def too_quick_reply(language: Language, wait: Wait) -> Reply:
    """Return when somebody who was too quick may ask again."""
    key = "mistake.quick.server" if wait.server else "mistake.quick"
    return mistake_reply(language, key, seconds=math.ceil(wait.seconds))


def _shard_of(interaction: Event) -> int:
    """Return the shard that an interaction came through; direct messages are the first one's."""
    count = interaction.client.shard_count or 1
    return ((interaction.guild_id or 0) >> 22) % count
