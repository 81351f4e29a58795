"""Two contents of a board side by side: both pages, and what changed between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Connection

from store.answers import Snapshot, Standing
from store.boards import Catalogue
from store.changes import Changes, Kind, Page
from store.changes.scale import Drift, measure_drift
from store.timeline import read_both

RULERS = frozenset({Kind.ORIGIN, Kind.METHOD, Kind.DIMENSION, Kind.VINTAGE})
"""Bulk lines after which ranks and scores of the two pages cannot be compared."""


@dataclass(frozen=True)
class Comparison:
    """Two pages with what changed between them, of which the smallest may have been left out."""

    older: Page
    newer: Page
    changes: Changes

    @cached_property
    def former(self) -> Mapping[str, Standing]:
        """The lines of the older page by the keys that their models have now."""
        renamed = {each.standing.model: each.before for each in self.changes.renamed}
        return {**self.older.by_model, **renamed}

    def now(self, model: str) -> Standing | None:
        """Return the line of a model now, also where the board has just renamed it."""
        named = {each.before.model: each.standing for each in self.changes.renamed}
        return self.newer.by_model.get(model) or named.get(model)

    @cached_property
    def surely_new(self) -> frozenset[str]:
        """The keys of the models that the board did not list before, as far as that is certain."""
        return frozenset(each.standing.model for each in self.changes.new if each.sure)

    @cached_property
    def drift(self) -> Drift:
        """What the scores of all models did together."""
        former = self.former
        return measure_drift(
            [(former[each.model], each) for each in self.newer.standings if each.model in former]
        )

    def has(self, *kinds: Kind) -> bool:
        """Tell whether something of these kinds happened to the whole board."""
        return any(line.kind in kinds for line in self.changes.bulk)

    @property
    def comparable(self) -> bool:
        """Whether ranks and scores of one page mean something beside those of the other."""
        shared = {self.older.shares_ranks, self.newer.shares_ranks}
        return not self.has(*RULERS) and shared != {True, False}


def read_comparison(
    connection: Connection, catalogue: Catalogue, older: Snapshot, newer: Snapshot
) -> Comparison:
    """Return two contents of a board side by side."""
    return Comparison(*read_both(connection, catalogue, older, newer))
