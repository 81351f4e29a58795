"""Every error of the store; they carry data, and `bot.texts` makes the sentences.

StoreError
├── CatalogueError          a seeds/*.toml file contradicts itself
├── DocumentError           a document was refused whole; carries its problems
├── UnknownBoard            no board of that key, or a document that matches none
├── UnknownDimension        a board has no such dimension
├── NoSnapshot              a board has nothing stored (by that date)
├── OneSnapshot             a board never said anything else that is stored
├── DatabaseUnavailable     the database cannot be opened, read or written
├── DatabaseOccupied        another process runs on a SQLite file
├── DatabaseFilled          a backup would take the place of data
├── NothingStored           a database has no tables of ours
├── BackupDamaged           a backup is not whole, or no backup
├── BackupTooNew            a backup has a revision that is unknown here
├── TooManyNicknames        a server has as many nicknames as it may
├── TooManyRequests         a server or person is told as many things as they may be
└── FetchFailed             an upstream gave no document; carries the reason
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.values import Problem


class StoreError(Exception):
    """Any failure that the store foresees."""


class CatalogueError(StoreError):
    """A catalogue file is wrong; `file` and `entry` say where, `detail` what."""

    def __init__(self, file: str, entry: str, detail: str) -> None:
        super().__init__(f"{file}: [{entry}]: {detail}")
        self.file = file
        self.entry = entry
        self.detail = detail


class DocumentError(StoreError):
    """A document was refused whole; `problems` tells each reason with its place."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(f"{p.path}:{p.row}: {p.code}" for p in problems))
        self.problems = problems


class UnknownBoard(StoreError):
    """There is no board `key` in the catalogue."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class UnknownDimension(StoreError):
    """Board `board` has no dimension `dimension`."""

    def __init__(self, board: str, dimension: str) -> None:
        super().__init__(f"{board}: {dimension}")
        self.board = board
        self.dimension = dimension


class NoSnapshot(StoreError):
    """Nothing is stored of `board`, or nothing as old as `on`."""

    def __init__(self, board: str, on: date | None = None) -> None:
        super().__init__(f"{board} {on or ''}".strip())
        self.board = board
        self.on = on


class OneSnapshot(StoreError):
    """Of `board` one content alone is stored, so that there is nothing to compare it with."""

    def __init__(self, board: str) -> None:
        super().__init__(board)
        self.board = board


class DatabaseUnavailable(StoreError):
    """The database cannot be opened, read or written; `reason` is the driver's, without secrets.

    It is `full` where there is no room left to write.
    """

    def __init__(self, place: str, reason: str, *, full: bool = False) -> None:
        super().__init__(f"{place}: {reason}")
        self.place = place
        self.reason = reason
        self.full = full


class DatabaseOccupied(StoreError):
    """Process `process` runs on the SQLite file `place`, and no other may."""

    def __init__(self, place: str, process: str) -> None:
        super().__init__(f"{place}: {process}")
        self.place = place
        self.process = process


class DatabaseFilled(StoreError):
    """The database `place`, into which a backup was to be read, holds data already."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


class NothingStored(StoreError):
    """The database `place` has no tables of ours."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


class Damage(StrEnum):
    """Why a file is no whole backup."""

    NO_BACKUP = "no-backup"
    """Another file, or one that was cut short."""
    CONTENT = "content"
    """Other bytes than were written, or other rows than were counted."""
    TABLES = "tables"
    """Tables or columns that a database of its revision does not have."""
    ROWS = "rows"
    """Rows that the database does not take."""


class BackupDamaged(StoreError):
    """A backup cannot be read, for `damage`; `part` is the table where it was found, or empty."""

    def __init__(self, damage: Damage, part: str = "") -> None:
        super().__init__(f"{damage} {part}".strip())
        self.damage = damage
        self.part = part


class BackupTooNew(StoreError):
    """A backup has `revision`, which is unknown here."""

    def __init__(self, revision: str) -> None:
        super().__init__(revision)
        self.revision = revision


class TooManyNicknames(StoreError):
    """Server `server` has `limit` nicknames, and may have no more."""

    def __init__(self, server: int, limit: int) -> None:
        super().__init__(f"{server}: {limit}")
        self.server = server
        self.limit = limit


class TooManyRequests(StoreError):
    """A server has `limit` subscriptions or live boards, or a person `limit` watches: there are no more."""

    def __init__(self, limit: int) -> None:
        super().__init__(str(limit))
        self.limit = limit


class Reason(StrEnum):
    """Why an upstream gave no document."""

    BAD_ADDRESS = "bad-address"
    """Not an address of ours: another scheme, no host, a password in it, a name that leaves its folder."""
    UNREACHABLE = "unreachable"
    """No such host, no connection, or one that broke."""
    INSECURE = "insecure"
    """The server's certificate is not valid."""
    TIMEOUT = "timeout"
    REDIRECT = "redirect"
    """To another place than https, or once too often; the detail is the host it led to."""
    MISSING = "missing"
    REFUSED = "refused"
    RATE_LIMITED = "rate-limited"
    SERVER = "server"
    """The upstream itself failed (5xx)."""
    WEB_PAGE = "web-page"
    TOO_LARGE = "too-large"
    """More bytes than allowed; the detail is the limit."""
    TRUNCATED = "truncated"
    UNREADABLE = "unreadable"
    """A file that cannot be read, or a compression that cannot be undone."""
    UNEXPECTED = "unexpected"
    """An answer that makes no sense."""
    UNWRITABLE = "unwritable"
    """The fault is ours: the document cannot be kept, say on a full disk."""


class FetchFailed(StoreError):
    """An upstream gave no document, for `reason`; `detail` is one short line without secrets.

    `retry_after` has the seconds after which the upstream wants to be asked again, if it said so.
    """

    def __init__(self, reason: Reason, detail: str = "", retry_after: float | None = None) -> None:
        printable = "".join(character if character.isprintable() else " " for character in detail)
        self.reason = reason
        self.detail = " ".join(printable.split())[:120]
        self.retry_after = retry_after
        super().__init__(f"{reason}: {self.detail}" if self.detail else str(reason))
