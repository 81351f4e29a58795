"""From the parts of a query to the model that is meant, or to an honest question.

Every word and figure that was typed must be in a name; among the models that have them all, what
each name has beside decides (`ranking`). `because` of a resolution is one of

    exact        a printed name            words    the words of one model
    same-name    one up to separators      slip     the same, after putting a slip right
    even         several fit equally well  family   a family, whose likeliest member is given
    empty, unknown, none, vague            no model: nothing typed, a word that no name has, words
                                           that no model has together, words that too many have
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from heapq import nsmallest
from typing import Final

from store.models import Model, Resolution
from store.names.forms import Form
from store.names.lexicon import FULL_DATE, places
from store.names.query import SOFT, Part
from store.names.ranking import Candidate, Ranking, Weighing, rank
from store.names.tokens import Kind, kind_of

ALTERNATIVES: Final = 24
"""A menu of Discord holds 25, one of them the likeliest itself."""
_MOST_FORMS: Final = 100
_MOST_HEADS: Final = 3
_ADDITIONS: Final = frozenset(
    {Kind.TASK, Kind.EFFORT, Kind.BUILD, Kind.CONTEXT, Kind.STAGE, Kind.DATE, Kind.TUNING}
)
_SUGGESTION: Final = 0.2
_YEAR: Final = re.compile(r"20[2-3]\d")
_DROPPED_DOUBT: Final = 0.1


class Search:
    """Finds models by parts; `forms` are in the order of `models`."""

    def __init__(self, models: Sequence[Model], forms: Sequence[Form]) -> None:
        self._models = models
        self._forms = forms
        self._all = (1 << len(forms)) - 1
        self._heads = frozenset(form.head for form in forms)
        self._general = frozenset(form.head for form in forms if Kind.TASK not in map(kind_of, form.tokens))

    def resolve(self, query: str, parts: Sequence[Part]) -> Resolution:
        """Return what the parts of `query` stand for."""
        hard = [part for part in parts if not part.soft] or [part for part in parts if part.understood]
        if _adds_only([part for part in parts if part.understood or not part.soft]):
            return self._refuse(query, parts, "vague" if parts else "empty")
        if not all(part.understood or _is_day(part) for part in hard):
            return self._refuse(query, parts, "unknown")
        fitting, kept = self._fitting(parts)
        if _is_anothers(parts, kept):
            return self._refuse(query, parts, "none")
        ranking = self._ranked(fitting, kept)
        days = [part for part in parts if _is_day(part) and not any(part is each for each in kept)]
        if not ranking.candidates or (days and self._is_of_another_day(ranking, fitting, days)):
            return self._refuse(query, parts, "none")
        if _is_vague(kept, ranking):
            return self._refuse(query, parts, "vague")
        dropped = len(parts) - len(kept)
        return self._answer(query, kept, ranking, dropped)

    def _ranked(self, fitting: int, parts: Sequence[Part]) -> Ranking:
        weighing = Weighing(parts, self._heads, self._general)
        found = map(weighing.weigh, self._likeliest(fitting))
        family = all(part.kind is Kind.NAME for part in parts)
        return rank((each for each in found if each is not None), family=family)

    def _likeliest(self, fitting: int) -> list[Form]:
        """Return the forms of `fitting`; of very many, the likeliest and those with the least beside."""
        forms = [self._forms[place] for place in places(fitting)]
        if len(forms) <= _MOST_FORMS:
            return forms
        rest = forms[_MOST_FORMS // 2 :]
        return forms[: _MOST_FORMS // 2] + nsmallest(_MOST_FORMS // 2, rest, key=_extent)

    def _fitting(self, parts: Sequence[Part]) -> tuple[int, list[Part]]:
        """Return the forms that have all parts, and those parts.

        Soft parts and a full date, which boards print for some models only, may be left out.
        """
        fitting, kept = self._all, []
        for part in sorted(parts, key=lambda part: (part.soft, _is_day(part))):
            narrower = fitting & part.forms
            if narrower or not (part.soft or _is_day(part)):
                fitting = narrower
                kept.append(part)
        return fitting, [part for part in parts if any(part is each for each in kept)]

    def _is_of_another_day(self, ranking: Ranking, fitting: int, days: Iterable[Part]) -> bool:
        """Return whether `days`, which the first model's name has not, are another model's.

        They are where it, or one that differs from it only so, has a date of its own, and where its
        family has one of just that date; else they are an addition to its name.
        """
        first = ranking.candidates[0].form
        undated = _undated(first)
        if any(
            len(_undated(each)) < len(each.tokens) and _undated(each) == undated
            for each in (self._forms[place] for place in places(fitting))
        ):
            return True
        dated = ((part, self._forms[place]) for part in days for place in places(part.forms))
        return any(part.text in form.tokens and form.head == first.head for part, form in dated)

    def _answer(self, query: str, parts: Sequence[Part], ranking: Ranking, dropped: int) -> Resolution:
        first, *others = ranking.candidates
        doubt = first.doubt + dropped * _DROPPED_DOUBT
        if ranking.even > 1:
            confidence = max(0.25, 0.75 - 0.08 * (ranking.even - 1) - 0.2 * doubt)
            because = "family" if first.open else "even"
            alternatives = self._models_of(others)
        else:
            confidence = max(0.5, 0.97 - 0.3 * doubt - 0.03 * (first.cost - first.doubt))
            because = "slip" if any(part.guessed for part in parts) else "words"
            alternatives = ()
        model = self._models[first.form.model]
        return Resolution(query, model, round(confidence, 2), ranking.even > 1, alternatives, because)

    def _refuse(self, query: str, parts: Sequence[Part], because: str) -> Resolution:
        """Return that there is no such model, with those that have most of what was typed."""
        fitting = self._all
        told = False
        for part in sorted(parts, key=lambda part: (part.kind is not Kind.NAME, part.soft)):
            if narrower := fitting & part.forms:
                fitting, told = narrower, True
        near = [self._forms[place].model for place in places(fitting)[:_MOST_FORMS]] if told else []
        models = tuple(self._models[place] for place in dict.fromkeys(near))[:ALTERNATIVES]
        return Resolution(query, None, _SUGGESTION if models else 0.0, False, models, because)

    def _models_of(self, candidates: Iterable[Candidate]) -> tuple[Model, ...]:
        return tuple(self._models[each.form.model] for each in candidates)[:ALTERNATIVES]


def _is_day(part: Part) -> bool:
    """Return whether `part` is a full date, or a year."""
    if part.text[0] == "@":
        return len(part.text) == FULL_DATE
    return _YEAR.fullmatch(part.text) is not None


def _adds_only(parts: Sequence[Part]) -> bool:
    """Return whether `parts` name nothing; with a date, two may: `1106 preview`."""
    dated = len(parts) > 1 and any(part.kind is Kind.DATE for part in parts)
    return not dated and all(part.kind in _ADDITIONS for part in parts)


def _is_vague(parts: Sequence[Part], ranking: Ranking) -> bool:
    """Return whether no part names a family or a vendor, and several families fit.

    `r1` and `4o` name one; `70b` and `mini` do not, nor does a single word that is only like one.
    """
    heads = _heads(ranking.candidates)
    if len(parts) == 1 and parts[0].guessed and not heads & parts[0].choices.keys():
        return not parts[0].vendors
    if any(part.vendors or _names(part) for part in parts):
        return False
    return len(heads) > (_MOST_HEADS if len(parts) > 1 else 1)


def _is_anothers(parts: Iterable[Part], kept: Sequence[Part]) -> bool:
    """Return whether a maker was named that has no such model, and only figures are left: `google 4.5`."""
    makers = [part for part in parts if part.soft and part.kind is Kind.NAME and part.text not in SOFT]
    left = [part for part in makers if not any(part is each for each in kept)]
    return bool(left) and not any(_names(part) for part in kept)


def _heads(candidates: Sequence[Candidate]) -> set[str]:
    """Return the families of `candidates`; `Hermes-3-Llama` made from the first one's is none of its own."""
    first = candidates[0].form.head
    return {first, *(each.form.head for each in candidates if first not in each.form.tokens)}


def _names(part: Part) -> bool:
    if part.kind is Kind.VERSION:  # `v4` is a mere one where no name has it so
        return any(not choice.strip("~").replace(".", "").isdigit() for choice in part.choices)
    return part.kind is Kind.NAME


def _extent(form: Form) -> int:
    return len(form.tokens)


def _undated(form: Form) -> tuple[str, ...]:
    return tuple(token for token in form.tokens if token[0] != "@")
