"""The commands, asked by people in a make-believe Discord (simcord), over the shipped boards."""

from __future__ import annotations

from typing import Any

import pytest
import simcord
from simcord import InteractionResult, ResponseMessage
from sqlalchemy import text

from bot.client import Bangdan
from bot.texts import Texts
from store.archive import Archive
from store.database import writing
from tests.conftest import SETTLING, World


def message_of(result: InteractionResult) -> ResponseMessage:
    """Return the message that answers."""
    assert result.response is not None, "there was no answer"
    return result.response


def text_of(result: InteractionResult) -> str:
    """Return all that an answer's embed says."""
    embed = message_of(result).embeds[0]
    parts = [embed.title, embed.description, embed.footer.text]
    parts += [part for field in embed.fields for part in (field.name, field.value)]
    return "\n".join(part for part in parts if part)


def controls_of(result: InteractionResult) -> list[dict[str, Any]]:
    return [each for row in message_of(result).components for each in row["components"]]


def menu_of(result: InteractionResult, slot: str) -> dict[str, Any]:
    """Return the menu of an answer that has something to choose for `slot`."""
    return next(each for each in controls_of(result) if f":{slot}:" in each["custom_id"])


async def test_rank_tells_where_a_model_stands_on_every_board_that_has_it(world: World) -> None:
    answer = await world.alice.slash(world.channel, "rank", model="qwq-32b")

    said = text_of(answer)
    for told in (
        "QwQ-32B",
        "Arena Text",
        "#28 (UB) · #38 (StyleCtrl)",
        "1333 +4/-5",
        "18,386 votes",
        "Alibaba · Apache 2.0",
        "ReLE open-source",
        "#3",
        "78.0",
        "62.5  #3  Law 法律",
    ):
        assert told in said
    assert answer.response.embeds[0].url == "https://huggingface.co/Qwen/QwQ-32B"
    assert not answer.response.ephemeral
    assert [each["placeholder"] for each in controls_of(answer)] == ["Another board?", "Another day?"]


async def test_rank_on_one_board_leaves_the_others_out(world: World) -> None:
    answer = await world.alice.slash(world.channel, "rank", model="qwq-32b", board="rele-open")

    assert [field.name for field in answer.response.embeds[0].fields] == ["ReLE open-source"]


async def test_rank_on_a_board_that_does_not_list_the_model_says_so(world: World) -> None:
    answer = await world.alice.slash(world.channel, "rank", model="qwq-32b", board="20b")

    assert "not on that board" in text_of(answer)


async def test_rank_by_a_day_answers_from_history(world: World) -> None:
    answer = await world.alice.slash(world.channel, "rank", model="qwq-32b", date="2025-07-06")

    assert "1334 +4/-5" in text_of(answer)
    assert "Jul 6, 2025, 11:41 UTC" in text_of(answer)
    assert "days old" not in text_of(answer), "a day that was asked for is not stale"


async def test_rank_before_the_first_page_says_that_there_is_none(world: World) -> None:
    answer = await world.alice.slash(world.channel, "rank", model="qwq-32b", board="arena", date="2024-01-01")

    assert "No dated page of this board is stored up to Jan 1, 2024" in text_of(answer)
    assert answer.response.ephemeral


async def test_an_ambiguous_name_is_answered_with_the_likeliest_and_a_menu_of_the_others(
    world: World,
) -> None:
    answer = await world.alice.slash(world.channel, "rank", model="gpt-4o")

    assert answer.response.embeds[0].title == "GPT-4o-2024-05-13"
    menu = controls_of(answer)[0]
    assert [option["label"] for option in menu["options"]] == [
        "GPT-4o-2024-05-13",
        "GPT-4o-2024-08-06",
        "ChatGPT-4o-latest (2025-03-26)",
        "GPT-4o-mini-2024-07-18",
    ]
    assert menu["options"][0]["description"] == "#48 on Arena Text"

    mini = menu["options"][3]["value"]
    await world.alice.select(message_of(answer), [mini], custom_id=menu["custom_id"])

    assert answer.response.embeds[0].title == "GPT-4o-mini-2024-07-18"
    menu = controls_of(answer)[0]
    assert [option["label"] for option in menu["options"] if option.get("default")] == [
        "GPT-4o-mini-2024-07-18"
    ]
    assert len(menu["options"]) == 4, "the first reading can be chosen again"


