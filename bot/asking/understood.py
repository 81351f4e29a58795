"""What a question was understood as: a slash command with its options, as a person would type them."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Understood:
    """A slash command by its name without the slash, and its options by theirs."""

    command: str
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def line(self) -> str:
        """The command as a person types it, names with spaces in quotation marks."""
        return " ".join(
            [f"/{self.command}", *(f"{name}:{quote(value)}" for name, value in self.options.items())]
        )


def quote(value: str) -> str:
    """Return `value` in quotation marks where it has a space or one of them."""
    plain = not any(mark.isspace() or mark in "\"'\\" for mark in value)
    return value if plain and value else shlex.quote(value) if '"' in value else f'"{value}"'
