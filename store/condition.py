"""What a database tells those who watch it: how old each board is, and what waits to be sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, func, select, true

from store import queries
from store.boards import Catalogue
from store.news.tables import deliveries
from store.outbox.values import State


@dataclass(frozen=True, slots=True)
class Condition:
    """The ages of boards' newest pages by board key, in seconds, and deliveries: waiting, due, under way.

    A page without a date is as old as its reading.
    """

    ages: Mapping[str, float]
    waiting: int
    due: int
    claimed: int


class Observatory:
    """Asks a database how it is; safe to use from several threads."""

    def __init__(self, engine: Engine, catalogue: Catalogue, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._catalogue = catalogue
        self._clock = clock

    def ping(self) -> None:
        """Ask for nothing; raises DatabaseUnavailable."""
        with self._engine.connect() as connection:
            connection.execute(select(true()))

    def condition(self) -> Condition:
        """Return how old the boards are and what waits; raises DatabaseUnavailable."""
        now = self._clock()
        planned = deliveries.c.state == State.PLANNED
        counted = select(
            func.count().filter(planned),
            func.count().filter(planned, deliveries.c.due <= now),
            func.count().filter(deliveries.c.state == State.CLAIMED),
        ).where(deliveries.c.state.in_([State.PLANNED, State.CLAIMED]))
        with self._engine.connect() as connection:
            found = queries.current(connection, self._catalogue)
            waiting, due, claimed = connection.execute(counted).one()
        ages = {key: (now - (each.as_of or each.read_at)).total_seconds() for key, each in found.items()}
        return Condition({key: max(age, 0.0) for key, age in ages.items()}, waiting, due, claimed)
