"""The pictures of `/compare`, `/value` and `/model`: what they show, and the words beside them."""

from __future__ import annotations

from dataclasses import replace

import discord
import pytest

from bot.client import Bangdan
from bot.desk import Desk
from bot.drawing.press import make_figure, print_png
from bot.drawing.values import PriceChart, RowChart, Spark, Theme
from bot.questions import CompareQuestion, ProfileQuestion, Question, ValueQuestion
from bot.replies.bulletin import Bulletin
from bot.replies.reply import Menu, Reply, Show, Switch
from bot.show import post_view
from bot.studio import Studio
from bot.texts import Texts
from store.answers import Leaders
from store.archive import Archive
from store.market import Market, survey
from store.values import Price
from tests.changing import make_line, make_page
from tests.conftest import World
from tests.discord_api import DiscordApi
from tests.inspection import store_the_worst
from tests.picturing import GROUNDS, opened, words_covering, words_outside
from tests.test_commands import text_of
from tests.test_course import page, store

R1, QWQ = "deepseek-r1", "qwq-32b"


def answer(archive: Archive, texts: Texts, question: Question, tag: str = "en") -> Reply:
    return Desk(archive, fallback=texts.source).answer(question, texts.languages[tag])


def drawn(reply: Reply) -> RowChart | PriceChart | Spark:
    assert reply.picture is not None
    assert isinstance(reply.picture.drawing, RowChart | PriceChart | Spark)
    return reply.picture.drawing


QUESTIONS: dict[str, CompareQuestion | ValueQuestion | ProfileQuestion] = {
    "compare": CompareQuestion((QWQ, R1)),
    "compare four": CompareQuestion((QWQ, R1, "gpt-4o-20241120", "qwen-3-32b")),
    "value": ValueQuestion("rele-open-20b", "total"),
    "model": ProfileQuestion(QWQ),
}


@pytest.mark.parametrize("tag", ["en", "zh_CN"])
@pytest.mark.parametrize("name", QUESTIONS)
def test_words_stay_in_the_picture_and_apart(shelf: Archive, texts: Texts, name: str, tag: str) -> None:
    question = QUESTIONS[name]
    if isinstance(question, CompareQuestion):
        known = Desk(shelf).reference.models
        question = CompareQuestion(tuple(key for key in question.models if key in known))
    figure = make_figure(drawn(answer(shelf, texts, question, tag)))

    assert words_outside(figure) == []
    assert words_covering(figure) == []


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("name", ["compare", "value", "model"])
def test_every_picture_has_both_themes(shelf: Archive, texts: Texts, name: str, theme: Theme) -> None:
    reply = answer(shelf, texts, replace(QUESTIONS[name], theme=theme))
    image = opened(print_png(drawn(reply)))

    assert image.width == 2000
    assert image.getpixel((0, 0)) == GROUNDS[theme]
    (button,) = [each for each in reply.controls if isinstance(each, Switch)]
    assert button.label == {"dark": "Light", "light": "Dark"}[theme]
    assert getattr(button.question, "theme") is not theme  # noqa: B009


def test_compare_draws_ratings_with_their_intervals_above_domains(shelf: Archive, texts: Texts) -> None:
    chart = drawn(answer(shelf, texts, CompareQuestion((QWQ, R1))))

    assert isinstance(chart, RowChart)
    arena, rele = chart.panels
    (rating,) = arena.rows
    assert rating.dots[0] is not None
    assert (rating.dots[0].y, rating.dots[0].low, rating.dots[0].high) == (1333, 1328, 1337)
    assert rating.best == 1
    assert [row.label for row in rele.rows][:2] == ["Total", "Medicine"]
    assert all(dot is not None and dot.low is None for row in rele.rows for dot in row.dots)


def test_models_without_a_common_board_have_no_picture(shelf: Archive, texts: Texts) -> None:
    store(shelf, page("2026-01-01", ("nova-2", 1300)))
    assert answer(shelf, texts, CompareQuestion((QWQ, "nova-2"))).picture is None


def market_of(*lines: tuple[str, float, Price | None]) -> Market:
    made = [make_line(name, score, price=price) for name, score, price in lines]
    page = make_page(*made)
    return survey(Leaders(page.snapshot, page.snapshot.score, page.standings, len(made), 0))


def dollars(output: float) -> Price:
    return Price(output, "USD", output / 2)


def test_the_front_is_who_scores_better_than_all_that_cost_no_more() -> None:
    market = market_of(
        ("cheap-1", 1200, dollars(1)),
        ("worse-1", 1190, dollars(2)),
        ("equal-2", 1200, dollars(3)),
        ("middle-3", 1300, dollars(3)),
        ("best-4", 1400, dollars(50)),
        ("dearer-5", 1400, dollars(60)),
    )
    assert [each.name for each in market.front] == ["cheap-1", "middle-3", "best-4"]


