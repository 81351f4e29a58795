"""What holds for changes between any two pages."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from store.answers import Standing
from store.changes import Changes, Kind, compare
from store.changes.scale import RATING
from tests.changing import make_line, make_page, real_page

NAMES = [
    f"{word}-{size}b" for word in ("alpha", "beta", "gamma", "delta", "omega") for size in (3, 7, 13, 70)
]
LAST = real_page("20260730")
TOP = real_page("20260820")


@st.composite
def boards(draw: st.DrawFn, least: int = 3) -> list[Standing]:
    """Return lines of a page; no two are level, and by their votes none looks like another."""
    chosen = draw(st.lists(st.sampled_from(NAMES), min_size=least, max_size=len(NAMES), unique=True))
    return [
        make_line(
            name, draw(st.integers(900, 1500)) + at / 64, spread=draw(st.integers(3, 9)), votes=1000 * 2**at
        )
        for at, name in enumerate(NAMES)
        if name in chosen
    ]


def moved(line: Standing, by: float, votes: float = 1) -> Standing:
    main = line.main
    low, high = (None if each is None else each + by for each in (main.low, main.high))
    count = round((main.votes or 0) * votes)
    return replace(line, main=replace(main, score=(main.score or 0) + by, low=low, high=high, votes=count))


@given(boards())
def test_a_page_beside_itself_tells_nothing(lines: list[Standing]) -> None:
    assert len(compare(make_page(*lines), make_page(*lines))) == 0


@given(boards(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(lines: list[Standing], chance: random.Random) -> None:
    shuffled = chance.sample(lines, len(lines))
    newer = [moved(each, chance.randint(-40, 40)) for each in lines]
    tells = compare(make_page(*lines), make_page(*newer))
    again = compare(make_page(*shuffled), make_page(*chance.sample(newer, len(newer))))

    assert replace(again, older=tells.older, newer=tells.newer).bulk == tells.bulk
    assert [_plain(each) for each in again] == [_plain(each) for each in tells]


def _plain(change: object) -> tuple[str, str]:
    standing = getattr(change, "standing", None)
    return type(change).__name__, standing.name if standing else ""


@given(boards(), boards())
def test_the_way_back_exchanges_who_is_new_and_who_is_gone(
    one: list[Standing], other: list[Standing]
) -> None:
    there, back = compare(make_page(*one), make_page(*other)), compare(make_page(*other), make_page(*one))
    shared = {each.model for each in one} & {each.model for each in other}
    if len(one) - len(shared) > 10 or len(other) - len(shared) > 10:
        return  # one line stands for them

    def left_out(told: Changes) -> bool:
        return any(each.kind is Kind.MANY for each in told.bulk)

    if not left_out(there) and not left_out(back):
        assert {each.standing.model for each in there.new} == {each.standing.model for each in back.gone}
        assert {each.standing.model for each in there.gone} == {each.standing.model for each in back.new}


@given(boards(), st.integers(900, 1600))
def test_one_more_model_is_one_new_model_and_nobody_moves(lines: list[Standing], score: int) -> None:
    told = compare(make_page(*lines), make_page(*lines, make_line("sigma-1b", score)))

    assert [each.standing.name for each in told.new] == ["sigma-1b"]
    assert (told.moved, told.gone, told.renamed, told.bulk) == ((), (), (), ())
    assert len(told.entered) <= 1
    assert len(told.left) <= 1


@given(boards(), st.integers(5, 300), st.booleans())
def test_a_common_offset_is_one_line(lines: list[Standing], by: int, down: bool) -> None:
    offset = -by if down else by
    told = compare(make_page(*lines), make_page(*(moved(each, offset) for each in lines)))

    assert [(each.kind, each.amount) for each in told.bulk] == [(Kind.SHIFT, offset)]
    assert len(told) == 1


@given(boards(), st.randoms(use_true_random=False))
def test_never_more_than_25_changes_without_a_line_that_explains_it(
    lines: list[Standing], chance: random.Random
) -> None:
    others = [make_line(f"{each.name}-x{at}", chance.randint(900, 1500)) for at, each in enumerate(lines)]
    newer = [moved(each, chance.randint(-90, 90)) for each in lines if chance.random() < 0.7] + others
    told = compare(make_page(*lines), make_page(*newer))

    assert len(told) <= 25 or any(each.kind is Kind.MANY for each in told.bulk)


@given(st.integers(0, 10**9))
def test_an_ordinary_day_of_a_real_board_is_quiet(seed: int) -> None:
    """Ratings drift by a point or two, together and each by itself; votes grow; a few models are new."""
    chance = random.Random(seed)
    together = chance.choice((-2, -1, 0, 1, 2))
    newer = [
        moved(each, together + chance.choice((-1, 0, 0, 0, 1)), chance.uniform(1, 1.04))
        for each in LAST.standings
    ]
    came = [
        make_line(f"newcomer-{at}", 1200 + 90 * at, votes=2000 + at) for at in range(chance.randint(0, 3))
    ]
    told = compare(LAST, make_page(*newer, *came))

    assert {each.standing.name for each in told.new} == {each.name for each in came}
    assert (told.gone, told.moved, told.renamed, told.bulk) == ((), (), (), ())
    assert len(told) <= 12
    assert RATING.least > 2
