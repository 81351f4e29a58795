"""Sheets: whole pages in memory, every line with all its scores. What is of now is answered from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from store.answers import Leaders, Score, Snapshot, Standing
from store.boards import Catalogue, Dimension
from store.errors import UnknownDimension
from store.filters import UNTOLD, Filter, Newness, conclude, count_untold


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page with its lines in their order, and those of each model (a key), its best first."""

    snapshot: Snapshot
    lines: tuple[Standing, ...]
    by_model: Mapping[str, tuple[Standing, ...]]

    @classmethod
    def of(cls, snapshot: Snapshot, lines: tuple[Standing, ...]) -> Sheet:
        """Return the sheet of a page that has these lines."""
        found: dict[str, tuple[Standing, ...]] = {}
        for each in sorted(lines, key=lambda line: line.main.place or 0):
            found[each.model] = (*found.get(each.model, ()), each)
        return cls(snapshot, lines, MappingProxyType(found))


def find_leaders(
    sheet: Sheet,
    catalogue: Catalogue,
    dimension: str,
    offset: int = 0,
    limit: int | None = None,
    only: Filter | None = None,
    newness: Newness = UNTOLD,
) -> Leaders:
    """Return the leaders of a page in one of its dimensions, best first, in the board's own order of rank.

    Places are those among all models, also where `only` some are asked for. Raises UnknownDimension.
    """
    listed = [(line, score) for line in sheet.lines if (score := _score_in(line, dimension)) is not None]
    if not listed:
        raise UnknownDimension(sheet.snapshot.board.key, dimension)
    scored = [(line, score) for line, score in listed if score.score is not None]
    measured = listed[0][1].dimension
    ordered = sorted(scored, key=lambda each: _by_rank(each[1], measured))
    unscored = len(listed) - len(scored)
    end = None if limit is None else offset + limit
    if not only:
        shown = tuple(replace(line, main=score, domains=()) for line, score in ordered[offset:end])
        return Leaders(sheet.snapshot, measured, shown, len(scored), unscored)
    judged = [(each, only.judge(each[0], catalogue, newness)) for each in ordered]
    kept = [each for each, told in judged if conclude(told)]
    shown = tuple(replace(line, main=score, domains=()) for line, score in kept[offset:end])
    untold = count_untold(told for _, told in judged)
    return Leaders(sheet.snapshot, measured, shown, len(kept), unscored, untold)


def _score_in(line: Standing, dimension: str) -> Score | None:
    scores = (line.main, *line.domains)
    return next((score for score in scores if score.dimension.key == dimension), None)


def _by_rank(score: Score, dimension: Dimension) -> tuple[bool, int, float]:
    """Return what puts scores in order; those that are equal keep the page's order."""
    value = score.score or 0.0
    return score.rank is None, score.rank or 0, value if dimension.lower_is_better else -value
