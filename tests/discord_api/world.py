"""The world of one application, and its guilds."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from .channel import Channel, ChannelKind, Thread
from .clock import Clock, Patience
from .command_rules import LOCALES
from .errors import Journal, Json
from .interaction import Interaction, Kind
from .message import Attachment, Message, Upload
from .people import Member, User
from .permissions import ALL, BOT, EVERYONE, NONE, Permission, Role, overwritten

GUILDS, MEMBERS = 1 << 0, 1 << 1
"""The intents that get a guild's and its members' events."""
_LEVELS = "verification_level default_message_notifications explicit_content_filter mfa_level nsfw_level"
_HIDDEN: Json = {"content": "", "embeds": [], "attachments": [], "components": []}
_ZERO = dict.fromkeys((*_LEVELS.split(), "premium_tier", "system_channel_flags"), 0)


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


@dataclass(eq=False)
class Guild:
    """A guild; `installed` says that the bot is a member of it."""

    world: World = field(repr=False)
    id: int
    name: str
    locale: str = "en-US"
    installed: bool = False
    roles: dict[int, Role] = field(default_factory=dict, repr=False)
    members: dict[int, Member] = field(default_factory=dict, repr=False)
    channels: dict[int, Channel] = field(default_factory=dict, repr=False)
    owner: Member = field(init=False, repr=False)
    bot_role: Role | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        self.roles[self.id] = Role(self.id, "@everyone", EVERYONE, 0)
        self.owner = self.add_member(f"owner of {self.name}")

    @property
    def me(self) -> Member:
        """The bot as a member of this guild."""
        return self.members[self.world.bot.id]

    def add_role(self, name: str, permissions: Permission = NONE, *, mentionable: bool = False) -> Role:
        """Create a role above all others."""
        role = Role(self.world.clock.snowflake(), name, permissions, len(self.roles), mentionable)
        self.roles[role.id] = role
        self.tell("GUILD_ROLE_CREATE", {"role": role.payload()})
        return role

    def add_member(self, who: str | User, *, locale: str = "en-US", roles: Iterable[Role] = ()) -> Member:
        """Let a user, or a new one of that name and locale, join the guild."""
        user = self.world.add_user(who, locale=locale) if isinstance(who, str) else who
        member = self.members[user.id] = Member(user, self, list(roles), self.world.clock.iso())
        self.tell("GUILD_MEMBER_ADD", member.payload(), MEMBERS)
        return member

    def add_members(self, count: int, *, locale: str = "en-US") -> list[Member]:
        """Let `count` new users join, named user-1 and so on."""
        return [self.add_member(f"user-{number}", locale=locale) for number in range(1, count + 1)]

    def add_text_channel(self, name: str, *, topic: str | None = None) -> Channel:
        """Create an ordinary text channel."""
        return self._add(Channel(self.world, 0, ChannelKind.TEXT, name, self, topic=topic))

    def add_news_channel(self, name: str) -> Channel:
        """Create an announcement channel, whose messages can be published."""
        return self._add(Channel(self.world, 0, ChannelKind.NEWS, name, self))

    def add_forum(self, name: str, *, tags: Iterable[str] = ()) -> Channel:
        """Create a forum, whose only content are threads."""
        named = {self.world.clock.snowflake(): tag for tag in tags}
        return self._add(Channel(self.world, 0, ChannelKind.FORUM, name, self, tags=named))

    def _add(self, channel: Channel) -> Channel:
        channel.id = self.world.clock.snowflake()
        self.channels[channel.id] = self.world.channels[channel.id] = channel
        channel.tell("CREATE")
        return channel

    def permissions(self, user_id: int, channel: Channel | None = None) -> Permission:
        """Return what a member may do in the guild, or in one channel or thread of it."""
        member = self.members.get(user_id)
        if member is None:
            return NONE
        if member is self.owner:
            return ALL
        base = self.roles[self.id].permissions
        for role in member.roles:
            base |= role.permissions
        place = channel.parent if isinstance(channel, Thread) else channel
        overwrites = place.overwrites if place else []
        return overwritten(base, overwrites, self.id, {role.id for role in member.roles}, user_id)

    def add_bot(self, permissions: Permission = BOT) -> None:
        """Let the bot join, with a role of its own; a connected bot sees on_guild_join."""
        self.bot_role = self.add_role(self.world.bot.name, permissions)
        self.add_member(self.world.bot, roles=[self.bot_role])
        self.installed = True
        self.tell("GUILD_CREATE", self.create_payload())

    def remove_bot(self) -> None:
        """Remove the bot; it sees on_guild_remove."""
        self.tell("GUILD_DELETE", {"id": str(self.id)})
        self.installed = False
        self.members.pop(self.world.bot.id, None)

    def tell(self, name: str, data: Json, intents: int = GUILDS) -> None:
        """Tell the bot about an event of this guild, if it is a member."""
        if self.installed:
            self.world.tell(name, data, self, intents)

    def payload(self) -> Json:
        """Return Discord's guild object, without what only GUILD_CREATE has."""
        known: Json = {"id": str(self.id), "name": self.name, "owner_id": str(self.owner.id), "icon": None}
        known |= {"preferred_locale": self.locale, "emojis": [], "features": []}
        return known | _ZERO | {"roles": [role.payload() for role in self.roles.values()]}

    def create_payload(self) -> Json:
        """Return what GUILD_CREATE says; of the members only the bot, as without the presences intent."""
        threads = [c for c in self.world.channels.values() if isinstance(c, Thread) and c.guild is self]
        payload = self.payload() | {"joined_at": self.me.joined_at, "member_count": len(self.members)}
        payload["members"] = [self.me.payload()]
        payload["channels"] = [channel.payload() for channel in self.channels.values()]
        return payload | {"threads": [thread.payload() for thread in threads if not thread.archived]}


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

    def tell(
        self, name: str, data: Json, guild: Guild | None = None, intents: int = 0, *, hide: bool = False
    ) -> None:
        """Send the bot an event."""
        where = {"guild_id": str(guild.id)} if guild else {}
        self.publish(Event(name, data | where, guild.id if guild else None, intents, hide))
