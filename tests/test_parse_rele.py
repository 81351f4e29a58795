"""ReLE boards of every generation: what is typed by its value, what is missing, what is no board."""

from functools import cache
from pathlib import Path

import pytest

import seeds
from store.boards import Catalogue
from store.catalogue import read_catalogue
from store.parse import parse
from store.values import Code, Coverage, Flag, Measure, Parsed, Price, Row, Table, Unit

CASES = Path(__file__).parent / "cases" / "boards"


@cache
def catalogue() -> Catalogue:
    return read_catalogue(seeds.FOLDER)


def parse_text(text: str, name: str = "README.md") -> Parsed:
    return parse(name, text.encode(), catalogue())


@cache
def read(name: str) -> Table:
    parsed = parse(name, (CASES / f"rele-{name}").read_bytes(), catalogue())
    assert not parsed.problems
    (table,) = parsed.tables
    return table


def row(name: str, model: str) -> Row:
    (found,) = [each for each in read(name).rows if each.name == model]
    return found


@pytest.mark.parametrize(
    ("name", "board", "rows"), [("rele-open.md", "rele-open", 43), ("rele-open-20b.md", "rele-open-20b", 15)]
)
def test_the_seeds_are_read_whole(name: str, board: str, rows: int) -> None:
    parsed = parse(name, (seeds.FOLDER / "boards" / name).read_bytes(), catalogue())
    (table,) = parsed.tables
    assert (table.board, len(table.rows), table.as_of, parsed.problems) == (board, rows, None, ())
    assert [each.rank for each in table.rows] == list(range(1, rows + 1))


def test_a_row_of_an_aggregate_board() -> None:
    content = (seeds.FOLDER / "boards" / "rele-open.md").read_bytes()
    (table,) = parse("rele-open.md", content, catalogue()).tables
    fourth = table.rows[3]
    assert (fourth.name, fourth.flags) == ("deepseek-chat-v3-0324", {Flag.NEW})
    assert (fourth.score, fourth.size, fourth.organization) == (77.4, 671, "深度求索")
    assert fourth.measures["心理健康"] == Measure(64.6, Unit.POINTS)
    assert len(fourth.measures) == 8


def test_a_price_stands_in_the_column_of_categories() -> None:
    content = (seeds.FOLDER / "boards" / "rele-open-20b.md").read_bytes()
    (table,) = parse("rele-open-20b.md", content, catalogue()).tables
    first = table.rows[0]
    assert (first.name, first.price, first.flags) == ("DeepSeek-R1", Price(16, "CNY"), {Flag.TRY_IT})
    assert first.url == "https://easyllm.site/static/modelcompare.html?type=open-source"
    yi = next(each for each in table.rows if each.name == "Yi-1.5-34B-Chat")
    assert (yi.score, yi.price) == (66.0, Price(1.26, "CNY"))
    assert yi.measures["医疗"] == Measure(None, Unit.POINTS), "the board has the column, and nothing in it"


@pytest.mark.parametrize(
    ("name", "rows", "label", "measures"),
    [
        ("2024-05-08_README_各项能力评分_ragged.md", 9, "综合能力", 4),
        ("2024-10-20_alldata_ragged.md", 20, "综合能力", 6),
        ("2025-02-22_middle-school-math_subcolumns.md", 10, "初中数学", 3),
        ("2025-04-05_医疗.md", 13, "医疗", 0),
        ("2025-04-05_opensource1_8domains.md", 8, "总分", 8),
        ("2025-11-02_总分.md", 10, "【总分】准确率", 3),
    ],
)
def test_every_generation_has_its_score_and_ranks(name: str, rows: int, label: str, measures: int) -> None:
    table = read(name)
    assert (table.score_label, len(table.rows)) == (label, rows)
    assert [each.rank for each in table.rows] == list(range(1, rows + 1))
    scores = [each.score for each in table.rows if each.score is not None]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) == rows
    assert max(len(each.measures) for each in table.rows) == measures


def test_the_cell_beyond_the_header_is_the_rank() -> None:
    second = row("2024-10-20_alldata_ragged.md", "yi-lightning")
    assert (second.rank, second.score, second.flags) == (2, 93.0, {Flag.COMMERCIAL, Flag.NEW})
    assert second.measures["分类能力"] == Measure(94, Unit.POINTS)


