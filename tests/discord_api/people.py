"""Users, and users as members of a guild: both can act (see `driver.Person`)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .driver import Person
from .errors import Json

if TYPE_CHECKING:
    from .guild import Guild
    from .permissions import Role
    from .world import World


@dataclass(eq=False)
class User(Person):
    """A Discord user; `installed` says that they installed the application for themselves.

    `dms_closed` makes Discord refuse the bot's direct messages with 50007.
    """

    world: World = field(repr=False)
    id: int
    name: str
    locale: str = "en-US"
    is_bot: bool = False
    installed: bool = False
    dms_closed: bool = False

    @property
    def user(self) -> User:
        """The user who acts."""
        return self

    @property
    def reachable(self) -> bool:
        """Whether they share a guild with the bot, or have installed the application."""
        return self.installed or any(g.installed and self.id in g.members for g in self.world.guilds.values())

    def payload(self) -> Json:
        """Return Discord's user object."""
        known = {"id": str(self.id), "username": self.name, "global_name": self.name, "bot": self.is_bot}
        return known | {"discriminator": "0", "avatar": None, "public_flags": 0}


@dataclass(eq=False)
class Member(Person):
    """A user in a guild, with their roles there."""

    person: User
    guild: Guild = field(repr=False)
    roles: list[Role] = field(default_factory=list, repr=False)
    joined_at: str = ""

    @property
    def user(self) -> User:
        """The user who acts."""
        return self.person

    @property
    def id(self) -> int:
        """The user's id."""
        return self.person.id

    @property
    def name(self) -> str:
        """The user's name."""
        return self.person.name

    def payload(self, *, with_user: bool = True) -> Json:
        """Return Discord's guild member object."""
        user = {"user": self.person.payload()} if with_user else {}
        known = {"roles": [str(role.id) for role in self.roles], "joined_at": self.joined_at, "flags": 0}
        return known | {"nick": None, "avatar": None, "deaf": False, "mute": False} | user
