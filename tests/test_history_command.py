"""`/history`, asked by people: the picture, its words, and its buttons."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import simcord

from bot.client import Bangdan
from bot.desk import Desk
from bot.drawing.values import Theme, TimeChart
from bot.questions import HistoryQuestion
from bot.replies.reply import Reply
from bot.studio import Studio
from bot.texts import Texts
from store.archive import Archive
from tests.conftest import SETTLING, World
from tests.console import Run
from tests.discord_api import DiscordApi
from tests.picturing import GROUNDS, opened
from tests.test_commands import controls_of, text_of
from tests.test_course import page, store


def answer(archive: Archive, texts: Texts, question: HistoryQuestion, tag: str = "en") -> Reply:
    desk = Desk(archive, fallback=texts.source)
    return desk.answer(question, texts.languages[tag])


def chart_of(reply: Reply) -> TimeChart:
    assert reply.picture is not None
    assert isinstance(reply.picture.drawing, TimeChart)
    return reply.picture.drawing


@pytest.fixture
async def drawing_world(archive: Archive, texts: Texts, studio: Studio) -> AsyncIterator[World]:
    """A make-believe Discord whose bot draws."""
    env = simcord.Env(Bangdan(archive, texts, studio=studio), shard_count=1, settle_timeout=SETTLING)
    await env.start()
    guild = env.create_guild("Team")
    channel = guild.create_text_channel("models")
    people = [guild.add_member(env.create_user(name)) for name in ("alice", "bob")]
    yield World(env, archive, channel, *people)
    await env.shutdown()


async def test_history_is_a_picture_with_words(drawing_world: World) -> None:
    answer = await drawing_world.alice.slash(drawing_world.channel, "history", model="qwq-32b")

    (file,) = answer.response.attachments
    assert (file.filename, file.size > 10_000) == ("history.png", True)
    assert answer.response.embeds[0].image.url is not None
    assert answer.response.embeds[0].title == "History · Arena Text"
    said = text_of(answer)
    for told in (
        "1334 (#27, Jul 6, 2025) → **1333** (#28, Jul 9, 2025), **−1**",
        "best rank #27 on Jul 6, 2025",
        "2 days with a page",
        "Jul 9, 2025, 11:44 UTC · ⚠️",
        "days old · LMArena (Chatbot Arena)",
        "CC-BY-4.0",
    ):
        assert told in said, said
    assert [each["label"] for each in controls_of(answer)] == ["Ranks", "Light"]


async def test_without_a_studio_the_words_are_the_answer(world: World) -> None:
    answer = await world.alice.slash(world.channel, "history", model="qwq-32b")

    assert answer.response.attachments == []
    assert "**1333**" in text_of(answer)
    assert "could not be drawn" not in text_of(answer)


async def test_buttons_put_another_picture_in_its_place_also_after_a_restart(
    discord_api: DiscordApi, archive: Archive, texts: Texts, studio: Studio
) -> None:
    alice = discord_api.add_guild().add_member("alice")
    channel = next(iter(discord_api.world.guilds.values())).add_text_channel("models")
    async with discord_api.run(Bangdan(archive, texts, studio=studio, guild_ready_timeout=0.02)):
        answer = (await alice.slash(channel, "history", model="qwq-32b", model2="deepseek-r1")).check()
        (dark,) = answer.message.attachments
        assert dark.description is not None
        assert dark.description.startswith("Rating on Arena Text")
        assert answer.message.embeds[0]["image"]["url"] == dark.url
    async with discord_api.run(Bangdan(archive, texts, studio=studio, guild_ready_timeout=0.02)):
        (await alice.click(answer.message, label="🌗")).check()
        (light,) = answer.message.attachments
        assert light.data != dark.data
        assert answer.message.embeds[0]["image"]["url"] == light.url
        assert opened(light.data).getpixel((0, 0)) == GROUNDS[Theme.LIGHT]
        (await alice.click(answer.message, label="📈")).check()
        (ranks,) = answer.message.attachments
        assert (ranks.description or "").startswith("Rank on Arena Text")
        assert opened(ranks.data).getpixel((0, 0)) == GROUNDS[Theme.LIGHT]
    discord_api.check()


def test_models_that_a_board_does_not_list_are_said_to_be_missing(archive: Archive, texts: Texts) -> None:
    store(archive, page("2026-01-01", ("nova-2", 1300)))
    both = answer(archive, texts, HistoryQuestion(("qwq-32b", "nova-2"), "arena-text"))

    assert "`B` **nova-2**: on no dated page of this board" in (both.embed.description or "")
    assert [line.name for line in chart_of(both).lines] == ["QwQ-32B"]


def test_a_model_on_undated_pages_alone_has_words_and_no_picture(archive: Archive, texts: Texts) -> None:
    alone = answer(archive, texts, HistoryQuestion(("hunyuan-large",), "rele-open"))

    assert alone.picture is None
    assert "on no dated page" in (alone.embed.description or "")
    assert "1 page without a date is left out." in (alone.embed.description or "")


def test_gaps_are_told_and_are_gaps_in_the_picture(archive: Archive, texts: Texts) -> None:
    pages = [
        (("nova-2", 1300), ("comet-1", 1200)),
        (("nova-2", 1301),),
        (("nova-2", 1302), ("comet-1", 1210)),
    ]
    store(archive, *(page(f"2026-01-0{day}", *rows) for day, rows in enumerate(pages, 1)))
    reply = answer(archive, texts, HistoryQuestion(("comet-1",), "arena-search"))

    assert [len(run) for run in chart_of(reply).lines[0].runs] == [1, 1]
    assert "not listed on 1 day in between" in (reply.embed.description or "")


def test_a_break_is_marked_and_no_change_is_reckoned_over_it(archive: Archive, texts: Texts) -> None:
    release = b"rank,model,arena_score,95_pct_ci,votes,organization,license\n1,nova-2,1290,+5/-5,100,A,MIT\n"
    store(archive, page("2026-01-01", ("nova-2", 1300)), page("2026-01-02", ("nova-2", 1301)))
    archive.intake.add("s.csv", release, "test", as_of=datetime(2026, 1, 3, tzinfo=UTC), board="arena-search")
    reply = answer(archive, texts, HistoryQuestion(("nova-2",), "arena-search"))

    (cut,) = chart_of(reply).cuts
    assert cut.label == "other source"
    said = reply.embed.description or ""
    assert "**1290** (#1, Jan 3, 2026)" in said
    assert "→" not in said
    assert "2 earlier days are measured otherwise" in said
    assert "The figures are from the CSV releases now" in said


def test_a_picture_speaks_the_persons_language_and_has_an_english_twin(
    archive: Archive, texts: Texts
) -> None:
    chart = chart_of(answer(archive, texts, HistoryQuestion(("qwq-32b",)), "zh_CN"))

    assert chart.frame.title == "Arena 文本榜：评分"
    assert chart.ticks[0].label == "7月6日"
    assert chart.fallback is not None
    assert chart.fallback.frame.title == "Rating on Arena Text"
    assert chart_of(answer(archive, texts, HistoryQuestion(("qwq-32b",)))).fallback is None


def test_a_terminal_has_the_words_and_saves_the_picture(bangdan: Run, tmp_path: Path) -> None:
    done = bangdan("ask", "/history qwq-32b", "--picture", "out.png")

    assert done.returncode == 0, done.stderr
    assert "1333" in done.stdout
    assert done.stderr.strip() == "picture: out.png"
    assert opened((tmp_path / "out.png").read_bytes()).size == (2000, 1200)


def test_a_terminal_says_that_an_answer_has_no_picture(bangdan: Run, tmp_path: Path) -> None:
    done = bangdan("ask", "/boards", "--picture", "out.png")

    assert done.returncode == 1
    assert "no picture" in done.stderr
    assert not (tmp_path / "out.png").exists()
