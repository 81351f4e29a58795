"""Changes from one believable day of a real board to the next, whatever else happens on it."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.answers import Standing
from store.changes import Changes, Kind, Page, compare
from store.changes.comparison import LIMIT
from store.values import Flag, Price
from tests.changing import identities, make_line, make_page, real_page

FULL, CUT, SHARED = real_page("20260730"), real_page("20260820"), real_page("20250716")
Lines = Sequence[Standing]


def one_day(lines: Lines, chance: random.Random) -> list[Standing]:
    """Ratings drift by a point at most, and votes grow by up to 5 %."""
    drift = [chance.choice((-1, 0, 0, 0, 1)) for _ in lines]
    return [step(each, by, chance.uniform(1, 1.029)) for each, by in zip(lines, drift, strict=True)]


def step(line: Standing, by: float, growth: float = 1) -> Standing:
    main = line.main
    low, high = (None if each is None else each + by for each in (main.low, main.high))
    votes = None if main.votes is None else round(main.votes * growth)
    score = None if main.score is None else main.score + by
    return replace(line, main=replace(main, score=score, low=low, high=high, votes=votes))


def called(line: Standing, name: str) -> Standing:
    return replace(line, name=name, model=identities().identify(name).key)


def numbered(lines: Lines) -> list[Standing]:
    """Return lines in the order of their scores, numbered one by one as boards do since 2025-11."""
    ordered = sorted(lines, key=lambda each: -(each.main.score or 0))
    return [replace(each, main=replace(each.main, rank=at)) for at, each in enumerate(ordered, 1)]


def shifted(lines: Lines) -> Lines:
    return [step(each, 40) for each in lines]


def renamed(lines: Lines) -> Lines:
    return [called(each, "comet-9-ultra") if at == 17 else each for at, each in enumerate(lines)]


def family_renamed(lines: Lines) -> Lines:
    return [called(each, each.name.replace("-thinking", "-high")) for each in lines]


def vendors_respelt(lines: Lines) -> Lines:
    return [replace(each, organization=f"{each.organization or 'Nobody'} Labs") for each in lines]


def without_vendors(lines: Lines) -> Lines:
    return [replace(each, organization=None) for each in lines]


def priced(lines: Lines) -> Lines:
    return [replace(each, price=Price(2.0 + at % 7, "USD", 1.0)) for at, each in enumerate(lines)]


def unpriced(lines: Lines) -> Lines:
    return [replace(each, price=None) for each in lines]


def without_votes(lines: Lines) -> Lines:
    return [replace(each, main=replace(each.main, votes=None)) for each in lines]


def preliminary(lines: Lines) -> Lines:
    return [replace(each, flags=each.flags ^ {Flag.PRELIMINARY}) for each in lines]


def respelt(lines: Lines) -> Lines:
    return [called(each, each.name.upper()) for each in lines]


EVENTS: dict[Callable[[Lines], Lines], set[Kind]] = {
    tuple: set(),
    shifted: {Kind.SHIFT},
    renamed: set(),
    family_renamed: {Kind.NAMES},
    vendors_respelt: {Kind.VENDORS},
    without_vendors: set(),
    priced: {Kind.PRICES},
    unpriced: set(),
    without_votes: set(),
    preliminary: set(),
    respelt: set(),
}


def next_day(
    older: Page, event: Callable[[Lines], Lines], chance: random.Random, came: Standing | None = None
) -> tuple[Page, Changes]:
    """Return the page of the next day, when `event` happened and `came` is new, and what is told of it."""
    lines = [*event(one_day(older.standings, chance)), *([came] if came else [])]
    top = older.snapshot.coverage.top
    newer = make_page(*numbered(lines)[:top], top=top, as_of=older.snapshot.as_of)
    return newer, compare(older, newer, {each.model for each in FULL.standings})


def newcomer(chance: random.Random, older: Page) -> Standing:
    """Return a line somewhere on the page, with figures of its own: no other's rating with its votes."""
    above = chance.choice(older.standings[:-1]).main.score or 0
    near = [each.main.votes or 0 for each in older.standings if abs((each.main.score or 0) - above) < 9]
    votes = chance.choice([n for n in range(2500, 6000) if all(abs(n - each) > 0.1 * each for each in near)])
    return make_line("nova-77b", above + 1, spread=9, votes=votes)


