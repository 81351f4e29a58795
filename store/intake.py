"""The intake: everything that comes into the archive, from files, folders, sources and quarantine."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime
from importlib.resources.abc import Traversable

from sqlalchemy import Connection, Engine, delete, insert, select

from store.boards import Board, Catalogue, Live
from store.database import taken, writing
from store.fetches import Fetch, due_boards, note_fetch, read_fetches
from store.gate import Reading
from store.ingest import Receipt, check_reading, ingest, store_table
from store.names import Identities
from store.quarantine import Held, decide_held, held_tables
from store.registry import Registry, adopt_headings
from store.schema import facts

SEEDS = "seeds"
CATALOGUE = "catalogue"


class Intake:
    """Stores documents and remembers where they came from; safe to use from several threads."""

    def __init__(
        self,
        engine: Engine,
        catalogue: Catalogue,
        identities: Identities,
        clock: Callable[[], datetime],
    ) -> None:
        self.catalogue = catalogue
        self.now = clock
        self._engine = engine
        self._identities = identities

    def adopt_headings(self, catalogue_digest: str) -> None:
        """Let dimensions that a person added to the catalogue have what was stored under their headings."""
        if self.fact(CATALOGUE) == catalogue_digest:
            return
        with writing(self._engine) as connection:
            adopt_headings(connection, self.catalogue)
        self.note(CATALOGUE, catalogue_digest)

    def read_seeds(self, folder: Traversable) -> tuple[Receipt, ...]:
        """Store the shipped boards, unless these very files were read before.

        What was read is noted last: a crash in between reads them again, which adds nothing twice.
        """
        pages = [(each.name, each.read_bytes()) for each in sorted(folder.iterdir(), key=lambda f: f.name)]
        digest = hashlib.sha256(b"\0".join(name.encode() + b"\0" + page for name, page in pages)).hexdigest()
        if self.fact(SEEDS) == digest:
            return ()
        from store.parse import parse  # three megabytes that a bot whose boards are read never needs

        receipts: list[Receipt] = []
        for name, page in pages:
            parsed = parse(name, page, self.catalogue)
            receipts += self.take(Reading(parsed, f"seeds/boards/{name}", shipped=True))
        self.note(SEEDS, digest)
        return tuple(receipts)

    def add(
        self,
        path: str,
        content: bytes,
        source: str,
        *,
        board: str | None = None,
        as_of: datetime | None = None,
    ) -> tuple[Receipt, ...]:
        """Parse and store one document; raises what `store.ingest.ingest` raises."""
        from store.parse import parse  # see read_seeds

        return self.take(Reading(parse(path, content, self.catalogue), source, board, as_of))

    def take(self, reading: Reading) -> tuple[Receipt, ...]:
        """Store what was parsed; raises what `store.ingest.ingest` raises."""
        return ingest(self._engine, self.catalogue, self._identities, reading, self.now())

    def held(self) -> tuple[Held, ...]:
        """Return the tables that await a decision."""
        with self._engine.connect() as connection:
            return held_tables(connection, self.catalogue)

    def decide(self, number: int, *, accept: bool) -> tuple[Receipt, ...] | None:
        """Store or drop a table that was held back; None when none of that number waits."""
        with writing(self._engine) as connection:
            reading = decide_held(connection, number, accept=accept)
            if reading is None:
                return None
            if not accept:
                return ()
            registry = self._registry(connection)
            tables, notes = check_reading(self.catalogue, reading, self.now())
            return tuple(
                store_table(connection, registry, reading, board, table, notes, self.now())
                for board, table in tables
            )

    def fetches(self, board: str | None = None) -> tuple[Fetch, ...]:
        """Return how fetching went last, from every source (of one board)."""
        with self._engine.connect() as connection:
            return read_fetches(connection, board)

    def fetch_of(self, board: Board, live: Live) -> Fetch | None:
        """Return how fetching a board from one of its sources went last; None when it was never tried."""
        return next((each for each in self.fetches(board.key) if each.live == live), None)

    def log(self, board: Board, live: Live, change: Callable[[Fetch, datetime], Fetch]) -> None:
        """Change the note of how fetching a board from one of its sources went."""
        now = self.now()
        with writing(self._engine) as connection:
            known = (each for each in read_fetches(connection, board.key) if each.live == live)
            state = change(next(known, Fetch(board.key, live, now)), now)
            note_fetch(connection, self._registry(connection), state)

    def due(self, mirrors: Mapping[str, str]) -> tuple[Board, ...]:
        """Return the boards whose time to be looked at has come."""
        return due_boards(self.catalogue, self.fetches(), self.now(), mirrors)

    def refresh_wanted(self, mirrors: Mapping[str, str]) -> bool:
        """Return whether the time of some board has come and no process is fetching."""
        return bool(self.due(mirrors)) and not taken(self._engine)

    def fact(self, key: str) -> str | None:
        """Return what was noted under `key`."""
        with self._engine.connect() as connection:
            found: str | None = connection.scalar(select(facts.c.value).where(facts.c.key == key))
            return found

    def note(self, key: str, value: str) -> None:
        """Keep `value` under `key`."""
        with writing(self._engine) as connection:
            connection.execute(delete(facts).where(facts.c.key == key))
            connection.execute(insert(facts).values(key=key, value=value))

    def _registry(self, connection: Connection) -> Registry:
        return Registry(connection, self.catalogue, self._identities)