@pytest.mark.parametrize(
    "typed", ["gpt-9", "qwen9 72b", "llama 3.3 700b", "教育", "zzzzzz", "🦙", "x" * 2000]
)
async def test_an_unknown_name_is_refused_privately_and_never_answered_with_another_model(
    world: World, typed: str
) -> None:
    answer = await world.alice.slash(world.channel, "rank", model=typed)

    assert "I know no model called" in text_of(answer)
    assert answer.response.ephemeral
    assert answer.response.embeds[0].title is None


async def test_an_unknown_name_comes_with_suggestions(world: World) -> None:
    answer = await world.alice.slash(world.channel, "rank", model="gpt-9")

    assert "Did you mean" in text_of(answer)
    assert "• GPT-4.5-Preview" in text_of(answer)


async def test_top_without_anything_shows_the_arena(world: World) -> None:
    answer = await world.alice.slash(world.channel, "top")

    embed = answer.response.embeds[0]
    assert embed.title == "Arena Text"
    lines = embed.description.split("\n")
    assert len(lines) == 10
    assert lines[0].startswith("`  #1` 🥇 **[Gemini-2.5-Pro](http://aistudio.google.com/")
    assert "**1477 +5/-5** · Google" in lines[0]
    assert "full board, 213 models" in (embed.footer.text or "")
    assert "CC-BY-4.0" in (embed.footer.text or "")


@pytest.mark.parametrize("field", ["法律", "law", "legal", "LAW", "法律领域", "leagl"])
async def test_top_finds_a_domain_by_any_of_its_words(world: World, field: str) -> None:
    answer = await world.alice.slash(world.channel, "top", field=field)

    embed = answer.response.embeds[0]
    assert embed.title == "Law 法律 · ReLE open-source"
    lines = embed.description.split("\n")
    for line, name, score in zip(
        lines,
        ("hunyuan-large", "DeepSeek-R1", "qwq-32b", "GLM-Z1-32B-0414", "deepseek-chat-v3-0324"),
        ("83.2", "74.8", "62.5", "62.2", "61.5"),
        strict=False,
    ):
        assert f"**{name}** **{score}**" in line


@pytest.mark.parametrize("field", ["Arena", "竞技场", "text", "arena-text"])
async def test_top_takes_a_board_for_a_field(world: World, field: str) -> None:
    answer = await world.alice.slash(world.channel, "top", field=field)

    assert answer.response.embeds[0].title == "Arena Text"


@pytest.mark.parametrize(
    ("typed", "title", "first"),
    [
        ("阿里", "Arena Text · Alibaba", "Qwen3-235B-A22B-no-thinking"),
        ("alibaba", "Arena Text · Alibaba", "Qwen3-235B-A22B-no-thinking"),
        ("Anthropc", "Arena Text · Anthropic", "Claude Opus 4 (20250514)"),
        ("open source", "Arena Text · open models", "DeepSeek-R1-0528"),
        ("开源", "Arena Text · open models", "DeepSeek-R1-0528"),
        ("proprietary", "Arena Text · proprietary models", "Gemini-2.5-Pro"),
    ],
)
async def test_top_takes_a_vendor_or_a_licence_and_keeps_the_places_of_the_whole_board(
    world: World, typed: str, title: str, first: str
) -> None:
    answer = await world.alice.slash(world.channel, "top", field=typed)

    assert answer.response.embeds[0].title == title
    line = answer.response.embeds[0].description.split("\n")[0]
    assert f"[{first}]" in line
    place = (await world.alice.slash(world.channel, "rank", model=first, board="arena")).response.embeds[0]
    rank = place.fields[0].value.split("**")[1].split(" ")[0]
    assert f"{rank}`" in line


async def test_a_vendor_is_paged_and_asked_of_another_board_like_any_field(world: World) -> None:
    answer = await world.alice.slash(world.channel, "top", field="阿里", board="rele-open", count=3)
    forward = controls_of(answer)[3]
    await world.alice.click(message_of(answer), custom_id=forward["custom_id"])

    embed = answer.response.embeds[0]
    assert embed.title == "ReLE open-source · Alibaba"
    assert all("Alibaba" in line for line in embed.description.split("\n"))
    assert next(each["label"] for each in controls_of(answer) if each.get("label")) == "2 / 3"


