"""The shelf: answers that were written and still hold, so that what many people ask is written once.

An answer holds in one edition of what is stored and for one state of the names; and for as long as no page
that it may tell of grows a day older, since answers warn of old pages.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.questions import CompareQuestion, Question, RankQuestion, TopQuestion
from bot.replies.reply import Reply
from bot.texts import Language
from store.archive import Archive
from store.edition import Edition
from store.memory import Memory
from store.reference import Reference

ROOM = 64
"""Answers that are kept, at most some 20 KB each."""
SURE = 1.0
"""Seconds for which an edition that was read is taken to be current, unless this process stores something."""
DAY = timedelta(days=1)

Asked = tuple[Question, Language, Mapping[str, Sequence[str]]]
"""A question, the language of its answer, and the readings of ambiguous names."""


@dataclass(frozen=True, slots=True)
class Look:
    """A look at what is stored: when (in seconds), by which write of this process, and what was seen."""

    at: float
    written: object
    edition: Edition
    issues: tuple[datetime, ...]


class Shelf:
    """Keeps the answers that were asked for last; safe to use from several threads."""

    def __init__(
        self, archive: Archive, clock: Callable[[], datetime], room: int = ROOM, sure: float = SURE
    ) -> None:
        self._archive = archive
        self._clock = clock
        self._kept = Memory(room)
        self._sure = sure
        self._last: Look | None = None

    def find(self, asked: Asked, reference: Reference) -> Reply | None:
        """Return the answer that is kept, if it certainly holds; at once, for no database is asked."""
        last = self._last
        if last is None or not is_kept(asked[0]) or last.written is not self._archive.last_write():
            return None
        if time.monotonic() - last.at > self._sure:
            return None
        found: Reply | None = self._kept.peek(
            (last.edition, reference.version), _key(asked, last, self._clock())
        )
        return found and _lend(found)

    def answer(self, asked: Asked, reference: Reference, write: Callable[[], Reply]) -> Reply:
        """Return the answer to what was `asked` as it would be written now; its embed is the caller's own."""
        if not is_kept(asked[0]):
            return write()
        at, written = time.monotonic(), self._archive.last_write()
        self._last = look = Look(at, written, *self._archive.issues())
        key = _key(asked, look, self._clock())
        return _lend(self._kept.recall((look.edition, reference.version), key, write))


def is_kept(question: Question) -> bool:
    """Tell whether an answer is only of what is stored, so that it can be kept; who is new depends on now."""
    match question:
        case TopQuestion(only=only):
            return only.new is None
        case RankQuestion() | CompareQuestion():
            return True
    return False


def _key(asked: Asked, look: Look, now: datetime) -> Hashable:
    """Return all that an answer depends on within an edition."""
    question, language, readings = asked
    read = tuple((slot, tuple(keys)) for slot, keys in sorted(readings.items()))
    return question, language, read, tuple(_age(each, now) for each in look.issues)


def _age(issued: datetime, now: datetime) -> tuple[int, bool]:
    """Return the whole days since a time, and whether it is more than those: what warnings depend on."""
    days, rest = divmod(now - issued, DAY)
    return days, bool(rest)


def _lend(reply: Reply) -> Reply:
    """Return an answer with an embed of its own, since whoever posts it may add to it."""
    return replace(reply, embed=reply.embed.copy())
