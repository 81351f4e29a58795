"""The menus that ask the same of another board, field or day, and how all controls fit below an answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.desk import Desk
from bot.form import build_view
from bot.questions import (
    ChangesQuestion,
    CompareQuestion,
    HistoryQuestion,
    Question,
    RankQuestion,
    TopQuestion,
)
from bot.refinement import choose
from bot.replies.layout import arrange
from bot.replies.reply import Control, Menu, Option, Pages, Share, Show, Switch, Turn
from bot.texts import Texts
from store.archive import Archive
from tests.conftest import World
from tests.test_commands import menu_of, message_of, text_of

QUESTION = CompareQuestion(("a" * 20, "b" * 20, "c" * 20, "d" * 20), date(2025, 7, 9), 9999)
OPTIONS = (Option("a", "a"), Option("b", "b"))


def menus_of(archive: Archive, texts: Texts, question: Question) -> dict[str, Menu]:
    """Return the menus below the answer to a question, by what they choose."""
    controls = Desk(archive).answer(question, texts.source).controls
    return {each.slot: each for each in controls if isinstance(each, Menu)}


def key_of(archive: Archive, name: str) -> str:
    model = archive.reference().resolve(name).model
    assert model is not None
    return model.key


def labels(menu: Menu) -> list[str]:
    return [each.label for each in menu.options]


def store_days(archive: Archive, days: Sequence[str]) -> None:
    """Store a page of the search board a day, each with other scores."""
    for at, day in enumerate(days):
        table = f"|排名(UB)|模型名|分数|\n|---|---|---|\n|1|comet-7b|{1500 + at}|\n"
        page = f"# 搜索榜单\n\n> 更新时间: {day}\n\n{table}"
        archive.intake.add("x.md", page.encode(), "test")


async def test_a_rank_is_asked_of_another_board_and_of_all(world: World) -> None:
    answer = await world.alice.slash(world.channel, "rank", model="qwq-32b")
    menu = menu_of(answer, "board")
    assert [each["label"] for each in menu["options"]] == ["All boards", "Arena Text", "ReLE open-source"]

    await world.alice.select(message_of(answer), ["rele-open"], custom_id=menu["custom_id"])
    assert [each.name for each in answer.response.embeds[0].fields] == ["ReLE open-source"]
    menu = menu_of(answer, "board")
    assert [each["label"] for each in menu["options"] if each["default"]] == ["ReLE open-source"]

    await world.alice.select(message_of(answer), [menu["options"][0]["value"]], custom_id=menu["custom_id"])
    assert len(answer.response.embeds[0].fields) == 2


async def test_a_rank_is_asked_of_another_day_and_of_now(world: World) -> None:
    answer = await world.alice.slash(world.channel, "rank", model="qwq-32b", board="arena")
    now = text_of(answer)
    menu = menu_of(answer, "date")
    assert [each["label"] for each in menu["options"]] == ["As it is now", "As it was on Jul 6, 2025"]

    await world.alice.select(message_of(answer), ["20250706"], custom_id=menu["custom_id"])
    assert "1334 +4/-5" in text_of(answer)
    menu = menu_of(answer, "date")
    await world.alice.select(message_of(answer), [menu["options"][0]["value"]], custom_id=menu["custom_id"])
    assert text_of(answer) == now


async def test_leaders_are_asked_of_another_field_and_keep_their_filter(world: World) -> None:
    answer = await world.alice.slash(world.channel, "top", field="法律", openness="open")
    menu = menu_of(answer, "field")
    assert [each["label"] for each in menu["options"] if each["default"]] == ["Law 法律"]
    education = next(each for each in menu["options"] if "Education" in each["label"])
    await world.alice.select(message_of(answer), [education["value"]], custom_id=menu["custom_id"])

    assert answer.response.embeds[0].title == "Education 教育 · ReLE open-source · open models"


async def test_scores_and_prices_are_asked_of_another_field(world: World) -> None:
    answer = await world.alice.slash(world.channel, "value")
    menu = menu_of(answer, "field")
    law = next(each for each in menu["options"] if "Law" in each["label"])
    await world.alice.select(message_of(answer), [law["value"]], custom_id=menu["custom_id"])

    assert "Law" in (answer.response.embeds[0].title or "")


def test_a_comparison_is_asked_of_days_of_boards_that_have_two_of_the_models(
    shelf: Archive, texts: Texts
) -> None:
    together = menus_of(shelf, texts, CompareQuestion(("qwq-32b", "deepseek-r1")))
    names = ("hunyuan-large", "Claude Opus 4 (20250514)")
    apart = menus_of(shelf, texts, CompareQuestion(tuple(key_of(shelf, each) for each in names)))

    assert labels(together["date"]) == ["As it is now", "As it was on Jul 6, 2025"]
    assert not apart


def test_changes_and_histories_are_asked_since_other_days(shelf: Archive, texts: Texts) -> None:
    store_days(shelf, ["2025-01-01", "2025-11-01", "2025-12-20", "2026-01-01"])
    changes = menus_of(shelf, texts, ChangesQuestion("arena-search"))["since"]
    history = menus_of(shelf, texts, HistoryQuestion(("comet-7b",), "arena-search"))["since"]

    assert labels(changes) == [
        "At the last change",
        "Since Dec 20, 2025",
        "Since Nov 1, 2025",
        "Since Jan 1, 2025",
    ]
    assert labels(history) == ["Since the first page", "Since Dec 2, 2025", "Since Oct 3, 2025"]
    assert history.options[1].detail == "the 30 days before the newest page"
    desk = Desk(shelf)
    since = choose(desk, ChangesQuestion("arena-search"), "since", changes.options[2].value)
    assert since == ChangesQuestion("arena-search", date(2025, 11, 1))
    assert choose(desk, since, "since", changes.options[0].value) == ChangesQuestion("arena-search")


def test_of_very_many_days_the_last_ones_and_the_last_of_each_month_are_offered(
    shelf: Archive, texts: Texts
) -> None:
    first = date(2025, 1, 1)
    store_days(shelf, [f"{first + timedelta(days=3 * n)}" for n in range(40)])
    asked = TopQuestion("arena-search", "rating", on=date(2025, 1, 10))
    menu = menus_of(shelf, texts, asked)["date"]

    days = [each.value for each in menu.options[1:]]
    assert len(days) <= 24
    assert days == sorted(days, reverse=True)
    assert days[0] == "20250425"
    assert {"20250227", "20250131", "20250110"} <= set(days)
    assert [each.value for each in menu.options if each.chosen] == ["20250110"]


def test_no_menu_is_offered_without_a_choice(shelf: Archive, texts: Texts) -> None:
    assert "date" not in menus_of(shelf, texts, TopQuestion("rele-open", "law"))
    assert "field" not in menus_of(shelf, texts, TopQuestion("arena-text", "rating"))
    assert "since" not in menus_of(shelf, texts, ChangesQuestion("arena-text"))
    assert "board" not in menus_of(shelf, texts, RankQuestion(key_of(shelf, "gpt-4o")))


roles = st.sampled_from(["first", "back", "next", "last"])


def pager() -> list[Control]:
    begin: list[Control] = [Turn(QUESTION, "first", False), Turn(QUESTION, "back", False), Pages("1 / 9")]
    return [*begin, Turn(QUESTION, "next", False), Turn(QUESTION, "last", False)]


def menu(slot: str) -> Menu:
    return Menu(QUESTION, slot, slot, OPTIONS)


CONTROLS = st.tuples(
    st.integers(0, 5).map(lambda count: [menu(f"m{n}") for n in range(count)]),
    st.sampled_from([[], pager()]),
    st.lists(st.sampled_from(["board", "field", "date"]), unique=True).map(lambda slots: [*map(menu, slots)]),
    st.sampled_from([[], [Switch(QUESTION, "theme", "Light")], [Switch(QUESTION, "kind", "Rank")]]),
    st.sampled_from([[], [Share(QUESTION, "Share")], [Show(QUESTION, "Compare"), Share(None, "Share")]]),
)


@given(CONTROLS)
def test_controls_always_fit_and_keep_what_is_needed_most(groups: tuple[list[Control], ...]) -> None:
    choosers, pages, _, switches, shares = groups
    kept = arrange([each for group in groups for each in group])

    def holds(wanted: list[Control]) -> bool:
        return all(each in kept for each in wanted)

    rows = list(rows_of(kept))
    assert len(rows) <= 5
    assert all(len(row) <= 5 for row in rows)
    assert holds(choosers[:4])
    assert holds([each for each in pages if getattr(each, "role", "") not in ("first", "last")])
    assert holds(shares)
    assert holds(switches) or len(choosers) > 3


def rows_of(controls: Sequence[Control]) -> Iterator[list[dict[str, Any]]]:
    view = build_view(controls, 2**63)
    yield from (row["components"] for row in (view.to_components() if view else ()))


def test_four_ambiguous_names_with_pages_leave_room_to_share() -> None:
    controls = [*(menu(f"m{n}") for n in range(4)), *pager(), menu("date")]
    kept = arrange([*controls, Switch(QUESTION, "theme", "Light"), Share(QUESTION, "Share")])

    assert [type(each).__name__ for each in kept[4:]] == ["Turn", "Pages", "Turn", "Switch", "Share"]
