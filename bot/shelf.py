"""The shelf: answers that were written and still hold, so that what many people ask is written once.

An answer holds in one edition of what is stored and for one state of the names; and for as long as no page
that it may tell of grows a day older, since answers warn of old pages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.questions import CompareQuestion, Question, RankQuestion, TopQuestion
from bot.replies.reply import Reply
from bot.texts import Language
from store.archive import Archive
from store.memory import Memory
from store.reference import Reference

ROOM = 256
"""Answers that are kept, at most some 20 KB each."""
DAY = timedelta(days=1)


class Shelf:
    """Keeps the answers that were asked for last; safe to use from several threads."""

    def __init__(self, archive: Archive, room: int = ROOM) -> None:
        self._archive = archive
        self._kept = Memory(room)

    def answer(
        self,
        asked: tuple[Question, Language, Mapping[str, Sequence[str]]],
        reference: Reference,
        now: datetime,
        write: Callable[[], Reply],
    ) -> Reply:
        """Return the answer to what was `asked`, as it would be written now; its embed is the caller's own."""
        question, language, readings = asked
        if not is_kept(question):
            return write()
        edition, issues = self._archive.issues()
        read = tuple((slot, tuple(keys)) for slot, keys in sorted(readings.items()))
        key = (question, language, read, tuple(_age(each, now) for each in issues))
        reply = self._kept.recall((edition, reference.version), key, write)
        return replace(reply, embed=reply.embed.copy())


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
