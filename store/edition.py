"""The edition of what is stored: what tells in one small query whether any answer can have changed.

Every page that is stored makes another edition. Whoever changes what boards say in any other way publishes
one in the same transaction; what is kept in memory of an older edition is then forgotten.
"""

from __future__ import annotations

import uuid

from sqlalchemy import Connection, delete, func, insert, select

from store.schema import facts, sightings

Edition = tuple[int, str]
"""The newest sighting, and a name for what was changed last without one; any change makes another."""

PUBLISHED = "edition"

_QUERY = select(
    select(func.coalesce(func.max(sightings.c.id), 0)).scalar_subquery(),
    select(facts.c.value).where(facts.c.key == PUBLISHED).scalar_subquery(),
)


def read_edition(connection: Connection) -> Edition:
    """Return the edition of now."""
    newest, published = connection.execute(_QUERY).one()
    return newest, published or ""


def publish(connection: Connection) -> None:
    """Let everything that was read before be read again; part of the transaction that changes it."""
    connection.execute(delete(facts).where(facts.c.key == PUBLISHED))
    connection.execute(insert(facts).values(key=PUBLISHED, value=uuid.uuid4().hex))
