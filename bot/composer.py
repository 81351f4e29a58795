"""The composer writes what is delivered: from a claimed delivery to the post that it becomes.

It is synchronous and keeps what many channels are told alike, so that the bot runs it off the event loop.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import lru_cache

from bot.desk import Desk
from bot.questions import TopQuestion
from bot.replies.bulletin import Bulletin
from bot.replies.digest import digest, quiet_digest
from bot.replies.notices import notice_bulletin
from bot.replies.reply import Show
from bot.replies.watching import Seen, watch_bulletin
from bot.texts import Language, Texts
from store.answers import Snapshot
from store.archive import Archive
from store.news.comparisons import Comparison
from store.news.interest import select
from store.news.occasions import find_events
from store.news.values import Interest, LiveBoard, Subscription
from store.outbox.values import Delivery, Step

PAIRS = 64
"""Pairs of pages that are kept side by side."""
DIGESTS = 256
"""Digests that are kept written out."""


class Composer:
    """Writes posts in the language of whoever asked for them."""

    def __init__(
        self, desk: Desk, texts: Texts, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._desk = desk
        self._archive: Archive = desk.archive
        self._texts = texts
        self._clock = clock
        self._compare = lru_cache(PAIRS)(self._archive.compare_contents)
        self._digest = lru_cache(DIGESTS)(self._write_digest)

    def compose(self, delivery: Delivery) -> Bulletin | None:
        """Return the post, or None where there is nothing to tell.

        Raises what `store.archive.Archive` raises.
        """
        if delivery.subscription is not None:
            return self.digest(delivery.subscription, delivery.steps)
        if delivery.live is not None:
            return self._live(delivery.live)
        if delivery.notice is not None:
            return notice_bulletin(delivery.notice, self.language(delivery.notice.language), delivery.due)
        return self._watch(delivery)

    def digest(self, asked: Subscription, steps: tuple[Step, ...]) -> Bulletin | None:
        """Return the news of a subscription from some steps; None on a quiet day, unless it is asked for."""
        pairs = tuple((step.older, step.newer) for step in steps if step.older is not None)
        found = self._digest(pairs, asked.interest, asked.language, self._clock().date())
        if found is None and asked.quiet:
            known = self._archive.catalogue.boards
            boards = [known[key] for key in asked.boards if key in known]
            return quiet_digest(boards, self.language(asked.language), self._clock())
        return found

    def last_steps(self, boards: tuple[str, ...]) -> tuple[Step, ...]:
        """Return the last change of each of some boards (none: of every board) that ever changed."""
        known = [each.key for each in self._archive.changing() if not boards or each.key in boards]
        last = (self._archive.changes(key) for key in known)
        return tuple(Step(each.older, each.newer) for each in last)

    def language(self, tag: str) -> Language:
        """Return the language that was asked for, else the source."""
        return self._texts.choose((tag,))

    def _write_digest(
        self, pairs: tuple[tuple[Snapshot, Snapshot], ...], interest: Interest, tag: str, day: date
    ) -> Bulletin | None:
        catalogue = self._archive.catalogue
        told = (select(self._compared(*pair).changes, interest, catalogue) for pair in pairs)
        news = [each for each in told if len(each)]
        now = datetime.combine(day, time.max, UTC)
        return digest(news, catalogue, self.language(tag), now) if news else None

    def _compared(self, older: Snapshot, newer: Snapshot) -> Comparison:
        return self._compare(older, newer)

    def _watch(self, delivery: Delivery) -> Bulletin | None:
        seen: list[Seen] = []
        asked = {each.id: each for each in delivery.watches}
        for step in delivery.steps:
            if step.older is None:
                continue
            both = self._compare(step.older, step.newer)
            for watch in (asked[each] for each in step.watches if each in asked):
                seen += [(watch, event) for event in find_events(watch, both)]
        tag = delivery.watches[0].language
        return watch_bulletin(seen, self._archive.catalogue, self.language(tag), self._clock())

    def _live(self, asked: LiveBoard) -> Bulletin:
        language = self.language(asked.language)
        question = TopQuestion(asked.board, asked.dimension, asked.count)
        embed = self._desk.answer(question, language).embed
        snapshot = self._archive.current().get(asked.board)
        day = language.say("board.undated")
        if snapshot is not None and snapshot.as_of is not None:
            day = f"<t:{int(snapshot.as_of.timestamp())}:D>"
        embed.description = f"{embed.description}\n\n{language.say('live.kept', day=day)}"
        embed.timestamp = self._clock()
        show = Show(replace(question, count=25), language.say("live.show"))
        return Bulletin(embed.title or asked.board, (embed,), (show,))
