"""What a person typing may want: names that begin so, and names whose words begin so."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from heapq import nsmallest
from itertools import islice
from typing import Final

from store.models import Model
from store.names.forms import Form
from store.names.lexicon import Lexicon, places
from store.names.normal import glued, plain, separate, without_path
from store.names.tokens import tokens_in

MOST: Final = 25
"""Discord shows no more."""
_MOST_WORDS: Final = 8
_MOST_BEGINNINGS: Final = 64
_LAST: Final = "\U0010ffff"


class Completion:
    """Completes names; `models` are in the order of likelihood, `forms` and `lexicon` are theirs."""

    def __init__(self, models: Sequence[Model], forms: Sequence[Form], lexicon: Lexicon) -> None:
        self._models = models
        self._forms = forms
        self._lexicon = lexicon
        self._places = {model.key: place for place, model in enumerate(models)}
        names = sorted(
            {
                (glued(name), place)
                for place, model in enumerate(models)
                for name in (model.name, *model.printed)
            }
        )
        self._names = [name for name, _ in names]
        self._owners = [place for _, place in names]
        self._words = sorted(lexicon)

    def complete(self, text: str, recent: Sequence[str], most: int) -> tuple[Model, ...]:
        """Return the first `most` models for `text`.

        The model of just that name comes first, then recent ones, then names that begin so, then names
        whose words do.
        """
        typed = without_path(plain(text))
        chosen = [self._places[key] for key in recent if key in self._places]
        if not typed:
            found = dict.fromkeys([*chosen, *range(min(most + len(chosen), len(self._models)))])
            return tuple(self._models[place] for place in found)[:most]
        start = glued(typed)
        begun, whole = self._begun(start), self._owners_of(start)
        fitting = self._fitting(typed) if len(begun) < most or chosen else 0
        having = dict.fromkeys(self._forms[place].model for place in places(fitting))
        found = dict.fromkeys(whole)
        found.update(dict.fromkeys(place for place in chosen if place in begun or place in having))
        found.update(dict.fromkeys(nsmallest(most, begun)))
        found.update(having)
        return tuple(self._models[place] for place in islice(found, most))

    def _begun(self, start: str) -> set[int]:
        if not start:
            return set()
        first, last = bisect_left(self._names, start), bisect_left(self._names, start + _LAST)
        return set(self._owners[first:last])

    def _owners_of(self, name: str) -> list[int]:
        return sorted(set(self._owners[bisect_left(self._names, name) : bisect_right(self._names, name)]))

    def _fitting(self, typed: str) -> int:
        """Return the forms that have, for every word of `typed`, one that begins so, as bits."""
        fitting = -1
        for word in tokens_in(separate(typed))[:_MOST_WORDS]:
            begun = 0
            for known in self._beginnings(word):
                begun |= self._lexicon.forms(known)
            fitting &= begun
            if not fitting:
                break
        return max(fitting, 0)

    def _beginnings(self, word: str) -> Iterator[str]:
        if word in self._lexicon:
            yield word
        first = bisect_left(self._words, word)
        for known in self._words[first : first + _MOST_BEGINNINGS]:
            if not known.startswith(word):
                break
            yield known
