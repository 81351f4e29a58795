"""What people see stays within Discord's limits and shows no mark-up of others, with the worst data."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.form import build_view
from bot.questions import AboutQuestion, BoardsQuestion, CompareQuestion, RankQuestion, TopQuestion
from bot.replies.catalogue import about_reply, boards_reply
from bot.replies.compare import compare_reply
from bot.replies.compare_chart import Contender
from bot.replies.figures import interval_text, price_text, value_text, win_rate
from bot.replies.mentions import Spotted, mentions_reply
from bot.replies.rank import FEW, rank_reply
from bot.replies.reply import Menu, Reply, Section, Turn, paginate
from bot.replies.top import top_reply
from bot.replies.upkeep import Upkeep
from bot.texts import Texts
from store.answers import Leaders, Score, Snapshot, Standing
from store.boards import Catalogue, Dimension, Live
from store.errors import Reason
from store.fetches import Fetch
from store.filters import MOST_DAYS, MOST_PRICE, MOST_SIZE, Aspect, Filter, Openness, PriceLimit
from store.models import Model
from store.quarantine import Held
from store.values import Code, Coverage, Flag, Price, Unit

NOW = datetime(2026, 11, 21, tzinfo=UTC)
NASTY = "@everyone **[x](https://evil.example)** `||<@1>\u202e" + "模型" * 80
OWNER = 2**63
LANGUAGES = ["en", "zh_CN"]
EVERYTHING = Filter(
    ("shanghai-ai-lab", "thinking-machines", "prime-intellect"),
    Openness.PROPRIETARY,
    MOST_SIZE,
    PriceLimit(MOST_PRICE, "CNY"),
    MOST_DAYS,
)


def within_discords_limits(reply: Reply) -> None:
    """Assert the limits of docs.discord.com/developers/resources/message#embed-object-embed-limits."""
    embed = reply.embed
    assert len(embed) <= 6000
    assert len(embed.title or "") <= 256
    assert len(embed.description or "") <= 4096
    assert len(embed.fields) <= 25
    assert len(embed.footer.text or "") <= 2048
    for field in embed.fields:
        assert 1 <= len(field.name or "") <= 256
        assert 1 <= len(field.value or "") <= 1024
        assert (field.value or "").count("```") % 2 == 0
    for control in reply.controls:
        if isinstance(control, Menu):
            assert 1 <= len(control.options) <= 25
            assert len(control.prompt) <= 150
            assert len({option.value for option in control.options}) == len(control.options)
            for option in control.options:
                assert 1 <= len(option.label) <= 100
                assert 1 <= len(option.value) <= 100
                assert len(option.detail or "") <= 100


def within_discords_component_limits(view: discord.ui.View | None) -> None:
    rows = view.to_components() if view else []
    assert len(rows) <= 5
    ids = [each["custom_id"] for row in rows for each in row["components"]]
    assert len(ids) == len(set(ids))
    assert all(len(each) <= 100 for each in ids)
    assert all(len(row["components"]) <= 5 for row in rows)


def snapshot(catalogue: Catalogue, board: str = "rele-open", rows: int = 300) -> Snapshot:
    found = catalogue.boards[board]
    as_of = datetime(2025, 7, 9, tzinfo=UTC)
    return Snapshot(1, found, catalogue.dimensions[found.score], as_of, as_of, Coverage(), rows, "test")


def standing(at: Snapshot, name: str, dimensions: list[Dimension], rank: int = 1) -> Standing:
    domains = tuple(Score(each, 123456.7891, place=300) for each in dimensions)
    main = Score(at.score, 1234.5678, 1200, 1300, 10**9, rank, 99999, 1, 300, place=rank)
    address = "https://a.example/" + "(x)" * 120
    return Standing(
        at,
        name,
        name,
        main,
        domains,
        NASTY,
        NASTY,
        NASTY,
        address,
        Price(1, "USD", 2),
        1e6,
        10**9,
        frozenset(Flag),
    )


def model(name: str, place: int = 1) -> Model:
    return Model(key=name, name=name, family=name, place=place, board="arena-text")


@pytest.fixture(scope="module")
def domains(catalogue: Catalogue) -> list[Dimension]:
    """Sixty domains with names as long as they come."""
    known = list(catalogue.dimensions.values())[:40]
    made = []
    for n in range(60 - len(known)):
        titles = {"en": f"{n} {'very long domain ' * 8}", "zh": "领域" * 30}
        made.append(Dimension(f"d{n}", titles, (), (), Unit.POINTS, 1, False, ()))
    return known + made


