"""Which of the forms that fit a query is meant: what each leaves unsaid, weighed."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
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
_ANY_TASK: Final = "text"
_UNTHINKING: Final = frozenset({"instruct", "nothinking"})
_DATED: Final = 0.4


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

    `heads` are the names of families: one of them that was not typed leads out of the family. Those in
    `general` have members that are made for no task.
    """

    def __init__(self, parts: Sequence[Part], heads: Container[str], general: Container[str]) -> None:
        self._choices = [part.choices for part in parts]
        self._heads = heads
        self._general = general
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
        """Return whether a name was typed with a version, and `tokens` have it with another.

        It is another version, too, that only a task's model has: `gpt 2` is not `gpt-image-2`.
        """
        for names, versions in self._versions:
            for token, following in pairwise(tokens):
                if token not in names:
                    continue
                if kind_of(following) is Kind.VERSION:
                    if following not in versions:
                        return True
                    break
                if token in self._general and self._is_other_task(following):
                    return True
        return False

    def _is_other_task(self, token: str) -> bool:
        if kind_of(token) is not Kind.TASK or token == _ANY_TASK:
            return False
        return not any(token in choices for choices in self._choices)


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
    if is_open and any(_differs(first, each, family) for each in ordered[1:]):
        return _family(best, family)
    if any(_is_release(first, each) for each in ordered[1:]):
        releases = _family(best, family)
        others = [each for each in releases.candidates if each is not first]
        return Ranking([first, *others], releases.even)
    if twins := [each for each in ordered[1:] if _is_twin(first.form, each.form)]:
        return Ranking([first, *twins, *(each for each in ordered[1:] if each not in twins)], 1 + len(twins))
    # A name that was typed whole is meant; where no plain model is, its variants are equals.
    even = 0.05 if first.cost <= first.doubt else EVEN + _VARIANT if first.varied else EVEN
    return Ranking(ordered, sum(each.cost <= first.cost + even for each in ordered))


def _order(candidate: Candidate, doubt: float, surely: float) -> tuple[float, bool]:
    """Return the cost; one read with more than `doubt` never comes before the first read `surely`."""
    unsure = candidate.doubt > doubt
    return round(max(candidate.cost, surely) if unsure else candidate.cost, 1), unsure


def _family(best: list[Candidate], named: bool) -> Ranking:
    """Order the members of a family: the nearest to what was typed, the newest, the likeliest.

    Where more than names was typed, plain members come before those with a tier or a task beside.
    """
    newest: dict[str, int] = {}
    for each in best:
        head = each.form.tokens[0]
        newest[head] = max(newest.get(head, 0), each.form.generation or 0)
    plainer = set() if named else {each.form.core for each in best}

    def order(each: Candidate) -> tuple[float, int, bool]:
        return round(each.distance, 1), _age(each.form, newest), _is_lesser(each.form, plainer)

    ordered = sorted(best, key=order)
    farthest = ordered[0].distance + _FAR
    return Ranking(ordered, sum(each.distance <= farthest for each in ordered))


def _is_lesser(form: Form, cores: Collection[tuple[str, ...]]) -> bool:
    """Return whether one of `cores` is that of `form` without a tier or task: `gpt-4o` of `gpt-4o-mini`."""
    members = [token for token in form.core if kind_of(token) in (Kind.TIER, Kind.TASK)]
    return any(tuple(token for token in form.core if token != member) in cores for member in members)


def _best(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the candidate of each model that costs the least."""
    best: dict[int, Candidate] = {}
    for each in candidates:
        known = best.get(each.form.model)
        if known is None or each.cost < known.cost:
            best[each.form.model] = each
    return list(best.values())


def _differs(first: Candidate, other: Candidate, family: bool) -> bool:
    """Return whether `other` is another member of the family or thinks for another time.

    Where only names were typed, another release is another member, too.
    """
    if other.distance > first.distance + _FAR:
        return False
    kinds = (Kind.EFFORT, Kind.DATE) if family else (Kind.EFFORT,)
    return other.form.core != first.form.core or any(
        _having(other.form, kind) != _having(first.form, kind) for kind in kinds
    )


def _is_release(first: Candidate, other: Candidate) -> bool:
    """Return whether `first` is a dated release, and `other` one that is told by its version or size.

    `mistral small` is Mistral-Small-2506 and Mistral-Small-24B-Instruct-2501 alike; but `gpt-4.1` is
    not GPT-4.1-mini-2025-04-14.
    """
    if (
        first.cost - first.doubt < _DATED
        or not _having(first.form, Kind.DATE)
        or other.distance > first.distance + _FAR
    ):
        return False
    beside = set(other.form.core) - set(first.form.core)
    return bool(beside) and set(first.form.core) <= set(other.form.core) and all(map(_is_figure, beside))


def _is_twin(form: Form, other: Form) -> bool:
    """Return whether a model has two halves, `x-instruct` or `x-no-thinking` and `x-thinking`: these."""
    halves = [token for token in form.tokens if token in _UNTHINKING]
    return (
        bool(halves)
        and "thinking" in other.tokens
        and sorted(_undated(form, halves)) == sorted(_undated(other, ["thinking"]))
    )


def _undated(form: Form, without: Container[str]) -> list[str]:
    return [token for token in form.tokens if token[0] != "@" and token not in without]


def _having(form: Form, kind: Kind) -> list[str]:
    return [token for token in form.tokens if kind_of(token) is kind]


def _is_figure(token: str) -> bool:
    return kind_of(token) in (Kind.VERSION, Kind.SIZE)


def _age(form: Form, newest: Mapping[str, int]) -> int:
    """Return how many generations `form` is behind the newest of its family; without a version, one.

    A version of its own kind, as `r1`, is as new as any.
    """
    if form.generation is None:
        return 1
    return newest[form.tokens[0]] - form.generation if form.generation else 0
