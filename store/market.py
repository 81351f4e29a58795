"""What models cost for what they score: prices of one currency beside scores, and the front of the best."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from store.answers import Leaders, Snapshot, Standing
from store.schema import entries


@dataclass(frozen=True, slots=True)
class Market:
    """A page's models with a score, by their output price in the currency that most prices have.

    `free` cost nothing. On the `front` is who scores better than all that are cheaper, the cheapest first.
    `unpriced` counts those without a price, `foreign` those priced in another currency.
    """

    leaders: Leaders
    currency: str | None
    priced: tuple[Standing, ...]
    free: tuple[Standing, ...]
    front: tuple[Standing, ...]
    unpriced: int
    foreign: int


def survey(leaders: Leaders) -> Market:
    """Return the market of a whole page."""
    known = [each for each in leaders.standings if each.price is not None]
    currencies = Counter(each.price.currency for each in known if each.price)
    currency = currencies.most_common(1)[0][0] if currencies else None
    same = [each for each in known if each.price and each.price.currency == currency]
    return Market(
        leaders,
        currency,
        priced=tuple(each for each in same if cost_of(each) > 0),
        free=tuple(each for each in same if cost_of(each) == 0),
        front=find_front(same, falling=leaders.dimension.lower_is_better),
        unpriced=len(leaders.standings) - len(known),
        foreign=len(known) - len(same),
    )


def cost_of(standing: Standing) -> float:
    """Return a model's output price, which every board with prices has."""
    return standing.price.output if standing.price else 0.0


def find_front(standings: Iterable[Standing], *, falling: bool = False) -> tuple[Standing, ...]:
    """Return who scores better than all that cost no more; with `falling`, less is better."""
    sign = -1 if falling else 1

    def worth(standing: Standing) -> float:
        return sign * (standing.main.score or 0)

    front: list[Standing] = []
    for each in sorted(standings, key=lambda one: (cost_of(one), -worth(one))):
        if not front or worth(each) > worth(front[-1]):
            front.append(each)
    return tuple(front)


def priced_boards(
    connection: Connection, among: Sequence[Snapshot], currency: str | None = None
) -> Mapping[str, int]:
    """Return how many models have a price (in a currency), for those boards of snapshots that print any."""
    paid = entries.c.currency.is_not(None) if currency is None else entries.c.currency == currency
    rows = connection.execute(
        select(entries.c.snapshot_id, func.count().label("priced"))
        .where(entries.c.snapshot_id.in_([each.id for each in among]), paid)
        .group_by(entries.c.snapshot_id)
    )
    found = {row.snapshot_id: row.priced for row in rows}
    return {each.board.key: found[each.id] for each in among if each.id in found}
