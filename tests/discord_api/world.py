"""The world of one application."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from .channel import Channel, ChannelKind
from .clock import Clock, Patience
from .command_rules import LOCALES
from .errors import Journal, Json
from .guild import Guild
from .interaction import Interaction, Kind
from .message import Attachment, Message, Upload
from .people import User
from .permissions import BOT, Permission

_HIDDEN: Json = {"content": "", "embeds": [], "attachments": [], "components": []}


@dataclass(frozen=True)
class Event:
    """One gateway dispatch: the guild decides on the shard, `intents` who gets it.

    `hide` marks a message whose content is only for bots with the message content intent.
    """

    name: str
    data: Json
    guild_id: int | None = None
    intents: int = 0
    hide: bool = False

    @cached_property
    def written(self) -> str:
        """Its data as JSON, written once for all sessions."""
        return json.dumps(self.data)

    @cached_property
    def written_hidden(self) -> str:
        """The same, for a session that may not read the message."""
        return json.dumps(self.data | _HIDDEN)


class World:
    """Everything Discord knows, as far as one application can see it.

    `publish` hands events to the gateway; `scopes` has each guild's commands, and under None the global ones.
    `posts` are all messages of the bot that answer nobody, in the order of their coming, also deleted ones.
    """

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.journal = Journal()
        self.patience = Patience()
        self.publish: Callable[[Event], None] = lambda event: None
        self.cdn_url = self.gateway_url = ""
        self.shards = 1
        self.users: dict[int, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.interactions: dict[str, Interaction] = {}
        self.files: dict[int, Attachment] = {}
        self.posts: list[Message] = []
        self.nonces: dict[str, Message] = {}
        self._dms: dict[int, Channel] = {}
        self.scopes: dict[int | None, dict[int, Json]] = {None: {}}
        self.owner = self.add_user("owner")
        self.bot = self.add_user("loopback-bot", is_bot=True)
        self.application_id = self.bot.id

    @property
    def commands(self) -> dict[int, Json]:
        """The global commands by id."""
        return self.scopes[None]

    def add_user(
        self, name: str, *, locale: str = "en-US", installed: bool = False, is_bot: bool = False
    ) -> User:
        """Create a user; `installed` lets them use the application everywhere."""
        if locale not in LOCALES:
            raise ValueError(f"Discord has no locale {locale!r}")
        user = User(self, self.clock.snowflake(), name, locale, is_bot, installed)
        self.users[user.id] = user
        return user

    def add_guild(
        self, name: str = "guild", *, locale: str = "en-US", bot: bool = True, permissions: Permission = BOT
    ) -> Guild:
        """Create a guild, with the bot in it unless `bot` is false; a connected bot sees itself join."""
        guild = Guild(self, self.clock.snowflake(spread=True), name, locale)
        self.guilds[guild.id] = guild
        if bot:
            guild.add_bot(permissions)
        return guild

    def open_dm(self, user: User) -> Channel:
        """Return the direct-message channel of a user and the bot."""
        if user.id not in self._dms:
            new = self.clock.snowflake()
            channel = Channel(self, new, ChannelKind.DM, user.name, recipient=user)
            self.channels[new] = self._dms[user.id] = channel
        return self._dms[user.id]

    def add_group(self, *people: User) -> Channel:
        """Create a group direct message of some users; the bot is none of them."""
        new = self.clock.snowflake()
        group = Channel(self, new, ChannelKind.GROUP, "group", people=people)
        self.channels[new] = group
        return group

    def keep_file(self, upload: Upload, channel_id: int, description: str | None = None) -> Attachment:
        """Store a file where Discord would serve it."""
        new, name = self.clock.snowflake(), re.sub(r"[^\w.-]", "_", upload.filename)
        url = f"{self.cdn_url}/attachments/{channel_id}/{new}/{name}"
        self.files[new] = Attachment(new, name, upload.data, url, description)
        return self.files[new]

    def commands_in(self, channel: Channel) -> list[Json]:
        """Return the commands registered for a place: the guild's own first."""
        own = self.scopes.get(channel.guild.id, {}) if channel.guild else {}
        return [*own.values(), *self.commands.values()]

    def interact(
        self, kind: Kind, user: User, channel: Channel, data: Json, message: Message | None = None
    ) -> Interaction:
        """Let a person do something, and send the interaction to the bot."""
        new, now = self.clock.snowflake(), self.clock.now()
        interaction = Interaction(self, new, kind, user, channel, data, message, created=now)
        self.interactions[interaction.token] = interaction
        self.tell("INTERACTION_CREATE", interaction.payload(), channel.guild)
        return interaction

    def forget(self) -> None:
        """Forget what was asked, answered and uploaded, so that a long run takes no more memory."""
        self.interactions.clear()
        self.files.clear()
        self.posts.clear()
        for channel in self.channels.values():
            channel.history.clear()

    def tell(
        self, name: str, data: Json, guild: Guild | None = None, intents: int = 0, *, hide: bool = False
    ) -> None:
        """Send the bot an event."""
        where = {"guild_id": str(guild.id)} if guild else {}
        self.publish(Event(name, data | where, guild.id if guild else None, intents, hide))
