"""Whether two lines under different names are one model, as far as the figures of two pages tell.

A board that prints a model under another name keeps its rating and votes from one day to the next, so
that such figures tell even a code name's model, on a page that is cut off too, unless near its end. Weeks
later two models can have the same figures by chance, as Gemini-2.0-Flash-Exp and DeepSeek-R1 had: then the
names must be alike too, or differ in nothing but how long the model thinks, the votes having gone on from
where they were. And a successor may take its predecessor's place with figures that are near at any time:
where the names tell two releases of a family, only the very same figures make them one model.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property

from rapidfuzz import fuzz

from store.answers import Standing
from store.boards import fold
from store.changes.page import Page
from store.changes.scale import apart
from store.names.identity import family, ruled
from store.names.tokens import Kind, kind_of
from store.renames import Line, are_alike

NEAR = timedelta(days=7)
"""How far apart two pages may be for figures alone to tell a model."""
GROWTH, AT_ONCE, A_DAY = 3.0, 1.25, 0.08
"""How many times its votes a young model may have: at most (seen: 2.8 in three weeks), soon, more a day."""
SIMILAR = 60.0
"""The similarity (0-100) of two names that goes for one model's, where figures decide already."""
RELEASE = (Kind.VERSION, Kind.SIZE, Kind.TIER, Kind.DATE)
"""The parts of a name that a board does not exchange for others: they make another release of a family."""


def similarity(one: str, other: str) -> float:
    """Return how alike two names are, from 0 to 100."""
    return fuzz.ratio(one.casefold(), other.casefold())


def days_between(older: Page, newer: Page) -> float | None:
    """Return the days between two pages, None where one has no date."""
    before, after = older.snapshot.as_of, newer.snapshot.as_of
    return None if before is None or after is None else abs(after - before) / timedelta(days=1)


def are_near(older: Page, newer: Page) -> bool:
    """Tell whether two pages are of about the same time; pages without a date are."""
    days = days_between(older, newer)
    return days is None or timedelta(days=days) <= NEAR


@dataclass(frozen=True)
class Likeness:
    """What two pages let one tell of a line that only the older has, and one that only the newer has.

    `offset` is what all scores did from one page to the other; `known` are the models that the board
    listed before both.
    """

    older: Page
    newer: Page
    offset: float = 0.0
    known: Collection[str] = field(default=())

    def same_figures(self, old: Standing, new: Standing) -> bool:
        """Tell by rating and votes; by the names too, on pages far apart or cut off."""
        exact = (old.main.score, old.main.votes) == (new.main.score, new.main.votes) and bool(old.main.votes)
        if not self._alike(old, new) or (not exact and _of_two_releases(old.name, new.name)):
            return False
        if are_near(self.older, self.newer) and (self._whole or self._stays_surely(old, new)):
            return True
        return self._stays(old, new) and (exact or similarity(old.name, new.name) >= SIMILAR)

    def same_but_for_effort(self, old: Standing, new: Standing) -> bool:
        """Tell whether only the effort in the name differs, and the votes went on from where they were."""
        before, after = old.main.votes, new.main.votes
        if not before or not after or not before <= after <= self._growth * before:
            return False
        if apart(old.main, new.main) or new.model in self.known or not self._stays(old, new):
            return False
        one, other = ruled(old.name), ruled(new.name)
        return family(one) == family(other) and _fixed(one) == _fixed(other)

    def _alike(self, old: Standing, new: Standing) -> bool:
        """Tell whether rating and votes are near enough; without votes, all figures and the name must be."""
        if old.main.score is None or new.main.score is None or _of_two_vendors(old, new):
            return False
        if old.main.votes is None or new.main.votes is None:
            one, other = ((each.main.score, each.main.low, each.main.high) for each in (old, new))
            return one == other and old.main.low is not None and similarity(old.name, new.name) >= SIMILAR
        moved = old.main.score + self.offset
        return are_alike(Line(0, 0, moved, old.main.votes), Line(1, 1, new.main.score, new.main.votes))

    def _stays(self, old: Standing, new: Standing) -> bool:
        """Tell whether each line would be on the other page, cut off or not, were it another model's."""
        if self._whole:
            return True
        ends = (
            self.older.full or _reaches(new.main.score, self.older, self.offset),
            self.newer.full or _reaches(old.main.score, self.newer, -self.offset),
        )
        return all(ends)

    def _stays_surely(self, old: Standing, new: Standing) -> bool:
        """Tell whether each line is so far above the end of the other page that no interval reaches it."""
        ends = ((old.main, self.newer, -self.offset), (new.main, self.older, self.offset))
        return all(
            page.full or _reaches(main.high if main.dimension.lower_is_better else main.low, page, offset)
            for main, page, offset in ends
        )

    @cached_property
    def _whole(self) -> bool:
        return self.older.full and self.newer.full

    @cached_property
    def _growth(self) -> float:
        days = days_between(self.older, self.newer)
        return GROWTH if days is None else min(GROWTH, AT_ONCE + A_DAY * days)


def _reaches(score: float | None, page: Page, offset: float) -> bool:
    """Tell whether a score of another page is as good as the last of this one, `offset` below it."""
    if score is None or page.last is None:
        return False
    beside = score - offset - page.last
    return beside <= 0 if page.snapshot.score.lower_is_better else beside >= 0


def _of_two_vendors(old: Standing, new: Standing) -> bool:
    """Tell whether the board names two vendors; where one spelling holds the other, it is one."""
    one, other = fold(old.organization or ""), fold(new.organization or "")
    return one not in other and other not in one


def _of_two_releases(one: str, other: str) -> bool:
    """Tell whether two names of a family differ in a version, size, tier or date that both have.

    A name that only tells more of it than the other does not differ: `2025-08-13` beside `0813`.
    """
    here, there = ruled(one), ruled(other)
    families = set(_of_kind(here, Kind.NAME)), set(_of_kind(there, Kind.NAME))
    if any(families) and families[0].isdisjoint(families[1]):
        return False
    return any(
        (before := _of_kind(here, kind))
        and (after := _of_kind(there, kind))
        and not _tells_more(before, after)
        and not _tells_more(after, before)
        for kind in RELEASE
    )


def _of_kind(tokens: Sequence[str], kind: Kind) -> list[str]:
    return [each for each in tokens if kind_of(each) is kind]


def _tells_more(full: Sequence[str], short: Sequence[str]) -> bool:
    """Tell whether each of the `short` parts is one of the `full` ones, or within a date of them."""
    return all(
        each in full or (each[0] == "@" and any(each[1:] in other for other in full)) for each in short
    )


def _fixed(tokens: Sequence[str]) -> list[str]:
    """Return the parts of a name that make another model within a family: dates, revisions, builds."""
    return [each for each in tokens if kind_of(each) in (Kind.DATE, Kind.REVISION, Kind.BUILD)]
