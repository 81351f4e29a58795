"""What is no board, or a broken one, is refused whole, and the reason says where."""

from functools import cache
from pathlib import Path

import pytest

import seeds
from store.boards import Catalogue
from store.catalogue import read_catalogue
from store.parse import parse
from store.values import Code, Parsed, Row

CASES = Path(__file__).parent / "cases" / "boards"
PAGE = """\
# LLM Arena 排行榜

> **数据更新时间**: 2025-07-09 11:44:37 UTC

| 排名(UB) | 模型名 | 分数 | 置信区间 | 票数 | 服务商 |
|---:|:---|---:|:---|---:|:---|
| 1 | [a](https://a.example) | 1500 | +5/-5 | 1,000 | Google |
| 2 | b | 1490 | ±4 | 900 | OpenAI |
| 3 | c | 1480 | +3/-4 | 800 | Meta |
"""


@cache
def catalogue() -> Catalogue:
    return read_catalogue(seeds.FOLDER)


def parse_page(text: str | bytes, name: str = "page.md") -> Parsed:
    return parse(name, text.encode() if isinstance(text, str) else text, catalogue())


def problems(text: str | bytes, name: str = "page.md") -> list[tuple[Code, int | None, str | None]]:
    parsed = parse_page(text, name)
    assert parsed.tables == ()
    return [(each.code, each.row, each.column) for each in parsed.problems]


def only_row(cells: str, header: str = "排名|模型|分数|票数") -> Row:
    delimiters = "|".join("-" for _ in header.split("|"))
    parsed = parse_page(f"|{header}|\n|{delimiters}|\n|{cells}|\n")
    assert not parsed.problems
    return parsed.tables[0].rows[0]


def test_the_page_itself_is_fine() -> None:
    assert [(each.name, each.score) for each in parse_page(PAGE).tables[0].rows] == [
        ("a", 1500),
        ("b", 1490),
        ("c", 1480),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", Code.EMPTY),
        (b" \n\xef\xbb\xbf\n", Code.NO_TABLE),
        (b"\xef\xbb\xbf \n", Code.EMPTY),
        (b"PAR1\x15\x04", Code.BINARY),
        (b"| a | b |\0", Code.BINARY),
        (b"\xff\xfe|\x00", Code.BINARY),
        ("模型,分数".encode("gbk"), Code.ENCODING),
        ("# 榜单\n模".encode()[:-1], Code.TRUNCATED),
        (b"<!DOCTYPE html>\n<html>", Code.WEB_PAGE),
        (b"\n<!-- x --><HTML lang=en>", Code.WEB_PAGE),
        (b'{"error": "rate limit"}', Code.JSON),
        (b'[{"model": "a"}]', Code.JSON),
        ("# 文本榜单\n\n## 前 30 名\n".encode(), Code.NO_TABLE),
        ("| 模型 | 分数 |\n|---|---|\n".encode(), Code.NO_ROWS),
        ("# 榜单\n\n| 模型 | 分数 |".encode(), Code.TRUNCATED),
        ("| 模型 | 分数 |\n|---|\n| a | 1 |\n".encode(), Code.FEW_CELLS),
        ("| 模型 | 分数 |\n| a | 1 |\n".encode(), Code.NOT_UNDERSTOOD),
        (b"|" * (8 * 1024 * 1024 + 1), Code.TOO_LARGE),
        (b"|" * 8_000_000, Code.TOO_LARGE),
        (b"- " * 4_000_000, Code.TOO_LARGE),
    ],
)
def test_what_is_no_board_is_named(content: bytes, code: Code) -> None:
    assert [each[0] for each in problems(content)] == [code]


