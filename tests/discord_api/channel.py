"""Channels of guilds, threads and direct messages, and what is posted in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

from .clock import Signal
from .errors import Json
from .message import HAS_THREAD, Message, Upload
from .permissions import ALL, NONE, Overwrite, Permission

if TYPE_CHECKING:
    from .guild import Guild
    from .interaction import Interaction
    from .people import Member, User
    from .permissions import Role
    from .world import World


REQUIRE_TAG = 1 << 4
"""The flag of a forum whose posts need a tag (docs: resources/channel#channel-object-channel-flags)."""


class ChannelKind(IntEnum):
    """Discord's channel types, as far as this server has them."""

    TEXT = 0
    DM = 1
    GROUP = 3
    NEWS = 5
    NEWS_THREAD = 10
    PUBLIC_THREAD = 11
    PRIVATE_THREAD = 12
    FORUM = 15


@dataclass(eq=False)
class Channel:
    """A channel and its messages; `tags` are a forum's, by id; `recipient` is whom a direct message is with.

    `people` are those of a group direct message, where the bot is no member.
    `history` has the messages by id, oldest first; ephemeral ones are not among them.
    """

    world: World = field(repr=False)
    id: int
    kind: ChannelKind
    name: str
    guild: Guild | None = field(default=None, repr=False)
    parent: Channel | None = field(default=None, repr=False)
    topic: str | None = None
    tags: dict[int, str] = field(default_factory=dict)
    recipient: User | None = field(default=None, repr=False)
    people: tuple[User, ...] = field(default=(), repr=False)
    overwrites: list[Overwrite] = field(default_factory=list, repr=False)
    history: dict[int, Message] = field(default_factory=dict, repr=False)
    flags: int = 0
    changed: Signal = field(default_factory=Signal, repr=False)

    @property
    def mention(self) -> str:
        """The text that links to the channel."""
        return f"<#{self.id}>"

    @property
    def has_bot(self) -> bool:
        """Whether the bot is a member of where this channel is."""
        return self.guild.installed if self.guild else self.kind is not ChannelKind.GROUP

    @property
    def context(self) -> int:
        """Discord's number of the kind of place: a guild, the bot's direct messages, or others'."""
        return 0 if self.guild else 2 if self.kind is ChannelKind.GROUP else 1

    @property
    def messages(self) -> list[Message]:
        """All messages people can see here, oldest first."""
        return list(self.history.values())

    @property
    def pins(self) -> list[Message]:
        """The pinned messages, last pinned first."""
        pinned = [message for message in self.messages if message.pinned_at]
        return sorted(pinned, key=lambda message: message.pinned_at or "", reverse=True)

    def permissions(self, user_id: int) -> Permission:
        """Return what a user may do here; everything but administration in direct messages."""
        if self.id not in self.world.channels:
            return NONE
        if self.guild is not None:
            return self.guild.permissions(user_id, self)
        inside = user_id in {each.id for each in self.people}
        inside |= self.recipient is not None and user_id in (self.world.bot.id, self.recipient.id)
        return ALL & ~Permission.ADMINISTRATOR if inside else NONE

    def deny(self, target: Member | Role, permissions: Permission) -> None:
        """Deny a role or member some permissions in this channel."""
        self._overwrite(target).deny |= permissions
        self.tell("UPDATE")

    def allow(self, target: Member | Role, permissions: Permission) -> None:
        """Allow a role or member some permissions in this channel."""
        self._overwrite(target).allow |= permissions
        self.tell("UPDATE")

    def _overwrite(self, target: Member | Role) -> Overwrite:
        for overwrite in self.overwrites:
            if overwrite.target_id == target.id:
                return overwrite
        self.overwrites.append(Overwrite(target.id, hasattr(target, "person")))
        return self.overwrites[-1]

    async def wait_for_message(
        self, matches: Callable[[Message], object] = lambda message: True, *, seconds: float = 30.0
    ) -> Message:
        """Return the first message for which `matches` holds, waiting for it; raises TimeoutError."""
        if await self.changed.until(lambda: any(map(matches, self.messages)), seconds):
            return next(filter(matches, self.messages))
        raise TimeoutError(f"no such message in #{self.name} within {seconds} s; it has {self.messages}")

    def post(
        self,
        author: User,
        payload: Json,
        files: list[Upload] | None = None,
        *,
        interaction: Interaction | None = None,
        reference: Message | None = None,
        flags: int = 0,
        kind: int = 0,
        message_id: int = 0,
    ) -> Message:
        """Put a new message here, and tell the bot; an ephemeral one stays out of the history."""
        new, now = message_id or self.world.clock.snowflake(), self.world.clock.iso()
        message = Message(self.world, new, self, author, now, flags, kind, interaction, reference)
        message.apply(payload, files or [])
        message.notify()
        if author is self.world.bot and interaction is None:
            self.world.posts.append(message)
        if not message.ephemeral:
            self.history[message.id] = message
        if isinstance(self, Thread) and self.archived:
            self.archive(archived=False)
        message.tell("MESSAGE_CREATE", message.created_payload())
        return message

    def start_thread(self, owner: User, payload: Json, kind: ChannelKind, thread_id: int = 0) -> Thread:
        """Open a thread below this channel, and tell the bot."""
        world, tags = self.world, list(map(int, payload.get("applied_tags") or ()))
        new, minutes = thread_id or world.clock.snowflake(), payload.get("auto_archive_duration") or 1440
        thread = Thread(world, new, kind, payload["name"], self.guild, self, owner_id=owner.id)
        thread.archive_minutes, thread.applied_tags, thread.archive_changed = minutes, tags, world.clock.iso()
        world.channels[thread.id] = thread
        thread.tell("CREATE", newly_created=True)
        if start := self.history.get(thread.id):
            start.flags |= HAS_THREAD
            start.tell("MESSAGE_UPDATE", start.payload())
        return thread

    def purge(self, messages: Sequence[Message]) -> None:
        """Let a moderator remove messages at once; the bot is told of all in one event."""
        for message in messages:
            message.deleted = True
            self.history.pop(message.id, None)
        ids = [str(message.id) for message in messages]
        messages[0].tell("MESSAGE_DELETE_BULK", {"ids": ids, "channel_id": str(self.id)})

    def delete(self) -> None:
        """Remove the channel with its threads, and tell the bot; it is unknown (10003) from now on."""
        for below in [other for other in self.world.channels.values() if other.parent is self]:
            below.delete()
        del self.world.channels[self.id]
        if self.guild:
            self.guild.channels.pop(self.id, None)
        self.tell("DELETE")

    def tell(self, what: str, **more: object) -> None:
        """Tell the bot that this channel was created, changed or deleted."""
        noun = "THREAD" if isinstance(self, Thread) else "CHANNEL"
        if self.guild:
            self.guild.tell(f"{noun}_{what}", self.payload() | more)
        self.changed.fire()

    def payload(self) -> Json:
        """Return Discord's channel object."""
        last = next(reversed(self.history), None)
        payload: Json = {"id": str(self.id), "type": int(self.kind), "name": self.name, "flags": self.flags}
        payload["last_message_id"] = str(last) if last else None
        if self.guild is None:
            people = (self.recipient,) if self.recipient else self.people
            return payload | {"recipients": [each.payload() for each in people]}
        tags = [{"id": str(key), "name": name, "moderated": False} for key, name in self.tags.items()]
        payload |= {"guild_id": str(self.guild.id), "position": 0, "topic": self.topic, "nsfw": False}
        payload["permission_overwrites"] = [overwrite.payload() for overwrite in self.overwrites]
        payload["available_tags"] = [tag | {"emoji_id": None, "emoji_name": None} for tag in tags]
        return payload | {"parent_id": str(self.parent.id) if self.parent else None}


@dataclass(eq=False)
class Thread(Channel):
    """A thread of a channel or a post of a forum."""

    owner_id: int = 0
    archived: bool = False
    locked: bool = False
    archive_minutes: int = 1440
    applied_tags: list[int] = field(default_factory=list)
    archive_changed: str = ""

    def archive(self, *, archived: bool = True) -> None:
        """Archive the thread, as Discord does after a while, or open it again; the bot is told."""
        self.archived, self.archive_changed = archived, self.world.clock.iso()
        self.tell("UPDATE")

    def payload(self) -> Json:
        """Return Discord's thread object."""
        kept: Json = {"archived": self.archived, "locked": self.locked}
        kept |= {"auto_archive_duration": self.archive_minutes, "archive_timestamp": self.archive_changed}
        count, tags = len(self.history), list(map(str, self.applied_tags))
        counted = {"owner_id": str(self.owner_id), "message_count": count, "member_count": 1}
        return super().payload() | counted | {"applied_tags": tags, "thread_metadata": kept}
