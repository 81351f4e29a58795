"""The verb that tells which command a question means."""

from __future__ import annotations

import sys

from bot.desk import Desk
from bot.verbs.console import Console


class Questions:
    """Understand questions without answering them."""

    def __init__(self, console: Console) -> None:
        self.console = console

    def understand(self, questions: list[str], as_json: bool) -> None:
        """Print the command that each question means, a line each."""
        desk = Desk(self.console.open())
        for question in questions or (line.rstrip("\r\n") for line in sys.stdin):
            found = desk.understand(question)
            if as_json:
                told = found and {"command": found.command, "options": dict(found.options)}
                self.console.print_json_line(told)
            else:
                self.console.print(found.line if found else self.console.say("understand.none"))
