"""The upkeep: how fetching the boards goes, what is due, and what awaits a person's decision.

It reads only. What stores documents is the intake, which a bot that answers never loads.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import Engine

from store.boards import Board, Catalogue, Live
from store.database import taken
from store.fetches import Fetch, due_boards, read_fetches
from store.quarantine import Held, held_tables


class Upkeep:
    """Tells how the boards are kept up; safe to use from several threads."""

    def __init__(self, engine: Engine, catalogue: Catalogue, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._catalogue = catalogue
        self._now = clock

    def held(self) -> tuple[Held, ...]:
        """Return the tables that await a decision."""
        with self._engine.connect() as connection:
            return held_tables(connection, self._catalogue)

    def fetches(self, board: str | None = None) -> tuple[Fetch, ...]:
        """Return how fetching went last, from every source (of one board)."""
        with self._engine.connect() as connection:
            return read_fetches(connection, board)

    def fetch_of(self, board: Board, live: Live) -> Fetch | None:
        """Return how fetching a board from one of its sources went last; None when it was never tried."""
        return next((each for each in self.fetches(board.key) if each.live == live), None)

    def due(self, mirrors: Mapping[str, str]) -> tuple[Board, ...]:
        """Return the boards whose time to be looked at has come."""
        return due_boards(self._catalogue, self.fetches(), self._now(), mirrors)

    def refresh_wanted(self, mirrors: Mapping[str, str]) -> bool:
        """Return whether the time of some board has come and no process is fetching."""
        return bool(self.due(mirrors)) and not taken(self._engine)
