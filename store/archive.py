"""The archive: a database that is ready to be asked, with its catalogue and its names.

archive = Archive.open("sqlite:///data/bangdan.db", seeds.FOLDER)
archive.reference().resolve("qwq-32b")
archive.leaders("rele-open", "law")
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from importlib.resources.abc import Traversable
from threading import Lock
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from store import queries
from store.answers import Leaders, Snapshot, Standing
from store.boards import Board, Catalogue, Dimension
from store.catalogue import read_catalogue
from store.changes import Changes
from store.condition import Observatory
from store.course import Course
from store.courses import read_course
from store.database import last_write, make_engine, upgrade, writing
from store.debuts import read_newness
from store.edition import Edition
from store.errors import UnknownDimension
from store.facts import Facts
from store.filters import UNTOLD, Filter
from store.holdings import Holdings
from store.lineup import read_lineup
from store.market import priced_boards
from store.names import Identities
from store.news.comparisons import Comparison, read_comparison
from store.news.requests import Requests
from store.nicknames import Nickname, drop_nickname, set_nickname
from store.outbox.claims import LEASE
from store.outbox.outbox import Outbox
from store.outbox.shares import EVERYTHING, Share
from store.pages import read_page
from store.places import find_places, find_shared_places
from store.reference import Reference, read_reference
from store.renames import Renames
from store.shipment import Shipment
from store.timeline import changing_boards, find_ends, read_changes, read_history
from store.upkeep import Upkeep
from store.values import Table

if TYPE_CHECKING:
    from store.intake import Intake


class Archive:
    """Everything stored, asked through plain methods; safe to use from several threads."""

    def __init__(
        self,
        engine: Engine,
        catalogue: Catalogue,
        identities: Identities,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.engine = engine
        self.catalogue = catalogue
        self.identities = identities
        self.facts = Facts(engine)
        self.upkeep = Upkeep(engine, catalogue, clock)
        self.requests = Requests(engine, clock)
        self.renames = Renames(engine)
        self.observatory = Observatory(engine, catalogue, clock)
        self._clock = clock
        self._reference: Reference | None = None
        self._lock = Lock()
        self._holdings = Holdings(catalogue)

    @classmethod
    def open(cls, url: str, folder: Traversable) -> Archive:
        """Open the database at `url`: make its tables and read the seeds of `folder` where needed.

        Raises DatabaseUnavailable, CatalogueError, and DocumentError for a broken seed.
        """
        archive = cls(make_engine(url), read_catalogue(folder), Identities.read(folder))
        upgrade(archive.engine)
        shipment = Shipment.read(folder)
        if not shipment.is_known(archive.facts):
            archive.intake.adopt(shipment)
        return archive

    @cached_property
    def intake(self) -> Intake:
        """What stores documents: loaded where there is one, since a bot that answers needs none of it."""
        from store import intake

        return intake.Intake(self.engine, self.catalogue, self.identities, self._clock)

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()

    def issues(self) -> tuple[Edition, tuple[datetime, ...]]:
        """Return the edition of now, and when the dated pages were issued that answers are of.

        The edition is another one as soon as any answer can have changed, whoever changed it.
        """
        with self.engine.connect() as connection:
            view = self._holdings.look(connection)
            return view.edition, view.issues()

    def last_write(self) -> object:
        """Return what is another object as soon as this process has stored anything."""
        return last_write(self.engine)

    def current(self, on: date | None = None) -> Mapping[str, Snapshot]:
        """Return what every board says, by the end of day `on` (UTC) if given."""
        with self.engine.connect() as connection:
            return {page.board.key: page for page in self._holdings.look(connection).pages(on).current}

    def standings_of(
        self, models: Sequence[str], board: str | None = None, on: date | None = None
    ) -> tuple[tuple[Standing, ...], ...]:
        """Return for each model key where it stands, on every board or on one.

        Raises NoSnapshot when the one board has nothing stored by that day.
        """
        with self.engine.connect() as connection:
            view = self._holdings.look(connection)
            pages = view.pages(on) if board is None else view.pages(on).of(view.page(board, on).board.key)
            return find_places(connection, self.catalogue, models, pages, view.tallies)

    def side_by_side(self, models: Sequence[str], on: date | None = None) -> tuple[tuple[Standing, ...], ...]:
        """Return for each model key where it stands, on the same page of a board for all."""
        with self.engine.connect() as connection:
            view = self._holdings.look(connection)
            return find_shared_places(connection, self.catalogue, models, view.pages(on), view.tallies)

    def lineup(self, models: Sequence[str]) -> Mapping[str, tuple[Standing, ...]]:
        """Return where models stand on each board, by its key, in its main score alone."""
        with self.engine.connect() as connection:
            return read_lineup(connection, self.catalogue, models, self._holdings.look(connection).pages())

    def leaders(
        self,
        board: str,
        dimension: str | None = None,
        on: date | None = None,
        *,
        offset: int = 0,
        limit: int | None = None,
        only: Filter | None = None,
    ) -> Leaders:
        """Return a page of a board in one of its dimensions (its main score if None), best first.

        With `only`, of the models that fit; who is new is told by the end of day `on`, or now.
        Raises NoSnapshot, UnknownDimension, UnknownBoard.
        """
        with self.engine.connect() as connection:
            view = self._holdings.look(connection)
            snapshot = view.page(board, on)
            tally = view.tallies(snapshot).get(dimension or snapshot.score.key)
            if tally is None:
                raise UnknownDimension(snapshot.board.key, dimension or snapshot.score.key)
            newness = UNTOLD
            if only and only.new is not None:
                now = datetime.combine(on, time.max, UTC) if on else self._clock()
                newness = read_newness(connection, snapshot, only.new, now)
            return queries.leaders(connection, self.catalogue, snapshot, tally, offset, limit, only, newness)

    def dimensions(self, on: date | None = None) -> Mapping[str, tuple[Dimension, ...]]:
        """Return the dimensions that each board scores, by board key, its main score first."""
        with self.engine.connect() as connection:
            pages = self._holdings.look(connection).pages(on).current
            return queries.dimensions_of(connection, self.catalogue, pages)

    def export(self, board: str, on: date | None = None) -> Table:
        """Return the whole page of what a board says (by the end of day `on`).

        Raises NoSnapshot, UnknownBoard.
        """
        with self.engine.connect() as connection:
            snapshot = self._holdings.look(connection).page(board, on)
            return read_page(connection, self.catalogue, snapshot)

    def changes(self, board: str, older: date | None = None, newer: date | None = None) -> Changes:
        """Return what changed on a board between the ends of two days (UTC): `older`, and `newer` or now.

        The two end states are compared, not the days between them. Without `older`, the last change.
        Raises NoSnapshot, OneSnapshot, UnknownBoard.
        """
        with self.engine.connect() as connection:
            ends = find_ends(connection, self.catalogue, board, older, newer)
            return read_changes(connection, self.catalogue, *ends)

    def compare_contents(self, older: Snapshot, newer: Snapshot) -> Comparison:
        """Return two contents of a board side by side, with what changed between them."""
        with self.engine.connect() as connection:
            return read_comparison(connection, self.catalogue, older, newer)

    def outbox(self, owner: str, lease: timedelta = LEASE, share: Share = EVERYTHING) -> Outbox:
        """Return what is to be sent, for a process that names itself `owner` and has a `share` of servers."""
        return Outbox(self.engine, self.catalogue, self._clock, owner, lease, share)

    def changing(self) -> tuple[Board, ...]:
        """Return the boards of which more than one content is stored."""
        with self.engine.connect() as connection:
            return changing_boards(connection, self.catalogue)

    def history(self, board: str) -> Iterator[Changes]:
        """Give every change of a board, step by step, oldest first; raises NoSnapshot, UnknownBoard."""
        with self.engine.connect() as connection:
            yield from read_history(connection, self.catalogue, board)

    def course(self, board: str, models: Sequence[str], since: date | None = None) -> Course:
        """Return how models fared on a board over its dated pages since a day; raises UnknownBoard."""
        with self.engine.connect() as connection:
            return read_course(connection, self.catalogue, board, models, since)

    def boards_of(self, models: Sequence[str]) -> Mapping[str, int]:
        """Return the boards with dated pages of these models and on how many pages, the likeliest first."""
        with self.engine.connect() as connection:
            return self._holdings.look(connection).boards_of(models)

    def priced_boards(self, currency: str | None = None) -> Mapping[str, int]:
        """Return the boards whose current pages have prices (in a currency), and of how many models."""
        with self.engine.connect() as connection:
            return priced_boards(connection, self._holdings.look(connection).pages().current, currency)

    def reference(self) -> Reference:
        """Return what names mean now; of what did not change, the same as before."""
        with self.engine.connect() as connection, self._lock:
            self._reference = read_reference(connection, self.catalogue, self.identities, self._reference)
            return self._reference

    def name_model(self, server: int, nickname: Nickname, by: int) -> None:
        """Give a model a nickname on one server; raises TooManyNicknames."""
        with writing(self.engine) as connection:
            set_nickname(connection, server, nickname, by, self._clock())

    def unname_model(self, server: int, typed: str) -> bool:
        """Take a server's nickname away, and return whether there was one."""
        with writing(self.engine) as connection:
            return drop_nickname(connection, server, typed)
