"""Which day a document is of: its own update line, else its file's name, else none."""

from datetime import UTC, datetime

import pytest

import seeds
from store.catalogue import read_catalogue
from store.parse import date_in_name, parse

BOARD = "\n\n|排名|模型|分数|\n|-|-|-|\n|1|a|1500|\n"


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("text-20250709.md", (2025, 7, 9)),
        ("arena-text-2025-07-09.md", (2025, 7, 9)),
        ("2025-04-05_医疗.md", (2025, 4, 5)),
        ("lmsys-20250707.csv", (2025, 7, 7)),
        ("2025_04_05.md", (2025, 4, 5)),
        ("2025-04-05_20250405.md", (2025, 4, 5)),
    ],
)
def test_a_file_name_can_give_the_day(name: str, day: tuple[int, int, int]) -> None:
    assert date_in_name(name) == datetime(*day, tzinfo=UTC)


@pytest.mark.parametrize(
    "name",
    [
        "lmsys-2024Q4.csv",
        "2025-08_opensource1.md",
        "2026-09_图片生成_v0.2.md",
        "2025-08_20b.md",
        "text-20251340.md",
        "text-202507091.md",
        "2025-04-05_2025-04-06.md",
        "rele-open.md",
        "",
    ],
)
def test_what_is_no_whole_day_is_not_guessed(name: str) -> None:
    assert date_in_name(name) is None


@pytest.mark.parametrize(
    ("line", "time"),
    [
        (
            "> **数据更新时间**: 2025-07-09 11:44:37 UTC / 2025-07-09 19:44:37 CST (北京时间)",
            (2025, 7, 9, 11, 44, 37),
        ),
        ("> 数据更新时间: 2025-06-05 12:19:25 UTC", (2025, 6, 5, 12, 19, 25)),
        ("> 排名更新时间: 2025-05-18", (2025, 5, 18)),
        ("> **数据更新时间**：2025-07-09 02:00 CST", (2025, 7, 8, 18)),
        ("> 更新时间：2025年7月9日", (2025, 7, 9)),
        ("> 最后更新: 2025/07/09 02:00 UTC+8", (2025, 7, 8, 18)),
        ("> 数据更新时间: 2025-07-09 02:00:00 (北京时间)", (2025, 7, 8, 18)),
        ("> 数据更新时间: 2025-13-41", (2025, 1, 2)),
        ("没有日期", (2025, 1, 2)),
    ],
)
def test_the_update_line_goes_before_the_file_name(line: str, time: tuple[int, ...]) -> None:
    parsed = parse("boards/text-20250102.md", (line + BOARD).encode(), read_catalogue(seeds.FOLDER))
    assert parsed.tables[0].as_of == datetime(*time, tzinfo=UTC)  # type: ignore[arg-type, misc]


def test_without_either_a_board_is_undated() -> None:
    parsed = parse("text.md", BOARD.encode(), read_catalogue(seeds.FOLDER))
    assert parsed.tables[0].as_of is None


def test_the_nearest_update_line_above_a_table_counts() -> None:
    text = "> 更新时间: 2025-01-01" + BOARD + "\n> 更新时间: 2025-02-02" + BOARD.replace("|a|", "|b|")
    parsed = parse("https://example.org/a/b.md?day=20240101", text.encode(), read_catalogue(seeds.FOLDER))
    assert [table.as_of and table.as_of.month for table in parsed.tables] == [1, 2]
