"""Which line of one page is which of another: by identity, else by what a rename leaves the same.

A board that prints a model under another name keeps its rating and votes from one day to the next, so
that such figures tell even a code name's model. Weeks later two models can have the same figures by
chance, as Gemini-2.0-Flash-Exp and DeepSeek-R1 had: then the names must be alike too, or differ in nothing
but how long the model thinks, the votes having gone on from where they were.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

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
GROWTH = 3.0
"""How many times its votes a young model may have gained between two pages (seen: 2.8 in three weeks)."""
SIMILAR = 60.0
"""The similarity (0-100) of two names that goes for one model's, where figures decide already."""
BULK = 10
"""Models missing and unknown at once that are an exchange of all names, if also a FIFTH of the page is."""
FIFTH = 0.2

Twin = tuple[Standing, Standing]
Judge = Callable[[Standing, Standing], bool]


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two pages side by side: `shared` are the models that both list, in the newer one's order.

    `paired` are those of them with different identities, `gone` and `came` what only one page lists.
    """

    shared: tuple[Twin, ...]
    paired: tuple[Twin, ...]
    gone: tuple[Standing, ...]
    came: tuple[Standing, ...]
    forward: Mapping[str, Standing]
    backward: Mapping[str, Standing]

    @property
    def unreadable(self) -> bool:
        """Whether so many names were exchanged that nothing is known of who came and who went."""
        exchanged = min(len(self.gone), len(self.came))
        return exchanged > BULK and exchanged > FIFTH * (len(self.shared) + exchanged)


def align(older: Page, newer: Page, rejected: Collection[tuple[str, str]] = ()) -> Alignment:
    """Return two pages side by side; `rejected` are printed names that a person said are two models."""
    gone = [each for each in older.standings if each.model not in newer.by_model]
    came = [each for each in newer.standings if each.model not in older.by_model]
    alone = older.full and newer.full and _near(older, newer)
    paired: list[Twin] = []
    for judge in (_same_figures if alone else _same_figures_and_name, _same_but_for_effort):
        left = [each for each in gone if all(each is not old for old, _ in paired)]
        right = [each for each in came if all(each is not new for _, new in paired)]
        pairs = [twin for twin in match(left, right, judge) if (twin[0].name, twin[1].name) not in rejected]
        paired += pairs
    backward = {
        each.model: older.by_model[each.model] for each in newer.standings if each.model in older.by_model
    }
    backward |= {new.model: old for old, new in paired}
    return Alignment(
        shared=tuple((backward[each.model], each) for each in newer.standings if each.model in backward),
        paired=tuple(paired),
        gone=tuple(each for each in gone if all(each is not old for old, _ in paired)),
        came=tuple(each for each in came if each.model not in backward),
        forward={old.model: newer.by_model[new] for new, old in backward.items()},
        backward=backward,
    )


def match(gone: Sequence[Standing], came: Sequence[Standing], judge: Judge) -> list[Twin]:
    """Return the pairs that `judge` accepts; one that fits several goes by its name, else to none."""
    fitting = [(old, new) for old in gone for new in came if judge(old, new)]
    return [
        (old, new)
        for old, new in fitting
        if _nearest(old.name, [other.name for each, other in fitting if each is old]) == new.name
        and _nearest(new.name, [each.name for each, other in fitting if other is new]) == old.name
    ]


def _nearest(name: str, names: Sequence[str]) -> str | None:
    """Return the one of `names` that is most like `name`; None when two are equally like it."""
    if len(names) == 1:
        return names[0]
    likeness = sorted(((_likeness(name, other), other) for other in names), reverse=True)
    return likeness[0][1] if likeness[0][0] >= SIMILAR and likeness[0][0] > likeness[1][0] else None


def _likeness(one: str, other: str) -> float:
    return fuzz.ratio(one.casefold(), other.casefold())


def _near(older: Page, newer: Page) -> bool:
    before, after = older.snapshot.as_of, newer.snapshot.as_of
    return before is None or after is None or abs(after - before) <= NEAR


def _same_figures(old: Standing, new: Standing) -> bool:
    """Tell whether rating and votes are near enough; without votes, all figures and the name must be."""
    if old.main.score is None or new.main.score is None or _of_two_vendors(old, new):
        return False
    if old.main.votes is None or new.main.votes is None:
        same = (old.main.score, old.main.low, old.main.high) == (new.main.score, new.main.low, new.main.high)
        return same and old.main.low is not None and _likeness(old.name, new.name) >= SIMILAR
    return are_alike(Line(0, 0, old.main.score, old.main.votes), Line(1, 1, new.main.score, new.main.votes))


def _of_two_vendors(old: Standing, new: Standing) -> bool:
    """Tell whether the board names two vendors; where one spelling holds the other, it is one."""
    one, other = fold(old.organization or ""), fold(new.organization or "")
    return one not in other and other not in one


def _same_figures_and_name(old: Standing, new: Standing) -> bool:
    """Tell it where figures alone do not: on pages far apart, or cut off so that the last places change."""
    exact = (old.main.score, old.main.votes) == (new.main.score, new.main.votes) and bool(old.main.votes)
    return _same_figures(old, new) and (exact or _likeness(old.name, new.name) >= SIMILAR)


def _same_but_for_effort(old: Standing, new: Standing) -> bool:
    """Tell whether only the effort in the name differs, and the votes went on from where they were."""
    before, after = old.main.votes, new.main.votes
    if not before or not after or not before <= after <= GROWTH * before or apart(old.main, new.main):
        return False
    one, other = ruled(old.name), ruled(new.name)
    return family(one) == family(other) and _fixed(one) == _fixed(other)


def _fixed(tokens: Sequence[str]) -> list[str]:
    """Return the parts of a name that make another model within a family: dates, revisions, builds."""
    return [each for each in tokens if kind_of(each) in (Kind.DATE, Kind.REVISION, Kind.BUILD)]
