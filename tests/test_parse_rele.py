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
    assert (fourth.name, fourth.flags) == ("deepseek-chat-v3-0324", frozenset({Flag.NEW}))
    assert (fourth.score, fourth.size, fourth.organization) == (77.4, 671, "深度求索")
    assert fourth.measures["心理健康"] == Measure(64.6, Unit.POINTS)
    assert len(fourth.measures) == 8


def test_a_price_stands_in_the_column_of_categories() -> None:
    content = (seeds.FOLDER / "boards" / "rele-open-20b.md").read_bytes()
    (table,) = parse("rele-open-20b.md", content, catalogue()).tables
    first = table.rows[0]
    assert (first.name, first.price, first.flags) == (
        "DeepSeek-R1",
        Price(16, "CNY"),
        frozenset({Flag.TRY_IT}),
    )
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
    assert (second.rank, second.score, second.flags) == (2, 93.0, frozenset({Flag.COMMERCIAL, Flag.NEW}))
    assert second.measures["分类能力"] == Measure(94, Unit.POINTS)


def test_percent_signs_are_read_as_printed() -> None:
    table = read("2026-09-26_commerce1.md")
    assert table.unit is Unit.PERCENT
    kimi = row("2026-09-26_commerce1.md", "kimi-k3")
    assert (kimi.score, kimi.price, kimi.flags) == (75.6, Price(100, "CNY"), frozenset({Flag.NEW}))
    assert kimi.measures["coding"] == Measure(70.3, Unit.PERCENT)


def test_times_tokens_and_costs_are_measures() -> None:
    first = row("2026-09-26_总分.md", "kimi-k3")
    assert first.measures == {
        "平均耗时": Measure(80, Unit.SECONDS),
        "平均消耗token": Measure(1962, Unit.TOKENS),
        "花费/千次（元）": Measure(172.4, Unit.YUAN),
    }
    assert (first.price, first.flags) == (None, frozenset({Flag.OPEN, Flag.NEW}))
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
    assert (medical.board, medical.score_label, medical.coverage) == (
        "rele-medical",
        "医疗",
        Coverage(2),
    )
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


def test_a_name_that_begins_with_its_vendor_stays_whole() -> None:
    header = "类别|机构|大模型|【数独】准确率|平均耗时|平均消耗token|花费/千次（元）|排名（准确率）"
    found = only_row(header, "商用|360|360zhinao2-o1|37.5%|275s|12396|123.2|40")
    assert (found.name, found.organization) == ("360zhinao2-o1", "360")
    assert only_row("大模型|机构|总分", "阿里qwen-max|阿里|50").name == "阿里qwen-max"


@pytest.mark.parametrize(
    "noise",
    [
        "|排名|仓库|Stars|\n|-|-|-|\n|1|a/b|1000|\n",
        "|项目|大模型|Stars|排名|\n|-|-|-|-|\n|a/b|qwen|1000|1|\n",
        "|大模型|机构|输入价格|输出价格|\n|-|-|-|-|\n|gpt-4o|OpenAI|17.5元|70元|\n",
        "|类别|机构|大模型|\n|-|-|-|\n|商用|百度|ERNIE-4.0|\n",
        "|大模型|教育|医疗|\n|-|-|-|\n|gpt-4o|[x](a)|[y](b)|\n",
        "|大模型|分类|数据分析|备注|\n|-|-|-|-|\n|gpt-4o|商用|无|x|\n",
        "|榜单|链接|\n|-|-|\n|教育|[教育](leaderboard/教育.md)|\n",
        "|大模型|上下文长度|参数量|发布时间|\n|-|-|-|-|\n|glm|32K|9B|2024-06|\n",
    ],
)
def test_tables_that_are_no_boards_are_passed_over(noise: str) -> None:
    parsed = parse_text(f"## 大模型\n\n{noise}\n{README[README.index('### （3）') :]}")
    assert parsed.problems == ()
    assert [table.board for table in parsed.tables] == ["rele-open-20b", "rele-medical"]


def only_row(header: str, cells: str) -> Row:
    delimiters = "|".join("-" for _ in header.split("|"))
    parsed = parse_text(f"|{header}|\n|{delimiters}|\n|{cells}|\n")
    assert parsed.problems == ()
    return parsed.tables[0].rows[0]


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [("179.8s", 179.8), ("37 秒", 37), ("3m20s", 200), ("1.2min", 72), ("2分30秒", 150), ("37", 37)],
)
def test_times_are_seconds(cell: str, seconds: float) -> None:
    found = only_row("大模型|准确率|平均耗时|平均消耗token", f"x|50%|{cell}|1")
    assert found.measures["平均耗时"] == Measure(seconds, Unit.SECONDS)


@pytest.mark.parametrize(("cell", "tokens"), [("2,162", 2162), ("2.1k", 2100), ("1.2万", 12000)])
def test_tokens_are_counted(cell: str, tokens: int) -> None:
    found = only_row("大模型|准确率|平均耗时|平均消耗token", f"x|50%|1s|{cell}")
    assert found.measures["平均消耗token"] == Measure(tokens, Unit.TOKENS)


@pytest.mark.parametrize(
    ("heading", "cell", "price"),
    [
        ("输出价格", "16元", Price(16, "CNY")),
        ("输出价格（元/百万token）", "16.5", Price(16.5, "CNY")),
        ("输入/输出价格", "4元/16元", Price(16, "CNY", input=4)),
        ("Price $/M", "12.5", Price(12.5, "USD")),
        ("类别", "0.0元", Price(0, "CNY")),
    ],
)
def test_the_heading_tells_the_currency_where_the_cell_does_not(
    heading: str, cell: str, price: Price
) -> None:
    assert only_row(f"大模型|{heading}|总分", f"x|{cell}|50").price == price


def test_the_rank_in_front_of_a_single_domain_is_read() -> None:
    found = only_row("排名|大模型|分类能力", "3|x|95")
    assert (found.rank, found.score) == (3, 95)


def test_a_dimension_told_twice_is_read_once() -> None:
    found = only_row("大模型|总分|综合能力|教育", "x|50|60|70")
    assert (found.score, found.extras, list(found.measures)) == (50, {"综合能力": "60"}, ["教育"])


def test_some_ragged_lines_may_lack_the_rank_and_blank_cells_beyond_the_header_are_none() -> None:
    page = "|大模型|分类能力|综合能力|\n|-|-|-|\n|a|95|94|1| |\n|b|90|93|2|\n|c|80|/|\n"
    (table,) = parse_text(page).tables
    assert [(each.name, each.rank, each.score) for each in table.rows] == [
        ("a", 1, 94),
        ("b", 2, 93),
        ("c", None, None),
    ]


def test_a_line_of_dashes_between_rows_is_none() -> None:
    (table,) = parse_text("|排名|大模型|总分|\n|-|-|-|\n|1|a|50|\n|---|:-:|---|\n|2|b|40|\n").tables
    assert ([each.name for each in table.rows], table.coverage) == (["a", "b"], Coverage())
