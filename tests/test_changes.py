"""Changes: what is told of two pages, and above all what is not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from store.answers import Standing
from store.changes import Changes, Kind, Page, compare
from store.changes.comparison import LIMIT
from store.changes.values import Change
from store.values import Flag, Method, Origin, Price
from tests.changing import DAYS, Cost, identities, make_line, make_page, real_page

A, B, C = make_line("alpha-7b", 1400), make_line("beta-7b", 1350), make_line("gamma-7b", 1300)
REST = tuple(make_line(f"filler{n}-7b", 1200 - 10 * n, votes=5000 + 500 * n) for n in range(16))


def kinds(changes: Changes) -> list[Kind]:
    return [each.kind for each in changes.bulk]


def names(part: Iterable[Change]) -> set[str]:
    return {each.standing.name for each in part if each.standing is not None}


def moved(line: Standing, by: float) -> Standing:
    score, low, high = (
        None if each is None else each + by for each in (line.main.score, line.main.low, line.main.high)
    )
    return replace(line, main=replace(line.main, score=score, low=low, high=high))


def test_another_leader_is_told_and_whether_the_two_can_be_told_apart() -> None:
    clear = compare(make_page(A, B), make_page(A, moved(B, 80)))
    close = compare(make_page(A, B), make_page(A, moved(B, 53)))

    assert clear.leader is not None
    assert (clear.leader.before.name, clear.leader.after.name) == ("alpha-7b", "beta-7b")
    assert (clear.leader.changed, clear.leader.tied, clear.leader.importance) == (True, False, 100)
    assert close.leader is not None
    assert (close.leader.tied, close.leader.swapped, close.leader.importance) == (True, False, 100)


def test_level_models_that_swap_places_are_told_quietly() -> None:
    older = make_page(
        make_line("alpha-7b", 1400, 1), make_line("beta-7b", 1398, 1), make_line("gamma-7b", 1300, 3)
    )
    newer = make_page(
        make_line("alpha-7b", 1399, 1), make_line("beta-7b", 1401, 1), make_line("gamma-7b", 1300, 3)
    )
    told = compare(older, newer)

    assert told.leader is not None
    assert (told.leader.swapped, told.leader.importance) == (True, 60)
    assert (told.leader.joined, told.leader.left, len(told)) == ((), (), 1)


def test_a_model_joins_and_leaves_a_shared_first_place() -> None:
    alone = make_page(make_line("alpha-7b", 1400, 1), make_line("beta-7b", 1390, 2))
    shared = make_page(make_line("alpha-7b", 1400, 1), make_line("beta-7b", 1395, 1))
    joins, leaves = compare(alone, shared).leader, compare(shared, alone).leader

    assert joins is not None
    assert leaves is not None
    assert (joins.changed, [each.name for each in joins.joined], joins.left) == (False, ["beta-7b"], ())
    assert (leaves.changed, leaves.joined, [each.name for each in leaves.left]) == (False, (), ["beta-7b"])


def test_a_board_that_ceases_to_share_ranks_says_nothing_of_first_place() -> None:
    lines = [make_line(f"model{n}-7b", 1400 - n) for n in range(20)]
    shared = make_page(
        *(replace(each, main=replace(each.main, rank=1 + at // 4)) for at, each in enumerate(lines))
    )
    single = make_page(
        *(replace(each, main=replace(each.main, rank=1 + at)) for at, each in enumerate(lines))
    )

    assert len(compare(shared, single)) == 0


def test_entries_to_and_exits_from_the_top_10_are_told_with_where_from_and_where_to() -> None:
    lines = (A, B, *REST)
    risen = [moved(each, 35) if each.name == "filler9-7b" else each for each in lines]
    told = compare(make_page(*lines), make_page(*risen))

    (entered,), (left,) = told.entered, told.left
    assert entered.before is not None
    assert left.after is not None
    assert (entered.standing.name, entered.before.main.place) == ("filler9-7b", 12)
    assert (left.before.name, left.after.name) == ("filler7-7b", "filler7-7b")


def test_who_still_has_a_rank_of_the_top_10_that_many_share_has_not_left_it() -> None:
    ranks = (1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 10, 11)
    older = [make_line(f"model{n}-7b", 1400 - n, rank) for n, rank in enumerate(ranks)]
    newer = [make_line(f"model{n}-7b", 1400 - n, rank) for n, rank in enumerate(ranks)]
    newer[9], newer[10] = make_line("model9-7b", 1390, 10), make_line("model10-7b", 1391, 9)
    assert len(compare(make_page(*older), make_page(*newer))) == 0

    newer[9] = make_line("model9-7b", 1388, 11)
    told = compare(make_page(*older), make_page(*newer))
    assert (names(told.left), told.entered) == ({"model9-7b"}, ())


def test_a_rank_beyond_10_enters_nothing_though_only_nine_stand_above_it() -> None:
    """A page that left a row out, or a data set that hides one, has a gap in its ranks."""
    lines = [make_line(f"one{n}-7b", 1400 - 9 * n, rank=n, votes=999 * n) for n in range(1, 13)]
    told = compare(make_page(*lines, top=30), make_page(*(lines[:4] + lines[5:]), top=30))

    assert (told.entered, names(told.left)) == ((), {"one5-7b"})


def test_of_equals_the_one_leads_that_the_board_lists_first() -> None:
    older = make_page(make_line("beta-7b", 1400, 1), make_line("alpha-7b", 1399, 1))
    newer = make_page(make_line("beta-7b", 1400, 1), make_line("alpha-7b", 1400, 1))
    other = make_page(make_line("alpha-7b", 1400, 1), make_line("beta-7b", 1400, 1))

    assert compare(older, newer).leader is None
    told = compare(older, other).leader
    assert told is not None
    assert (told.after.name, told.swapped) == ("alpha-7b", True)


def test_a_leader_that_is_listed_twice_leads() -> None:
    page = make_page(A, B, replace(A, main=replace(A.main, score=1300)), C)

    assert [each.name for each in page.standings] == ["alpha-7b", "beta-7b", "gamma-7b"]
    assert len(compare(make_page(A, B, C), page)) == 0


def test_a_model_that_enters_above_pushes_others_down_and_that_is_no_news() -> None:
    told = compare(make_page(A, *REST), make_page(A, *REST, make_line("delta-7b", 1390)))

    assert names(told.new) == {"delta-7b"}
    assert names(told.entered) == {"delta-7b"}
    assert [each.before.name for each in told.left] == ["filler8-7b"]
    assert len(told) == 3


def test_a_new_model_is_told_with_its_figures_and_counts_by_its_rank() -> None:
    came = make_line("delta-7b", 1500, organization="Delta", flags=frozenset({Flag.PRELIMINARY}))
    (high,) = compare(make_page(A, *REST), make_page(A, came, *REST)).new
    (low,) = compare(make_page(A, *REST), make_page(A, *REST, make_line("delta-7b", 1055))).new

    assert (high.standing.organization, high.standing.flags) == ("Delta", frozenset({Flag.PRELIMINARY}))
    assert (high.importance, low.importance) == (80, 60)


def test_a_model_that_returns_is_not_new() -> None:
    told = compare(make_page(A), make_page(A, B), known={B.model})

    assert told.new == ()


def test_a_model_is_gone_only_where_both_pages_show_the_whole_board() -> None:
    full, short = make_page(A, B, C), make_page(A, B)

    assert names(compare(full, short).gone) == {"gamma-7b"}
    for older, newer in ((full, make_page(A, B, top=2)), (make_page(A, B, C, top=3), make_page(A, B, top=2))):
        assert compare(older, newer).gone == ()


def test_a_cut_page_is_one_line_and_what_is_new_on_it_is_told() -> None:
    told = compare(make_page(A, B, *REST), make_page(A, make_line("delta-7b", 1370), B, top=3))

    assert kinds(told) == [Kind.COVERAGE]
    assert names(told.new) == {"delta-7b"}
    assert told.gone == ()


def test_a_page_that_shows_all_again_calls_nobody_new_who_may_have_stood_below() -> None:
    told = compare(make_page(A, B, top=2), make_page(A, make_line("delta-7b", 1390), B, *REST))

    assert kinds(told) == [Kind.COVERAGE]
    assert names(told.new) == {"delta-7b"}


def test_of_a_page_that_shows_all_again_strangers_are_told_where_the_rest_is_remembered() -> None:
    newer = make_page(A, B, *REST, make_line("delta-7b", 1100, votes=777))
    known = {each.model for each in REST}
    (new,) = compare(make_page(A, B, top=2), newer, known).new

    assert (new.standing.name, new.sure) == ("delta-7b", False)


def test_of_a_page_that_shows_all_again_many_strangers_are_no_news() -> None:
    """Weeks of pages of thirty hide who came below them: the line of the page says that not all are new."""
    below = [make_line(f"old{n}-7b", 1300 - 9 * n) for n in range(30)]
    strangers = [make_line(f"young{n}-7b", 1100 - 9 * n, votes=700 * 2**n) for n in range(11)]
    known = {each.model for each in below}
    told = compare(make_page(A, B, top=2), make_page(A, B, *below, *strangers), known)

    assert (told.new, kinds(told)) == ((), [Kind.COVERAGE])


def test_a_page_that_is_cut_shorter_still_tells_who_is_new() -> None:
    older = make_page(A, B, C, *REST[:7], top=10)
    told = compare(older, make_page(A, make_line("delta-7b", 1352, spread=300), B, top=3))

    assert names(told.new) == {"delta-7b"}


def test_a_board_that_changed_thoroughly_before_its_page_was_cut_tells_all_that_is_new_on_it() -> None:
    """Seen from 2026-07-09 to 08-20: 11 of 30 new, and hundreds below the end that are not gone."""
    came = [make_line(f"new{n}-7b", 1500 + 9 * n, votes=900 * 2**n) for n in range(11)]
    older = [make_line(f"old{n}-7b", 1300 - 3 * n) for n in range(60)]
    told = compare(make_page(A, B, C, *older), make_page(*came, A, B, C, top=14, day=40))

    assert names(told.new) == {each.name for each in came}
    assert (told.gone, kinds(told)) == ((), [Kind.COVERAGE, Kind.MANY])


def test_who_comes_into_a_cut_page_from_below_is_told_as_unsure() -> None:
    (new,) = compare(make_page(A, B, top=2), make_page(A, make_line("delta-7b", 1352, votes=3000), top=2)).new

    assert not new.sure


def test_a_score_moves_only_beyond_the_intervals_of_both_days() -> None:
    assert compare(make_page(A, B, C), make_page(A, moved(B, 10), C)).moved == ()
    (told,) = compare(make_page(A, B, C), make_page(A, moved(B, 11), C)).moved
    assert (told.before.main.score, told.standing.main.score) == (1350, 1361)


@pytest.mark.parametrize(("by", "told"), [(14, 0), (16, 1)])
def test_without_intervals_a_move_must_be_far(by: float, told: int) -> None:
    bare = make_line("beta-7b", 1350, spread=None)

    assert len(compare(make_page(A, bare, C), make_page(A, moved(bare, by), C)).moved) == told


def test_a_shift_of_all_scores_is_one_line_and_who_moved_beside_it_is_told() -> None:
    older = (A, B, C, *REST)
    newer = [moved(each, 40 if each.name == "beta-7b" else 12) for each in older]
    told = compare(make_page(*older), make_page(*newer))

    assert [(each.kind, each.amount, each.count) for each in told.bulk] == [(Kind.SHIFT, 12, 18)]
    assert names(told.moved) == {"beta-7b"}


@pytest.mark.parametrize("by", [14, 27, 33, 45])
def test_who_moved_with_the_scale_or_only_lagged_behind_it_is_not_told(by: float) -> None:
    """All go up by 30: beside the rest +14 and +45 are 16 down and 15 up, +27 and +33 are nothing."""
    older = (A, B, C, *REST)
    newer = [moved(each, by if each is B else 30) for each in older]
    told = compare(make_page(*older), make_page(*newer))

    assert kinds(told) == [Kind.SHIFT]
    assert names(told.moved) == ({"beta-7b"} if by == 45 else set())


def test_many_models_gone_at_once_are_one_line() -> None:
    told = compare(make_page(A, B, C, *REST), make_page(A, B, C, *REST[:5]))

    assert (told.gone, [(each.kind, each.count, each.total) for each in told.bulk]) == (
        (),
        [(Kind.GONE, 11, 19)],
    )


def test_a_new_scale_is_one_line_and_another_leader_is_told() -> None:
    older = (A, B, C, *REST)
    newer = [moved(each, -60 if each is A else 20 + 7 * at) for at, each in enumerate(older)]
    told = compare(make_page(*older), make_page(*newer))

    assert kinds(told) == [Kind.RESCALED]
    assert told.moved == ()
    assert told.leader is not None


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ((2.0, 8.0), (1.0, 8.0), 1),
        ((2.0, 8.0), (2.0, 9.0), 1),
        ((2.0, 8.0), (2.0, 8.0), 0),
        ((2.0, 8.0), None, 0),
        (None, (2.0, 8.0), 0),
        ((2.0, 8.0), Price(60.0, "CNY"), 0),
        (Price(8.0, "USD"), (2.0, 8.0), 0),
    ],
)
def test_a_price_changes_when_both_are_known_in_one_currency(before: Cost, after: Cost, told: int) -> None:
    older, newer = (make_page(make_line("alpha-7b", 1400, price=each), B) for each in (before, after))

    assert len(compare(older, newer).prices) == told


def test_many_prices_at_once_are_one_line() -> None:
    older, newer = (make_page(*(replace(each, price=Price(cost, "USD")) for each in REST)) for cost in (1, 2))
    told = compare(older, newer)

    assert (told.prices, kinds(told), told.bulk[0].count) == ((), [Kind.PRICES], 16)


def test_a_code_name_that_becomes_a_model_is_a_rename_and_not_one_gone_and_one_new() -> None:
    older = make_page(A, make_line("meteor-alpha", 1380, votes=10_000), B, day=0)
    newer = make_page(A, make_line("comet-1", 1381, votes=10_080), B, day=1)
    told = compare(older, newer)

    (renamed,) = told.renamed
    assert (renamed.before.name, renamed.standing.name, renamed.sure) == ("meteor-alpha", "comet-1", False)
    assert len(told) == 1


@pytest.mark.parametrize(
    ("name", "votes", "day", "vendor"),
    [("comet-1", 20_000, 1, "Meteor"), ("comet-1", 10_080, 90, "Meteor"), ("comet-1", 10_080, 1, "Other")],
)
def test_other_votes_or_another_vendor_or_months_between_make_it_two_models(
    name: str, votes: int, day: int, vendor: str
) -> None:
    older = make_page(A, make_line("meteor-alpha", 1380, votes=10_000, organization="Meteor"))
    newer = make_page(A, make_line(name, 1381, votes=votes, organization=vendor), day=day)
    told = compare(older, newer)

    assert (names(told.gone), names(told.new), told.renamed) == ({"meteor-alpha"}, {"comet-1"}, ())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("gpt-5.2-high", "gpt-5.3-high"),
        ("gpt-5", "gpt-5.2"),
        ("o3-mini", "o4-mini"),
        ("qwen3-32b", "qwen3-30b-a3b"),
        ("ernie-5.0-0110", "ernie-5.0-0315"),
        ("claude-opus-4-9", "claude-sonnet-4-9"),
    ],
)
@pytest.mark.parametrize("votes", [10_000, None])
def test_a_successor_that_comes_the_day_its_predecessor_goes_is_another_model(
    before: str, after: str, votes: int | None
) -> None:
    older = make_page(A, make_line(before, 1380, votes=votes), B, day=0)
    newer = make_page(A, make_line(after, 1380, votes=votes and votes + 80), B, day=1)
    told = compare(older, newer)

    assert (names(told.gone), names(told.new), told.renamed) == ({before}, {after}, ())


@pytest.mark.parametrize(
    ("before", "after", "votes"),
    [
        ("gpt-5.2-high", "gpt-5.3-high", 10_000),  # a label that was put right: nobody voted in between
        ("grok-4.20-beta1", "grok-4.20-beta-0309", 10_080),
        ("muse-spark", "muse-spark-1.1", 10_080),
        ("nova-2-0813", "nova-2-pro-20250813", 10_080),
    ],
)
def test_a_name_that_tells_more_or_has_the_very_same_figures_is_the_same_model(
    before: str, after: str, votes: int
) -> None:
    older = make_page(A, make_line(before, 1380, votes=10_000), B, day=0)
    told = compare(older, make_page(A, make_line(after, 1380, votes=votes), B, day=1))

    assert (names(told.renamed), len(told)) == ({after}, 1)


def test_a_rename_is_recognised_while_the_whole_scale_moves() -> None:
    older = make_page(A, make_line("meteor-alpha", 1380, votes=8_000), B, *REST)
    lines = (A, make_line("comet-1", 1380, votes=8_040), B, *REST)
    told = compare(older, make_page(*(moved(each, 12) for each in lines)))

    assert (names(told.renamed), told.new, told.gone, kinds(told)) == ({"comet-1"}, (), (), [Kind.SHIFT])


@pytest.mark.parametrize(("lowest", "renamed"), [(None, False), (C, True)])
def test_siblings_that_cross_the_end_of_a_cut_page_are_no_rename(
    lowest: Standing | None, renamed: bool
) -> None:
    low, high = make_line("comet-3-low", 1323, votes=9_100), make_line("comet-3-high", 1320, votes=9_000)
    end = () if lowest is None else (lowest,)
    told = compare(make_page(A, B, high, *end, top=3), make_page(A, B, low, *end, top=3))

    assert (len(told.renamed), len(told.new)) == ((1, 0) if renamed else (0, 1))


@pytest.mark.parametrize(("day", "score", "renamed"), [(1, 1380, True), (1, 1323, False), (21, 1380, False)])
def test_a_code_name_far_above_the_end_of_a_cut_page_becomes_a_model_from_one_day_to_the_next(
    day: int, score: float, renamed: bool
) -> None:
    last = make_line("omega", 1320)
    older = make_page(A, make_line("meteor-alpha", score, votes=9_000), B, last, top=4)
    newer = make_page(A, make_line("comet-1", score + 1, votes=9_080), B, last, top=4, day=day)
    told = compare(older, newer)

    assert (names(told.renamed), names(told.new)) == (
        ({"comet-1"}, set()) if renamed else (set(), {"comet-1"})
    )


def test_a_rename_that_is_taken_back_is_a_rename_again() -> None:
    older, newer = (
        make_page(A, make_line(name, 1380), B, C, top=4) for name in ("comet-3-high", "comet-3-thinking")
    )
    told = compare(older, newer, known={identities().identify("comet-3-thinking").key})

    assert (names(told.renamed), len(told)) == ({"comet-3-thinking"}, 1)


def test_an_effort_is_no_rename_where_the_votes_went_on_too_fast_for_a_day() -> None:
    older = make_page(A, make_line("comet-3-flash", 1380, votes=6_000))
    newer = make_page(A, make_line("comet-3-flash-high", 1381, votes=9_000), day=1)

    assert names(compare(older, newer).new) == {"comet-3-flash-high"}


def test_a_rename_that_a_person_rejected_is_one_gone_and_one_new() -> None:
    older = make_page(A, make_line("meteor-alpha", 1380))
    newer = make_page(A, make_line("comet-1", 1380))
    told = compare(older, newer, rejected={("meteor-alpha", "comet-1")})

    assert (names(told.gone), names(told.new)) == ({"meteor-alpha"}, {"comet-1"})


def test_a_leader_under_another_name_is_no_other_leader() -> None:
    told = compare(make_page(make_line("meteor-alpha", 1500), B), make_page(make_line("comet-1", 1500), B))

    assert (told.leader, told.entered, told.left) == (None, (), ())


def test_an_effort_that_joins_the_name_weeks_later_is_a_rename_where_the_votes_went_on() -> None:
    older = make_page(A, make_line("comet-3-flash", 1380, votes=6_000))
    newer = make_page(A, make_line("comet-3-flash-high", 1381, votes=16_000), day=21)
    fresh = make_page(A, make_line("comet-3-flash-high", 1381, votes=3_000), day=21)

    assert names(compare(older, newer).renamed) == {"comet-3-flash-high"}
    assert names(compare(older, fresh).new) == {"comet-3-flash-high"}


def test_a_family_under_new_names_is_one_line() -> None:
    older = [
        make_line(f"claude-opus-4-{n}-thinking", 1400 - 9 * n, votes=5000 + 999 * n) for n in range(10, 18)
    ]
    newer = [
        replace(each, name=each.name.replace("thinking", "high"), model=f"m{each.name}") for each in older
    ]
    told = compare(make_page(*older, *REST), make_page(*newer, *REST))

    assert (kinds(told), told.bulk[0].count, len(told)) == ([Kind.NAMES], 8, 1)


@pytest.mark.parametrize("top", [None, 30])
def test_an_exchange_of_all_names_that_nothing_explains_is_one_line(top: int | None) -> None:
    older = [make_line(f"one{n}-7b", 1400 - n, votes=None, spread=None) for n in range(30)]
    newer = [make_line(f"other{n}x", 1400 - n, votes=None, spread=None) for n in range(30)]
    told = compare(make_page(*older, top=top), make_page(*newer, top=top))

    assert (len(told), kinds(told), told.bulk[0].count) == (1, [Kind.NAMES], 30)


def test_in_an_exchange_of_names_another_leader_is_told_that_was_listed_before() -> None:
    older = [make_line(f"one{n}-7b", 1300 - n, votes=None, spread=None) for n in range(30)]
    newer = [make_line(f"other{n}x", 1300 - n, votes=None, spread=None) for n in range(30)]
    told = compare(make_page(A, B, *older), make_page(A, moved(B, 80), *newer))

    assert told.leader is not None
    assert told.leader.after.name == "beta-7b"


def test_other_models_a_year_later_are_new_and_no_exchange_of_names() -> None:
    older = [make_line(f"one{n}-7b", 1400 - n, votes=None, spread=None) for n in range(30)]
    newer = [make_line(f"other{n}x", 1400 - n, votes=None, spread=None) for n in range(30)]
    told = compare(make_page(*older), make_page(*newer, day=365))

    assert len(told.new) == 30
    assert Kind.GONE in kinds(told)


def test_a_vendor_that_all_its_models_print_otherwise_is_one_line() -> None:
    older = [replace(each, organization="xAI") for each in (A, B, C)]
    newer = [replace(each, organization="SpaceXAI") for each in (A, B, C)]
    told = compare(make_page(*older), make_page(*newer))

    (vendor,) = told.vendors
    assert (vendor.before, vendor.after, vendor.models, len(told)) == ("xAI", "SpaceXAI", 3, 1)


@pytest.mark.parametrize("after", [None, "Zhipu", "xai"])
def test_a_vendor_that_is_missing_or_was_known_or_differs_in_case_is_no_rename(after: str | None) -> None:
    older = make_page(replace(A, organization="xAI"), replace(B, organization="Zhipu"))
    newer = make_page(replace(A, organization=after), replace(B, organization="Zhipu"))

    assert compare(older, newer).vendors == ()


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ({"origin": Origin.PAGE}, {"origin": Origin.DATASET}, Kind.ORIGIN),
        ({"method": Method.RAW}, {"method": Method.STYLE_CONTROL}, Kind.METHOD),
        ({"domains": frozenset({"法律", "医疗"})}, {"domains": frozenset({"法律", "agent"})}, Kind.VINTAGE),
    ],
)
def test_figures_of_another_kind_are_one_line_and_never_news(
    one: dict[str, Any], other: dict[str, Any], kind: Kind
) -> None:
    older = make_page(A, B, C, *REST, **one)
    newer = make_page(*(moved(each, -10 * at) for at, each in enumerate((B, A, C, *REST))), **other)
    told = compare(older, newer)

    assert (kinds(told), len(told)) == ([kind], 1)


def test_two_kinds_of_documents_that_print_the_same_figures_are_one_board() -> None:
    older = make_page(A, B, C, *REST, origin=Origin.PAGE)
    newer = make_page(A, moved(B, 80), C, *REST, make_line("delta-7b", 1041), origin=Origin.DATASET, day=1)
    told = compare(older, newer)

    assert told.leader is not None
    assert (names(told.new), told.gone, kinds(told)) == ({"delta-7b"}, (), [])


def test_of_another_kind_of_document_a_few_strangers_are_new_wherever_they_stand() -> None:
    fillers = [make_line(f"more{n}-7b", 1000 - 5 * n, votes=None) for n in range(30)]
    few, many = ([make_line(f"new{n}-7b", 700 - n) for n in range(count)] for count in (3, 30))
    older = make_page(A, *REST, *fillers, origin=Origin.PAGE)

    told = compare(older, make_page(A, *REST, *fillers, *few, origin=Origin.DATASET))
    assert names(told.new) == {each.name for each in few}
    told = compare(older, make_page(A, *REST, *fillers, *many, origin=Origin.DATASET))
    assert told.new == ()


def test_a_column_of_prices_or_vendors_or_votes_that_comes_or_goes_is_no_news() -> None:
    bare = [replace(each, main=replace(each.main, votes=None)) for each in (A, B, *REST)]
    rich = [
        replace(each, organization="Meta", license="MIT", price=Price(1.0, "USD")) for each in (A, B, *REST)
    ]

    assert len(compare(make_page(*bare), make_page(*rich))) == 0
    assert len(compare(make_page(*rich), make_page(*bare))) == 0


def test_a_rank_without_a_score_is_never_told() -> None:
    older = make_page(A, make_line("beta-7b", None, 1))
    told = compare(older, make_page(A, make_line("beta-7b", None, 1)))

    assert older.first[0].name == "alpha-7b"
    assert len(told) == 0


def test_of_too_many_changes_first_place_and_the_top_10_and_all_that_is_new_are_kept() -> None:
    came = [make_line(f"new{n}-7b", 1100 - 7 * n, votes=300 * 2**n) for n in range(26)]
    steps = {A.name: -250, REST[12].name: 70}
    newer = [moved(each, steps.get(each.name, 0)) for each in (A, B, *REST)]
    told = compare(make_page(A, B, *REST), make_page(*newer, *came))

    assert told.leader is not None
    assert (len(told.new), names(told.entered), names(told.left)) == (
        26,
        {"filler12-7b"},
        {"filler7-7b"},
    )
    assert kinds(told) == [Kind.MANY]


def test_of_too_many_changes_who_is_gone_and_who_is_taken_for_another_are_told_too() -> None:
    """Weeks lie between such pages: who is in none of the lists would have been forgotten."""
    came = [make_line(f"new{n}-7b", 1100 - 7 * n, votes=300 * 2**n) for n in range(30)]
    older = make_page(A, make_line("meteor-alpha", 1000, votes=555_000), B, *REST)
    told = compare(older, make_page(A, make_line("comet-1", 1000, votes=556_000), *REST, *came))

    assert (names(told.renamed), names(told.gone)) == ({"comet-1"}, {B.name})
    assert (kinds(told), told.bulk[0].count) == ([Kind.MANY], 34)


def test_changes_are_kept_by_what_is_wanted() -> None:
    told = compare(make_page(A, *REST), make_page(A, make_line("delta-7b", 1500), *REST))
    kept = told.only(lambda change: change.importance >= 80)

    assert [each.importance for each in told] == [100, 80, 70, 50]
    assert (len(kept), kept.entered, kept.left) == (2, (), ())


# The real history of the text board: ten pages over nineteen months and all its formats.
BULK = {
    "20250518": {Kind.NAMES, Kind.MANY},
    "20250605": {Kind.NAMES, Kind.SHIFT},
    "20250716": {Kind.SHIFT},
    "20251009": {Kind.NAMES, Kind.RESCALED, Kind.MANY},
    "20251010": set(),
    "20260708": {Kind.MANY},
    "20260709": set(),
    "20260730": {Kind.PRICES},
    "20260820": {Kind.COVERAGE},
}


def replayed(day: str) -> Changes:
    at = DAYS.index(day)
    known = {model for each in DAYS[:at] for model in real_page(each).by_model}
    return compare(real_page(DAYS[at - 1]), real_page(day), known)


@pytest.mark.parametrize("day", DAYS[1:])
def test_no_real_day_tells_more_than_25_changes_without_a_line_that_explains_it(day: str) -> None:
    told = replayed(day)

    assert BULK[day] <= set(kinds(told))
    assert len(told) <= LIMIT or Kind.MANY in kinds(told)
    assert len(told) - len(told.new) <= LIMIT


def test_the_real_leaders_are_told() -> None:
    leaders = {day: told.after.name for day in DAYS[1:] if (told := replayed(day).leader) and told.changed}

    assert leaders == {
        "20250518": "gemini-2.5-pro-preview-05-06",
        "20250716": "Gemini-2.5-Pro",
        "20260708": "claude-fable-5",
    }


def test_the_formats_of_2025_10_09_and_10_make_nobody_new_or_gone_but_one_model() -> None:
    told = replayed("20251010")

    assert (names(told.new), told.gone, len(told)) == ({"gpt-oss-20b"}, (), 1)


def test_the_page_of_2026_07_09_that_lost_vendors_tells_the_one_vendor_that_was_renamed() -> None:
    told = replayed("20260709")

    assert [(each.before, each.after) for each in told.vendors] == [("xAI", "SpaceXAI")]
    assert len(told) == 1


def test_the_first_page_of_30_tells_its_new_models_and_nobody_gone() -> None:
    told = replayed("20260820")

    assert names(told.new) == {
        "muse-spark-1.2 (xHigh)",
        "gemini-3.7-flash-high",
        "glm-5.3-max",
        "qwen3.8-max",
    }
    assert told.gone == ()
    assert {(each.before.name, each.standing.name) for each in told.renamed} == {
        ("claude-opus-4-6-thinking", "claude-opus-4-6-high"),
        ("claude-opus-4-7-thinking", "claude-opus-4-7-high"),
        ("claude-opus-4-8-thinking", "claude-opus-4-8-high"),
        ("gemini-3.6-flash", "gemini-3.6-flash-high"),
    }


def test_two_models_with_the_same_figures_by_chance_are_two() -> None:
    """Gemini-2.0-Flash-Exp in January 2025 and DeepSeek-R1 in May had the same rating and votes."""
    assert "deepseek-r1" in names(replayed("20250518").new)


@pytest.mark.parametrize("day", DAYS)
def test_a_real_page_beside_itself_tells_nothing(day: str) -> None:
    page = real_page(day)
    again = Page(replace(page.snapshot, id=-1), page.standings)

    assert len(compare(page, again)) == 0