@pytest.mark.parametrize("event", EVENTS)
@settings(max_examples=10)
@given(st.integers(0, 10**9))
def test_whatever_else_happens_the_new_model_is_told_and_nobody_else_is_new_or_gone(
    event: Callable[[Lines], Lines], seed: int
) -> None:
    chance = random.Random(seed)
    page, told = next_day(FULL, event, chance, newcomer(chance, FULL))

    assert [each.standing.name for each in told.new if each.sure] == ["nova-77b"]
    assert (len(told.new), told.gone, told.moved) == (1, (), ())
    assert {each.kind for each in told.bulk} == EVENTS[event]
    assert len(told) <= LIMIT
    leads = page.standings[0]
    assert (told.leader is not None and told.leader.changed) == (leads.model != FULL.standings[0].model)
    assert told.leader is None or told.leader.after is leads


@pytest.mark.parametrize("event", [each for each in EVENTS if each not in (family_renamed, shifted)])
@settings(max_examples=10)
@given(st.integers(0, 10**9))
def test_on_a_page_of_30_the_new_model_is_told_and_who_drops_off_is_not_gone(
    event: Callable[[Lines], Lines], seed: int
) -> None:
    chance = random.Random(seed)
    page, told = next_day(CUT, event, chance, newcomer(chance, CUT))

    assert [each.standing.name for each in told.new if each.standing.name == "nova-77b"] == (
        ["nova-77b"] if any(each.name == "nova-77b" for each in page.standings) else []
    )
    assert (told.gone, told.moved) == ((), ())
    assert len(told) <= LIMIT


@settings(max_examples=40)
@given(st.integers(0, 10**9), st.booleans())
def test_a_code_name_that_becomes_a_model_hides_no_model_that_is_new(seed: int, cut: bool) -> None:
    """The day that one model is renamed, one leaves and one comes are three different things."""
    chance = random.Random(seed)
    older = CUT if cut else FULL
    lines = one_day(older.standings, chance)
    left, other = chance.sample(range(3, len(lines) - 3), 2)
    lines[other] = called(lines[other], "comet-9-ultra")
    newer = make_page(
        *numbered([*lines[:left], *lines[left + 1 :], newcomer(chance, older)]),
        top=older.snapshot.coverage.top,
        as_of=older.snapshot.as_of,
    )
    told = compare(older, newer)

    assert "nova-77b" in {each.standing.name for each in told.new}
    assert [each.standing.model for each in told.gone] == ([] if cut else [older.standings[left].model])


@settings(max_examples=20)
@given(st.integers(0, 10**9))
def test_a_shared_first_place_is_told_as_it_is(seed: int) -> None:
    """Where ranks are by bounds, the first line may change every day; each such day says who is ahead."""
    chance = random.Random(seed)
    lines = [
        replace(each, main=replace(each.main, rank=1 if at < 4 else at - 2))
        for at, each in enumerate(SHARED.standings)
    ]
    older = make_page(*lines, as_of=SHARED.snapshot.as_of)
    order = chance.sample(lines[:4], 4)
    newer = make_page(
        *(step(each, 1500 - at - (each.main.score or 0)) for at, each in enumerate(order)),
        *lines[4:],
        as_of=SHARED.snapshot.as_of,
    )
    lead = compare(older, newer).leader

    if order[0].name == older.standings[0].name:
        assert lead is None
    else:
        assert lead is not None
        assert (lead.after.name, lead.changed, lead.swapped) == (order[0].name, True, True)
