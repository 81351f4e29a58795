"""Guilds: who and what is in them, and what becomes of the bot there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .channel import REQUIRE_TAG, Channel, ChannelKind, Thread
from .errors import Json
from .people import Member, User
from .permissions import ALL, BOT, EVERYONE, NONE, Permission, Role, overwritten

if TYPE_CHECKING:
    from .world import World

GUILDS, MEMBERS = 1 << 0, 1 << 1
"""The intents that get a guild's and its members' events."""
_LEVELS = "verification_level default_message_notifications explicit_content_filter mfa_level nsfw_level"
_ZERO = dict.fromkeys((*_LEVELS.split(), "premium_tier", "system_channel_flags"), 0)


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

    def change_role(
        self, role: Role, *, permissions: Permission | None = None, mentionable: bool | None = None
    ) -> None:
        """Change what a role may do, or whether everybody may mention it."""
        role.permissions = role.permissions if permissions is None else permissions
        role.mentionable = role.mentionable if mentionable is None else mentionable
        self.tell("GUILD_ROLE_UPDATE", {"role": role.payload()})

    def delete_role(self, role: Role) -> None:
        """Remove a role from the guild and its members; nobody is notified by it any more."""
        del self.roles[role.id]
        for member in self.members.values():
            member.roles = [one for one in member.roles if one is not role]
        self.tell("GUILD_ROLE_DELETE", {"role_id": str(role.id)})

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

    def add_forum(self, name: str, *, tags: Iterable[str] = (), tagged: bool = False) -> Channel:
        """Create a forum, whose only content are threads; each needs a tag if `tagged`."""
        named = {self.world.clock.snowflake(): tag for tag in tags}
        forum = Channel(self.world, 0, ChannelKind.FORUM, name, self, tags=named)
        forum.flags = REQUIRE_TAG if tagged else 0
        return self._add(forum)

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

    def go_down(self) -> None:
        """Let an outage begin: the guild is unavailable to the bot, which is still a member of it."""
        self.tell("GUILD_DELETE", {"id": str(self.id), "unavailable": True})

    def come_back(self) -> None:
        """Let the outage end."""
        self.tell("GUILD_CREATE", self.create_payload() | {"unavailable": False})

    @property
    def threads(self) -> list[Thread]:
        """The threads that are not archived."""
        threads = (c for c in self.world.channels.values() if isinstance(c, Thread) and c.guild is self)
        return [thread for thread in threads if not thread.archived]

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
        payload = self.payload() | {"joined_at": self.me.joined_at, "member_count": len(self.members)}
        payload["members"] = [self.me.payload()]
        payload["channels"] = [channel.payload() for channel in self.channels.values()]
        return payload | {"threads": [thread.payload() for thread in self.threads]}
