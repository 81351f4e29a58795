"""Reading all that a board ever said from the official data set, day by day.

Each day is a transaction of its own, after which the day is noted: an interrupted run goes on where it
was, as long as the upstream's file is the same.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path

from store.boards import Board, Live, Upstream
from store.errors import DocumentError, FetchFailed
from store.fetches import Fetch, advance, fail, succeed
from store.gate import Reading
from store.ingest import Receipt
from store.intake import Intake
from store.parse.dataset import Dataset, open_dataset
from store.refresh import Refreshed, explain
from store.sources.addresses import history, resolve
from store.sources.fetcher import Fetched, Fetcher, Validators
from store.values import Parsed

NAME = "{} (history)"
"""The name of a source's history among the states of fetching."""

Progress = Callable[[int, int], None]
"""Is told how many of how many days have been read."""


class Historian:
    """Reads histories and stores them; `mirrors` has other addresses of upstreams, by key."""

    def __init__(self, intake: Intake, fetcher: Fetcher, mirrors: Mapping[str, str], folder: Path) -> None:
        self._intake = intake
        self._fetcher = fetcher
        self._mirrors = mirrors
        self._folder = folder

    def source_of(self, board: Board) -> tuple[Live, Upstream] | None:
        """Return where a board's history is published, or None."""
        for live in board.live:
            upstream = resolve(self._intake.catalogue.upstreams[live.upstream], self._mirrors)
            if upstream.base and upstream.history:
                return live, upstream
        return None

    async def read(self, board: Board, live: Live, upstream: Upstream, progress: Progress) -> Refreshed:
        """Read a board's history, and note how it went."""
        place = Live(live.upstream, NAME.format(live.name))
        try:
            receipts = await self._read(board, place, history(upstream, live.name), upstream.limit, progress)
        except (FetchFailed, DocumentError) as error:
            code, found, wait = explain(error)
            await self._log(board, place, partial(fail, code=code, found=found, wait=wait))
            return Refreshed(board.key, place, code=code, found=found)
        return Refreshed(board.key, place, receipts)

    async def _read(
        self, board: Board, place: Live, address: str, limit: int, progress: Progress
    ) -> tuple[Receipt, ...]:
        state = await asyncio.to_thread(self._intake.upkeep.fetch_of, board, place)
        known = Validators(state.etag, state.modified) if state and state.through is None else None
        fetched = await self._fetcher.fetch(address, self._folder, known, limit)
        if fetched is None:
            await self._log(board, place, succeed)
            return ()
        try:
            dataset = await asyncio.to_thread(
                open_dataset, fetched.address, fetched.path, self._intake.catalogue, board.key
            )
            if isinstance(dataset, Parsed):
                raise DocumentError(dataset.problems)
            same = state is not None and state.etag is not None and state.etag == fetched.validators.etag
            after = state.through if state and same else None
            receipts = await self._store(board, place, dataset, fetched, after, progress)
        finally:
            fetched.path.unlink(missing_ok=True)
        await self._log(board, place, partial(succeed, fetched=fetched))
        return receipts

    async def _store(
        self,
        board: Board,
        place: Live,
        dataset: Dataset,
        fetched: Fetched,
        after: datetime | None,
        progress: Progress,
    ) -> tuple[Receipt, ...]:
        """Store day after day; a day that is refused keeps none of the others out."""
        receipts: list[Receipt] = []
        refused: list[DocumentError] = []
        done, total = sum(after is not None and day <= after for day in dataset.dates), len(dataset.dates)
        days = dataset.days(after)
        while (parsed := await asyncio.to_thread(next, days, None)) is not None:
            try:
                reading = Reading(parsed, fetched.address, board.key)
                receipts += await asyncio.to_thread(self._intake.take, reading)
            except DocumentError as error:
                refused.append(error)
            through = dataset.dates[done]
            await self._log(board, place, partial(advance, fetched=fetched, through=through))
            done += 1
            progress(done, total)
        if refused:
            raise refused[0]
        return tuple(receipts)

    async def _log(self, board: Board, place: Live, change: Callable[[Fetch, datetime], Fetch]) -> None:
        await asyncio.to_thread(self._intake.log, board, place, change)
