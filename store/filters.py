"""Which models of a board are asked for: by vendor, licence, size, price, and whether they are new.

A filter is judged by what the board itself says. Where it says nothing, or says it in another currency,
the answer is "not told", never a guess.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from store.answers import Standing
from store.boards import Catalogue
from store.names.tokens import Kind, kind_of, tokens_of
from store.values import Flag

MOST_VENDORS = 3
MOST_SIZE = 60_000.0
"""Billions of parameters that a limit may name; of no model are as many known."""
MOST_PRICE = 60_000.0
MOST_DAYS = 3650
SINCE_CHANGE = 0
"""Instead of a number of days: since the board's content changed last."""


class Openness(StrEnum):
    """The kind of a licence, by its key in the catalogue."""

    OPEN = "open"
    PROPRIETARY = "proprietary"


class Aspect(StrEnum):
    """What a filter asks of a model, and a board may not tell."""

    VENDOR = "vendor"
    LICENSE = "license"
    SIZE = "size"
    PRICE = "price"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class PriceLimit:
    """The most that a million tokens of output may cost, in an ISO 4217 currency."""

    amount: float
    currency: str


Newness = Mapping[str, bool | None]
"""Whether a model is new on its board, by its key; None where the stored pages do not tell."""
UNTOLD: Newness = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Filter:
    """What models are to have; whatever is left out may be anything.

    `vendors` are keys of the catalogue, of which a model has one; `size` is in billions of parameters;
    `new` is within how many days a model was first listed on this board, or `SINCE_CHANGE`.
    """

    vendors: tuple[str, ...] = ()
    openness: Openness | None = None
    size: float | None = None
    price: PriceLimit | None = None
    new: int | None = None

    def __bool__(self) -> bool:
        """Tell whether anything is asked for."""
        return self != Filter()

    def judge(
        self, standing: Standing, catalogue: Catalogue, newness: Newness = UNTOLD
    ) -> dict[Aspect, bool | None]:
        """Return for each aspect that is asked for whether a line fits; None where the board does not say."""
        judged: dict[Aspect, bool | None] = {}
        if self.vendors:
            vendor = catalogue.organization_of(standing.organization)
            known = None if vendor is None else vendor.key
            judged[Aspect.VENDOR] = known in self.vendors if standing.organization else None
        if self.openness is not None:
            kind = kind_of_license(standing, catalogue)
            judged[Aspect.LICENSE] = None if kind is None else kind == self.openness
        if self.size is not None:
            size = size_of(standing)
            judged[Aspect.SIZE] = None if size is None else size <= self.size
        if self.price is not None:
            judged[Aspect.PRICE] = _costs_at_most(standing, self.price)
        if self.new is not None:
            told = newness.get(standing.model)
            judged[Aspect.NEW] = True if told is None and Flag.NEW in standing.flags else told
        return judged

    def fits(self, standing: Standing, catalogue: Catalogue, newness: Newness = UNTOLD) -> bool | None:
        """Tell whether a line of a board fits; None when the board does not say, and nothing else forbids."""
        return conclude(self.judge(standing, catalogue, newness))


ANY: Final = Filter()
"""What every model fits."""


def conclude(judged: Mapping[Aspect, bool | None]) -> bool | None:
    """Return whether everything fits: False when anything does not, else None when anything is not told."""
    if False in judged.values():
        return False
    return None if None in judged.values() else True


def count_untold(judged: Iterable[Mapping[Aspect, bool | None]]) -> Mapping[str, int]:
    """Return how many models are left out since the board does not tell, by what it does not tell."""
    unsure = (told for told in judged if conclude(told) is None)
    return Counter(str(aspect) for told in unsure for aspect, fits in told.items() if fits is None)


def kind_of_license(standing: Standing, catalogue: Catalogue) -> str | None:
    """Return the key of the kind of licence that a board files a model under, or None."""
    if Flag.OPEN in standing.flags or standing.snapshot.board.open:
        return Openness.OPEN
    if Flag.COMMERCIAL in standing.flags:
        return Openness.PROPRIETARY
    return catalogue.license_of(standing.license).key if standing.license else None


def size_of(standing: Standing) -> float | None:
    """Return a model's size in billions of parameters, as the board or the printed name says; or None."""
    return standing.size if standing.size is not None else size_in_name(standing.name)


def size_in_name(name: str) -> float | None:
    """Return the one size that a name prints in billions of parameters, None where it is not plain.

    `8x7b` and `17b-128e` do not say how large the whole is, nor does the `a22b` of the active part alone.
    """
    sizes = {token for token in tokens_of(name) if kind_of(token) is Kind.SIZE}
    whole = {size for size in sizes if size[0].isdigit() and "x" not in size}
    if len(whole) != 1 or any(size.endswith("e") or "x" in size or size[0] == "e" for size in sizes):
        return None
    return float(whole.pop().removesuffix("b"))


def _costs_at_most(standing: Standing, limit: PriceLimit) -> bool | None:
    price = standing.price
    return None if price is None or price.currency != limit.currency else price.output <= limit.amount
