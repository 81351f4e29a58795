"""The intake: everything that comes into the archive, from files, folders, sources and quarantine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, Engine

from store.boards import Board, Catalogue, Live
from store.database import writing
from store.facts import Facts
from store.fetches import Fetch, note_fetch, read_fetches
from store.gate import Reading
from store.ingest import Receipt, check_reading, ingest, store_table
from store.names import Identities
from store.parse import parse
from store.quarantine import decide_held
from store.registry import Registry, adopt_headings
from store.shipment import CATALOGUE, SEEDS, Shipment, digest_pages
from store.upkeep import Upkeep


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
        self.upkeep = Upkeep(engine, catalogue, clock)
        self._facts = Facts(engine)
        self._engine = engine
        self._identities = identities

    def adopt(self, shipment: Shipment) -> None:
        """Store what is shipped, as far as this database has not had it."""
        if self._facts.find(CATALOGUE) != shipment.catalogue:
            with writing(self._engine) as connection:
                adopt_headings(connection, self.catalogue)
            self._facts.note(CATALOGUE, shipment.catalogue)
        self.read_seeds(shipment.pages)

    def read_seeds(self, pages: tuple[tuple[str, bytes], ...]) -> tuple[Receipt, ...]:
        """Store the shipped boards, unless these very pages were read before.

        What was read is noted last: a crash in between reads them again, which adds nothing twice.
        """
        digest = digest_pages(pages)
        if self._facts.find(SEEDS) == digest:
            return ()
        receipts: list[Receipt] = []
        for name, page in pages:
            parsed = parse(name, page, self.catalogue)
            receipts += self.take(Reading(parsed, f"seeds/boards/{name}", shipped=True))
        self._facts.note(SEEDS, digest)
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
        return self.take(Reading(parse(path, content, self.catalogue), source, board, as_of))

    def take(self, reading: Reading) -> tuple[Receipt, ...]:
        """Store what was parsed; raises what `store.ingest.ingest` raises."""
        return ingest(self._engine, self.catalogue, self._identities, reading, self.now())

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

    def log(self, board: Board, live: Live, change: Callable[[Fetch, datetime], Fetch]) -> None:
        """Change the note of how fetching a board from one of its sources went."""
        now = self.now()
        with writing(self._engine) as connection:
            known = (each for each in read_fetches(connection, board.key) if each.live == live)
            state = change(next(known, Fetch(board.key, live, now)), now)
            note_fetch(connection, self._registry(connection), state)

    def _registry(self, connection: Connection) -> Registry:
        return Registry(connection, self.catalogue, self._identities)