async def test_models_of_which_the_board_does_not_tell_are_counted(world: World) -> None:
    table = "|排名|大模型|总分|机构|\n|---|---|---|---|\n|1|a-7b|80|阿里巴巴|\n|2|b-7b|70|/|\n"
    world.archive.intake.add("x.md", f"# 5B以下开源大模型排行榜\n\n{table}".encode(), "test")
    answer = await world.alice.slash(world.channel, "top", field="阿里", board="5B以下")

    assert "left out: 1 model of which the board tells no vendor" in text_of(answer)


async def test_top_can_be_asked_of_another_board_by_option_or_by_menu(world: World) -> None:
    by_option = await world.alice.slash(world.channel, "top", field="法律", board="20b")
    by_menu = await world.alice.slash(world.channel, "top", field="法律")
    menu = menu_of(by_menu, "board")
    other = next(each["value"] for each in menu["options"] if not each["default"])
    await world.alice.select(message_of(by_menu), [other], custom_id=menu["custom_id"])

    assert by_option.response.embeds[0].title == "Law 法律 · ReLE open-source over 20B"
    assert text_of(by_menu) == text_of(by_option)


async def test_top_pages_through_the_whole_board_without_losing_a_model(world: World) -> None:
    answer = await world.alice.slash(world.channel, "top", count=25)
    seen: list[str] = []
    for page in range(9):
        seen += answer.response.embeds[0].description.split("\n")
        label = next(each["label"] for each in controls_of(answer) if each.get("label"))
        assert label == f"{page + 1} / 9"
        forward = controls_of(answer)[3]
        assert forward["disabled"] == (page == 8)
        if page < 8:
            await world.alice.click(message_of(answer), custom_id=forward["custom_id"])

    assert len(seen) == len(set(seen)) == 213


@pytest.mark.parametrize("count", [0, -1, 26, 10**9])
async def test_a_count_out_of_range_is_refused_with_the_range(world: World, count: int) -> None:
    answer = await world.alice.slash(world.channel, "top", count=count)

    assert "choose a number from 1 to 25" in text_of(answer)
    assert answer.response.ephemeral


@pytest.mark.parametrize("field", ["cooking", "", "🍜", "x" * 500, "@everyone"])
async def test_an_unknown_field_is_refused_and_pointed_to_the_boards(world: World, field: str) -> None:
    answer = await world.alice.slash(world.channel, "top", field=field)

    assert "No board and no domain" in text_of(answer)
    assert "`/boards`" in text_of(answer)
    assert answer.response.ephemeral


@pytest.mark.parametrize(
    ("field", "title", "near"),
    [
        ("文生图", "Arena Text-to-Image", []),
        ("coding", "Coding", []),
        ("法律与行政公务", "Law and administration", ["Law", "Administration"]),
    ],
)
async def test_a_known_field_of_which_nothing_is_stored_says_so_with_what_comes_near(
    world: World, field: str, title: str, near: list[str]
) -> None:
    answer = await world.alice.slash(world.channel, "top", field=field)

    assert f"I know {title}, but nothing is stored of it yet" in text_of(answer)
    assert all(f"• {each}" in text_of(answer) for each in near)
    assert answer.response.ephemeral


async def test_a_domain_that_the_board_does_not_score_is_refused_with_where_it_is(world: World) -> None:
    answer = await world.alice.slash(world.channel, "top", field="法律", board="arena")

    assert "Arena Text does not score Law. These do:" in text_of(answer)
    assert "• ReLE open-source over 20B" in text_of(answer)


async def test_what_is_no_board_is_refused_with_all_there_are(world: World) -> None:
    answer = await world.alice.slash(world.channel, "rank", model="qwq-32b", board="法律")

    assert "There is no board `法律`" in text_of(answer)
    assert "• Arena Text" in text_of(answer)


