"""One identity for each board over all its generations: by column heading, heading or file name."""

from functools import cache

import pytest

import seeds
from store.boards import Catalogue
from store.catalogue import read_catalogue
from store.parse import parse


@cache
def catalogue() -> Catalogue:
    return read_catalogue(seeds.FOLDER)


def match(*headings: str, header: str = "", file: str = "") -> str | None:
    board = catalogue().match_board(headings=headings, header=[header], file=file)
    return board.key if board else None


@pytest.mark.parametrize(
    ("heading", "board"),
    [
        ("（1）5B以下开源大模型排行榜", "rele-open-5b"),
        ("(1) 5B 以下开源大模型排行榜", "rele-open-5b"),
        ("1、５Ｂ以下开源大模型排行榜", "rele-open-5b"),
        ("3.2 5B以下开源大模型排行榜", "rele-open-5b"),
        ("（2）5B~20B开源大模型排行榜", "rele-open-5b-20b"),
        ("（2）5B～20B开源大模型排行榜", "rele-open-5b-20b"),
        ("5-20B开源大模型", "rele-open-5b-20b"),
        ("（3）20B以上开源大模型排行榜", "rele-open-20b"),
        ("3. 20B以上开源大模型", "rele-open-20b"),
        ("2.3 10B以上开源大模型排行榜", "rele-open-10b"),
        ("10B以下开源大模型排行榜", "rele-open-under-10b"),
        ("1.2 开源大模型排行榜", "rele-open"),
        ("🏆 开源大模型排行榜", "rele-open"),
        ("1.1 商用大模型排行榜", "rele-commerce"),
        ("（1）输出价格30元及以上商用大模型排行榜", "rele-commerce-30"),
        ("（2）输出价格5元~30元商用大模型排行榜", "rele-commerce-5-30"),
        ("（2）输出价格5～30元商用大模型排行榜", "rele-commerce-5-30"),
        ("（1）输出价格5元及以上商用大模型排行榜", "rele-commerce-5"),
        ("输出价格5元以上商用大模型排行榜", "rele-commerce-5"),
        ("（3）输出价格1元~5元商用大模型排行榜", "rele-commerce-1-5"),
        ("（2）输出价格1~5元商用大模型排行榜", "rele-commerce-1-5"),
        ("（4）输出价格1元以下商用大模型排行榜", "rele-commerce-1"),
        ("3.1 综合能力排行榜", "rele-total"),
        ("二、综合能力评分", "rele-total"),
        ("2.1 医疗", "rele-medical"),
        ("2.2 分类能力排行榜", "rele-classification"),
        ("3.4 BBH", "rele-bbh"),
        ("5.3 法律与行政公务", "rele-law-administration"),
        ("文生图模型榜单（主打中文场景） v0.2", "rele-image"),
        ("文生图榜单", "arena-image"),
        ("LLM Arena 排行榜前 30 名", "arena-text"),
        ("Arena 文本榜（无风格控制）", "arena-text-raw"),
        ("代码 / Web 开发榜单", "arena-webdev"),
        ("15B以下开源大模型排行榜", None),
        ("1.5B以下开源大模型排行榜", None),
        ("130元及以上商用大模型排行榜", None),
        ("排行榜", None),
    ],
)
def test_a_heading_names_the_board_whatever_numbers_it(heading: str, board: str | None) -> None:
    assert match(heading) == board


@pytest.mark.parametrize(
    ("file", "board"),
    [
        ("opensource1.md", "rele-open-5b"),
        ("2025-08_opensource2.md", "rele-open-5b-20b"),
        ("总分.md", "rele-total"),
        ("2024-10-20_alldata_ragged.md", "rele-total"),
        ("2025-11-03_教育.md", "rele-education"),
        ("法律.md", "rele-law"),
        ("2025-07_医疗与心理健康_v2.md", "rele-medical-mental"),
        ("agent与工具调用.md", "rele-agent"),
        ("coding.md", "rele-coding"),
        ("分类.md", "rele-classification"),
        ("2026-09_图片生成_v0.2.md", "rele-image"),
        ("2025-11_LMArena+AA.md", "rele-lmarena-aa"),
        ("text-20250709.md", "arena-text"),
        ("text-to-video-20260821.md", None),
        ("2026-09-26_commerce2.md", None),
        ("README.md", None),
    ],
)
def test_a_file_name_tells_it_where_no_heading_does(file: str, board: str | None) -> None:
    assert match(file=file) == board


def test_a_heading_goes_before_the_file_name() -> None:
    assert match("（3）20B以上开源大模型排行榜", file="opensource1.md") == "rele-open-20b"


def test_a_column_heading_goes_before_the_domain_above_it() -> None:
    assert match("3 推理与数学计算", header="【数独】准确率") == "rele-sudoku"


def test_a_part_of_a_domain_is_not_the_domain() -> None:
    assert match("2.1.3 护师", "2.1 医疗") is None
    assert match("排行榜", "LLM Arena 排行榜 (实时更新)") == "arena-text"


@pytest.mark.parametrize(
    ("config", "board"),
    [("document", "arena-document"), ("image_edit", "arena-image-edit"), ("video_edit", "arena-video-edit")],
)
def test_boards_that_only_the_data_set_has_are_known(config: str, board: str) -> None:
    found = catalogue().board_of_config(config)
    assert found is not None
    assert found.key == board


def test_no_two_boards_share_a_word() -> None:
    words = [
        word
        for board in catalogue().boards.values()
        for word in {each.casefold() for each in (board.key, *board.titles.values(), *board.words)}
    ]
    assert len(words) == len(set(words))


def test_the_tables_of_a_readme_are_told_apart() -> None:
    readme = """\
## 1 综合能力排行榜
### 1.1 商用大模型排行榜
##### （1）输出价格30元及以上商用大模型排行榜
|排名|大模型|机构|输出价格|总分| |教育|
|---|---|---|---|---|-|---|
|1|gpt-5.5|openAI|210.0元|75.3%| |61.4%|

### 1.2 开源大模型排行榜
##### （1）5B以下开源大模型排行榜
|排名|大模型|机构|输出价格|总分| |教育|
|---|---|---|---|---|-|---|
|1|Qwen3-4B|阿里巴巴|3.0元|67.9%| |73.2%|

## 2 医疗
|类别|大模型|医疗|排名|
|---|---|---|---|
|商用|gpt-5.5|90.5|1|
"""
    parsed = parse("README.md", readme.encode(), catalogue())
    assert [table.board for table in parsed.tables] == ["rele-commerce-30", "rele-open-5b", "rele-medical"]


def test_tables_of_parts_below_one_heading_are_not_taken_for_the_domain() -> None:
    readme = "## 2 教育\n" + "".join(
        f"**{part}**\n\n|类别|大模型|{part}|排名|\n|-|-|-|-|\n|商用|gpt-5.5|{score}|1|\n\n"
        for part, score in [("小学", 90), ("初中综合", 80), ("教育", 85)]
    )
    parsed = parse("README.md", readme.encode(), catalogue())
    assert parsed.problems == ()
    assert [table.board for table in parsed.tables] == [None, None, "rele-education"]


def test_every_board_has_a_word_that_is_a_heading_of_it() -> None:
    for board in catalogue().boards.values():
        names = (*board.titles.values(), *board.words)
        assert any(match(name) == board.key for name in names), board.key
