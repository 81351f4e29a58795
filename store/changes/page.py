"""A page of a board as changes see it: its models in the board's order, each once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from store.answers import Snapshot, Standing
from store.changes.values import rank_of

TELLING = 15
"""Rows from which a page without any shared rank is taken to number its models one by one."""


@dataclass(frozen=True)
class Page:
    """A snapshot with its standings in its main dimension, best first; of equals, as the board has them."""

    snapshot: Snapshot
    standings: tuple[Standing, ...]

    @classmethod
    def of(cls, snapshot: Snapshot, standings: Iterable[Standing]) -> Page:
        """Return a page of standings, given as they are listed; of one that comes twice the better stays."""
        better = -1 if not snapshot.score.lower_is_better else 1

        def order(standing: Standing) -> tuple[bool, int, float]:
            rank, score = rank_of(standing), standing.main.score
            return score is None, rank or 0, better * (score or 0)

        once: dict[str, Standing] = {}
        for each in sorted(standings, key=order):
            once.setdefault(each.model, each)
        return cls(snapshot, tuple(once.values()))

    @cached_property
    def by_model(self) -> Mapping[str, Standing]:
        """The standings by the keys of their models."""
        return {each.model: each for each in self.standings}

    @property
    def full(self) -> bool:
        """Whether the page shows the whole board, so that absence from it tells something."""
        return self.snapshot.coverage.top is None

    @cached_property
    def last(self) -> float | None:
        """The score of the last model that has one: what it takes to be on a page that is cut off."""
        return next(
            (each.main.score for each in reversed(self.standings) if each.main.score is not None), None
        )

    @cached_property
    def first(self) -> tuple[Standing, ...]:
        """The models that share the best rank, the leader first; none where nothing is scored."""
        return tuple(
            each for each in self.standings if rank_of(each) is not None and rank_of(each) == self._best
        )

    @cached_property
    def shares_ranks(self) -> bool | None:
        """Whether models too close to tell apart share a rank here; None on a page too short to tell."""
        ranks = [rank for each in self.standings if (rank := rank_of(each)) is not None]
        if len(set(ranks)) < len(ranks):
            return True
        return False if len(ranks) >= TELLING else None

    @property
    def _best(self) -> int | None:
        return rank_of(self.standings[0]) if self.standings else None
