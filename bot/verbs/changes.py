"""The verb that tells what changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from rich.console import Console as Paper

from bot.mistakes import DayUnknown
from bot.paper import draw
from bot.replies.changes import changes_pages
from bot.since import read_since
from bot.verbs.console import MISUSED, Console
from store.archive import Archive
from store.changes import Changes
from store.changes.structured import changes_json
from store.errors import NoSnapshot, OneSnapshot


class News:
    """Tell what changed on boards."""

    def __init__(self, console: Console) -> None:
        self.console = console

    def changes(self, name: str | None, older: str | None, newer: str | None, as_json: bool) -> None:
        """Print what changed on a board between two days, else at its last change; without one, of all.

        Days are written as in `/changes`: 2025-07-06, yesterday, 7d, 昨天. As JSON that is an object for a
        board that was named, else a list of one for each that changed.
        """
        ends = self._day(older), self._day(newer)
        if ends[0] and ends[1] and ends[0] > ends[1]:
            self.console.fail(self.console.say("changes.backwards", older=ends[0], newer=ends[1]), MISUSED)
        archive = self.console.open()
        told = [self._of_one(archive, name, *ends)] if name else list(_of_all(archive, *ends))
        if not told:
            day = ends[0] or ends[1]
            old = day is not None and archive.changing()
            self.console.fail(self.console.say("changes.then" if old else "changes.none", day=day))
        if as_json:
            values = [changes_json(each) for each in told]
            self.console.print_json(values[0] if name else values)
            return
        paper = Paper()
        now = datetime.combine(ends[1], time.max, UTC) if ends[1] else datetime.now(UTC)
        for each in told:
            for page in changes_pages(each, archive.catalogue, self.console.language, now):
                draw(paper, {"content": "", "embeds": [page.to_dict()], "components": []})

    def _day(self, written: str | None) -> date | None:
        if written is None:
            return None
        try:
            return read_since(written, self.console.texts, datetime.now(UTC).date())
        except DayUnknown:
            self.console.fail(self.console.say("mistake.day", typed=written), MISUSED)

    def _of_one(self, archive: Archive, name: str, older: date | None, newer: date | None) -> Changes:
        board = archive.catalogue.find_board(name)
        try:
            return archive.changes(board.key, older, newer)
        except NoSnapshot as error:
            key = "export.then" if error.on else "export.nothing"
            day = self.console.language.day(error.on) if error.on else ""
            self.console.fail(self.console.say(key, board=board.key, day=day))
        except OneSnapshot:
            self.console.fail(self.console.say("changes.one", board=board.key))


def _of_all(archive: Archive, older: date | None, newer: date | None) -> Iterator[Changes]:
    """Give the changes of each board that has another content to compare with."""
    for board in archive.changing():
        try:
            yield archive.changes(board.key, older, newer)
        except (NoSnapshot, OneSnapshot):  # nothing by that day
            continue
