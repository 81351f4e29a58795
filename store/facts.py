"""Facts: single words that are kept under a key, such as which seeds were read."""

from __future__ import annotations

from sqlalchemy import Engine, delete, insert, select

from store.database import writing
from store.schema import facts


class Facts:
    """Keeps words under keys; safe to use from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def find(self, key: str) -> str | None:
        """Return what was noted under `key`."""
        with self._engine.connect() as connection:
            found: str | None = connection.scalar(select(facts.c.value).where(facts.c.key == key))
            return found

    def note(self, key: str, value: str) -> None:
        """Keep `value` under `key`."""
        with writing(self._engine) as connection:
            connection.execute(delete(facts).where(facts.c.key == key))
            connection.execute(insert(facts).values(key=key, value=value))
