"""What there is to tell of two pages of a board, and how much it matters.

Every change has an `importance` from 0 to 100, so that a digest can be cut:

    100  another model leads              60  a model of the top 30 is new; a price in the top 10; who is
     90  a bulk line; joins first place       level at the top swap places
     80  a model of the top 10 is new     50  leaves the top 10; gone or moved in the top 30; a vendor's name
     70  enters the top 10                40  a name in the top 10, a price in the top 30
                                          30  new, gone or moved further down
                                          20  other names and prices

Its `standing` is the line of the newer page that it is about (of the older one, where the model is no
longer listed), None for a line about many; filters by vendor, licence or rank look there.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from store.answers import Standing

TOP = 10
"""The places whose entries and exits are news."""
WIDER = 30
"""The places further down that people still look at."""


def rank_of(standing: Standing) -> int | None:
    """Return the board's rank, else our place; None without a score, whatever rank is printed."""
    if standing.main.score is None:
        return None
    return standing.main.rank if standing.main.rank is not None else standing.main.place


def weigh(standing: Standing, top: int, wider: int, rest: int) -> int:
    """Return the importance that goes with a standing's rank."""
    rank = rank_of(standing)
    if rank is None or rank > WIDER:
        return rest
    return top if rank <= TOP else wider


class Kind(StrEnum):
    """What a bulk line says of all models at once."""

    COVERAGE = "coverage"
    """The page shows another part of the board; `before` and `after` are coverages."""
    ORIGIN = "origin"
    """The rows are from another kind of document."""
    METHOD = "method"
    """The ratings are computed otherwise, and the board says so."""
    DIMENSION = "dimension"
    """The board is ordered by another score."""
    VINTAGE = "vintage"
    """The total is made of other domains: without `before`, and with `after`."""
    SHIFT = "shift"
    """`count` of `total` scores moved by about the same `amount`."""
    RESCALED = "rescaled"
    """`count` of `total` scores moved beyond their intervals, each by its own."""
    NAMES = "names"
    """`count` models are printed under other names, such as `after` for `before`."""
    VENDORS = "vendors"
    """`count` vendors are spelt otherwise, such as `after` for `before`."""
    PRICES = "prices"
    """`count` of `total` prices changed."""
    GONE = "gone"
    """`count` of `total` models are no longer listed."""
    MANY = "many"
    """`count` changes came together, `amount` days lying between the pages; small ones are left out."""


@dataclass(frozen=True, slots=True)
class Bulk:
    """One line in place of hundreds: what happened to all models, or to very many."""

    kind: Kind
    count: int = 0
    total: int = 0
    amount: float | None = None
    before: str | None = None
    after: str | None = None

    importance = 90
    standing = None


@dataclass(frozen=True, slots=True)
class Lead:
    """First place: `before` led, `after` leads; unless `changed`, others only joined it there or left.

    The leader is the first by rank, then by score. `joined` and `left` tell who shares first place now
    and did not before, and the reverse. `tied` is set where the two leaders cannot be told apart now: they
    share a rank, or their intervals overlap; `swapped` where that was so before as well, so that their
    order may flip any day. It is `vacant` where the board does not list the one that led any more.
    """

    before: Standing
    after: Standing
    changed: bool
    joined: tuple[Standing, ...] = ()
    left: tuple[Standing, ...] = ()
    tied: bool = False
    swapped: bool = False
    vacant: bool = False

    @property
    def importance(self) -> int:
        """100 for another leader; less where level ones only changed their order, or others came or left."""
        if not self.changed:
            return 90 if self.joined else 60
        return 60 if self.swapped else 100

    @property
    def standing(self) -> Standing:
        """The leader now."""
        return self.after


@dataclass(frozen=True, slots=True)
class Entered:
    """A model came into the top 10; `before` is where it stood, None where it was not listed."""

    standing: Standing
    before: Standing | None = None

    importance = 70


@dataclass(frozen=True, slots=True)
class Left:
    """A model fell out of the top 10; `after` is where it stands, None where it is not listed any more."""

    before: Standing
    after: Standing | None = None

    importance = 50

    @property
    def standing(self) -> Standing:
        """Where it stands, else where it stood."""
        return self.after or self.before


@dataclass(frozen=True, slots=True)
class New:
    """A model that the board did not list; not `sure` where the older page may only have cut it off."""

    standing: Standing
    sure: bool = True

    @property
    def importance(self) -> int:
        """By its rank."""
        return weigh(self.standing, 80, 60, 30) - (0 if self.sure else 20)


@dataclass(frozen=True, slots=True)
class Gone:
    """A model that the board lists no more."""

    standing: Standing

    @property
    def importance(self) -> int:
        """By the rank that it had."""
        return weigh(self.standing, 60, 50, 30)


@dataclass(frozen=True, slots=True)
class Moved:
    """A score that moved beyond the intervals of both days."""

    before: Standing
    standing: Standing

    @property
    def importance(self) -> int:
        """By the better of both ranks."""
        return max(weigh(each, 60, 50, 30) for each in (self.before, self.standing))


@dataclass(frozen=True, slots=True)
class Renamed:
    """A model under another printed name; not `sure` where only its figures tell that it is the same."""

    before: Standing
    standing: Standing
    sure: bool = True

    @property
    def importance(self) -> int:
        """By its rank."""
        return weigh(self.standing, 40, 30, 20)


@dataclass(frozen=True, slots=True)
class VendorRenamed:
    """A vendor that is printed otherwise on all its models."""

    before: str
    after: str
    models: int

    importance = 50
    standing = None


@dataclass(frozen=True, slots=True)
class Repriced:
    """A price that changed, both printed in the same currency."""

    before: Standing
    standing: Standing

    @property
    def importance(self) -> int:
        """By its rank."""
        return weigh(self.standing, 60, 40, 20)


Change = Bulk | Lead | Entered | Left | New | Gone | Moved | Renamed | VendorRenamed | Repriced
