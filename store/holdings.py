"""What is held in memory of what boards say: all of now, and the pages of days that were asked for.

It is read again as soon as there is another edition, whoever stored it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from sqlalchemy import Connection, Engine

from store.answers import Snapshot
from store.boards import Catalogue
from store.courses import boards_of
from store.database import last_write, reading
from store.edition import Edition, read_edition
from store.memory import Memory
from store.places import Pages, read_pages
from store.queries import Everywhere, lines_of, standings_of
from store.sheets import Sheet
from store.tally import Tallies, read_tallies

ROOM = 64
"""Days whose pages are held, and pages whose tallies are: some kilobytes each."""


@dataclass(frozen=True, slots=True)
class Present:
    """All that boards say in one edition, in memory: whole pages by their ids, some half a kilobyte a line.

    `issues` are the times when the dated pages were issued.
    """

    edition: Edition
    pages: Pages
    sheets: Mapping[int, Sheet]
    issues: tuple[datetime, ...]

    def find(self, models: Sequence[str], among: Pages) -> Everywhere:
        """Return all lines that these pages have of models (keys)."""
        sheets = [self.sheets[page.id] for page in among.all()]
        return {
            model: [line for sheet in sheets for line in sheet.by_model.get(model, ())] for model in models
        }

    def sheet(self, page: Snapshot) -> Sheet:
        """Return a whole page."""
        return self.sheets[page.id]


Seen = Present | None
"""What was seen of now, None where it is to be looked at."""


@dataclass(frozen=True, slots=True)
class Look:
    """A look at what is stored: when (in seconds), after which write of this process, and what was seen."""

    at: float
    written: object
    seen: Present


class Holdings:
    """What was read last; safe to use from several threads."""

    def __init__(self, engine: Engine, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.kept = Memory(ROOM)
        self.tallied = Memory(ROOM)
        self._engine = engine
        self._last: Look | None = None

    @contextmanager
    def look(self) -> Iterator[View]:
        """Give what is stored now, as far as it is asked for."""
        with reading(self._engine) as connection:
            yield View(self, connection, read_edition(connection))

    def held(self, within: float) -> Present | None:
        """Return what boards say, at once, where that was seen within so many seconds and is certain since.

        It is not certain after this process has stored anything; of what others store nothing is known.
        """
        last = self._last
        if last is None or last.written is not last_write(self._engine):
            return None
        return last.seen if time.monotonic() - last.at < within else None

    def present(self, within: float = 0.0) -> Present:
        """Return what boards say now, as of `within` so many seconds ago at most."""
        held = self.held(within)
        if held is not None:
            return held
        at, written = time.monotonic(), last_write(self._engine)
        with self.look() as view:
            seen = self.kept.recall(view.edition, "present", partial(self._read, view))
        self._last = Look(at, written, seen)
        return seen

    @contextmanager
    def sight(self, on: date | None, seen: Seen) -> Iterator[tuple[Present | View, Pages]]:
        """Give what tells where models stand, with the pages of the day `on`, or of now, or as `seen`."""
        if on is None:
            present = seen or self.present()
            yield present, present.pages
        else:
            with self.look() as view:
                yield view, view.pages(on)

    def _read(self, view: View) -> Present:
        """Return all that boards say; a page that was read before says the same, unless it is seen anew."""
        last, pages = self._last, view.pages()
        same = last is not None and last.seen.edition[1] == view.edition[1]
        known = last.seen.sheets if last is not None and same else {}
        sheets: dict[int, Sheet] = {}
        for page in pages.all():
            before = known.get(page.id)
            unchanged = before is not None and before.snapshot == page
            sheets[page.id] = before if before is not None and unchanged else view.sheet(page)
        issues = {page.as_of for page in pages.all() if page.as_of is not None}
        return Present(view.edition, pages, sheets, tuple(issues))


@dataclass(frozen=True, slots=True)
class View:
    """What is stored in one edition: held in memory, or read with the connection."""

    _holdings: Holdings
    connection: Connection
    edition: Edition

    def pages(self, on: date | None = None) -> Pages:
        """Return what every board says, by the end of day `on` if given."""
        read = partial(read_pages, self.connection, self._holdings.catalogue, on)
        return self._holdings.kept.recall(self.edition, on, read)

    def find(self, models: Sequence[str], among: Pages) -> Everywhere:
        """Return all lines that these pages have of models (keys)."""
        return standings_of(self.connection, self._holdings.catalogue, models, among.all(), self.tallies)

    def sheet(self, page: Snapshot) -> Sheet:
        """Return a whole page, which is read."""
        return Sheet.of(page, lines_of(self.connection, self._holdings.catalogue, page, self.tallies))

    def tallies(self, page: Snapshot) -> Tallies:
        """Return the tallies of a page, which no other page changes, but what is published can."""
        read = partial(read_tallies, self.connection, self._holdings.catalogue, page)
        return self._holdings.tallied.recall(self.edition[1], page.id, read)

    def boards_of(self, models: Sequence[str]) -> Mapping[str, int]:
        """Return what `store.courses.boards_of` does."""
        read = partial(boards_of, self.connection, self._holdings.catalogue, models)
        return self._holdings.kept.recall(self.edition, ("boards", *models), read)
