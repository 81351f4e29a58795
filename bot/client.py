"""The bot: what it is made of, how it asks the store, and how it answers an interaction."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any, ParamSpec, TypeVar

import discord
from discord.ext import commands

from bot.desk import NONE, Desk, Readings
from bot.door import Door
from bot.errand import Errand
from bot.errors import reply_to
from bot.invitation import invite_link
from bot.management import Management
from bot.message import edit_of, message_of
from bot.panel import PanelButton, PanelMenu
from bot.postroom import Postroom
from bot.questions import Question
from bot.recent import Recent
from bot.replies.mistakes import mistake_reply
from bot.replies.reply import Outcome, Reply
from bot.show import ShowButton
from bot.studio import Studio
from bot.texts import Language, Texts
from bot.tree import Interpreter, Tree
from bot.view import ChoiceMenu, TurnButton, readings_in
from store.archive import Archive
from store.errors import DatabaseUnavailable

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger(__name__)

COGS = (
    *("lookup", "profile", "history", "value", "changes", "about", "alias", "asking"),
    *("subscriptions", "live", "watches", "places"),
)
EXTENSIONS = tuple(f"bot.cogs.{name}" for name in COGS)
PATIENCE = 1.5
"""Seconds of Discord's three after which an answer that is not ready is announced."""
FRESHNESS = 5.0
"""Seconds for which the names in memory are taken to be current."""
BRIEFLY = 0.5
"""Seconds for which a command waits for newer names."""
THREADS = 4
RATELIMIT = 30.0
"""Seconds of a rate limit that a request waits for; a longer one is an error, and tried again later."""


