"""What the doctor finds, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Level(StrEnum):
    """How bad it is."""

    OK = "ok"
    WARN = "warn"
    """The bot works, but not as well as it could."""
    FAIL = "fail"
    """The bot does not work like this."""
    SKIPPED = "skipped"
    """It could not be looked at."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: of which check, how bad, and the key of its sentence with what to put in."""

    level: Level
    check: str
    key: str
    values: Mapping[str, object] = field(default_factory=dict)
