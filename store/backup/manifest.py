"""The manifest of a backup: what is in it, written last and read first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from store.errors import BackupDamaged, Damage

NAME = "manifest.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Part:
    """One table: its columns, how many rows there are, the SHA-256 of its lines, and the last id given.

    `last_id` is 0 where ids were never counted; it may be greater than any that is left.
    """

    name: str
    columns: tuple[str, ...]
    rows: int
    digest: str
    last_id: int = 0

    @property
    def file(self) -> str:
        """The name of its member in the archive."""
        return f"{self.name}.jsonl"


@dataclass(frozen=True, slots=True)
class Manifest:
    """The revision of the tables, when they were read, and the tables."""

    revision: str
    made_at: datetime
    parts: tuple[Part, ...]

    @property
    def rows(self) -> int:
        """The rows of all tables."""
        return sum(part.rows for part in self.parts)


def write_manifest(manifest: Manifest) -> dict[str, Any]:
    """Return a manifest as JSON values."""
    return {
        "format": FORMAT,
        "revision": manifest.revision,
        "made_at": manifest.made_at.isoformat(),
        "tables": [asdict(part) for part in manifest.parts],
    }


def read_manifest(values: Any) -> Manifest:  # noqa: ANN401 - JSON
    """Return a manifest from JSON values; raises BackupDamaged."""
    try:
        if values["format"] != FORMAT:
            raise BackupDamaged(Damage.NO_BACKUP)
        made_at = datetime.fromisoformat(values["made_at"])
        parts = tuple(_read_part(each) for each in values["tables"])
        return Manifest(str(values["revision"]), made_at, parts)
    except (KeyError, TypeError, ValueError):
        raise BackupDamaged(Damage.NO_BACKUP) from None


def _read_part(values: Mapping[str, Any]) -> Part:
    columns = tuple(map(str, values["columns"]))
    counts = int(values["rows"]), str(values["digest"]), int(values["last_id"])
    return Part(str(values["name"]), columns, *counts)