async def test_a_model_that_left_a_board_is_told_with_when_it_was_last_seen(world: World) -> None:
    table = "|排名(UB)|模型名|分数|\n|---|---|---|\n|1|stayer-7b|1500|\n"
    for day, leaver in (("2026-01-01", "|2|leaver-9b|1400|\n"), ("2026-01-02", "")):
        page = f"# 搜索榜单\n\n> 更新时间: {day}\n\n{table}{leaver}"
        world.archive.intake.add("x.md", page.encode(), "test")
    answer = await world.alice.slash(world.channel, "rank", model="leaver-9b")

    assert "last seen on Jan 1, 2026" in text_of(answer)


async def test_a_menu_does_not_compare_a_model_with_itself(world: World) -> None:
    answer = await world.alice.slash(world.channel, "compare", first="gpt-4o", second="gpt-4o-mini")
    menu = next(each for each in controls_of(answer) if "options" in each)
    mini = next(each["value"] for each in menu["options"] if "mini" in each["label"])
    chosen = await world.alice.select(message_of(answer), [mini], custom_id=menu["custom_id"])

    assert "is the same model" in text_of(chosen)
    assert answer.response.embeds[0].title == "GPT-4o-2024-05-13 vs GPT-4o-mini-2024-07-18"


async def test_boards_that_are_added_while_it_runs_are_known_to_the_next_command(
    archive: Archive, texts: Texts
) -> None:
    async with simcord.run(
        Bangdan(archive, texts, freshness=0), shard_count=1, settle_timeout=SETTLING
    ) as env:
        guild = env.create_guild("Team")
        channel = guild.create_text_channel("models")
        alice = guild.add_member(env.create_user("alice"))
        table = "|排名|大模型|总分|\n|---|---|---|\n|1|newcomer-9b|80|\n"
        archive.intake.add("x.md", f"# 5B以下开源大模型排行榜\n\n{table}".encode(), "test")
        answer = await alice.slash(channel, "rank", model="newcomer 9b")

        assert answer.response.embeds[0].title == "newcomer-9b"


async def test_nothing_that_is_sent_can_mention_anybody(world: World) -> None:
    assert world.env.bot.allowed_mentions.to_dict() == {"parse": []}


async def test_compare_puts_models_side_by_side_with_the_expected_win_rate(world: World) -> None:
    answer = await world.alice.slash(world.channel, "compare", first="deepseek-r1", second="gpt-4o")

    said = text_of(answer)
    assert answer.response.embeds[0].title == "DeepSeek-R1 vs GPT-4o-2024-05-13"
    assert "1374 +3/-5" in said
    assert "1301 +2/-2" in said
    # 1 / (1 + 10 ** (-73 / 400)) = 0.6036
    assert "Expected win rate of DeepSeek-R1 over GPT-4o-2024-05-13: **60 %** (73 points ahead)." in said
    assert "tied" not in said


async def test_compare_calls_overlapping_intervals_a_tie(world: World) -> None:
    answer = await world.alice.slash(
        world.channel, "compare", first="ChatGPT-4o-latest (2025-03-26)", second="o3-2025-04-16"
    )

    assert "statistically tied" in text_of(answer)


async def test_compare_marks_the_better_in_every_domain(world: World) -> None:
    answer = await world.alice.slash(world.channel, "compare", first="qwq-32b", second="hunyuan-large")

    said = text_of(answer)
    assert "62.5   83.2▲  Law 法律" in said
    assert "86.1▲  83.3   Education 教育" in said


async def test_compare_says_plainly_when_no_board_has_both(world: World) -> None:
    answer = await world.alice.slash(
        world.channel, "compare", first="hunyuan-large", second="Claude Opus 4 (20250514)"
    )

    said = text_of(answer)
    assert "No board lists two of these models" in said
    assert "hunyuan-large: ReLE open-source" in said
    assert "Claude Opus 4 (20250514): Arena Text" in said


async def test_compare_takes_four_and_lets_each_ambiguous_name_be_changed(world: World) -> None:
    answer = await world.alice.slash(
        world.channel, "compare", first="gpt-4o", second="gemini 1.5", third="o1-mini", fourth="qwq-32b"
    )
    menus = [each for each in controls_of(answer) if "options" in each]
    await world.alice.select(
        message_of(answer), [menus[1]["options"][1]["value"]], custom_id=menus[1]["custom_id"]
    )

    titles = answer.response.embeds[0].title.split(" vs ")
    assert titles[0] == menus[0]["options"][0]["label"]
    assert titles[1] == menus[1]["options"][1]["label"]
    assert titles[2:] == ["o1-mini", "QwQ-32B"]
    told = [each["placeholder"] for each in controls_of(answer) if "options" in each]
    assert told == ["Another model?", "Another model?", "Another day?"]


