"""Refreshing: each board's sources are asked in turn until one answers, and what it says is stored.

A source that fails changes nothing but the note of its last try.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from store.boards import DATASET, Board, Live, Upstream
from store.errors import DatabaseUnavailable, DocumentError, FetchFailed, Reason
from store.fetches import fail, succeed
from store.gate import Reading
from store.ingest import Outcome, Receipt
from store.intake import Intake
from store.parse import parse
from store.parse.dataset import open_dataset
from store.sources.addresses import dated, latest, resolve
from store.sources.commits import date_of
from store.sources.fetcher import Fetched, Fetcher, Validators
from store.values import Code, Parsed, Problem

log = logging.getLogger(__name__)

AT_ONCE = 4
"""Boards that are asked for at the same time."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a try of one source came to; `code` names the reason of a failure, `found` its detail."""

    board: str
    live: Live
    receipts: tuple[Receipt, ...] = ()
    code: str | None = None
    found: str = ""

    @property
    def outcome(self) -> Outcome:
        """What became of it in a word: the most telling of its receipts'."""
        found = {receipt.outcome for receipt in self.receipts}
        return next((each for each in (Outcome.ADDED, Outcome.HELD) if each in found), Outcome.UNCHANGED)


Tries = tuple[Refreshed, ...]
"""The sources of one board that were asked; all but the last have failed."""


class Refresher:
    """Fetches boards and stores them; `mirrors` has other addresses of upstreams, by key."""

    def __init__(self, intake: Intake, fetcher: Fetcher, mirrors: Mapping[str, str], folder: Path) -> None:
        self._intake = intake
        self._fetcher = fetcher
        self._mirrors = mirrors
        self._folder = folder

    async def refresh(self, boards: Iterable[Board], tell: Callable[[Tries], None]) -> tuple[Tries, ...]:
        """Refresh several boards, `tell` what was tried as each gets done, and return all of it."""
        turn = asyncio.Semaphore(AT_ONCE)

        async def refresh_one(board: Board) -> Tries:
            async with turn:
                tries = await self._ask_in_turn(board)
            tell(tries)
            return tries

        return tuple(await asyncio.gather(*map(refresh_one, boards)))

    async def _ask_in_turn(self, board: Board) -> Tries:
        tried: list[Refreshed] = []
        for live in board.live:
            upstream = resolve(self._intake.catalogue.upstreams[live.upstream], self._mirrors)
            if upstream.base:
                tried.append(await self._ask(board, live, upstream))
                if tried[-1].code is None:
                    break
        return tuple(tried)

    async def _ask(self, board: Board, live: Live, upstream: Upstream) -> Refreshed:
        """Ask one source, store what it says, and note how it went."""
        try:
            receipts = await self._read(board, live, upstream)
        except (FetchFailed, DocumentError) as error:
            code, found, wait = explain(error)
        except DatabaseUnavailable:  # nothing could be noted either
            raise
        except Exception as error:  # one board's bad luck keeps none of the others out
            log.exception("%s from %s", board.key, live)
            code, found, wait = f"fetch.{Reason.UNEXPECTED}", type(error).__name__, None
        else:
            return Refreshed(board.key, live, receipts)
        await asyncio.to_thread(
            self._intake.log, board, live, partial(fail, code=code, found=found, wait=wait)
        )
        return Refreshed(board.key, live, code=code, found=found)

    async def _read(self, board: Board, live: Live, upstream: Upstream) -> tuple[Receipt, ...]:
        """Fetch a document and store it, unless it is the one that was stored last."""
        state = await asyncio.to_thread(self._intake.upkeep.fetch_of, board, live)
        known = Validators(state.etag, state.modified) if state else None
        address = latest(upstream, live.name)
        fetched = await self._fetcher.fetch(address, self._folder, known, upstream.limit)
        if fetched is None:
            await asyncio.to_thread(self._intake.log, board, live, succeed)
            return ()
        try:
            where = dated(upstream, live.name)
            as_of = await date_of(self._fetcher, where, self._folder) if where else None
            receipts = await asyncio.to_thread(self._store, board, live, fetched, as_of)
        finally:
            fetched.path.unlink(missing_ok=True)
        await asyncio.to_thread(self._intake.log, board, live, partial(succeed, fetched=fetched))
        return receipts

    def _store(
        self, board: Board, live: Live, fetched: Fetched, as_of: datetime | None
    ) -> tuple[Receipt, ...]:
        if live.upstream == DATASET:
            dataset = open_dataset(fetched.address, fetched.path, self._intake.catalogue, board.key)
            if isinstance(dataset, Parsed):
                raise DocumentError(dataset.problems)
            return self._store_days(board, fetched, dataset.days())
        parsed = parse(fetched.address, fetched.path.read_bytes(), self._intake.catalogue)
        return self._intake.take(Reading(only(board, parsed), fetched.address, board.key, as_of))

    def _store_days(self, board: Board, fetched: Fetched, days: Iterable[Parsed]) -> tuple[Receipt, ...]:
        """Store every day that can be stored, then raise what refused the first of the others."""
        receipts: list[Receipt] = []
        refused: list[DocumentError] = []
        for day in days:
            try:
                receipts += self._intake.take(Reading(day, fetched.address, board.key))
            except DocumentError as error:
                refused.append(error)
        if refused:
            raise refused[0]
        return tuple(receipts)


def only(board: Board, parsed: Parsed) -> Parsed:
    """Return a document with the one table of `board`; an upstream may have put another in its place.

    A sole table that no heading assigns to any board is taken at the upstream's word.
    """
    own = [table for table in parsed.tables if table.board == board.key]
    if not own and len(parsed.tables) == 1 and parsed.tables[0].board is None:
        own = list(parsed.tables)
    if parsed.refused or own:
        return replace(parsed, tables=tuple(own[:1]))
    others = ", ".join(str(table.board or table.title) for table in parsed.tables)
    raise DocumentError((Problem(parsed.path, Code.OTHER_BOARD, found=others),))


def explain(error: FetchFailed | DocumentError) -> tuple[str, str, float | None]:
    """Return why it failed as the key of a sentence, its detail, and the seconds to wait if that is known."""
    if isinstance(error, FetchFailed):
        return f"fetch.{error.reason}", error.detail, error.retry_after
    first = error.problems[0]
    return f"problem.{first.code}", first.found or first.column or "", None