def test_percent_signs_are_read_as_printed() -> None:
    table = read("2026-09-26_commerce1.md")
    assert table.unit is Unit.PERCENT
    kimi = row("2026-09-26_commerce1.md", "kimi-k3")
    assert (kimi.score, kimi.price, kimi.flags) == (75.6, Price(100, "CNY"), {Flag.NEW})
    assert kimi.measures["coding"] == Measure(70.3, Unit.PERCENT)


def test_times_tokens_and_costs_are_measures() -> None:
    first = row("2026-09-26_总分.md", "kimi-k3")
    assert first.measures == {
        "平均耗时": Measure(80, Unit.SECONDS),
        "平均消耗token": Measure(1962, Unit.TOKENS),
        "花费/千次（元）": Measure(172.4, Unit.YUAN),
    }
    assert (first.price, first.flags) == (None, {Flag.OPEN, Flag.NEW})
    untimed = row("2025-11-02_总分.md", "qwen-plus-think-2025-07-28")
    assert untimed.measures["平均耗时"] == Measure(None, Unit.SECONDS)


def test_a_rank_beside_a_missing_score_is_dropped() -> None:
    table = read("2025-11-03_数独.md")
    missing = [each for each in table.rows if each.score is None]
    assert missing
    assert all(each.rank is None and Flag.MAYBE_ZERO in each.flags for each in missing)
    assert row("2025-11-03_数独.md", "doubao-seed-1-6-lite-251015").rank == 26


def test_the_page_of_two_other_boards_has_no_ranks() -> None:
    table = read("2025-11_LMArena+AA.md")
    assert (table.score_label, len(table.rows)) == ("AA-Intelligence", 37)
    mini = row("2025-11_LMArena+AA.md", "o3-mini-high")
    assert (mini.rank, mini.score, mini.measures["AA-Math"].value) == (None, 50.8, None)
    assert mini.measures["LMArena-WebDev"].value == 1137


def test_full_width_brackets_of_names_stay() -> None:
    low = row("2026-09_图片生成_v0.2.md", "gpt-image-2（low）")
    assert (low.score, low.rank) == (91.7, 1)
    assert low.measures["平均花费（元）"] == Measure(0.046, Unit.YUAN)
    assert low.measures["平均耗时"] == Measure(59.3, Unit.SECONDS)


def test_a_quoted_board_is_none() -> None:
    name = "rele-2026-09-26_README_表格总结_blockquote_trap.md"
    parsed = parse(name, (CASES / name).read_bytes(), catalogue())
    assert [each.code for each in parsed.problems] == [Code.NO_TABLE]


README = """\
# 榜单

| 仓库 | stars |
|---|---|
| a/b | 100 |

| 大模型 | 机构 | 输出价格 |
|---|---|---|
| gpt-4o | OpenAI | 70元 |

```
| 排名 | 大模型 | 总分 |
|---|---|---|
| 1 | no-board | 99 |
```

### （3）20B以上开源大模型排行榜
|排名|大模型|总分|
|---|---|---|
|1|a|9.5|
|2|b|/|

### 2.1 医疗
|类别|大模型|医疗|排名|
|---|---|---|---|
|商用|c|９０．５|1|
|开源|d（low）|-|2|
|……|……|……|……|

完整排行榜见[医疗](leaderboard/医疗.md)<br>
"""


def test_a_document_can_hold_several_boards_among_other_tables() -> None:
    parsed = parse_text(README)
    assert parsed.problems == ()
    open_models, medical = parsed.tables
    assert (open_models.board, open_models.title, open_models.line) == (
        "rele-open-20b",
        "（3）20B以上开源大模型排行榜",
        18,
    )
    assert [(each.name, each.rank, each.score) for each in open_models.rows] == [
        ("a", 1, 9.5),
        ("b", None, None),
    ]
    assert (medical.board, medical.score_label, medical.coverage) == (None, "医疗", Coverage(2))
    assert [(each.name, each.score) for each in medical.rows] == [("c", 90.5), ("d（low）", None)]


def test_a_table_given_twice_is_kept_once() -> None:
    board = README[README.index("### （3）") : README.index("### 2.1")]
    parsed = parse_text(board + board)
    assert [each.code for each in parsed.problems] == [Code.REPEATED]
    assert len(parsed.tables) == 1


def test_a_board_that_contradicts_itself_is_refused() -> None:
    board = README[README.index("### （3）") : README.index("### 2.1")]
    parsed = parse_text(board + board.replace("9.5", "9.6"))
    assert [(each.code, each.found) for each in parsed.problems] == [(Code.CONFLICT, "a")]
    assert parsed.tables == ()
