"""The shelf: answers that were written and still hold, so that what many people ask is written once.

An answer holds in one edition of what is stored and for one state of the names; and for as long as no page
that it may tell of grows a day older, since answers warn of old pages.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from bot.questions import CompareQuestion, Question, RankQuestion, TopQuestion
from bot.replies.reply import Reply
from bot.texts import Language
from store.archive import Archive
from store.holdings import Present, Seen
from store.memory import Memory
from store.reference import Reference

ROOM = 64
"""Answers that are kept, at most some 20 KB each."""
MOMENT = 1.0
"""Seconds for which what was seen is taken to be current, unless this process stores something."""
DAY = timedelta(days=1)
OF_A_DAY = (RankQuestion, TopQuestion, CompareQuestion)

Asked = tuple[Question, Language, Mapping[str, Sequence[str]]]
"""A question, the language of its answer, and the readings of ambiguous names."""
Write = Callable[[Seen], Reply]
"""Writes an answer; what it tells of now is as it was seen, where that is given."""


class Shelf:
    """Keeps the answers that were asked for last; safe to use from several threads."""

    def __init__(self, archive: Archive, clock: Callable[[], datetime], room: int = ROOM) -> None:
        self._archive = archive
        self._clock = clock
        self._kept = Memory(room)

    def find(self, asked: Asked, reference: Reference, write: Write) -> Reply | None:
        """Return the answer if it is kept and certainly holds, or can be written, without asking a database.

        Writing takes about a millisecond, for which an event loop would have to wait in any case: there is
        one interpreter.
        """
        seen = self._archive.held(MOMENT) if is_kept(asked[0]) else None
        if seen is None:
            return None
        place = self._place(asked, reference, seen)
        if is_of_now(asked[0]):
            return _lend(self._kept.recall(*place, partial(write, seen)))
        found: Reply | None = self._kept.peek(*place)
        return found and _lend(found)

    def answer(self, asked: Asked, reference: Reference, write: Write, within: float = 0.0) -> Reply:
        """Return the answer to what was `asked` as it would be written now; its embed is the caller's own.

        What was seen `within` so many seconds ago is taken for now.
        """
        if not is_kept(asked[0]):
            return write(None)
        seen = self._archive.present(within)
        return _lend(self._kept.recall(*self._place(asked, reference, seen), partial(write, seen)))

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


def is_of_now(question: Question) -> bool:
    """Tell whether an answer is only of what boards say now."""
    return is_kept(question) and isinstance(question, OF_A_DAY) and question.on is None


def _age(issued: datetime, now: datetime) -> tuple[int, bool]:
    """Return the whole days since a time, and whether it is more than those: what warnings depend on."""
    days, rest = divmod(now - issued, DAY)
    return days, bool(rest)


def _lend(reply: Reply) -> Reply:
    """Return an answer with an embed of its own, since whoever posts it may add to it."""
    return replace(reply, embed=reply.embed.copy())