@pytest.mark.parametrize("tag", LANGUAGES)
async def test_rank_with_the_worst_names_and_sixty_domains_on_twelve_boards(
    catalogue: Catalogue, texts: Texts, domains: list[Dimension], tag: str
) -> None:
    at = snapshot(catalogue)
    standings = [standing(at, NASTY, domains) for _ in range(12)]
    others = [model(f"{n} {NASTY}", n) for n in range(40)]
    seen = 0
    for page in range(99):
        question = RankQuestion("x" * 300, "rele-open", NOW.date(), page)
        reply = rank_reply(question, model(NASTY), standings, others, catalogue, texts.languages[tag], NOW)
        within_discords_limits(reply)
        within_discords_component_limits(build_view(reply.controls, OWNER))
        seen += sum(len(re.findall(r"123456\.7(?:891|9)", field.value or "")) for field in reply.embed.fields)
        forward = [each for each in reply.controls if isinstance(each, Turn) and each.role == "next"]
        if not forward or forward[0].disabled:
            break
    assert seen == 12 * 60, "no domain of any board is cut off"


@pytest.mark.parametrize("tag", LANGUAGES)
async def test_rank_on_many_boards_shows_the_best_domains_and_says_how_many_more(
    catalogue: Catalogue, texts: Texts, domains: list[Dimension], tag: str
) -> None:
    at, language = snapshot(catalogue), texts.languages[tag]
    standings = [standing(at, "plain", domains) for _ in range(12)]
    pages = [
        rank_reply(RankQuestion("x", page=page), model("plain"), standings, [], catalogue, language, NOW)
        for page in range(12)
    ]
    shown = "\n".join(field.value or "" for page in pages for field in page.embed.fields)
    assert language.count("rank.more", 60 - FEW, board=at.board.key) in shown
    for page in pages:
        within_discords_limits(page)


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize("count", [1, 10, 25])
async def test_top_with_the_worst_names_on_a_page_of_any_size(
    catalogue: Catalogue, texts: Texts, tag: str, count: int
) -> None:
    at = snapshot(catalogue)
    page = tuple(standing(at, f"{n} {NASTY}", [], n) for n in range(count))
    untold = dict.fromkeys(map(str, Aspect), 10**6)
    leaders = Leaders(at, at.score, page, total=300, unscored=12, untold=untold)
    question = TopQuestion("b" * 50, "d" * 200, count, NOW.date(), 299, EVERYTHING)
    boards = list(catalogue.boards.values()) * 5
    reply = top_reply(question, leaders, boards[:1], catalogue, texts.languages[tag], NOW)

    within_discords_limits(reply)
    within_discords_component_limits(build_view(reply.controls, OWNER))
    assert (reply.embed.description or "").count("\n") == count - 1, "every model has its line"


@pytest.mark.parametrize("tag", LANGUAGES)
async def test_compare_of_four_with_the_worst_names_and_sixty_domains(
    catalogue: Catalogue, texts: Texts, domains: list[Dimension], tag: str
) -> None:
    boards = list(catalogue.boards)[:12]
    contenders = [
        Contender(
            model(f"{letter}{NASTY}"),
            {key: standing(snapshot(catalogue, key), f"{letter}{NASTY}", domains) for key in boards},
            tuple(model(f"{letter}{n}{NASTY}") for n in range(30)),
        )
        for letter in "abcd"
    ]
    for page in (0, 1, 20, 99):
        question = CompareQuestion(tuple(f"{letter}{'x' * 300}" for letter in "abcd"), NOW.date(), page)
        reply = compare_reply(question, contenders, boards, catalogue, texts.languages[tag], NOW)
        within_discords_limits(reply)
        within_discords_component_limits(build_view(reply.controls, OWNER))


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize("boards", [1, 5, 12])
async def test_the_models_of_a_message_with_the_worst_names_on_any_number_of_boards(
    catalogue: Catalogue, texts: Texts, tag: str, boards: int
) -> None:
    spotted = [Spotted(f"{n}{NASTY}", model(f"{n}{NASTY}"), ambiguous=True) for n in range(40)]
    keys = list(catalogue.boards)[:boards]
    lineup = {
        key: [
            standing(snapshot(catalogue, key), each.model.name, [], at)
            for at, each in enumerate(spotted[:25])
            if at % boards == number
        ]
        for number, key in enumerate(keys)
    }
    address = "https://discord.com/channels/1/2/3"
    reply = mentions_reply(spotted, address, lineup, catalogue, texts.languages[tag], NOW)

    within_discords_limits(reply)
    shown = "\n".join([reply.embed.description or "", *(field.value or "" for field in reply.embed.fields)])
    bare = re.sub(r"`[^`]*`", "", shown.replace("\\`", ""))  # without what is quoted as typed
    assert [n for n in range(25) if not re.search(rf"(?:\*\*|[ ：、]){n}@\u200beveryone", bare)] == []
    assert "@everyone" not in bare


@pytest.mark.parametrize("tag", LANGUAGES)
async def test_boards_and_about_fit_with_every_board_stored(
    catalogue: Catalogue, texts: Texts, domains: list[Dimension], tag: str
) -> None:
    language = texts.languages[tag]
    snapshots = {key: snapshot(catalogue, key) for key in catalogue.boards}
    everywhere = dict.fromkeys(snapshots, domains)
    upkeep = Upkeep(
        [
            Fetch(key, Live("page", NASTY), NOW, NOW, f"fetch.{reason}", NASTY)
            for key in snapshots
            for reason in Reason
        ],
        [Held(1, key, NOW, NOW, NASTY, 10**6, Code.SHRUNK, NASTY) for key in snapshots],
    )
    for page in (0, 1, 7, 50, 999):
        within_discords_limits(
            boards_reply(BoardsQuestion(page), snapshots, everywhere, upkeep, catalogue, language, NOW)
        )
    within_discords_limits(about_reply(AboutQuestion(), catalogue, language))


