"""The shelf: answers that were written and still hold, so that what many people ask is written once.

An answer holds in one edition of what is stored and for one state of the names; and for as long as no page
that it may tell of grows a day older, since answers warn of old pages.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.questions import CompareQuestion, Question, RankQuestion, TopQuestion
from bot.replies.reply import Reply
from bot.texts import Language
from store.archive import Archive
from store.holdings import Present
from store.memory import Memory
from store.reference import Reference

ROOM = 256
"""Answers that are kept, at most some 20 KB each."""
MOMENT = 1.0
"""Seconds for which what was seen is taken to be current, unless this process stores something."""
DAY = timedelta(days=1)

Asked = tuple[Question, Language, Mapping[str, Sequence[str]]]
"""A question, the language of its answer, and the readings of ambiguous names."""


class Shelf:
    """Keeps the answers that were asked for last; safe to use from several threads."""

    def __init__(self, archive: Archive, clock: Callable[[], datetime], room: int = ROOM) -> None:
        self._archive = archive
        self._clock = clock
        self._kept = Memory(room)

    def find(self, asked: Asked, reference: Reference) -> Reply | None:
        """Return the answer that is kept, if it certainly holds; at once, for no database is asked."""
        seen = self._archive.held(MOMENT) if is_kept(asked[0]) else None
        if seen is None:
            return None
        found: Reply | None = self._kept.peek(*self._place(asked, reference, seen))
        return found and _lend(found)

    def answer(
        self, asked: Asked, reference: Reference, write: Callable[[], Reply], within: float = 0.0
    ) -> Reply:
        """Return the answer to what was `asked` as it would be written now; its embed is the caller's own.

        What was seen `within` so many seconds ago is taken for now.
        """
        if not is_kept(asked[0]):
            return write()
        return _lend(self._kept.recall(*self._place(asked, reference, self._archive.present(within)), write))

    def _place(self, asked: Asked, reference: Reference, seen: Present) -> tuple[Hashable, Hashable]:
        """Return the edition that an answer is of, and all that it depends on within that."""
        question, language, readings = asked
        read = tuple((slot, tuple(keys)) for slot, keys in sorted(readings.items()))
        now = self._clock()
        ages = tuple(_age(each, now) for each in seen.issues)
        return (seen.edition, reference.version), (question, language, read, ages)


def is_kept(question: Question) -> bool:
    """Tell whether an answer is only of what is stored, so that it can be kept; who is new depends on now."""
    match question:
        case TopQuestion(only=only):
            return only.new is None
        case RankQuestion() | CompareQuestion():
            return True
    return False


def _age(issued: datetime, now: datetime) -> tuple[int, bool]:
    """Return the whole days since a time, and whether it is more than those: what warnings depend on."""
    days, rest = divmod(now - issued, DAY)
    return days, bool(rest)


def _lend(reply: Reply) -> Reply:
    """Return an answer with an embed of its own, since whoever posts it may add to it."""
    return replace(reply, embed=reply.embed.copy())
