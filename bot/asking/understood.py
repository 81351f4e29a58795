"""What a question was understood as: a slash command with its options, as a person would type them."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.texts import Language


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

    def line_in(self, language: Language) -> str:
        """Return the command under the names that readers of a language see."""
        own = {name: language.say(f"name.{self.command}.{name.replace('-', '_')}") for name in self.options}
        options = (f"{own[name]}:{quote(value)}" for name, value in self.options.items())
        return " ".join([f"/{language.say(f'name.{self.command}')}", *options])


def quote(value: str) -> str:
    """Return `value` in quotation marks where it has a space or one of them."""
    plain = not any(mark.isspace() or mark in "\"'\\" for mark in value)
    return value if plain and value else shlex.quote(value) if '"' in value else f'"{value}"'
