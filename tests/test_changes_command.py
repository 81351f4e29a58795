"""`/changes`, asked by people in a make-believe Discord (simcord)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.replies.changes import changes_pages
from bot.texts import Texts
from store.changes import compare
from tests.changing import DAYS, catalogue, make_line, make_page, real_page
from tests.conftest import World
from tests.test_changes import REST, A, B, moved
from tests.test_commands import controls_of, message_of, text_of
from tests.test_renames import NEWER, OLDER

PLAIN = tuple(make_line(f"filler{n}-7b", 80 - n, spread=None) for n in range(9))
NOW = datetime(2026, 9, 1, tzinfo=UTC)


async def test_changes_tells_the_last_change_of_the_first_board_that_ever_changed(world: World) -> None:
    answer = await world.alice.slash(world.channel, "changes")

    embed = answer.response.embeds[0]
    assert embed.title == "What changed · Arena Text"
    assert [field.name for field in embed.fields] == ["🆕 New on the board"]
    new = embed.fields[0].value or ""
    assert new.startswith("` #24` **[Qwen3-32B](")
    assert "1344 +12/-7** · Alibaba" in new
    assert "Jul 6, 2025, 11:41 UTC → Jul 9, 2025" in text_of(answer)
    assert "CC-BY-4.0" in (embed.footer.text or "")
    assert controls_of(answer) == []


async def test_changes_since_a_day_that_says_the_same_is_a_quiet_answer(world: World) -> None:
    answer = await world.alice.slash(world.channel, "changes", board="arena", since="2025-07-09")
    yesterday = await world.alice.slash(world.channel, "changes", since="昨天")

    for each in (answer, yesterday):
        assert "Nothing has changed since" in text_of(each)
        assert each.response.embeds[0].fields == []
        assert not each.response.ephemeral


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"board": "rele-open"}, "nothing to compare it with"),
        ({"since": "2024-01-01"}, "up to Jan 1, 2024"),
        ({"since": "someday"}, "is no day I can read"),
        ({"board": "nonsense"}, "nonsense"),
    ],
)
async def test_what_cannot_be_answered_is_told_privately(
    world: World, options: dict[str, str], told: str
) -> None:
    answer = await world.alice.slash(world.channel, "changes", **options)

    assert told in text_of(answer)
    assert answer.response.ephemeral


async def test_another_board_is_chosen_in_the_menu(world: World) -> None:
    for content in (OLDER, NEWER):
        world.archive.intake.add("page.md", content, "test")
    answer = await world.alice.slash(world.channel, "changes")
    (menu,) = controls_of(answer)
    assert [option["label"] for option in menu["options"]] == ["Arena Text", "Arena Search"]
    await world.alice.select(message_of(answer), [menu["options"][1]["value"]])

    said = text_of(answer)
    assert "What changed · Arena Search" in said
    assert "meteor-alpha → **comet-1**, by its figures the same model" in said


@pytest.mark.parametrize("tag", ["en", "zh_CN"])
@pytest.mark.parametrize("day", DAYS[1:])
def test_every_real_change_fits_into_embeds_in_every_language(texts: Texts, day: str, tag: str) -> None:
    changes = compare(real_page(DAYS[DAYS.index(day) - 1]), real_page(day))
    pages = changes_pages(changes, catalogue(), texts.languages[tag], NOW)

    for page in pages:
        assert len(page) <= 6000
        assert all(len(field.value or "") <= 1024 for field in page.fields)
        assert "{" not in f"{page.description}{page.fields}"
    said = "".join(f"{page.description}{[field.value for field in page.fields]}" for page in pages[:1])
    assert tag == "en" or "changes." not in said


def test_what_happened_at_first_place_and_to_the_board_comes_first(texts: Texts) -> None:
    older = make_page(A, B, *REST, day=0)
    newer = make_page(*(moved(each, 90 if each is B else 12) for each in (A, B, *REST)), day=1)
    (page,) = changes_pages(compare(older, newer), catalogue(), texts.source, NOW)

    assert (page.description or "").splitlines() == [
        "*Jan 1, 2026 → Jan 2, 2026*",
        "🥇 **beta-7b** takes first place from **alpha-7b**, with **1440 +5/-5**.",
        "ℹ️ The whole scale moved by about +12: so did 17 of 18 scores.",
    ]
    assert [field.name for field in page.fields] == ["📊 Moved beyond their intervals"]
    assert page.fields[0].value == "**beta-7b** ▲ 90: 1350 +5/-5 → **1440 +5/-5**"


@pytest.mark.parametrize("tag", ["en", "zh_CN", "zh_TW"])
def test_nothing_is_said_of_intervals_that_the_board_does_not_print(texts: Texts, tag: str) -> None:
    older, *steps = (
        make_page(make_line("alpha-7b", 90 + by, spread=None), *PLAIN, day=day, board="rele-total")
        for day, by in enumerate((0, 5, 0.1))
    )
    moved, quiet = (
        changes_pages(compare(older, each), catalogue(), texts.languages[tag], NOW) for each in steps
    )

    assert [len(page.fields) for page in (*moved, *quiet)] == [1, 0]
    said = f"{moved[0].fields[0].name}{quiet[0].description}"
    assert not any(word in said for word in ("interval", "区间", "區間")), said


def test_a_leader_that_left_the_board_was_not_overtaken(texts: Texts) -> None:
    older, newer = make_page(A, B, *REST), make_page(B, *REST, day=1)
    (page,) = changes_pages(compare(older, newer), catalogue(), texts.source, NOW)

    assert "🥇 **beta-7b** leads with **1350 +5/-5**; **alpha-7b**, which led, is not listed any more." in (
        page.description or ""
    )


@pytest.mark.parametrize("tag", ["en", "zh_CN"])
def test_an_exchange_of_names_is_told_without_an_example(texts: Texts, tag: str) -> None:
    one, other = (
        make_page(*(make_line(f"{word}{n}-7b", 1400 - n, votes=None, spread=None) for n in range(30)))
        for word in ("alpha", "omega")
    )
    (page,) = changes_pages(compare(one, other), catalogue(), texts.languages[tag], NOW)
    (line,) = (page.description or "").splitlines()[1:]

    assert "30" in line
    assert "such as" not in line
    assert "changes." not in line


def test_a_day_of_drift_says_that_nothing_is_worth_telling(texts: Texts) -> None:
    older, newer = make_page(A, B, *REST), make_page(moved(A, 1), B, *REST, day=1)
    (page,) = changes_pages(compare(older, newer), catalogue(), texts.languages["zh_CN"], NOW)

    assert "没有值得一提的变化" in (page.description or "")
    assert page.fields == []


def test_a_hostile_name_stays_text(texts: Texts) -> None:
    evil = make_line("**@everyone** [x](http://evil)", 1500)
    (page,) = changes_pages(compare(make_page(A, B), make_page(A, B, evil)), catalogue(), texts.source, NOW)

    assert "@everyone" not in f"{page.description}{page.fields[0].value}"
    assert "](http://evil)" not in f"{page.description}{page.fields[0].value}"