def test_a_gitbook_hint_is_no_json() -> None:
    assert parse_page('{% hint style="info" %}\n{% endhint %}\n\n' + PAGE).problems == ()


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_ends_do_not_matter(ending: str) -> None:
    assert parse_page("\ufeff" + PAGE.replace("\n", ending)).tables == parse_page(PAGE).tables


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("| 1490 |", "| 14x0 |", (Code.NOT_A_NUMBER, 8, "分数")),
        ("| 1,000 |", "| 1,00 |", (Code.NOT_A_NUMBER, 7, "票数")),
        ("| 2 |", "| two |", (Code.NOT_A_NUMBER, 8, "排名(UB)")),
        ("| ±4 |", "| about 4 |", (Code.NOT_UNDERSTOOD, 8, "置信区间")),
        ("| b |", "| |", (Code.NO_NAME, 8, "模型名")),
        ("| b |", "| (new) |", (Code.NO_NAME, 8, "模型名")),
        ("| b |", "| nan |", (Code.NO_NAME, 8, "模型名")),
        (" 900 |", "", (Code.FEW_CELLS, 8, None)),
        ("| 900 |", "| 900 | 1 |", (Code.MANY_CELLS, 8, None)),
        ("| 分数 |", "| 得点 |", (Code.NO_COLUMN, 5, "score")),
        ("| 模型名 |", "| 名字 |", (Code.NO_COLUMN, 5, "name")),
        ("| 服务商 |", "| 分数 |", (Code.SAME_COLUMN, 5, "分数")),
        ("| b |", "| a |", (Code.CONFLICT, 8, None)),
        ("| 2 |", "\n| 2 |", (Code.NOT_UNDERSTOOD, 9, None)),
        ("| 2 |", "> | 2 |", (Code.NOT_UNDERSTOOD, 8, None)),
        ("| 2 |", "    | 2 |", (Code.NOT_UNDERSTOOD, 8, None)),
        (" Meta |\n", " Met", (Code.TRUNCATED, 9, None)),
    ],
)
def test_one_wrong_thing_refuses_the_page(
    old: str, new: str, problem: tuple[Code, int | None, str | None]
) -> None:
    assert PAGE.count(old) == 1
    assert problems(PAGE.replace(old, new)) == [problem]


def test_all_wrong_cells_are_told_with_what_stands_there() -> None:
    parsed = parse_page(PAGE.replace("1490", "high").replace("1480", "low"))
    assert [(each.row, each.found) for each in parsed.problems] == [(8, "high"), (9, "low")]


def test_a_renamed_column_that_nobody_needs_is_kept_as_text() -> None:
    (table,) = parse_page(PAGE.replace("票数", "人气")).tables
    assert (table.rows[0].votes, table.rows[0].extras) == (None, {"人气": "1,000"})


def test_columns_are_known_by_name_wherever_they_stand() -> None:
    row = only_row("OpenAI|9,999|１４９９（±４）|x|7", "组织/公司|票数|分 数|模 型|Rank")
    assert (row.rank, row.name, row.score, row.low, row.votes) == (7, "x", 1499, 1495, 9999)


@pytest.mark.parametrize(
    ("cell", "score", "low", "high"),
    [
        ("1477", 1477, None, None),
        ("1,477.5", 1477.5, None, None),
        ("1505±11", 1505, 1494, 1516),
        ("1496±8Preliminary", 1496, 1488, 1504),
        ("1302 (±12) Preliminary", 1302, 1290, 1314),
        ("1691 (++9/-8)", 1691, 1683, 1700),
        ("12.47%±1.54%", 12.47, 10.93, 14.01),
        ("-0.75%±0.85%", -0.75, -1.6, 0.1),
        ("**1500**", 1500, None, None),
        ("暂无数据", None, None, None),
        ("N/A", None, None, None),
    ],
)
def test_scores_come_in_many_shapes(cell: str, score: float, low: float, high: float) -> None:
    row = only_row(f"1|x|{cell}|5")
    assert (row.score, row.low, row.high) == (score, low, high)


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("[x (a)](https://x.example/y_(z))", "x (a)"),
        ("x [<sup>1</sup>](https://x.example) [<sup>2</sup>](https://y.example)", "x"),
        ("x<sup>1</sup>", "x"),
        ('[x](<https://x.example> "title")', "x"),
        ("[x](no link)", "x"),
        ("x☛[去体验](https://x.example)", "x"),
        ("x (new)", "x"),
        ("x（NEW）", "x"),
        ("**x**", "x"),
        (r"x\|y\_z", "x|y_z"),
        ("x&amp;y", "x&y"),
        ("x\u202e\u200b\u0007y", "xy"),
        ("x\u00a0  y", "x y"),
        ("FLUX.1 [dev] (fp8)", "FLUX.1 [dev] (fp8)"),
        ("x（low）", "x（low）"),
        ("微软new-bing", "微软new-bing"),
        ("DALL·E 3", "DALL·E 3"),
        ("MAI-Image-2 [[2]](https://x.example)", "MAI-Image-2"),
        ("[x](https://x.example) [<sup>1</sup>](https://y.example)", "x"),
    ],
)
def test_names_are_as_printed_less_their_marks(cell: str, name: str) -> None:
    assert only_row(f"1|{cell}|1500|5").name == name


