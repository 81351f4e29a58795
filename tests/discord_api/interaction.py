"""Interactions: one thing a person did, its payload, and how the application answered it."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

from .clock import Signal
from .errors import Broken, Json
from .message_rules import FILE_BYTES
from .permissions import Permission

if TYPE_CHECKING:
    from .channel import Channel
    from .message import Message
    from .people import User
    from .world import World

TOKEN_SECONDS = 15 * 60.0
"""Seconds an interaction's token is valid (docs: interactions/receiving-and-responding)."""
_OF_A_USER_INSTALL = Permission.EMBED_LINKS | Permission.ATTACH_FILES | Permission.MENTION_EVERYONE


class Kind(IntEnum):
    """Discord's interaction types."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


class Response(IntEnum):
    """Discord's interaction callback types."""

    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


@dataclass(eq=False)
class Interaction:
    """One thing a person did; the application answers it with callbacks and its token.

    `sent`, `answered` and `completed` (when the person saw something) are real, monotonic seconds; `created`
    is a second of the world's clock.
    """

    world: World = field(repr=False)
    id: int
    kind: Kind
    user: User
    channel: Channel
    data: Json
    message: Message | None = None
    token: str = field(default_factory=lambda: secrets.token_urlsafe(48), repr=False)
    sent: float = field(default_factory=time.monotonic)
    created: float = 0.0
    response: Response | None = None
    answered: float = 0.0
    completed: float = 0.0
    original: Message | None = None
    followups: list[Message] = field(default_factory=list)
    choices: list[Json] = field(default_factory=list)
    modal: Json | None = None
    broken: list[Broken] = field(default_factory=list)
    changed: Signal = field(default_factory=Signal, repr=False)

    @property
    def overdue(self) -> bool:
        """Whether the three seconds to answer have passed on the real clock."""
        return time.monotonic() - self.sent > self.world.patience.answer

    @property
    def expired(self) -> bool:
        """Whether the token's 15 minutes have passed on the world's clock."""
        return self.world.clock.now() - self.created > TOKEN_SECONDS

    @property
    def owners(self) -> Json:
        """Who installed the application here, by installation context: "0" a guild, "1" the user."""
        owners: Json = {"1": str(self.user.id)} if self.user.installed else {}
        guild = self.channel.guild
        if self.channel.has_bot:
            owners["0"] = str(guild.id) if guild else "0"
        return owners

    def acknowledge(self, response: Response) -> None:
        """Note the first answer; what is only deferred is not complete."""
        self.response = response
        self.answered = time.monotonic()
        if response not in (Response.DEFERRED_MESSAGE, Response.DEFERRED_UPDATE):
            self.completed = self.answered
        self.changed.fire()

    def complete(self) -> None:
        """Note that the person now sees something, and wake who waits for it."""
        self.completed = time.monotonic()
        self.changed.fire()

    def metadata(self) -> Json:
        """Return the interaction_metadata of a message that answers this."""
        metadata: Json = {"id": str(self.id), "type": int(self.kind), "user": self.user.payload()}
        metadata["authorizing_integration_owners"] = self.owners
        if self.kind is Kind.COMPONENT and self.message:
            metadata["interacted_message_id"] = str(self.message.id)
        if self.kind is Kind.MODAL:
            metadata["triggering_interaction_metadata"] = metadata | {"type": int(Kind.COMMAND)}
        return metadata

    def payload(self) -> Json:
        """Return the data of INTERACTION_CREATE."""
        channel, guild, application = self.channel, self.channel.guild, self.world.application_id
        permissions = str(int(channel.permissions(self.user.id)))
        ours = channel.permissions(self.user.id) & _OF_A_USER_INSTALL
        ours = channel.permissions(application) if "0" in self.owners else ours
        payload: Json = {"id": str(self.id), "application_id": str(application), "type": int(self.kind)}
        payload |= {"token": self.token, "version": 1, "data": self.data, "locale": self.user.locale}
        payload |= {
            "channel": channel.payload() | {"permissions": permissions},
            "channel_id": str(channel.id),
        }
        payload |= {"app_permissions": str(int(ours)), "authorizing_integration_owners": self.owners}
        payload |= {"entitlements": [], "context": channel.context, "attachment_size_limit": FILE_BYTES}
        if self.message:
            payload["message"] = self.message.payload()
        if guild is None:
            return payload | {"user": self.user.payload()}
        member = guild.members[self.user.id].payload() | {"permissions": permissions}
        about: Json = {"id": str(guild.id), "locale": guild.locale, "features": []}
        payload |= {"member": member, "guild_id": str(guild.id), "guild": about}
        return payload | {"guild_locale": guild.locale}
