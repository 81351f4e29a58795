"""The verbs that keep the archive: refresh, quarantine, upgrade."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from rich.console import Console as Paper
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from bot.errand import TAKEN
from bot.listing import held_json, held_line, receipt_line, refreshed_json, refreshed_line
from bot.verbs.console import MISUSED, REFUSED, Console
from store.archive import Archive
from store.boards import Board
from store.database import alone
from store.history import Historian
from store.ingest import Outcome
from store.refresh import Refreshed, Refresher, Tries
from store.sources.fetcher import Fetcher, open_session

PREFIX = "bangdan-"
LEFTOVER = 86_400
"""Seconds after which a folder of downloads is no running process's any more."""


Tell = Callable[[Tries], None]


def sweep_leftovers(folder: Path) -> None:
    """Remove the downloads of processes that were killed."""
    for left in folder.glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            if left.is_dir() and time.time() - left.stat().st_mtime > LEFTOVER:
                shutil.rmtree(left, ignore_errors=True)


class Upkeep:
    """Fetch boards, decide what was held back, bring the database up to date."""

    def __init__(self, console: Console) -> None:
        self.console = console

    def refresh(self, names: list[str], full: bool, due: bool, as_json: bool = False) -> None:
        """Fetch boards, or with `full` all they ever said; print what became of each."""
        tell = self._tell_json if as_json else self._tell
        archive = self.console.open()
        mirrors = self.console.mirrors(archive.catalogue)
        published = [board for board in archive.catalogue.boards.values() if board.live]
        boards = [archive.catalogue.find_board(name) for name in names] or published
        with alone(archive.engine) as mine:
            if not mine:
                self.console.print(self.console.say("refresh.elsewhere"))
                sys.exit(TAKEN)
            if due:  # asked only now, when nobody else is at it
                boards = [board for board in archive.upkeep.due(mirrors) if board in boards]
            try:
                tried = asyncio.run(self._refresh(archive, boards, mirrors, full, tell))
            except KeyboardInterrupt:
                self.console.fail(self.console.say("refresh.stopped"))
        for name, board in zip(names, boards, strict=False):
            if not any(tries and tries[0].board == board.key for tries in tried):
                key = "refresh.no_history" if full else "refresh.nowhere"
                self.console.fail(self.console.say(key, board=name), MISUSED)
        if any(tries and tries[-1].code is not None for tries in tried):
            sys.exit(REFUSED)

    async def _refresh(
        self, archive: Archive, boards: Iterable[Board], mirrors: Mapping[str, str], full: bool, tell: Tell
    ) -> Sequence[Tries]:
        sweep_leftovers(Path(tempfile.gettempdir()))
        with tempfile.TemporaryDirectory(prefix=PREFIX) as folder:
            async with open_session() as session:
                parts = (archive.intake, Fetcher(session), mirrors, Path(folder))
                if full:
                    return await self._read_histories(Historian(*parts), boards)
                return await Refresher(*parts).refresh(boards, tell)

    async def _read_histories(self, historian: Historian, boards: Iterable[Board]) -> Sequence[Tries]:
        done: list[Tries] = []
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        for board in boards:
            source = historian.source_of(board)
            if source is None:
                continue
            with Progress(*columns, console=Paper(stderr=True)) as progress:
                bar = progress.add_task(board.key, total=None)

                def advance(read: int, days: int, progress: Progress = progress, bar: TaskID = bar) -> None:
                    progress.update(bar, completed=read, total=days)

                tries = (await historian.read(board, *source, advance),)
            self._sum_up(tries[0])
            done.append(tries)
        return done

    def _tell(self, tries: Tries) -> None:
        for each in tries:
            self.console.print(refreshed_line(each, self.console.language))
            for receipt in each.receipts:
                self.console.print("    " + receipt_line(receipt, self.console.language))
                self.console.tell(receipt.notes)

    def _tell_json(self, tries: Tries) -> None:
        for each in tries:
            self.console.print_json_line(refreshed_json(each))

    def _sum_up(self, read: Refreshed) -> None:
        """Print what a history came to, and what was held back of it."""
        self.console.print(refreshed_line(read, self.console.language))
        if read.receipts:
            added = sum(receipt.outcome is Outcome.ADDED for receipt in read.receipts)
            self.console.print(self.console.language.count("refresh.days", len(read.receipts), added=added))
        for receipt in read.receipts:
            if receipt.outcome is Outcome.HELD:
                self.console.print("    " + receipt_line(receipt, self.console.language))
                self.console.tell(receipt.notes)

    def quarantine(self, accept: list[int], drop: list[int], as_json: bool) -> None:
        """Store or drop what was held back by its numbers, else list it."""
        intake = self.console.open().intake
        unknown = []
        for number, accepted in [(each, True) for each in accept] + [(each, False) for each in drop]:
            receipts = intake.decide(number, accept=accepted)
            if receipts is None:
                unknown.append(number)
            elif not accepted:
                self.console.print(self.console.say("quarantine.dropped", number=number))
            for receipt in receipts or ():
                self.console.print(receipt_line(receipt, self.console.language))
        if unknown:
            numbers = ", ".join(map(str, unknown))
            self.console.fail(self.console.say("quarantine.unknown", numbers=numbers), MISUSED)
        if accept or drop:
            return
        held = intake.upkeep.held()
        if as_json:
            self.console.print_json([held_json(each) for each in held])
            return
        for each in held:
            self.console.print(held_line(each, self.console.language))
        self.console.print(self.console.say("quarantine.how" if held else "quarantine.none"))

    def upgrade(self) -> None:
        """Make the database or bring it up to date, and read the seeds."""
        self.console.open()
        self.console.print(self.console.say("upgrade.done"))
