"""Models as the read path gives them: an identity, and what a typed name stands for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Model:
    """A model: one identity over all the names that boards have printed for it.

    `place` is its current rank on `board`, the first board of the catalogue that ranks it now, and
    `seen` the date of its newest dated snapshot; they tell alternatives apart and order them. `boards`
    are all that list it now, or on their last whole page.
    """

    key: str
    name: str
    family: str
    printed: tuple[str, ...] = ()
    organization: str | None = None
    place: int | None = None
    seen: date | None = None
    board: str | None = None
    boards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a typed name stands for.

    `model` is None below the threshold, and then `alternatives` are only suggestions. When
    `ambiguous`, `model` is the likeliest and `alternatives` the other readings. `confidence` is
    between 0 and 1; `because` names the rule that decided.
    """

    query: str
    model: Model | None
    confidence: float
    ambiguous: bool = False
    alternatives: tuple[Model, ...] = ()
    because: str = ""
