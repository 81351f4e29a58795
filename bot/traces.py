"""Traces: whether an earlier try of a delivery got through, as its channel tells."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import discord

from bot.access import Place
from bot.pace import Pace
from bot.show import ShowButton
from store.outbox.values import Delivery

SLACK = timedelta(seconds=30)
"""How far our clock and Discord's may differ."""
OLDEST, NEWEST = 200, 100
"""Messages that are looked through from the first try on, and from now back to it."""
ARCHIVED = 50
"""Archived threads of a forum that are looked through."""


class Traces:
    """Looks for posts where they would be."""

    def __init__(self, bot: discord.Client, pace: Pace) -> None:
        self._bot = bot
        self._pace = pace

    async def find(self, place: Place | discord.DMChannel, delivery: Delivery) -> discord.Message | None:
        """Return the post of an earlier try, None where there is none."""
        since = (delivery.tried_at or delivery.due) - SLACK
        messages = (
            self._first_messages(place, since)
            if isinstance(place, discord.ForumChannel)
            else self._messages(place, since)
        )
        async for message in messages:
            if self._bot.user and message.author.id == self._bot.user.id and is_of(message, delivery):
                return message
        return None

    async def _messages(self, place: Any, since: datetime) -> AsyncIterator[discord.Message]:  # noqa: ANN401
        for limit, oldest_first in ((OLDEST, True), (NEWEST, False)):
            await self._pace.turn()
            seen = 0
            async for message in place.history(limit=limit, after=since, oldest_first=oldest_first):
                seen += 1
                yield message
            if seen < limit:  # there are no others
                return

    async def _first_messages(
        self, forum: discord.ForumChannel, since: datetime
    ) -> AsyncIterator[discord.Message]:
        """Give the first message of each of our threads, also of those that were archived since."""
        await self._pace.turn()
        threads = [each for each in await forum.guild.active_threads() if each.parent_id == forum.id]
        await self._pace.turn()
        threads += [each async for each in forum.archived_threads(limit=ARCHIVED)]
        for thread in threads:
            mine = self._bot.user and thread.owner_id == self._bot.user.id
            if mine and (thread.created_at or since) >= since:
                await self._pace.turn()
                with contextlib.suppress(discord.NotFound):
                    yield await thread.fetch_message(thread.id)


def is_of(message: discord.Message, delivery: Delivery) -> bool:
    """Tell whether a message of ours is the post of a delivery."""
    marks = [
        ShowButton.__discord_ui_compiled_template__.fullmatch(each.custom_id or "")
        for row in message.components
        if isinstance(row, discord.ActionRow)
        for each in row.children
    ]
    if any(mark and mark["nonce"] == delivery.nonce for mark in marks):
        return True
    times = [each.timestamp for each in message.embeds]
    return not marks and any(each and abs(each - delivery.due) < timedelta(milliseconds=2) for each in times)
