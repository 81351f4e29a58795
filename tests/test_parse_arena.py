"""Arena pages and releases of every generation, each against figures read off the page by eye."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

import seeds
from store.boards import Catalogue
from store.catalogue import read_catalogue
from store.parse import parse
from store.parse.glue import Glue
from store.values import Code, Coverage, Flag, Measure, Price, Row, Table, Unit

CASES = Path(__file__).parent / "cases" / "boards"


@cache
def catalogue() -> Catalogue:
    return read_catalogue(seeds.FOLDER)


@cache
def read(name: str) -> Table:
    parsed = parse(name, (CASES / name).read_bytes(), catalogue())
    assert not parsed.refused, parsed.problems
    (table,) = parsed.tables
    return table


def row(name: str, model: str) -> Row:
    (found,) = [each for each in read(name).rows if each.name == model]
    return found


def test_the_seed_page_is_read_whole() -> None:
    content = (seeds.FOLDER / "boards" / "arena-text-2025-07-09.md").read_bytes()
    (table,) = parse("arena-text-2025-07-09.md", content, catalogue()).tables
    assert (table.board, table.title, table.score_label) == ("arena-text", "排行榜", "分数")
    assert (table.unit, table.coverage) == (Unit.RATING, Coverage())
    assert table.as_of == datetime(2025, 7, 9, 11, 44, 37, tzinfo=UTC)
    assert [each.position for each in table.rows] == list(range(1, 214))
    assert table.rows[0] == Row(
        position=1,
        name="Gemini-2.5-Pro",
        rank=1,
        rank_style_control=1,
        score=1477,
        low=1472,
        high=1482,
        votes=15769,
        organization="Google",
        license="Proprietary",
        url="http://aistudio.google.com/app/prompts/new_chat?model=gemini-2.5-pro",
    )
    last = table.rows[-1]
    assert (last.name, last.rank, last.rank_style_control, last.cutoff) == ("LLaMA-13B", 212, 210, "2023/2")
    assert (last.score, last.low, last.high, last.votes) == (815, 806, 829, 2446)


def test_2025_01_has_neither_links_nor_licences_and_only_a_day() -> None:
    assert read("arena-text-20250117.md").as_of == datetime(2025, 1, 15, tzinfo=UTC)
    best = row("arena-text-20250117.md", "ChatGPT-4o-latest (2024-11-20)")
    assert (best.rank, best.score, best.low, best.high, best.votes) == (1, 1365, 1362, 1369, 33383)
    assert (best.organization, best.license, best.url, best.cutoff) == ("OpenAI", None, None, None)


@pytest.mark.parametrize(
    "model",
    [
        "Meta-Llama-3.1-405B-Instruct-bf16",
        "InternLM2.5-20B-chat",
        "Snowflake Arctic Instruct",
        "RWKV-4-Raven-14B",
    ],
)
def test_a_name_may_begin_with_its_vendor(model: str) -> None:
    assert row("arena-text-20250117.md", model).name == model


def test_2025_05_prints_votes_without_commas() -> None:
    first = row("arena-text-20250518.md", "gemini-2.5-pro-preview-05-06")
    assert (first.rank, first.rank_style_control, first.votes, first.license) == (1, 1, 4500, "Proprietary")


def test_2025_06_has_a_column_of_links_and_cutoffs() -> None:
    first = row("arena-text-20250605.md", "Gemini-2.5-Pro-Preview-05-06")
    assert first.url == "http://aistudio.google.com/app/prompts/new_chat?model=gemini-2.5-pro-preview-05-06"
    assert (first.cutoff, first.low, first.high) == (None, 1440, 1452)
    assert row("arena-text-20250605.md", "LLaMA-13B").cutoff == "2023/2"
    assert {each.license for each in read("arena-text-20250605.md").rows}.isdisjoint({"Propretary"})


@pytest.mark.parametrize(
    ("model", "organization"),
    [
        ("claude-sonnet-4-5-20250929-thinking-32k", "Anthropic"),
        ("Claude 3.5 Sonnet (10/22)", "Anthropic"),
        ("Meta-Llama-3.1-70B-Instruct", "Meta"),
        ("llama-13b", "Meta"),
        ("RWKV-4-Raven-14B", "RWKV"),
        ("nvidia-llama-3.3-nemotron-super-49b-v1.5", "Nvidia"),
        ("minimax-m1", "MiniMax"),
        ("phi-4", "Microsoft"),
        ("yi-lightning", "01 AI"),
        ("kimi-k2-0905-preview", "Moonshot"),
        ("snowflake-arctic-instruct", "Snowflake"),
        ("openchat-3.5", "OpenChat"),
        ("internlm2_5-20b-chat", "InternLM"),
        ("stablelm-tuned-alpha-7b", "Stability AI"),
        ("deepseek-v3", "DeepSeek"),
        ("mistral-large-2407", "Mistral"),
        ("amazon-nova-pro-v1.0", "Amazon"),
        ("reka-core-20240904", "Reka AI"),
    ],
)
def test_2025_10_logos_are_taken_off_the_names(model: str, organization: str) -> None:
    assert row("arena-text-20251009.md", model).organization == organization


def test_a_day_later_the_same_names_stand_there_without_logos() -> None:
    glued = {each.name for each in read("arena-text-20251009.md").rows}
    plain = {each.name for each in read("arena-text-20251010.md").rows}
    assert plain - glued <= {"gpt-oss-20b", "grok-3-mini-high", "mistral-small-3.1-24b-instruct-2503"}


def test_2025_10_footnotes_are_links() -> None:
    first = row("arena-text-20251010.md", "claude-sonnet-4-5-20250929-thinking-32k")
    assert first.url == "https://www.anthropic.com/news/claude-sonnet-4-5"
    assert (first.score, first.low, first.high, first.votes) == (1448, 1439, 1457, 4415)


def test_2025_12_spreads_have_an_arrow() -> None:
    third = row("arena-text-20251210.md", "claude-opus-4-5-20251101-thinking-32k")
    assert (third.rank, third.best, third.worst) == (3, 2, 6)
    assert (third.score, third.low, third.high) == (1470, 1463, 1477)
    last = read("arena-text-20251210.md").rows[-1]
    assert (last.name, last.best, last.worst) == ("stablelm-tuned-alpha-7b", 279, 281)


def test_2026_02_scores_can_be_preliminary() -> None:
    ernie = row("arena-text-20260208.md", "ernie-5.0-0110")
    assert (ernie.score, ernie.flags) == (1452, frozenset({Flag.PRELIMINARY}))
    assert row("arena-text-20260208.md", "gemini-3-flash (thinking-minimal)").flags == frozenset()


@pytest.mark.parametrize(
    ("model", "organization", "license"),
    [
        ("claude-opus-4-6-thinking", "Anthropic", "Proprietary"),
        ("intellect-3", "Prime Intellect", "MIT"),
        ("tulu-2-dpo-70b", "AllenAI/UW", "AI2 ImpACT Low-risk"),
        ("falcon-180b-chat", "TII", "Falcon-180B TII License"),
        ("grok-4.1", "xAI", "Proprietary"),
        ("RWKV-4-Raven-14B", "RWKV", "Apache 2.0"),
    ],
)
def test_2026_02_vendor_and_licence_stand_behind_the_name(
    model: str, organization: str, license: str
) -> None:
    found = row("arena-text-20260215.md", model)
    assert (found.organization, found.license) == (organization, license)


@pytest.mark.parametrize(
    ("model", "organization", "license"),
    [
        ("intellect-3", None, "MIT"),
        ("stablelm-tuned-alpha-7b", None, "CC-BY-NC-SA-4.0"),
        ("RWKV-4-Raven-14B", None, "Apache 2.0"),
        ("zephyr-orpo-141b-A35b-v0.1", None, "Apache 2.0"),
        ("athene-v2-chat", None, "NexusFlow"),
        ("yi-34b-chat", None, "Yi License"),
        ("internlm2_5-20b-chat", None, "Other"),
        ("inkling", "Thinky", "Apache 2.0"),
        ("grok-4.5", "SpaceXAI", "Proprietary"),
        ("deepseek-v3", "DeepSeek", "DeepSeek"),
        ("mimo-v2-flash (non-thinking)", "Xiaomi", "MIT"),
        ("kimi-k3-max", "Moonshot", "Kimi K3 license"),
        ("llama-13b", "Meta", "Non-commercial"),
    ],
)
def test_2026_07_rows_of_unknown_vendors_end_in_the_licence(
    model: str, organization: str | None, license: str
) -> None:
    found = row("arena-text-20260730.md", model)
    assert (found.organization, found.license) == (organization, license)


@pytest.mark.parametrize(
    ("rank", "best", "worst"),
    [
        (1, 1, 4),
        (4, 3, 10),
        (5, 1, 18),
        (13, 5, 25),
        (17, 12, 32),
        (31, 16, 44),
        (69, 54, 85),
        (381, 380, 381),
    ],
)
def test_2026_07_spreads_run_together_are_parted(rank: int, best: int, worst: int) -> None:
    found = read("arena-text-20260730.md").rows[rank - 1]
    assert (found.rank, found.best, found.worst) == (rank, best, worst)


def test_2026_07_has_prices_and_contexts() -> None:
    found = row("arena-text-20260730.md", "claude-opus-4-6")
    assert (found.price, found.context) == (Price(12.5, "USD", input=2.5), 1_000_000)
    assert (found.score, found.low, found.high, found.votes) == (1497, 1493, 1501, 68516)
    assert row("arena-text-20260730.md", "llama-13b").context is None


def test_2026_08_shows_only_the_top() -> None:
    table = read("arena-text-20260821.md")
    assert (table.board, table.title, table.coverage) == ("arena-text", "前 30 名", Coverage(30))
    assert (table.rows[3].name, table.rows[3].best, table.rows[3].worst) == ("muse-spark-1.2 (xHigh)", 1, 16)
    assert (table.rows[3].score, table.rows[3].low, table.rows[3].high) == (1498, 1488, 1508)


@pytest.mark.parametrize(
    ("name", "board"),
    [
        ("arena-agent-20260820.md", "arena-agent"),
        ("arena-search-20260821.md", "arena-search"),
        ("arena-vision-20260821.md", "arena-vision"),
        ("arena-code-webdev-20260821.md", "arena-webdev"),
        ("arena-text-to-image-20260821.md", "arena-image"),
        ("lmarena_image-20250804.csv", "arena-image"),
        ("lmarena_vision-20250804.csv", "arena-vision"),
    ],
)
def test_each_page_is_known_by_its_heading_or_its_file(name: str, board: str) -> None:
    assert read(name).board == board


def test_agents_are_scored_in_percent_with_intervals() -> None:
    table = read("arena-agent-20260820.md")
    assert (table.score_label, table.unit) == ("净改进率", Unit.PERCENT)
    first = table.rows[0]
    assert (first.name, first.votes) == ("Claude Opus 5 (High)", None)
    assert (first.score, first.low, first.high) == (12.47, 10.93, 14.01)
    assert first.measures == {
        "确认成功率": Measure(15.41, Unit.PERCENT, 12.25, 18.57),
        "赞踩比": Measure(20.52, Unit.PERCENT, 14.93, 26.11),
        "可控性": Measure(11.15, Unit.PERCENT, 8.17, 14.13),
        "Bash 恢复率": Measure(14.23, Unit.PERCENT, 13.42, 15.04),
        "工具幻觉率": Measure(1.04, Unit.PERCENT, 0.87, 1.21),
        "会话数": Measure(19787, Unit.COUNT),
    }


def test_a_row_without_link_among_linked_ones_is_glued() -> None:
    last = read("arena-agent-20260820.md").rows[-1]
    assert (last.name, last.organization, last.license) == ("Qwen3.7 Max", "Alibaba", "Proprietary")
    dated = row("arena-agent-20260820.md", "DeepSeek V4 Pro (High) (0813)")
    assert (dated.organization, dated.license, dated.url) == ("DeepSeek", "MIT", None)


@pytest.mark.parametrize("logo", ["Reflection", "Reflection AI", "ReflectionAI"])
def test_a_logo_of_a_vendor_that_nobody_knows_may_say_that_it_does_ai(logo: str) -> None:
    cell = f"{logo}reflect-1Reflection · MIT"
    cells = (cell, "Anthropicclaude-opus-5Anthropic · Proprietary")
    found = Glue(catalogue(), cells).part(cell, None)

    assert (found.name, found.organization, found.license) == ("reflect-1", "Reflection", "MIT")


def test_a_doubled_plus_is_one() -> None:
    third = read("arena-code-webdev-20260821.md").rows[2]
    assert (third.name, third.score, third.low, third.high) == ("qwen3.8-max", 1669, 1656, 1682)
    assert third.flags == {Flag.PRELIMINARY}


def test_brackets_that_are_no_footnote_stay() -> None:
    names = [each.name for each in read("arena-text-to-image-20260821.md").rows]
    assert "gemini-3.1-flash-image (nano-banana-2) [web-search]" in names


def test_contexts_are_counted_in_tokens() -> None:
    assert row("arena-vision-20260821.md", "kimi-k2.6").context == 262_100


def test_releases_have_one_header_or_another() -> None:
    oldest = read("lmsys-20240619.csv")
    assert (oldest.board, oldest.score_label, oldest.unit) == ("arena-text", "arena_elo", Unit.RATING)
    assert oldest.as_of == datetime(2024, 6, 19, tzinfo=UTC)
    assert (oldest.rows[0].name, oldest.rows[0].cutoff) == ("GPT-4o-2024-05-13", "2023/10")
    assert read("lmsys-2024Q4.csv").as_of is None
    newer = row("lmarena_text-20250804.csv", "GLM-4.5")
    assert (newer.rank, newer.rank_style_control, newer.score, newer.votes) == (3, 2, 1434, 4112)
    assert row("lmarena_image-20250804.csv", "FLUX.1 [dev] (fp8)").license == "Open"


def test_a_mere_repetition_is_kept_once_with_a_note() -> None:
    name = "lmarena_text-20250804.csv"
    parsed = parse(name, (CASES / name).read_bytes(), catalogue())
    assert [(each.code, each.found) for each in parsed.problems] == [(Code.REPEATED, "Yi-34B-Chat")]
    twice = row(name, "Yi-34B-Chat")
    assert (twice.rank, twice.score, twice.flags) == (200, 1134, frozenset({Flag.REPEATED}))
