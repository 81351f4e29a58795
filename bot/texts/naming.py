"""Names of commands and options: sentences write the English ones, and readers see their own.

Discord shows a command under its name in the reader's language, so a sentence that sends somebody to `/top`
has to say what they will find. Catalogues write `/alias add` and, of an option, `board` or `board:`, with
backquotes around them; a name that a language lacks stays English.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from babel.messages.catalog import Catalog, Message

PREFIX = "name."
_LITERAL = (PREFIX, "cli.", "ask.")
"""Texts that are left alone: the names themselves, and those of the terminal, which takes both."""
_NAMED = re.compile(
    r"(?<![\w/.=])/(?P<command>[a-z][a-z-]*)(?: (?P<part>[a-z-]+)(?=`))?"
    r"|(?<=`)(?P<option>[a-z][a-z0-9-]*)(?=[`:])"
)


class Naming:
    """What commands and options are called in one language."""

    def __init__(self, source: Mapping[str, str], own: Mapping[str, str]) -> None:
        self._own = own
        nested = {key for key in source if "." in key.removeprefix(PREFIX)}
        self._commands = {english: key for key, english in source.items() if key not in nested}
        self._options = {source[key]: own.get(key, source[key]) for key in nested}

    @classmethod
    def read(cls, source: Catalog, catalogue: Catalog) -> Naming:
        """Return the names of a catalogue, in place of those of the source."""
        return cls(_names_in(source), _names_in(catalogue))

    def put_into(self, catalogue: Catalog) -> None:
        """Give a catalogue these names, and its sentences the names that its readers see."""
        for message in catalogue:
            if message.id and _key(message) in self._own:
                message.string = self._own[_key(message)]
            elif message.id and not _key(message).startswith(_LITERAL):
                said = message.string
                message.string = (
                    self.rename(said) if isinstance(said, str) else tuple(map(self.rename, said or ()))
                )

    def rename(self, sentence: str) -> str:
        """Return a sentence with the names of this language."""
        return _NAMED.sub(self._renamed, sentence)

    def _renamed(self, match: re.Match[str]) -> str:
        if option := match["option"]:
            return self._options.get(option, option)
        command, part = match["command"], match["part"]
        key = self._commands.get(command)
        if key is None:
            return match[0]
        own = f"/{self._own.get(key, command)}"
        return f"{own} {self._own.get(f'{key}.{part}', part)}" if part else own


def _names_in(catalogue: Iterable[Message]) -> dict[str, str]:
    named = (each for each in catalogue if each.string and _key(each).startswith(PREFIX))
    return {_key(each): str(each.string) for each in named}


def _key(message: Message) -> str:
    return str(message.id if isinstance(message.id, str) else message.id[0])
