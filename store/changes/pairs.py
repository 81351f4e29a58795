"""Which line of one page is which of another: by identity, else by what a rename leaves the same."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from store.answers import Standing
from store.changes.likeness import SIMILAR, Likeness, are_near, similarity
from store.changes.page import Page
from store.changes.scale import measure_drift

BULK = 10
"""Models missing and unknown at once that are an exchange of all names, if also a FIFTH of the page is."""
FIFTH = 0.2

Twin = tuple[Standing, Standing]
Judge = Callable[[Standing, Standing], bool]


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two pages side by side: `shared` are the models that both list, in the newer one's order.

    `paired` are those of them with different identities, `gone` and `came` what only one page lists.
    The board is `unreadable` where so many names were exchanged from one day to the next that nothing is
    known of who came and who went; over months, or beyond the end of a page, models do come and go.
    """

    shared: tuple[Twin, ...]
    paired: tuple[Twin, ...]
    gone: tuple[Standing, ...]
    came: tuple[Standing, ...]
    forward: Mapping[str, Standing]
    backward: Mapping[str, Standing]
    unreadable: bool


def align(
    older: Page,
    newer: Page,
    rejected: Collection[tuple[str, str]] = (),
    known: Collection[str] = (),
) -> Alignment:
    """Return two pages side by side; `rejected` and `known` as `compare` has them."""
    gone = [each for each in older.standings if each.model not in newer.by_model]
    came = [each for each in newer.standings if each.model not in older.by_model]
    stayed = {
        each.model: older.by_model[each.model] for each in newer.standings if each.model in older.by_model
    }
    drift = measure_drift([(old, newer.by_model[key]) for key, old in stayed.items()])
    paired = _pair(gone, came, Likeness(older, newer, drift.offset, known), rejected)
    backward = stayed | {new.model: old for old, new in paired}
    missing = tuple(each for each in gone if all(each is not old for old, _ in paired))
    unknown = tuple(each for each in came if each.model not in backward)
    alike = older.snapshot.coverage == newer.snapshot.coverage and are_near(older, newer)
    return Alignment(
        shared=tuple((backward[each.model], each) for each in newer.standings if each.model in backward),
        paired=tuple(paired),
        gone=missing,
        came=unknown,
        forward={old.model: newer.by_model[new] for new, old in backward.items()},
        backward=backward,
        unreadable=alike and _is_exchange(min(len(missing), len(unknown)), len(backward)),
    )


def _is_exchange(exchanged: int, shared: int) -> bool:
    return exchanged > BULK and exchanged > FIFTH * (shared + exchanged)


def _pair(
    gone: Sequence[Standing],
    came: Sequence[Standing],
    likeness: Likeness,
    rejected: Collection[tuple[str, str]],
) -> list[Twin]:
    """Return the renames among the lines that only one page has, those that figures tell first."""
    paired: list[Twin] = []
    for judge in (likeness.same_figures, likeness.same_but_for_effort):
        left = [each for each in gone if all(each is not old for old, _ in paired)]
        right = [each for each in came if all(each is not new for _, new in paired)]
        pairs = match(left, right, judge)
        paired += [twin for twin in pairs if (twin[0].name, twin[1].name) not in rejected]
    return paired


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
    likeness = sorted(((similarity(name, other), other) for other in names), reverse=True)
    return likeness[0][1] if likeness[0][0] >= SIMILAR and likeness[0][0] > likeness[1][0] else None