def test_no_answer_lets_a_name_mention_or_mark_anything(catalogue: Catalogue, texts: Texts) -> None:
    at = snapshot(catalogue)
    reply = rank_reply(
        RankQuestion("x"), model("plain"), [standing(at, NASTY, [])], [], catalogue, texts.source, NOW
    )
    shown = "\n".join(field.value or "" for field in reply.embed.fields)
    assert "@everyone" not in shown
    assert "](https://evil" not in shown
    assert "<@1>" not in shown
    assert "\u202e" not in shown


@given(
    st.lists(
        st.builds(
            Section,
            st.text(min_size=1, max_size=256),
            st.lists(st.text("ab模 ", min_size=1, max_size=3000), min_size=1, max_size=30).map(tuple),
        ),
        max_size=30,
    )
)
def test_pages_hold_every_line_within_the_limits(sections: list[Section]) -> None:
    pages = paginate(discord.Embed(title="t" * 256, description="d" * 500), sections)
    for page in pages:
        within_discords_limits(Reply(page))
    held = "".join(field.value or "" for page in pages for field in page.fields)
    assert held.replace("\n", "") == "".join(line for section in sections for line in section.lines)


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (1333.0, 0, "1333"),
        (78.0, 1, "78.0"),
        (62.5, 1, "62.5"),
        (1508.58, 0, "1508.58"),
        (0.046, 1, "0.046"),
        (-1.5, 1, "-1.5"),
    ],
)
def test_a_value_is_written_as_the_board_printed_it(value: float, decimals: int, shown: str) -> None:
    dimension = Dimension("d", {"en": "D"}, (), (), Unit.POINTS, decimals, False, ())
    assert value_text(value, dimension) == shown


def test_an_interval_is_written_as_distances(catalogue: Catalogue) -> None:
    rating = catalogue.dimensions["rating"]
    assert interval_text(Score(rating, 1333, 1328, 1337)) == "+4/-5"
    assert interval_text(Score(rating, 1508.58, 1502.75, 1514.40)) == "+5.82/-5.83"
    assert interval_text(Score(rating, 1333)) == ""


def test_intervals_that_touch_are_a_tie(catalogue: Catalogue, texts: Texts) -> None:
    at = snapshot(catalogue, "arena-text")
    for low, tied in ((1300, True), (1300.01, False)):
        sides = [
            Contender(model(name), {"arena-text": Standing(at, name, name, Score(at.score, score, *ends))})
            for name, score, ends in (("a", 1350, (low, 1400)), ("b", 1250, (1200, 1300)))
        ]
        reply = compare_reply(
            CompareQuestion(("a", "b")), sides, ["arena-text"], catalogue, texts.source, NOW
        )
        assert ("statistically tied" in (reply.embed.fields[0].value or "")) == tied


@pytest.mark.parametrize(
    ("price", "shown"),
    [
        (Price(12.5, "USD", 2.5), "$2.50 in, $12.50 out per 1M tokens"),
        (Price(25, "USD", 5), "$5 in, $25 out per 1M tokens"),
        (Price(0.3, "USD", 0.075), "$0.075 in, $0.30 out per 1M tokens"),
        (Price(1.26, "CNY"), "¥1.26 per 1M tokens out"),
        (Price(0.004, "CNY"), "¥0.004 per 1M tokens out"),
    ],
)
def test_prices_are_written_as_boards_print_them(texts: Texts, price: Price, shown: str) -> None:
    assert price_text(price, texts.source) == shown


def test_a_heading_of_a_page_cannot_break_out_of_its_place(catalogue: Catalogue, texts: Texts) -> None:
    at = snapshot(catalogue)
    evil = Dimension("e", {"en": "```@here **b** " + NASTY}, (), (), Unit.POINTS, 1, False, ())
    missing = Score(evil, None)
    for domain in (Score(evil, 1.0, place=1), missing):
        line = Standing(at, "a", "a", Score(at.score, 80.0, rank=1, place=1), (domain,))
        reply = rank_reply(RankQuestion("a"), model("a"), [line], [], catalogue, texts.source, NOW)
        value = reply.embed.fields[0].value or ""
        outside = "".join(value.split("```")[::2])
        assert value.count("```") in (0, 2)
        assert "**b**" not in outside
        assert "@here" not in outside


def test_four_hundred_points_are_odds_of_ten_to_one() -> None:
    assert win_rate(400) == pytest.approx(10 / 11)
    assert win_rate(0) == 0.5
    assert win_rate(-400) == pytest.approx(1 / 11)
