"""Decisions: what a server or one of its channels sets for its answers, told, changed and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import discord

from bot.questions import Unreadable
from bot.replies.panel import Panel
from bot.replies.preferences import BY_LETTER, EVERYTHING, preferences_panel
from bot.texts import Language
from store.fields import Field
from store.preferences import NONE, WHOLE, Preferences

if TYPE_CHECKING:
    from bot.client import Bangdan

Event = discord.Interaction[Any]


class Decisions:
    """Changes what is decided; who may is checked by those who call."""

    def __init__(self, bot: Bangdan) -> None:
        self._bot = bot

    def at(self, interaction: Event) -> Preferences:
        """Return what counts where somebody is: in the thread, else its channel, else the server."""
        around = getattr(interaction.channel, "parent_id", None)
        return self._bot.desk.reference.preferred(interaction.guild_id, interaction.channel_id, around)

    def language(self, interaction: Event) -> Language:
        """Return the language of what everybody sees: the one decided for the place, else the person's."""
        decided = self._bot.texts.languages.get(self.at(interaction).language or "")
        return decided or self._bot.language_of(interaction)

    def board(self, interaction: Event) -> Field | None:
        """Return the board that is asked where none is named; None where none is decided, or has a page."""
        return self.board_of(self.at(interaction))

    def board_of(self, decided: Preferences) -> Field | None:
        """Return the board that is decided, None where nothing of it is stored."""
        fields = self._bot.desk.reference.fields.fields
        return next((each for each in fields if each.whole and each.board.key == decided.board), None)

    async def board_with(self, interaction: Event, models: Sequence[str]) -> Field | None:
        """Return the same board if a dated page of it has any of the models, else None."""
        board = self.board(interaction)
        listed = await self._bot.ask(self._bot.archive.boards_of, models) if board else {}
        return board if board and board.board.key in listed else None

    def panel(self, interaction: Event, channel: int = WHOLE) -> Panel:
        """Return what a channel, or the server as a whole, decided."""
        reference, server = self._bot.desk.reference, interaction.guild_id
        own = reference.preferences.get((server or 0, channel), NONE)
        wider = reference.preferred(server) if channel else NONE
        catalogue, language = self._bot.archive.catalogue, self._bot.language_of(interaction)
        return preferences_panel(own, wider, channel, catalogue, language)

    async def decide(self, interaction: Event, channel: int, wanted: Preferences) -> Panel:
        """Add to what is decided, at once for this process, and return how it is now."""
        await self._bot.ask(self._bot.desk.refresh)
        known = self._bot.desk.reference.preferences.get((interaction.guild_id or 0, channel), NONE)
        return await self._store(interaction, channel, wanted.over(known), "prefer.saved")

    async def reset(self, interaction: Event, subject: str) -> Panel:
        """Take back one decision (`l0`: the server's language) or all (`a0`); raises Unreadable."""
        letter, channel = subject[0], int(subject[1:])
        if letter not in BY_LETTER and letter != EVERYTHING:
            raise Unreadable(subject)
        await self._bot.ask(self._bot.desk.refresh)
        known = self._bot.desk.reference.preferences.get((interaction.guild_id or 0, channel), NONE)
        left = NONE if letter == EVERYTHING else replace(known, **{BY_LETTER[letter]: None})
        return await self._store(interaction, channel, left, "prefer.taken")

    async def open(self, interaction: Event, subject: str) -> Panel:
        """Return the panel of a channel by its subject, `c` and its id."""
        return self.panel(interaction, int(subject[1:]))

    async def _store(self, interaction: Event, channel: int, wanted: Preferences, said: str) -> Panel:
        requests, server = self._bot.archive.requests, interaction.guild_id
        assert server is not None  # whoever presses or types this manages a server
        await self._bot.ask(requests.prefer, server, channel, wanted, interaction.user.id)
        await self._bot.ask(self._bot.desk.refresh)
        return self.panel(interaction, channel).saying(said, self._bot.language_of(interaction))