@pytest.mark.parametrize(
    ("cell", "name", "organization", "license"),
    [
        ("foo-1NewVendor · MIT", "foo-1", "NewVendor", "MIT"),
        ("foo-largeNew Vendor AI · Apache 2.0", "foo-large", "New Vendor AI", "Apache 2.0"),
        ("foo (xHigh)NewVendor · MIT", "foo (xHigh)", "NewVendor", "MIT"),
        ("foo-14BNewVendor · MIT", "foo-14B", "NewVendor", "MIT"),
        ("Googlegemini-9Google · Proprietary", "gemini-9", "Google", "Proprietary"),
        ("xAIgrok-9xAI · Propretary", "grok-9", "xAI", "Proprietary"),
        ("Klingkling-9Kuaishou · MIT", "kling-9", "Kuaishou", "MIT"),
        ("DeepSeekMath-9DeepSeek · MIT", "DeepSeekMath-9", "DeepSeek", "MIT"),
        ("foo-7bSome New License", "foo-7b", None, "Some New License"),
        ("foo-7b (xHigh)", "foo-7b (xHigh)", None, None),
        ("codellama-34b", "codellama-34b", None, None),
        ("foo-7bLlama", "foo-7b", None, "Llama"),
        ("Foo 5 (High)Custom", "Foo 5 (High)", None, "Custom"),
        ("Foo-Large-2411Nvidia", "Foo-Large-2411", None, "Nvidia"),
        ("HiDraughthidream-1HiDraught · MIT", "hidream-1", "HiDraught", "MIT"),
        ("Ai2olmo-9Allen AI · MIT", "olmo-9", "Allen AI", "MIT"),
        ("360zhinao9-o1360 · MIT", "360zhinao9-o1", "360", "MIT"),
        ("foo-9 [<sup>1</sup>](https://x.example)Google · MIT", "foo-9", "Google", "MIT"),
        ("foo-9 <sup>1</sup>Google · MIT", "foo-9", "Google", "MIT"),
        ("MyCodeLlama", "MyCodeLlama", None, None),
    ],
)
def test_unknown_vendors_and_licences_are_parted_at_the_seam(
    cell: str, name: str, organization: str | None, license: str | None
) -> None:
    page = f"|Rank|模型|分数|票数|\n|-|-|-|-|\n|1|{cell}|1500|5|\n|2|qwen-9Alibaba · MIT|1490|5|\n"
    row = parse_page(page).tables[0].rows[0]
    assert (row.name, row.organization, row.license) == (name, organization, license)


@pytest.mark.parametrize(
    ("spread", "rank", "ends"),
    [
        ("1◄─►2", 1, (1, 2)),
        ("1-4", 2, (1, 4)),
        ("14", 1, (1, 4)),
        ("11", 1, (1, 1)),
        ("1", 1, (1, 1)),
        ("-", 1, (None, None)),
    ],
)
def test_spreads_have_two_ends(spread: str, rank: int, ends: tuple[int | None, int | None]) -> None:
    row = only_row(f"{rank}|{spread}|x|1500", "Rank|Rank Spread|模型|分数")
    assert (row.best, row.worst) == ends


def test_a_bare_licence_is_parted_where_vendors_have_no_column() -> None:
    page = (
        "|排名|排名区间|模型|分数|\n|-|-|-|-|\n|1|1-2|foo-1MIT|1500|\n|2|1-2|[x](https://x.example)|1490|\n"
    )
    rows = parse_page(page).tables[0].rows
    assert [(row.name, row.license) for row in rows] == [("foo-1", "MIT"), ("x", None)]


