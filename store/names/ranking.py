"""Which of the forms that fit a query is meant: what each leaves unsaid, weighed."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from store.names.forms import Form
from store.names.query import Part
from store.names.tokens import Kind, kind_of

EVEN: Final = 0.35
"""Costs that differ by less are equal: one model has a date and the other has none is more."""
_KNOWN: Final = 0.3  # a name that no board here prints yields to one that differs by a date
_FAR: Final = 1.5
_SURELY: Final = 0.25  # a name read with more doubt than this yields to one that is read surely
_VENDOR_DOUBT: Final = 0.4
_CORE: Final = 2.0
_VARIANT: Final = 1.0
_TASK: Final = 1.0
_VARIED: Final = 0.5


class Candidate(NamedTuple):
    """A form that fits: `cost` weighs all that is unsaid, `distance` only what leads out of the family.

    `doubt` is the part of both that comes from reading the words. `open` tells whether a version, a
    size, a tier or a name is unsaid, `varied` whether an effort or a build is.
    """

    cost: float
    distance: float
    doubt: float
    open: bool
    varied: bool
    form: Form


class Ranking(NamedTuple):
    """Candidates, one a model, in order; the first `even` of them fit equally well."""

    candidates: list[Candidate]
    even: int


class Weighing:
    """Weighs the forms that have a choice of each of `parts`.

    `heads` are the names of families: one of them that was not typed leads out of the family.
    """

    def __init__(self, parts: Sequence[Part], heads: Container[str]) -> None:
        self._choices = [part.choices for part in parts]
        self._heads = heads
        # `hermes 3.1` is not Hermes-3-Llama-3.1, though that has both words.
        self._versions = [
            (name.choices, version.choices)
            for name, version in pairwise(parts)
            if name.kind is Kind.NAME and version.kind is Kind.VERSION
        ]

    def weigh(self, form: Form) -> Candidate | None:
        """Return the candidate that `form` is; None when it contradicts what was typed."""
        tokens = form.tokens
        doubt = 0.0
        said: set[str] = set()
        for choices in self._choices:
            here = [token for token in tokens if token in choices]
            said.update(here)
            doubt += min([choices[token] for token in here], default=_VENDOR_DOUBT)
        if self._versions and self._contradicts(tokens):
            return None
        return self._unsaid(form, said, doubt)

    def _unsaid(self, form: Form, said: set[str], doubt: float) -> Candidate:
        """Weigh the tokens of `form` that were not `said`."""
        cost, distance = doubt + (_KNOWN if form.known else 0.0), doubt
        is_open = is_varied = False
        for place, token in enumerate(form.tokens):
            if token in said:
                continue
            weight = form.weights[place]
            cost += weight
            if not place:
                distance += weight
            elif weight >= _CORE:
                is_open = True
                distance += weight if token in self._heads else _TASK if kind_of(token) is Kind.TASK else 0.0
            elif weight >= _VARIANT:
                is_varied = True
                distance += _VARIED
        return Candidate(cost, distance, doubt, is_open, is_varied, form)

    def _contradicts(self, tokens: Sequence[str]) -> bool:
        """Return whether a name was typed with a version, and `tokens` have it with another."""
        for names, versions in self._versions:
            for token, following in pairwise(tokens):
                if token in names and kind_of(following) is Kind.VERSION:
                    if following not in versions:
                        return True
                    break
        return False


def rank(candidates: Iterable[Candidate], *, family: bool = False) -> Ranking:
    """Order `candidates`, which come by likelihood; `family` tells that only names were typed."""
    best = _best(candidates)
    if not best:
        return Ranking([], 0)
    doubt = min(each.doubt for each in best) + _SURELY
    surely = min(each.cost for each in best if each.doubt <= doubt)
    ordered = sorted(best, key=lambda each: _order(each, doubt, surely))
    first = ordered[0]
    is_open = first.open or (family and first.cost - first.doubt >= _VARIANT)
    if is_open and any(_differs(first, each) for each in ordered[1:]):
        return _family(best)
    # A name that was typed whole is meant; where no plain model is, its variants are equals.
    even = 0.05 if first.cost <= first.doubt else EVEN + _VARIANT if first.varied else EVEN
    return Ranking(ordered, sum(each.cost <= first.cost + even for each in ordered))


def _order(candidate: Candidate, doubt: float, surely: float) -> tuple[float, bool]:
    """Return the cost; one read with more than `doubt` never comes before the first read `surely`."""
    unsure = candidate.doubt > doubt
    return round(max(candidate.cost, surely) if unsure else candidate.cost, 1), unsure


def _family(best: list[Candidate]) -> Ranking:
    """Order the members of a family: the nearest to what was typed, the newest, the likeliest."""
    newest: dict[str, int] = {}
    for each in best:
        head = each.form.tokens[0]
        newest[head] = max(newest.get(head, 0), each.form.generation or 0)
    ordered = sorted(best, key=lambda each: (round(each.distance, 1), _age(each.form, newest)))
    farthest = ordered[0].distance + _FAR
    return Ranking(ordered, sum(each.distance <= farthest for each in ordered))


def _best(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the candidate of each model that costs the least."""
    best: dict[int, Candidate] = {}
    for each in candidates:
        known = best.get(each.form.model)
        if known is None or each.cost < known.cost:
            best[each.form.model] = each
    return list(best.values())


def _differs(first: Candidate, other: Candidate) -> bool:
    return other.form.core != first.form.core and other.distance <= first.distance + _FAR


def _age(form: Form, newest: Mapping[str, int]) -> int:
    """Return how many generations `form` is behind the newest of its family; without a version, one.

    A version of its own kind, as `r1`, is as new as any.
    """
    if form.generation is None:
        return 1
    return newest[form.tokens[0]] - form.generation if form.generation else 0
