"""Digests: one message of at most Discord's size, whatever the boards say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import discord
import pytest

from bot.replies.digest import MOST, digest, quiet_digest
from bot.replies.notices import notice_bulletin
from bot.replies.watching import watch_bulletin
from bot.show import post_view
from bot.texts import Texts
from store.answers import Standing
from store.changes import Changes, compare
from store.news.interest import select
from store.news.occasions import Event
from store.news.values import Interest, Occasion, Pause, Watch
from store.outbox.values import Kind, Notice
from tests.changing import DAYS, catalogue, make_line, make_page, real_page

NOW = datetime(2026, 9, 1, tzinfo=UTC)
NONCE = "0" * 24
BOARDS = ("arena-text", "arena-vision", "arena-search", "arena-webdev", "arena-image", "arena-document")
NASTY = "@everyone **[x](https://evil.example)** `||<@1>\u202e" + "模型" * 60


def worst(board: str) -> Changes:
    """Return a day on which sixty models with hostile names were joined by twenty better ones."""

    def line(number: int) -> Standing:
        address = "https://x.y/" + "a" * 300
        return make_line(f"{NASTY} {number}", 1500 - 9 * number, organization=NASTY, url=address)

    before = [line(number) for number in range(20, 80)]
    after = [line(number) for number in range(80)]
    return compare(make_page(*before, board=board), make_page(*after, board=board, day=1))


def size(embeds: tuple[discord.Embed, ...]) -> int:
    return sum(map(len, embeds))


@pytest.mark.parametrize("tag", ["en", "zh_CN"])
@pytest.mark.parametrize("boards", range(1, len(BOARDS) + 1))
def test_the_worst_day_of_many_boards_is_one_message(texts: Texts, tag: str, boards: int) -> None:
    told = digest([worst(each) for each in BOARDS[:boards]], catalogue(), texts.languages[tag], NOW)

    assert len(told.embeds) == min(boards, MOST)
    assert 4000 < size(told.embeds) <= 6000
    for embed in told.embeds:
        assert len(embed.fields) <= 25
        assert all(
            0 < len(each.value or "") <= 1024 and 0 < len(each.name or "") <= 256 for each in embed.fields
        )
        assert "@everyone" not in str(embed.to_dict()).replace("@\u200beveryone", "")
    assert len(told.title) <= 100
    view = post_view(told, NONCE)
    assert view is not None
    items = view.to_components()[0]["components"]
    assert all(len(each["custom_id"]) <= 100 and len(each["label"]) <= 80 for each in items)


@pytest.mark.parametrize(("older", "newer"), list(pairwise(DAYS)))
def test_what_does_not_fit_is_counted_and_nothing_else_is_left_out(
    texts: Texts, older: str, newer: str
) -> None:
    changes = compare(real_page(older), real_page(newer))
    if not len(changes):
        return
    (embed,) = digest([changes], catalogue(), texts.source, NOW).embeds
    shown = "\n".join([embed.description or "", *(field.value or "" for field in embed.fields)])

    if "more: the button below" not in shown:
        assert all(change.standing.name in shown.replace("\\", "") for change in changes.new)


def test_the_board_with_the_greatest_news_comes_first(texts: Texts) -> None:
    small = compare(
        make_page(make_line("a", 1500), make_line("b", 1400), board="arena-vision"),
        make_page(make_line("a", 1500), make_line("b", 1400), make_line("c", 1), board="arena-vision", day=1),
    )
    great = compare(
        make_page(make_line("a", 1500), make_line("b", 1400)),
        make_page(make_line("b", 1600), make_line("a", 1500), day=1),
    )
    told = digest([small, great], catalogue(), texts.source, NOW)

    assert [each.title for each in told.embeds] == [
        "What changed · Arena Text",
        "What changed · Arena Vision",
    ]


def test_a_quiet_digest_names_the_boards(texts: Texts) -> None:
    boards = [catalogue().board(each) for each in BOARDS]
    told = quiet_digest(boards, texts.source, NOW)

    assert "Arena Text" in (told.embeds[0].description or "")
    assert "more" in (told.embeds[0].description or "")
    assert "any board" in (quiet_digest([], texts.source, NOW).embeds[0].description or "")


@pytest.mark.parametrize("tag", ["en", "zh_CN"])
def test_everything_at_once_that_a_person_watches_is_one_message(texts: Texts, tag: str) -> None:
    page = make_page(*(make_line(f"{NASTY} {n}", 1500 - n, price=(1, 2)) for n in range(60)))
    lines = page.standings
    events = [
        (Watch(1, lines[0].model), Event(occasion, line, replace(line, name="old"), lines[:9]))
        for occasion in Occasion
        if occasion is not Occasion.ANY
        for line in lines
    ]
    told = watch_bulletin(events, catalogue(), texts.languages[tag], NOW)

    assert told is not None
    assert size(told.embeds) <= 6000
    assert watch_bulletin([], catalogue(), texts.languages[tag], NOW) is None


@pytest.mark.parametrize("tag", ["en", "zh_CN"])
@pytest.mark.parametrize(
    "pause", [Pause("person"), Pause("gone"), Pause("removed"), Pause("forbidden", "new_flag")]
)
def test_every_reason_of_a_pause_has_a_sentence(texts: Texts, tag: str, pause: Pause) -> None:
    for kind in (Kind.DIGEST, Kind.LIVE):
        told = notice_bulletin(Notice(kind, 1, 2, pause, tag), texts.languages[tag], NOW)
        said = told.embeds[0].description or ""
        assert "<#2>" in said
        assert "pause." not in said


def test_a_filter_that_keeps_nothing_leaves_no_news() -> None:
    changes = compare(real_page(DAYS[0]), real_page(DAYS[1]))
    assert len(select(changes, Interest(vendors=("nobody",)), catalogue())) == 0
