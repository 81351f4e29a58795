"""The verbs that work on documents: parse, ingest, export."""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console as Paper
from rich.progress import track

import seeds
from bot.listing import parsed_json, receipt_line
from bot.replies.marks import printable
from bot.verbs.console import REFUSED, Console
from store.archive import Archive
from store.boards import Board
from store.catalogue import read_catalogue
from store.errors import DocumentError, NoSnapshot
from store.export import Format, Prose, export
from store.parse import parse
from store.sources.documents import list_documents, read_document
from store.values import Parsed


class Documents:
    """Read documents, store them, and write boards back."""

    def __init__(self, console: Console) -> None:
        self.console = console

    def parse(self, files: list[Path], as_json: bool) -> None:
        """Print the typed rows of documents, without any database."""
        catalogue = read_catalogue(seeds.FOLDER)
        documents: list[Parsed] = []
        for file in files:
            try:
                documents.append(parse(str(file), read_document(file), catalogue))
            except DocumentError as error:
                documents.append(Parsed(str(file), (), error.problems))
        if as_json:
            self.console.print_json([parsed_json(each) for each in documents])
        for each in documents:
            if not as_json:
                for table in each.tables:
                    rows = self.console.language.count("ingest.rows", len(table.rows))
                    self.console.print(
                        f"{each.path}  {table.board or '–'}  {table.title}  {table.coverage}  {rows}"
                    )
            self.console.tell(each.problems)
        if any(each.refused for each in documents):
            sys.exit(REFUSED)

    def ingest(self, paths: list[Path], board: str | None, as_of: datetime | None) -> None:
        """Store documents, those of a folder in order of date, and print what became of each."""
        archive = self.console.open()
        day = as_of.replace(tzinfo=UTC) if as_of and as_of.tzinfo is None else as_of
        files = [file for path in paths for file in (list_documents(path) if path.is_dir() else (path,))]
        many = any(path.is_dir() for path in paths)
        taken = [
            self._ingest_one(archive, file, board, day)
            for file in track(files, "", console=Paper(stderr=True), disable=not many, transient=True)
        ]
        if many:
            self.console.print(self.console.language.count("ingest.files", len(files)))
        if not all(taken):
            sys.exit(REFUSED)

    def _ingest_one(self, archive: Archive, file: Path, board: str | None, day: datetime | None) -> bool:
        """Store one document, print what became of it, and return whether it was taken."""
        try:
            content = read_document(file)
            receipts = archive.intake.add(str(file), content, f"file:{file.name}", board=board, as_of=day)
        except DocumentError as error:
            self.console.tell(error.problems)
            self.console.print(self.console.say("ingest.refused", path=file))
            return False
        for receipt in receipts:
            self.console.print(receipt_line(receipt, self.console.language))
            self.console.tell(receipt.notes)
        return True

    def export(self, name: str, on: datetime | None, format: Format, output: Path | None) -> None:
        """Write a board back, as it was by day `on`, to the terminal or a file."""
        archive = self.console.open()
        board = archive.catalogue.find_board(name)
        try:
            table = archive.export(board.key, on.date() if on else None)
        except NoSnapshot:
            key = "export.then" if on else "export.nothing"
            self.console.fail(
                self.console.say(key, board=board.key, day=on and self.console.language.day(on))
            )
        written = export(table, format, archive.catalogue, self._prose(board))
        if output is None:
            sys.stdout.write(printable(written) if sys.stdout.isatty() else written)
            return
        try:
            write_whole(output, written)
        except OSError as error:
            self.console.fail(self.console.say("export.unwritable", path=output, reason=error.strerror))

    def _prose(self, board: Board) -> Prose:
        say = self.console.say
        licensed = say("export.license", license=board.license) if board.license else say("export.unlicensed")
        return Prose(
            heading=say("export.heading"),
            source=say("export.source", attribution=board.attribution, source=board.source),
            license=licensed,
            quoted=say("export.quoted"),
            categories=say("export.categories"),
        )


def write_whole(path: Path, text: str) -> None:
    """Write a file so that whoever reads it meanwhile sees the old one or the new one, whole."""
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", newline="", dir=path.parent, delete=False
    ) as file:
        try:
            file.write(text)
            file.close()
            os.replace(file.name, path)
        except BaseException:
            os.unlink(file.name)
            raise