def test_names_of_pages_without_logos_are_left_alone() -> None:
    header = "排名(UB)|模型名|分数|票数|服务商"
    for cell, vendor in [
        ("MetaMath-70B", "Meta"),
        ("InternLMChat", "InternLM"),
        ("DeepSeekMath", "DeepSeek"),
    ]:
        assert only_row(f"1|{cell}|1500|5|{vendor}", header).name == cell


def test_a_table_that_goes_on_below_its_own_header_is_one() -> None:
    page = "|排名|模型|分数|票数|\n|-|-|-|-|\n|1|a|1500|5|\n"
    (table,) = parse_page(f"{page}\n{page.replace('|1|a|1500', '|2|b|1490')}").tables
    assert [(row.position, row.rank, row.name) for row in table.rows] == [(1, 1, "a"), (2, 2, "b")]


@pytest.mark.parametrize(
    "header",
    [
        "名次|模型 (Model)|竞技场分数|# Votes|组织/机构",
        "Rank* (UB)|模型名称|Arena Score|票数 / 会话数|机构/公司",
        "排名(上界)|Model|Elo 评分|投票数量|厂商",
        "#|模型|分数 (95% CI)|总票数|服务商",
    ],
)
def test_headers_of_other_days_mean_the_same(header: str) -> None:
    row = only_row("3|x|1500|1,234|Google", header)
    assert (row.rank, row.name, row.score, row.votes, row.organization) == (3, "x", 1500, 1234, "Google")


def test_spreads_without_arrows_are_what_they_are_with_them() -> None:
    page = (CASES / "arena-text-20251210.md").read_text("utf-8")
    joined = parse_page(page.replace("◄─►", "")).tables[0].rows
    assert [(row.best, row.worst) for row in joined] == [
        (row.best, row.worst) for row in parse_page(page).tables[0].rows
    ]


def test_a_spread_that_runs_backwards_is_refused() -> None:
    page = "|Rank|Rank Spread|模型|分数|\n|-|-|-|-|\n|9|9-7|x|1500|\n"
    assert problems(page) == [(Code.NOT_UNDERSTOOD, 3, "Rank Spread")]


def test_releases_can_be_cut_off_or_broken_too() -> None:
    head = "rank,model,arena_score,votes\n1,a,1500,5\n"
    assert parse_page(head, "x.csv").problems == ()
    assert problems(head + "2,b,14", "x.csv") == [(Code.TRUNCATED, 3, None), (Code.FEW_CELLS, 3, None)]
    assert problems(head + "2,b,1490,12", "x.csv") == [(Code.TRUNCATED, 3, None)]
    assert problems(head + '2,"b,1490,12\n', "x.csv") == [(Code.TRUNCATED, 3, None)]
    assert problems(head + "2,b\n", "x.csv") == [(Code.FEW_CELLS, 3, None)]
    assert parse_page(head.replace(",", ";"), "x.csv").tables == parse_page(head, "x.csv").tables


def test_a_renamed_rank_is_refused_by_its_name() -> None:
    page = "|座次|模型|分数|票数|\n|-|-|-|-|\n|1|foo-1|1500|10|\n|2|bar-2|1490|20|\n"
    (problem,) = parse_page(page).problems

    assert (problem.code, problem.column) == (Code.NO_COLUMN, "rank")


def test_there_is_no_rank_zero() -> None:
    page = "|排名|模型|分数|票数|\n|-|-|-|-|\n|0|foo-1|1500|10|\n"
    assert [problem.code for problem in parse_page(page).problems] == [Code.NOT_A_NUMBER]


@pytest.mark.parametrize("tail", ["|", "|   ", " | "])
def test_a_page_cut_off_at_the_first_pipe_of_a_row_is_refused(tail: str) -> None:
    page = "|排名|模型|分数|票数|\n|-|-|-|-|\n|1|foo-1|1500|10|\n" + tail
    assert [problem.code for problem in parse_page(page).problems] == [Code.TRUNCATED]
