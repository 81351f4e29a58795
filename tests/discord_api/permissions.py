"""Permissions, roles, and how roles and overwrites add up (docs: topics/permissions)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntFlag
from functools import reduce
from operator import or_

from .errors import Json


class Permission(IntFlag):
    """Discord's permission bits, as far as this server looks at them."""

    ADMINISTRATOR = 1 << 3
    MANAGE_GUILD = 1 << 5
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    MANAGE_ROLES = 1 << 28
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    SEND_MESSAGES_IN_THREADS = 1 << 38
    PIN_MESSAGES = 1 << 51


NONE, ALL = Permission(0), Permission((1 << 53) - 1)
_WRITE = Permission.SEND_MESSAGES | Permission.EMBED_LINKS | Permission.ATTACH_FILES
_READ = Permission.VIEW_CHANNEL | Permission.READ_MESSAGE_HISTORY | Permission.USE_APPLICATION_COMMANDS
EVERYONE = _READ | _WRITE | Permission.CREATE_PUBLIC_THREADS | Permission.SEND_MESSAGES_IN_THREADS
"""What the @everyone role of a new guild may do."""
BOT = EVERYONE | Permission.MANAGE_MESSAGES | Permission.PIN_MESSAGES | Permission.MANAGE_THREADS
"""What the bot's role may do unless a test says otherwise."""
_PLAIN: Json = {"color": 0, "colors": {"primary_color": 0}, "hoist": False, "managed": False, "flags": 0}


@dataclass(eq=False)
class Role:
    """A role of a guild; `mentionable` lets everybody mention it."""

    id: int
    name: str
    permissions: Permission
    position: int
    mentionable: bool = False

    @property
    def mention(self) -> str:
        """The text that mentions the role."""
        return f"<@&{self.id}>"

    def payload(self) -> Json:
        """Return Discord's role object."""
        known = {"id": str(self.id), "name": self.name, "position": self.position}
        known |= {"permissions": str(int(self.permissions)), "mentionable": self.mentionable}
        return known | _PLAIN


@dataclass
class Overwrite:
    """What one role or member is allowed or denied in one channel."""

    target_id: int
    is_member: bool
    allow: Permission = NONE
    deny: Permission = NONE

    def payload(self) -> Json:
        """Return Discord's overwrite object."""
        allow, deny = str(int(self.allow)), str(int(self.deny))
        return {"id": str(self.target_id), "type": int(self.is_member), "allow": allow, "deny": deny}


def overwritten(
    base: Permission, overwrites: list[Overwrite], guild_id: int, roles: set[int], user_id: int
) -> Permission:
    """Return `base` after a channel's overwrites: @everyone, then roles together, then the member."""
    if base & Permission.ADMINISTRATOR:
        return ALL
    for targets in ({guild_id}, roles - {guild_id}, {user_id}):
        group = [overwrite for overwrite in overwrites if overwrite.target_id in targets]
        base &= ~reduce(or_, (overwrite.deny for overwrite in group), NONE)
        base |= reduce(or_, (overwrite.allow for overwrite in group), NONE)
    return base if base & Permission.VIEW_CHANNEL else NONE
