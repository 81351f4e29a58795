"""What the verbs share: settings, texts, the archive, and how to print, fail and tell."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from typing import NoReturn

import seeds
from bot.replies.marks import printable
from bot.settings import Settings
from bot.texts import Texts
from store.archive import Archive
from store.boards import Catalogue
from store.values import Problem

REFUSED = 1
MISUSED = 2


class Console:
    """A terminal that a verb talks to."""

    def __init__(self, settings: Settings, texts: Texts) -> None:
        self.settings = settings
        self.texts = texts
        self.language = texts.choose((settings.language,))
        self._open: list[Archive] = []

    def open(self) -> Archive:
        """Return the archive, ready to be asked."""
        archive = Archive.open(self.settings.database_url, seeds.FOLDER)
        self._open.append(archive)
        return archive

    def close(self) -> None:
        """Close what was opened."""
        for archive in self._open:
            archive.close()

    def mirrors(self, catalogue: Catalogue) -> Mapping[str, str]:
        """Return the addresses that the settings give for upstreams, by key."""
        unknown = set(self.settings.upstreams) - set(catalogue.upstreams)
        if unknown:
            known = ", ".join(catalogue.upstreams)
            self.fail(self.say("settings.upstream", names=", ".join(sorted(unknown)), known=known), MISUSED)
        return self.settings.upstreams

    def say(self, key: str, /, **values: object) -> str:
        """Return a sentence in the language of the settings."""
        return self.language.say(key, **values)

    def print(self, line: str) -> None:
        """Print a line, without what a terminal could obey: much of it is quoted from boards and people."""
        print(printable(line), flush=True)

    def print_json(self, value: object) -> None:
        """Print a JSON value, its letters readable."""
        print(json_text(value, indent=2))

    def print_json_line(self, value: object) -> None:
        """Print a JSON value on a line."""
        print(json_text(value), flush=True)

    def fail(self, sentence: str, code: int = REFUSED) -> NoReturn:
        """Say why there is no result, and end with `code`."""
        print(printable(sentence), file=sys.stderr)
        sys.exit(code)

    def tell(self, problems: Iterable[Problem]) -> None:
        """Say what is wrong with a document, a line each."""
        from bot.listing import problem_line  # a bot that runs tells of none

        for problem in problems:
            print(printable(problem_line(problem, self.language)), file=sys.stderr)


def json_text(value: object, indent: int | None = None) -> str:
    """Return a value as JSON with readable letters; what is no letter is spelt out, as JSON allows."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    if text.replace("\n", "").isprintable():
        return text
    return "".join(char if char == "\n" or char.isprintable() else json.dumps(char)[1:-1] for char in text)
