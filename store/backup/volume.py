"""The volume: a backup that is read, and whether all of it is as it was written."""

from __future__ import annotations

import errno
import hashlib
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from store.backup.manifest import NAME, Manifest, Part, read_manifest
from store.errors import BackupDamaged, Damage

LONGEST = 64 * 2**20
"""Bytes that a row may have."""
LARGEST = 2**20
"""Bytes that the manifest may have."""
ROWS, BYTES = 1000, 4 * 2**20
"""Rows, and about as many bytes, that are read together."""
_BROKEN = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError)
"""What zipfile and json raise of a file that somebody changed."""


class Volume:
    """An open backup."""

    def __init__(self, archive: ZipFile, manifest: Manifest) -> None:
        self._archive = archive
        self.manifest = manifest

    def verify(self) -> None:
        """Read all of it; raises BackupDamaged where it is not as it was written."""
        for part in self.manifest.parts:
            for _ in self.batches(part):
                pass

    def batches(self, part: Part) -> Iterator[list[list[Any]]]:
        """Give the rows of a table, many together; raises BackupDamaged, at the end at the latest."""
        with _taken_for(Damage.CONTENT, part.name):
            yield from self._batches(part)

    def _batches(self, part: Part) -> Iterator[list[list[Any]]]:
        hashed, count, size = hashlib.sha256(), 0, 0
        rows: list[list[Any]] = []
        with self._archive.open(part.file) as member:
            while line := member.readline(LONGEST):
                hashed.update(line)
                rows.append(_read_row(line, part))
                count, size = count + 1, size + len(line)
                if len(rows) >= ROWS or size >= BYTES:
                    yield rows
                    rows, size = [], 0
        if rows:
            yield rows
        if (count, hashed.hexdigest()) != (part.rows, part.digest):
            raise BackupDamaged(Damage.CONTENT, part.name)


def _read_row(line: bytes, part: Part) -> list[Any]:
    row = json.loads(line)
    if not isinstance(row, list) or len(row) != len(part.columns):
        raise BackupDamaged(Damage.CONTENT, part.name)
    return row


@contextmanager
def open_volume(path: Path) -> Iterator[Volume]:
    """Open a backup; raises BackupDamaged, and OSError where it cannot be read."""
    with _taken_for(Damage.NO_BACKUP):
        archive = ZipFile(path)
    with archive:
        with _taken_for(Damage.NO_BACKUP), archive.open(NAME) as member:
            manifest = read_manifest(json.loads(member.read(LARGEST)))
        yield Volume(archive, manifest)


@contextmanager
def _taken_for(damage: Damage, part: str = "") -> Iterator[None]:
    """Raise BackupDamaged for what zipfile and json raise of a file that somebody changed."""
    try:
        yield
    except _BROKEN:
        raise BackupDamaged(damage, part) from None
    except OSError as error:
        if error.errno != errno.EINVAL:  # what zipfile meets that is sent before the file's beginning
            raise
        raise BackupDamaged(damage, part) from None
