"""The bot: what it is made of, how it asks the store, and how it answers an interaction."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

import discord
from discord.ext import commands

from bot.answering import Answering
from bot.buckets import look_seldom
from bot.components import COMPONENTS
from bot.decisions import Decisions
from bot.desk import Desk
from bot.door import Door
from bot.errand import Errand
from bot.freshness import Freshness
from bot.guide import Guide
from bot.hearing import pass_over_bots, pass_over_nonsense
from bot.invitation import install_link, invite_link
from bot.management import Management
from bot.postroom import Postroom
from bot.recent import Recent
from bot.storeroom import Storeroom
from bot.studio import Studio
from bot.texts import Language, Texts
from bot.tree import Interpreter, Tree
from store.archive import Archive

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger(__name__)

COGS = (
    *("lookup", "profile", "history", "value", "changes", "about", "alias", "asking", "mentions"),
    *("subscriptions", "live", "watches", "places", "settings", "help", "leftovers"),
)
EXTENSIONS = tuple(f"bot.cogs.{name}" for name in COGS)
FRESHNESS = 5.0
"""Seconds for which the names in memory are taken to be current."""
EVERY_PLACE = discord.app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
BOTH_INSTALLS = discord.app_commands.AppInstallationType(guild=True, user=True)
"""Where commands are and by whose installation, unless they say otherwise: those that manage a server do."""
RATELIMIT = 30.0
"""Seconds of a rate limit that a request waits for; a longer one is an error, and tried again later."""


class Bangdan(Answering):
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
            allowed_contexts=EVERY_PLACE,
            allowed_installs=BOTH_INSTALLS,
            **options,
        )
        pass_over_bots(self)
        pass_over_nonsense(self)
        look_seldom(self.http)
        self.archive = archive
        self.texts = texts
        self.language = language
        self.follow = follow
        self.desk = Desk(archive, fallback=texts.source)
        self.recent = Recent()
        self.door = door or Door()
        self.decisions, self.guide = Decisions(self), Guide(self)
        self.management = Management(self)
        self._errand = errand
        self._studio = studio
        self._storeroom = Storeroom()
        self._freshness = Freshness(freshness, lambda: self.ask(self.desk.refresh))

    async def on_message(self, message: discord.Message, /) -> None:
        """Take no message for a command: questions in messages are `bot.cogs.asking`'s."""

    async def setup_hook(self) -> None:
        """Load the commands and tell Discord of them when they changed."""
        await self.load()
        await self.sync_commands()
        if self.application_id:
            log.info("invite link: %s", invite_link(self.application_id))
            log.info("link to install it for oneself: %s", install_link(self.application_id))
        if self._errand is not None:
            self._errand.start()
        self.postroom.open(self, self.desk, self.texts)

    async def load(self) -> None:
        """Load the commands, their words and the components that outlive a restart."""
        self.add_dynamic_items(*COMPONENTS)
        for extension in EXTENSIONS:
            await self.load_extension(extension)
        assert isinstance(self.tree, Tree)
        self.tree.describe(self.texts)
        await self.tree.set_translator(Interpreter(self.texts))

    async def sync_commands(self) -> None:
        """Register the commands unless Discord has exactly these; of several processes the first does."""
        if self.shard_ids is not None and 0 not in self.shard_ids:
            return
        assert isinstance(self.tree, Tree)
        await self.tree.register()

    async def close(self) -> None:
        """Disconnect, and let running questions end."""
        if self._errand is not None:
            await self._errand.stop()
        await self.postroom.close()
        if self._studio is not None:
            self._studio.close()
        await super().close()
        await self._storeroom.close()

    async def ask(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a call of the store off the event loop; raises DatabaseUnavailable."""
        return await self._storeroom.ask(call, *args, **kwargs)

    async def keep_fresh(self) -> None:
        """Take note of boards that were added, at most every few seconds and without waiting long."""
        await self._freshness.keep()

    def language_of(self, interaction: discord.Interaction[Any]) -> Language:
        """Return the person's language, else the server's, else the setting's."""
        if not self.follow:
            return self.texts.choose((self.language,))
        server = str(interaction.guild_locale) if interaction.guild_locale else None
        return self.texts.choose((str(interaction.locale), server, self.language))

    def private_by(self, interaction: discord.Interaction[Any], private: bool | None) -> bool:
        """Return whether an answer is for whoever asked alone: as they say, else as is decided there."""
        return bool(self.decisions.at(interaction).private) if private is None else private
