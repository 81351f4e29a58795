"""`/top` with filters: as words inside the field, as options of their own, and in buttons after a restart."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.asking.filters import FilterReader
from bot.asking.limits import Limits
from bot.asking.vocabulary import Vocabulary
from bot.client import Bangdan
from bot.desk import Desk
from bot.texts import Texts
from store.archive import Archive
from store.filters import SINCE_CHANGE, Filter, Openness, PriceLimit
from tests.conftest import World
from tests.test_commands import controls_of, message_of, text_of

LAW = "Law 法律 · ReLE open-source"


@pytest.fixture(scope="module")
def limits() -> Limits:
    return Limits(Vocabulary.load())


@pytest.fixture
def reader(shelf: Archive) -> FilterReader:
    return Desk(shelf).filters


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("max-size:14B", Filter(size=14.0)),
        ("max-size=14", Filter()),
        ("≤14b", Filter(size=14.0)),
        ("under 14 billion parameters", Filter(size=14.0)),
        ("14B以下", Filter(size=14.0)),
        ("不超过 140亿参数", Filter(size=14.0)),
        ("500m or less", Filter(size=0.5)),
        ("qwen2.5-14b or less", Filter()),
        ("max-price:$1", Filter(price=PriceLimit(1.0, "USD"))),
        ("under $0.50 per million tokens", Filter(price=PriceLimit(0.5, "USD"))),
        ("cheaper than 50 cents", Filter(price=PriceLimit(0.5, "USD"))),
        ("＜１０元", Filter(price=PriceLimit(10.0, "CNY"))),
        ("10块钱以内", Filter(price=PriceLimit(10.0, "CNY"))),
        ("¥8以下", Filter(price=PriceLimit(8.0, "CNY"))),
        ("max-price:1", Filter()),
        ("above $5", Filter()),
        ("20b以上", Filter()),
        ("new", Filter(new=SINCE_CHANGE)),
        ("new:7d", Filter(new=7)),
        ("7天内新上榜", Filter(new=7)),
        ("new in the last 2 weeks", Filter(new=14)),
        ("创新", Filter()),
        ("open", Filter()),
        ("under 99999999b", Filter()),
    ],
)
def test_limits_are_read_where_a_text_sets_one(limits: Limits, text: str, meant: Filter) -> None:
    found, _ = limits.read(Vocabulary.normal(text))
    assert found == meant


def test_what_was_read_leaves_the_rest_apart(limits: Limits) -> None:
    assert limits.read("law under 14b open")[1].split("\n") == ["law ", " open"]


@pytest.mark.parametrize(
    ("text", "meant", "rest"),
    [
        ("法律 open max-size:14B", Filter(openness=Openness.OPEN, size=14.0), "法律"),
        ("阿里开源法律", Filter(("alibaba",), Openness.OPEN), "法律"),
        ("閉源 醫療", Filter(openness=Openness.PROPRIETARY), "医疗"),
        ("Alibaba, Google models", Filter(("alibaba", "google")), ""),
        ("the open models", Filter(openness=Openness.OPEN), ""),
        ("开源榜", Filter(), "开源榜"),
        ("creative writing", Filter(), "creative writing"),
        ("cooking", Filter(), "cooking"),
    ],
)
def test_filters_are_read_among_the_words_for_a_field(
    reader: FilterReader, text: str, meant: Filter, rest: str
) -> None:
    sieve = reader.read(text)
    assert (sieve.filter, sieve.rest) == (meant, rest)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.text())
def test_any_text_is_read(reader: FilterReader, text: str) -> None:
    reader.read(text)
    reader.limits.size(text)
    reader.limits.price(text)
    reader.limits.new(text)


@pytest.mark.parametrize(
    "options",
    [
        {"field": "法律 open max-size:14B"},
        {"field": "law, open source models under 14B"},
        {"field": "法律", "openness": "open", "max-size": "14B"},
        {"field": "开源法律", "max-size": "14"},
        {"field": "法律 70b以下", "openness": "开源", "max-size": "140亿"},
    ],
)
async def test_filters_are_words_of_the_field_or_options_of_their_own(
    world: World, options: dict[str, str]
) -> None:
    embed = (await world.alice.slash(world.channel, "top", **options)).response.embeds[0]

    assert embed.title == f"{LAW} · open models · up to 14B"
    assert "#12` **qwen2.5-14b-instruct** **47.1**" in embed.description.split("\n")[0]
    assert "qwq-32b" not in (embed.description or "")


async def test_what_the_board_does_not_tell_is_counted(world: World) -> None:
    answer = await world.alice.slash(world.channel, "top", **{"field": "arena", "max-size": "1B"})

    assert "models of which the board tells no size" in text_of(answer)
    assert "SmolLM2-1.7B-Instruct" not in text_of(answer)


@pytest.mark.parametrize("field", [None, "law"])
async def test_a_price_is_looked_for_on_a_board_that_prints_prices_in_its_currency(
    world: World, field: str | None
) -> None:
    wanted = {"max-price": "¥5"} | ({"field": field} if field else {})
    answer = await world.alice.slash(world.channel, "top", **wanted)

    assert "over 20B" in (answer.response.embeds[0].title or "")
    assert "DeepSeek-R1-Distill-Qwen-32B" in text_of(answer)


async def test_a_price_on_a_board_that_was_asked_for_is_looked_for_there(world: World) -> None:
    answer = await world.alice.slash(world.channel, "top", **{"max-price": "¥5", "board": "arena"})

    assert answer.response.embeds[0].title.startswith("Arena Text")


async def test_a_board_that_is_known_but_not_stored_is_said_to_be(world: World) -> None:
    answer = await world.alice.slash(world.channel, "changes", board="vision")

    assert "I know Arena Vision, but nothing is stored of it yet" in text_of(answer)


async def test_a_limit_in_one_currency_leaves_out_prices_in_another(world: World) -> None:
    yuan = await world.alice.slash(world.channel, "top", **{"field": "20b", "max-price": "¥5"})
    dollars = await world.alice.slash(world.channel, "top", **{"field": "20b", "max-price": "$5"})

    assert "up to ¥5 per 1M tokens out" in text_of(yuan)
    assert "DeepSeek-R1-Distill-Qwen-32B" in text_of(yuan)
    assert "No model here is known to fit" in text_of(dollars)
    assert "left out: 15 models of which the board tells no output price in this currency" in text_of(dollars)


@pytest.mark.parametrize(
    ("option", "typed", "said"),
    [
        ("vendor", "Nobody Inc", "no vendor called"),
        ("vendor", "阿里, 百度, 腾讯, 智谱", "up to three"),
        ("vendor", "open", "no vendor called"),
        ("vendor", " , ", "no vendor called"),
        ("openness", "阿里", "choose `open` or `proprietary`"),
        ("max-size", "small", "Write it like 14B"),
        ("max-size", "0B", "Write it like 14B"),
        ("max-price", "1", "currencies are never converted"),
        ("new", "soon", "does not say since when"),
        ("new", "0d", "does not say since when"),
    ],
)
async def test_a_filter_that_cannot_be_read_is_refused_privately(
    world: World, option: str, typed: str, said: str
) -> None:
    answer = await world.alice.slash(world.channel, "top", **{option: typed})

    assert said in text_of(answer)
    assert answer.response.ephemeral


async def test_the_rest_of_the_words_must_be_a_field(world: World) -> None:
    answer = await world.alice.slash(world.channel, "top", field="open cooking")

    assert "No board and no domain there is called `cooking`" in text_of(answer)


async def test_the_filter_stays_while_pages_are_turned_after_a_restart(world: World, texts: Texts) -> None:
    answer = await world.alice.slash(world.channel, "top", field="法律 open max-size:14B", count=2)
    forward = controls_of(answer)[3]
    await world.alice.click(message_of(answer), custom_id=forward["custom_id"])

    embed = answer.response.embeds[0]
    assert embed.title == f"{LAW} · open models · up to 14B"
    assert "qwen2.5-7b-instruct" in (embed.description or "")
    async with Bangdan(world.archive, texts) as other:
        question = other.desk.read(forward["custom_id"].split(":", 3)[3])
        assert question.only == Filter(openness=Openness.OPEN, size=14.0)


async def test_options_complete_with_what_they_take(world: World) -> None:
    vendors = await world.alice.autocomplete(world.channel, "top", "vendor", "OpenAI, 阿")
    kinds = await world.alice.autocomplete(world.channel, "top", "openness", "")
    new = await world.alice.autocomplete(world.channel, "top", "new", "")

    assert "OpenAI, Alibaba" in [each["value"] for each in vendors]
    assert {each["value"] for each in kinds} == {"open", "proprietary"}
    assert [each["value"] for each in new] == ["yes", "7d", "30d"]