def test_currencies_are_never_mixed_and_what_is_left_out_is_counted() -> None:
    market = market_of(
        ("a-1", 1200, dollars(1)),
        ("b-2", 1300, dollars(2)),
        ("c-3", 1400, Price(1, "CNY")),
        ("d-4", 1250, None),
        ("e-5", 1100, dollars(0)),
    )
    assert market.currency == "USD"
    assert [each.name for each in market.front] == ["e-5", "a-1", "b-2"]
    assert {each.name for each in market.priced} == {"a-1", "b-2"}
    assert [each.name for each in market.free] == ["e-5"]
    assert (market.unpriced, market.foreign) == (1, 1)


def test_value_tells_the_front_in_words_and_how_many_have_no_price(shelf: Archive, texts: Texts) -> None:
    reply = answer(shelf, texts, ValueQuestion("rele-open-20b", "total"))
    said = reply.embed.description or ""

    assert said.startswith("15 models with a price in ¥")
    assert "¥16  DeepSeek-R1" in said
    chart = drawn(reply)
    assert isinstance(chart, PriceChart)
    assert len(chart.offers) == 15
    assert {offer.name for offer in chart.offers if offer.front} == set(
        line.split("  ")[-1] for line in said.split("```")[1].strip().splitlines()
    )


def test_a_board_without_prices_says_so_and_offers_those_with(shelf: Archive, texts: Texts) -> None:
    reply = answer(shelf, texts, ValueQuestion("rele-open", "total"))

    assert reply.picture is None
    assert "No model has a price on this page" in (reply.embed.description or "")
    (menu,) = [each for each in reply.controls if isinstance(each, Menu)]
    assert [option.label for option in menu.options] == ["ReLE open-source over 20B"]


async def test_value_without_a_field_takes_a_board_that_prints_prices(world: World) -> None:
    for options in ({}, {"field": "law"}):
        said = text_of(await world.alice.slash(world.channel, "value", **options))
        assert "ReLE open-source over 20B" in said
        assert "15 models with a price in ¥" in said
    vendor = await world.alice.slash(world.channel, "value", field="阿里")
    assert vendor.response.ephemeral


async def test_model_tells_all_about_it(world: World) -> None:
    said = text_of(await world.alice.slash(world.channel, "model", model="qwq-32b"))

    for told in (
        "Alibaba · Apache 2.0",
        "**Arena Text** · **#28 (UB) · #38 (StyleCtrl)** · of 213 · 1333 +4/-5",
        "Jul 9, 2025, 11:44 UTC · ⚠️",
        "**ReLE open-source** · 🥉 **#3** · of 43 · 78.0 · undated",
        "best: Education 教育 #2 (86.1) · worst:",
        "[huggingface.co/Qwen/QwQ-32B](https://huggingface.co/Qwen/QwQ-32B)",
    ):
        assert told in said, said


async def test_model_names_its_kin(world: World) -> None:
    said = text_of(await world.alice.slash(world.channel, "model", model="deepseek-r1"))

    assert "Of the same family\nDeepSeek-R1-0528 (#3 on Arena Text)" in said


async def test_another_reading_is_chosen_below_a_profile(world: World) -> None:
    answer = await world.alice.slash(world.channel, "model", model="gpt-4o")

    assert "The name also fits other models" in text_of(answer)


def test_a_model_without_two_dated_points_has_no_line(shelf: Archive, texts: Texts) -> None:
    assert answer(shelf, texts, ProfileQuestion("hunyuan-large")).picture is None


def test_the_worst_names_there_are_can_be_drawn(shelf: Archive, texts: Texts) -> None:
    store_the_worst(shelf)
    models = [each.key for each in Desk(shelf).reference.models.values() if len(each.name) > 80][:4]
    chart = drawn(answer(shelf, texts, CompareQuestion(tuple(models))))

    assert len(models) == 4
    assert words_outside(make_figure(chart)) == []
    assert opened(print_png(chart)).width == 2000


async def test_the_button_of_a_post_shows_a_picture_too(
    discord_api: DiscordApi, shelf: Archive, texts: Texts, studio: Studio
) -> None:
    guild = discord_api.add_guild()
    channel, person = guild.add_text_channel("news"), guild.add_member("alice")
    bulletin = Bulletin("News", (discord.Embed(title="News"),), (Show(ProfileQuestion(QWQ), "All"),))
    view = post_view(bulletin, "0" * 24)
    assert view is not None
    async with discord_api.run(Bangdan(shelf, texts, studio=studio, guild_ready_timeout=0.02)) as bot:
        place = bot.get_channel(channel.id)
        assert isinstance(place, discord.TextChannel)
        await place.send(embeds=bulletin.embeds, view=view)
        shown = (await person.click(channel.messages[0], label="All")).check().message

    assert shown.ephemeral
    assert [each.filename for each in shown.attachments] == ["model.png"]