class Bangdan(commands.AutoShardedBot):
    """The Discord bot, without any privileged intent.

    `language` is spoken where a person's and their server's are unknown; with `follow` off, always,
    for the trial cannot know a visitor's. Without a `studio` its answers have no pictures, and without a
    `door` of one's own anybody may ask as often as they like.
    """

    def __init__(
        self,
        archive: Archive,
        texts: Texts,
        language: str = "en",
        *,
        follow: bool = True,
        freshness: float = FRESHNESS,
        errand: Errand | None = None,
        postroom: Postroom | None = None,
        studio: Studio | None = None,
        door: Door | None = None,
        **options: Any,  # noqa: ANN401 - discord.py's own
    ) -> None:
        self.postroom = postroom or Postroom()
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=Tree,
            intents=discord.Intents.default(),
            allowed_mentions=discord.AllowedMentions.none(),
            max_ratelimit_timeout=RATELIMIT,
            max_messages=None,  # an old one is never looked at, and a thousand take megabytes
            http_trace=self.postroom.trace(),
            allowed_contexts=discord.app_commands.AppCommandContext(guild=True, dm_channel=True),
            **options,
        )
        self.archive = archive
        self.texts = texts
        self.language = language
        self.follow = follow
        self.freshness = freshness
        self.desk = Desk(archive, fallback=texts.source)
        self.recent = Recent()
        self.door = door or Door()
        self.management = Management(self)
        self._errand = errand
        self._studio = studio
        self._pool = ThreadPoolExecutor(THREADS, "store")
        self._fresh_until = 0.0

    async def on_message(self, message: discord.Message, /) -> None:
        """Take no message for a command: questions in messages are `bot.cogs.asking`'s."""

    async def setup_hook(self) -> None:
        """Load the commands and tell Discord of them when they changed."""
        await self.load()
        await self.sync_commands()
        if self.application_id:
            log.info("invite link: %s", invite_link(self.application_id))
        if self._errand is not None:
            self._errand.start()
        self.postroom.open(self, self.desk, self.texts)

    async def load(self) -> None:
        """Load the commands, their words and the components that outlive a restart."""
        self.add_dynamic_items(TurnButton, ChoiceMenu, ShowButton, PanelButton, PanelMenu)
        for extension in EXTENSIONS:
            await self.load_extension(extension)
        tree = self.tree
        assert isinstance(tree, Tree)
        tree.describe(self.texts)
        await tree.set_translator(Interpreter(self.texts))

    async def sync_commands(self) -> None:
        """Register the commands unless Discord has exactly these; of several processes the first does."""
        if self.shard_ids is not None and 0 not in self.shard_ids:
            return
        assert isinstance(self.tree, Tree)
        await self.tree.register()

    async def close(self) -> None:
        """Disconnect, and let running questions end."""
        if self._errand is not None:
            self._errand.stop()
        await self.postroom.close()
        if self._studio is not None:
            self._studio.close()
        await super().close()
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def ask(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a call of the store off the event loop."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, lambda: call(*args, **kwargs))

    async def answered(self, question: Question, language: Language, readings: Readings = NONE) -> Reply:
        """Return the desk's answer: at once where one is kept that holds, else off the event loop."""
        kept = self.desk.kept(question, language, readings)
        if kept is not None:
            return kept
        return await self.ask(self.desk.answer, question, language, readings)

    async def keep_fresh(self) -> None:
        """Take note of boards that were added, at most every few seconds and without waiting long."""
        now = time.monotonic()
        if now >= self._fresh_until:
            self._fresh_until = now + self.freshness
            await asyncio.wait({asyncio.ensure_future(self._refresh())}, timeout=BRIEFLY)

    async def _refresh(self) -> None:
        try:
            await self.ask(self.desk.refresh)
        except DatabaseUnavailable as down:  # the command itself will say so
            log.warning("names not refreshed: %s", down)

    def language_of(self, interaction: discord.Interaction[Any]) -> Language:
        """Return the person's language, else the server's, else the setting's."""
        if not self.follow:
            return self.texts.choose((self.language,))
        server = str(interaction.guild_locale) if interaction.guild_locale else None
        return self.texts.choose((str(interaction.locale), server, self.language))

    async def respond(
        self, interaction: discord.Interaction[Any], question: Question, readings: Readings = NONE
    ) -> None:
        """Answer a command."""
        self.recent.note(interaction.user.id, question)
        language = self.language_of(interaction)
        answering = self.illustrated(self.answered(question, language, readings), language)
        await self.send(interaction, await self.announced(interaction, answering, thinking=True))

    async def illustrated(self, answering: Awaitable[Reply], language: Language) -> Reply:
        """Return the answer with its picture drawn, if it has one."""
        reply = await answering
        return reply if self._studio is None else await self._studio.illustrate(reply, language)

    async def announced(
        self, interaction: discord.Interaction[Any], answering: Coroutine[Any, Any, Reply], *, thinking: bool
    ) -> Reply:
        """Return the answer; tell Discord in time when it takes longer."""
        task = asyncio.ensure_future(answering)
        ready, _ = await asyncio.wait({task}, timeout=PATIENCE)
        if not ready:
            await interaction.response.defer(thinking=thinking)
        return await task

    async def press(
        self, interaction: discord.Interaction[Any], owner: int, read: Callable[[Desk], Question]
    ) -> None:
        """Answer a component by changing its message; only for whoever asked."""
        language = self.language_of(interaction)
        if interaction.user.id != owner:
            await self.send(interaction, mistake_reply(language, "mistake.owner"))
            return
        try:
            question, readings = read(self.desk), readings_in(interaction.message, self.desk)
            answering = self.illustrated(self.answered(question, language, readings), language)
            reply = await self.announced(interaction, answering, thinking=False)
            options = edit_of(reply, owner, interaction.message)
            if interaction.response.is_done():
                await interaction.edit_original_response(**options)
            else:
                await interaction.response.edit_message(**options)
        except Exception as error:  # a component has no other error hook
            await self.explain(interaction, error)

    async def show(self, interaction: discord.Interaction[Any], read: Callable[[Desk], Question]) -> None:
        """Answer the button of a post, privately to whoever pressed it."""
        try:
            await interaction.response.defer(ephemeral=True, thinking=True)
            language = self.language_of(interaction)
            answering = self.answered(read(self.desk), language)
            reply = await self.illustrated(answering, language)
            await self.send(interaction, replace(reply, private=True))
        except Exception as error:  # a component has no other error hook
            await self.explain(interaction, error)

    async def explain(self, interaction: discord.Interaction[Any], error: Exception) -> None:
        """Tell the person about an error; an interaction that is over cannot be told anything."""
        reply = reply_to(error, self.language_of(interaction))
        try:
            await self.send(interaction, reply)
        except discord.HTTPException as refused:
            interaction.extras["outcome"] = Outcome.FAILURE
            log.warning("an error could not be told: %s", refused)

    async def send(self, interaction: discord.Interaction[Any], reply: Reply) -> None:
        """Send a reply as the answer, or after it when there is one already."""
        options = message_of(reply, interaction.user.id) | {"ephemeral": reply.private}
        interaction.extras["outcome"] = reply.outcome
        if interaction.response.is_done():
            await interaction.followup.send(**options)
        else:
            await interaction.response.send_message(**options)
