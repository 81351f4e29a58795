"""The dialogue that changes a subscription: its terms as text, to be typed over."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import discord
from discord.ui import Label, Modal, TextInput

from bot.replies.requests import time_text
from bot.replies.subscriptions import language_name
from bot.requests.boards import LONGEST as LIST
from bot.requests.boards import read_boards
from bot.requests.interests import LONGEST as FILTER
from bot.requests.interests import Filters, write_interest
from bot.requests.languages import read_language
from bot.requests.times import read_schedule
from bot.requests.zones import zones_of
from bot.texts import Language
from store.news.values import Subscription

if TYPE_CHECKING:
    from bot.client import Bangdan

Field = TextInput["EditDialogue"]

RUN = secrets.token_hex(4)
"""What tells this run of the bot, whose dialogues it has in memory."""


def is_left(custom_id: str) -> bool:
    """Return whether a dialogue was opened by an earlier run of the bot."""
    return custom_id.startswith("edit:") and not custom_id.startswith(f"edit:{RUN}:")


class EditDialogue(Modal):
    """Asks for the terms of a subscription anew."""

    def __init__(self, bot: Bangdan, asked: Subscription, language: Language) -> None:
        super().__init__(title=language.say("edit.title"), custom_id=f"edit:{RUN}:{secrets.token_hex(8)}")
        self._bot = bot
        self._asked = asked
        known = bot.archive.catalogue.boards
        titles = [known[key].title(language.tag) for key in asked.boards if key in known]
        everything = language.words("all.words")[0]
        self._boards: Field = TextInput(default=", ".join(titles) or everything, max_length=LIST)
        self._time: Field = TextInput(default=time_text(asked.schedule, language), max_length=100)
        self._zone: Field = TextInput(default=asked.schedule.zone, max_length=100)
        self._spoken: Field = TextInput(default=language_name(asked.language), max_length=100)
        written = write_interest(asked.interest)
        self._filter: Field = TextInput(default=written, max_length=FILTER, required=False)
        for key, field in (
            ("board", self._boards),
            ("time", self._time),
            ("timezone", self._zone),
            ("language", self._spoken),
            ("filter", self._filter),
        ):
            text, hint = language.say(f"edit.{key}"), language.say(f"command.subscribe.{key}")
            self.add_item(Label(text=text, description=hint, component=field))

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        """Change the subscription."""
        await self._bot.door.enter(interaction, "edit-dialogue", partial(self._change, interaction))

    async def _change(self, interaction: discord.Interaction[Any]) -> None:
        try:
            await self._bot.management.change(interaction, await self._read())
        except Exception as error:  # told here, so that the door knows what became of it
            await self._bot.explain(interaction, error)

    async def on_error(  # type: ignore[override]  # discord.py's own documentation has it so
        self, interaction: discord.Interaction[Any], error: Exception, /
    ) -> None:
        """Tell what could not be read; nothing was changed."""
        await self._bot.explain(interaction, error)

    async def _read(self) -> Subscription:
        """Return the subscription as it was typed; raises a Mistake."""
        bot = self._bot
        fields, traits = bot.desk.reference.fields, bot.desk.reference.traits
        zones = await asyncio.to_thread(zones_of, bot.texts)  # none of the store's threads
        schedule = read_schedule(self._time.value, bot.texts)
        return replace(
            self._asked,
            boards=read_boards(self._boards.value, fields, bot.texts),
            schedule=replace(schedule, zone=zones.find(self._zone.value)),
            language=read_language(self._spoken.value, bot.texts).tag,
            interest=Filters(traits, bot.texts).read(self._filter.value),
        )