async def test_compare_refuses_a_model_with_itself(world: World) -> None:
    answer = await world.alice.slash(world.channel, "compare", first="QwQ-32B", second="qwq 32b")

    assert "same model" in text_of(answer)
    assert answer.response.ephemeral


async def test_boards_lists_what_is_stored_with_dates_sources_and_licences(world: World) -> None:
    said = text_of(await world.alice.slash(world.channel, "boards"))

    assert "3 boards are stored" in said
    assert "Jul 9, 2025, 11:44 UTC · full board, 213 models" in said
    assert "undated · full board, 43 models" in said
    assert "licence: CC-BY-4.0" in said
    assert "Medicine 医疗" in said


async def test_about_explains_the_columns_and_names_the_sources(world: World) -> None:
    said = text_of(await world.alice.slash(world.channel, "about"))

    for told in ("StyleCtrl", "95 %", "CC-BY-4.0", "arXiv 2601.17399", "without warranty", "computed by us"):
        assert told in said


async def test_buttons_belong_to_whoever_asked(world: World) -> None:
    answer = await world.alice.slash(world.channel, "top")
    before = text_of(answer)
    pressed = await world.bob.click(message_of(answer), custom_id=controls_of(answer)[3]["custom_id"])

    assert "belong to whoever asked" in text_of(pressed)
    assert pressed.response.ephemeral
    assert text_of(answer) == before


async def test_buttons_work_after_the_bot_was_restarted(world: World, texts: Texts) -> None:
    answer = await world.alice.slash(world.channel, "top", field="法律")
    await world.env.restart_bot(Bangdan(world.archive, texts, shard_count=1))
    await world.alice.click(message_of(answer), custom_id=controls_of(answer)[3]["custom_id"])

    assert answer.response.embeds[0].description.startswith("`#11`")


async def test_every_name_is_completed_while_it_is_typed(world: World) -> None:
    names = await world.alice.autocomplete(world.channel, "rank", "model", "qwq")
    fields = await world.alice.autocomplete(world.channel, "top", "field", "法")
    boards = await world.alice.autocomplete(world.channel, "rank", "board", "are")
    everything = await world.alice.autocomplete(world.channel, "compare", "first", "")

    assert [each["name"] for each in names] == ["QwQ-32B", "QwQ-32B-Preview"]
    assert [each["name"] for each in fields] == ["Law 法律"]
    assert [each["name"] for each in boards] == ["Arena Text"]
    assert len(everything) == 25


@pytest.mark.parametrize("table", ["standings", "sightings"])
async def test_a_database_that_is_gone_is_told_kindly_and_logged(
    world: World, caplog: pytest.LogCaptureFixture, table: str
) -> None:
    with writing(world.archive.engine) as connection:
        connection.execute(text(f"DROP TABLE {table}"))
    answer = await world.alice.slash(world.channel, "top")

    assert "database cannot be reached" in text_of(answer)
    assert answer.response.ephemeral
    assert "Traceback" not in text_of(answer)
    assert "database unavailable" in caplog.text
    assert not any(each.exc_info for each in caplog.records if each.name.startswith("bot."))


async def test_an_old_message_says_that_its_buttons_are_over(world: World) -> None:
    answer = await world.alice.slash(world.channel, "rank", model="gpt-4o")
    with writing(world.archive.engine) as connection:  # a database made anew has other models
        connection.execute(text("UPDATE models SET key = 'other-' || key WHERE key LIKE 'gpt-4o-mini%'"))
        connection.execute(text("UPDATE sightings SET id = id + 1000"))
    await world.env.restart_bot(Bangdan(world.archive, Texts.load(), shard_count=1))
    menu = controls_of(answer)[0]
    mini = menu["options"][3]["value"]
    pressed = await world.alice.select(message_of(answer), [mini], custom_id=menu["custom_id"])

    assert "too old for its buttons" in text_of(pressed)
    assert answer.response.embeds[0].title == "GPT-4o-2024-05-13"
