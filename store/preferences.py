"""Preferences: what a Discord server, or one of its channels, decides about its answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from store.news.tables import preferences

WHOLE = 0
"""The channel that stands for a server as a whole; no channel of Discord has this id."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """What is decided; None where nothing is.

    `language` is a tag of the catalogues, `board` a key, `private` whether answers are for whoever asks
    alone, `zone` a time zone of the IANA.
    """

    language: str | None = None
    board: str | None = None
    private: bool | None = None
    zone: str | None = None

    def over(self, wider: Preferences) -> Preferences:
        """Return these where they decide, else what the `wider` ones do."""
        return replace(wider, **self.decided)

    @property
    def decided(self) -> dict[str, Any]:
        """What is decided, by name, in the order of the fields."""
        every = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: value for name, value in every.items() if value is not None}


NONE = Preferences()


def all_preferences(connection: Connection) -> Mapping[tuple[int, int], Preferences]:
    """Return what every server and channel decided, by server and channel."""
    columns = [preferences.c[each.name] for each in fields(Preferences)]
    rows = connection.execute(select(preferences.c.server, preferences.c.channel, *columns))
    return {(server, channel): Preferences(*decided) for server, channel, *decided in rows}


def set_preferences(
    connection: Connection, server: int, channel: int, wanted: Preferences, by: int, now: datetime
) -> None:
    """Store what a server (`WHOLE`) or channel decides, in place of all that it decided before."""
    own = (preferences.c.server == server) & (preferences.c.channel == channel)
    connection.execute(delete(preferences).where(own))
    if wanted.decided:
        row = {"server": server, "channel": channel, "changed_by": by, "changed_at": now}
        connection.execute(insert(preferences).values(**row, **wanted.decided))
