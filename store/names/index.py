"""All models, ready to be found by what people type."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeVar

from store.boards import Organization
from store.models import Model, Resolution
from store.names.completion import MOST, Completion
from store.names.forms import Form, form
from store.names.identity import Identities, ruled
from store.names.lexicon import Lexicon
from store.names.normal import glued, plain, run_together
from store.names.query import SOFT, Part, Reader
from store.names.resolution import Search
from store.names.spelling import Spelling
from store.names.tokens import SPELLINGS, joined

Name = TypeVar("Name", str, tuple[str, ...])

_RECENT: Final = 200
_QUARTER: Final = 90
_FIGURES: Final = re.compile(r"(?<!\d)\d{1,3}(?![\db])")  # neither dates nor sizes: higher ones are newer


class NameIndex:
    """The names of all models; `resolve` finds the one that is meant, `complete` those that may be.

    It is built once for a set of models and then only read, so threads may share it. The order in
    which models are given does not matter. `identities` brings the aliases, `organizations` the
    vendors' words.
    """

    def __init__(
        self,
        models: Iterable[Model],
        organizations: Iterable[Organization] = (),
        identities: Identities | None = None,
    ) -> None:
        self._identities = identities or Identities()
        self._models = by_likelihood(models)
        self._exact = _exact(self._models)
        self._glued = _unique((glued(name), place) for name, place in self._exact.items())
        self._together = _unique((run_together(name), place) for name, place in self._exact.items())
        forms = list(self._forms())
        self._same = _unique((each.tokens, each.model) for each in forms if not each.known)
        lexicon = Lexicon(forms)
        organizations = tuple(organizations)
        vendors = self._vendors(forms, organizations)
        aliases = self._identities.aliases
        hints = {word for each in organizations for word in _words(each) if word not in lexicon}
        soft = SOFT | aliases.prefixes | hints
        spelling = Spelling({*lexicon, *aliases.words, *soft, *vendors, *SPELLINGS})
        self._reader = Reader(lexicon, spelling, aliases.words, vendors, aliases.noise, soft)
        self._search = Search(self._models, forms)
        self._completion = Completion(self._models, forms, lexicon)

    def resolve(self, query: str) -> Resolution:
        """Return what `query` stands for; no text makes it fail."""
        short = plain(query)
        place = self._exact.get(query, self._exact.get(short))
        if place is not None:
            return Resolution(query, self._models[place], 1.0, because="exact")
        tokens = ruled(query, self._identities.aliases.prefixes)
        place = self._same.get(form(0, tokens).tokens) if tokens else None
        if place is None and short.replace(".", "").isalnum():
            place = self._glued.get(short.replace(".", ""))
        if place is None:
            place = self._together.get(run_together(query))
        if place is not None:
            return Resolution(query, self._models[place], 0.99, because="same-name")
        parts = self._reader.read(query)
        found = self._search.resolve(query, parts)
        if found.model:
            return found
        others = (self._search.resolve(query, other) for other in self._other_readings(query, parts))
        return next((other for other in others if other.model), found)

    def complete(self, text: str, recent: Sequence[str] = (), limit: int = MOST) -> tuple[Model, ...]:
        """Return the models that a person typing `text` most likely wants; `limit` of them, 25 at most.

        `recent` has the keys of models chosen before, the last first; they come first where they fit.
        """
        most = max(0, min(limit, MOST))
        found = self._completion.complete(text, recent[:_RECENT], most)
        if found or not plain(text):
            return found
        resolution = self.resolve(text)
        first = (resolution.model,) if resolution.model else ()
        return (*first, *resolution.alternatives)[:most]

    def _other_readings(self, query: str, parts: Sequence[Part]) -> Iterator[list[Part]]:
        """Yield the readings of `query` to try when its `parts` name no model."""
        joined_parts = self._reader.read(query, join=True)
        if [part.text for part in joined_parts] != [part.text for part in parts]:
            yield joined_parts
        figures = sum(part.is_figure for part in parts)
        if figures and not all(part.understood or part.soft for part in parts):
            yield self._reader.read(query, bold=figures)

    def _forms(self) -> Iterator[Form]:
        """Yield every form of every model, the likeliest model's first, the printed before the known."""
        aliases = self._identities.aliases
        for place, model in enumerate(self._models):
            names = dict.fromkeys((model.name, *model.printed))
            printed = dict.fromkeys(ruled(name, aliases.prefixes) for name in names)
            known = dict.fromkeys(aliases.models.get(tokens, tokens) for tokens in printed)
            for tokens in tuple(known):
                others = aliases.names.get(tokens, ())
                known.update(dict.fromkeys(ruled(name, aliases.prefixes) for name in others))
            yield from (form(place, tokens) for tokens in printed if tokens)
            yield from (
                form(place, tokens, known=True) for tokens in known if tokens and tokens not in printed
            )

    def _vendors(self, forms: list[Form], organizations: Iterable[Organization]) -> dict[str, int]:
        """Return the forms of each vendor's models, as bits, by each of the vendor's words."""
        bits: Counter[str | None] = Counter()
        for place, each in enumerate(forms):
            bits[self._models[each.model].organization] |= 1 << place
        vendors: Counter[str] = Counter()
        for organization in organizations:
            if owned := bits[organization.key]:
                for word in _words(organization):
                    vendors[word] |= owned
        return dict(vendors)


def _words(organization: Organization) -> set[str]:
    """Return all that a vendor is called, in the form in which words compare."""
    return set(map(joined, (organization.key, *organization.titles.values(), *organization.words)))


def by_likelihood(models: Iterable[Model]) -> list[Model]:
    """Return `models` by how likely they are meant, whatever their order was.

    First those that the boards list now, by quarters of a year; of these the ones on the largest
    board, since places on different boards do not compare, and last those on none, as the short pages
    of 2026 leave most; then the highest places and figures.
    """
    given = tuple(models)
    newest = max((model.seen for model in given if model.seen), default=None)
    sizes = Counter(model.board for model in given if model.board)

    def order(model: Model) -> tuple[int, int, float, tuple[int, ...], str]:
        age = (newest - model.seen).days // _QUARTER if newest and model.seen else 0
        place = model.place if model.place is not None else float("inf")
        figures = tuple(-int(each) for each in _FIGURES.findall(model.key))
        return age, -sizes[model.board] if model.board else 0, place, (*figures, 0), model.key

    return sorted(given, key=order)


def _exact(models: list[Model]) -> dict[str, int]:
    """Return the models by printed name; and by its plain form where that is one model's alone."""
    names = [(name, place) for place, model in enumerate(models) for name in {model.name, *model.printed}]
    exact = _unique((plain(name), place) for name, place in names)
    for name, place in reversed(names):
        exact[name] = place
    return exact


def _unique(pairs: Iterable[tuple[Name, int]]) -> dict[Name, int]:
    """Return the places by what only one place has."""
    places: dict[Name, int] = {}
    shared: set[Name] = set()
    for each, place in pairs:
        if places.setdefault(each, place) != place:
            shared.add(each)
    return {each: place for each, place in places.items() if each not in shared}
