"""Nicknames: what one Discord server calls a model; they count there and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select

from store.boards import fold
from store.errors import TooManyNicknames
from store.schema import aliases, models

NICKNAME_LIMIT = 60
SERVER_LIMIT = 200
"""Nicknames that one server may have."""


@dataclass(frozen=True, slots=True)
class Nickname:
    """A server's own name for the model `model` (a key), as it was typed."""

    typed: str
    model: str


def all_nicknames(connection: Connection) -> Mapping[int, Mapping[str, Nickname]]:
    """Return every server's nicknames by their folded form."""
    found: dict[int, dict[str, Nickname]] = {}
    for row in connection.execute(
        select(aliases.c.server, aliases.c.folded, aliases.c.typed, models.c.key).join_from(aliases, models)
    ):
        found.setdefault(row.server, {})[row.folded] = Nickname(row.typed, row.key)
    return found


def set_nickname(connection: Connection, server: int, nickname: Nickname, by: int, now: datetime) -> None:
    """Give a model a nickname, in place of the model that had it before; raises TooManyNicknames."""
    folded = fold(nickname.typed)
    connection.execute(delete(aliases).where(aliases.c.server == server, aliases.c.folded == folded))
    given = connection.scalar(select(func.count()).select_from(aliases).where(aliases.c.server == server))
    if (given or 0) >= SERVER_LIMIT:
        raise TooManyNicknames(server, SERVER_LIMIT)
    connection.execute(
        insert(aliases).values(
            server=server,
            folded=folded,
            typed=nickname.typed,
            model_id=select(models.c.id).where(models.c.key == nickname.model).scalar_subquery(),
            added_by=by,
            added_at=now,
        )
    )


def drop_nickname(connection: Connection, server: int, typed: str) -> bool:
    """Take a nickname away, and return whether there was one."""
    gone = delete(aliases).where(aliases.c.server == server, aliases.c.folded == fold(typed))
    return bool(connection.execute(gone).rowcount)
