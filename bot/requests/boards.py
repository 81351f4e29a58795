"""The argument `boards`: several boards in one text, `arena text, coding`, or `all`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from discord import Interaction
from discord.app_commands import Choice, Transformer

from bot.arguments import CHOICE_LIMIT, CHOICES_LIMIT, Choices, Typed
from bot.mistakes import BoardUnknown, NothingStored
from bot.replies.marks import clip, plain
from bot.texts import Language, Texts
from store.boards import Board, fold
from store.errors import NoSnapshot
from store.fields import Field, FieldIndex

BETWEEN = re.compile(r"[,;、·|\n]")
"""What stands between boards, in NFKC."""
LONGEST = 2000
"""Characters of a list that are read; a longer one is refused."""


class BoardsArgument(Transformer):
    """Some boards by their keys; none stands for every board."""

    async def transform(self, interaction: Interaction[Any], value: str) -> tuple[str, ...]:
        """Return the keys; raises BoardUnknown, NothingStored or NoSnapshot."""
        bot = interaction.client
        return read_boards(value, bot.desk.reference.fields, bot.texts)

    async def autocomplete(self, interaction: Interaction[Any], value: Typed) -> Choices:
        """Return the lists that go on from what is typed."""
        bot = interaction.client
        language, fields = bot.language_of(interaction), bot.desk.reference.fields
        offered = complete_boards(str(value), fields, bot.texts, language)
        return [Choice(name=name, value=written) for name, written in offered]


def read_boards(text: str, fields: FieldIndex, texts: Texts) -> tuple[str, ...]:
    """Return the keys of the boards in `text`: the first board where it is blank, () for all of them.

    Raises BoardUnknown for the first that is none, NothingStored where nothing is stored of it, and
    NoSnapshot where there is no board at all.
    """
    if len(text) > LONGEST:
        raise BoardUnknown(text, _boards_of(fields))
    parts = list(filter(str.strip, BETWEEN.split(unicodedata.normalize("NFKC", text))))
    if not parts:
        if not fields.fields:
            raise NoSnapshot("")
        return (fields.fields[0].board.key,)
    everything = set(map(fold, texts.words("all.words")))
    keys = [None if fold(part) in everything else find_board(part, fields).key for part in parts]
    return () if None in keys else tuple(dict.fromkeys(filter(None, keys)))


def find_board(text: str, fields: FieldIndex) -> Board:
    """Return the board that `text` means, or whose words hold it; raises BoardUnknown or NothingStored."""
    found = next((field for field in fields.find(text).fields if field.whole), None)
    if found is None:
        known = fields.unstored(text)
        if isinstance(known, Board) and all(known != field.board for field in fields.fields):
            raise NothingStored(known, ())
        found = next(_holding(fold(text), fields), None)
    if found is None:
        raise BoardUnknown(text.strip(), _boards_of(fields))
    return found.board


def complete_boards(text: str, fields: FieldIndex, texts: Texts, language: Language) -> list[tuple[str, str]]:
    """Return lists that go on from `text`: each as it is called, and as it is written for us to read.

    None are offered where an earlier board is unknown. Where Discord's limit of a choice leaves no room
    for another board, the last one says so.
    """
    typed = unicodedata.normalize("NFKC", text)[:LONGEST]
    at = max((found.end() for found in BETWEEN.finditer(typed)), default=0)
    try:
        earlier = read_boards(typed[:at], fields, texts) if typed[:at].strip(" ,;、·|\n") else None
    except (BoardUnknown, NothingStored):
        return []
    known = {field.board.key: field.board for field in _boards_of(fields)}
    begun = [known[key] for key in earlier or ()]
    everything = language.words("all.words")[0]
    if earlier == ():
        return [(everything, everything)]
    last = fold(typed[at:])
    more = [field.board for field in _candidates(last, fields) if field.board not in begun]
    whole = not begun and any(fold(word).startswith(last) for word in texts.words("all.words"))
    offered = [_write([*begun, board], language) for board in more]
    fitting = [each for each in offered if each is not None]
    room = [(everything, everything)] * whole + fitting
    return room[:CHOICES_LIMIT] if len(fitting) == len(offered) else [*room[:24], _full(begun, language)]


def _candidates(typed: str, fields: FieldIndex) -> Iterator[Field]:
    """Give the boards that `typed` means, begins or is within, each once."""
    exact = (field for field in fields.find(typed).fields if field.whole)
    chosen = [*exact, *_holding(typed, fields)] if typed else _boards_of(fields)
    return iter(dict.fromkeys(chosen))


def _holding(typed: str, fields: FieldIndex) -> Iterator[Field]:
    """Give the boards with a word that holds `typed`, first those where one begins with it."""
    if len(typed) > 1 or not typed.isascii():
        words = {field: [fold(word) for word in _words_of(field.board)] for field in _boards_of(fields)}
        held = [field for field, own in words.items() if any(typed in word for word in own)]
        yield from sorted(held, key=lambda field: not any(word.startswith(typed) for word in words[field]))


def _words_of(board: Board) -> Iterable[str]:
    return (board.key, *board.titles.values(), *board.words)


def _boards_of(fields: FieldIndex) -> tuple[Field, ...]:
    return tuple({field.board.key: field for field in reversed(fields.fields) if field.whole}.values())[::-1]


def _write(boards: Sequence[Board], language: Language) -> tuple[str, str] | None:
    """Return boards by their titles and by their keys; None where neither fits into a choice.

    Where one of them does not fit, the other stands for it: both can be read.
    """
    titles = ", ".join(plain(board.title(language.tag)) for board in boards)
    keys = ", ".join(board.key for board in boards)
    fitting = [each for each in (titles, keys) if len(each) <= CHOICE_LIMIT]
    return (fitting[0], fitting[-1]) if fitting else None


def _full(boards: Sequence[Board], language: Language) -> tuple[str, str]:
    """Return the choice that says that no other board fits: it leaves the list as it is."""
    said = clip(language.say("all.full"), CHOICE_LIMIT)
    written = _write(boards, language)
    return said, written[1] if written else said
