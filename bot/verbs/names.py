"""The verbs that work on names: resolve, and decide renames."""

from __future__ import annotations

import sys

from bot.listing import explanation, proposal_json, proposal_line, resolution_json, resolution_line
from bot.verbs.console import MISUSED, Console


class Names:
    """Say what names mean, and decide which are one model's."""

    def __init__(self, console: Console) -> None:
        self.console = console

    def resolve(self, names: list[str], as_json: bool, explain: bool) -> None:
        """Print what model each name stands for, and why if that is asked."""
        reference = self.console.open().reference()
        for name in names or (line.rstrip("\r\n") for line in sys.stdin):
            resolution = reference.resolve(name)
            if as_json:
                because = {"because": resolution.because} if explain else {}
                self.console.print_json_line(resolution_json(resolution) | because)
                continue
            self.console.print(resolution_line(resolution, self.console.language))
            if explain:
                self.console.print(f"    {explanation(resolution, self.console.language)}")

    def review(self, accept: list[int], reject: list[int], as_json: bool) -> None:
        """Decide proposed renames: those that are given, else each by a question, else only list them."""
        renames = self.console.open().renames
        if accept or reject:
            decided = renames.decide(accept, accept=True) + renames.decide(reject, accept=False)
            self.console.print(self.console.language.count("aliases.decided", len(decided)))
            if len(decided) < len(accept) + len(reject):
                self.console.fail(self.console.say("aliases.unknown"), MISUSED)
            return
        proposals = renames.proposals()
        if as_json:
            self.console.print_json([proposal_json(each) for each in proposals])
            return
        for each in proposals:
            self.console.print(proposal_line(each, self.console.language))
            if sys.stdin.isatty():
                answer = input(self.console.say("aliases.ask")).strip().casefold()
                if answer[:1] in ("y", "n"):
                    renames.decide([each.id], accept=answer[0] == "y")
        if not proposals:
            self.console.print(self.console.say("aliases.none"))
