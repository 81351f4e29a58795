"""Folders of pages: read in order of date, whatever the files are called, and written back the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import seeds
from store.sources.documents import list_documents
from tests.console import Run

BOARDS = Path(str(seeds.FOLDER)) / "boards"
NINTH = (BOARDS / "arena-text-2025-07-09.md").read_text("utf-8")


def test_documents_come_in_order_of_their_dates_and_undated_ones_last(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    files = {
        "z.md": NINTH.replace("2025-07-09", "2025-01-02"),
        "deep/a.md": NINTH,
        "m-20250401.csv": "rank,model,score\n",
        "undated.md": "# ReLE\n",
        "b.md": NINTH.replace("2025-07-09", "2025-01-01"),
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")

    found = [path.relative_to(tmp_path).as_posix() for path in list_documents(tmp_path)]
    assert found == ["b.md", "z.md", "m-20250401.csv", "deep/a.md", "undated.md"]


def test_what_is_hidden_or_no_document_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    for name in (".git/x.md", ".hidden.md", "picture.png", "Makefile"):
        (tmp_path / name).write_text("x", "utf-8")

    assert list_documents(tmp_path) == ()


def test_a_folder_is_read_whole_and_what_is_refused_is_told(bangdan: Run, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    for day in range(10, 14):
        (folder / f"{day}.md").write_text(NINTH.replace("2025-07-09", f"2025-07-{day}"), "utf-8")
    (folder / "11b.md").write_text("<!doctype html><html></html>", "utf-8")
    done = bangdan("ingest", str(folder))

    assert done.returncode == 1
    assert done.stdout.count("unchanged") == 4
    assert "11b.md" in done.stderr
    assert done.stdout.endswith("5 files read.\n")


@pytest.mark.parametrize("board", ["arena-text", "rele-open", "rele-open-20b"])
@pytest.mark.parametrize("form", ["markdown", "csv"])
def test_an_exported_board_is_known_again_and_adds_nothing(
    bangdan: Run, tmp_path: Path, board: str, form: str
) -> None:
    ending = {"markdown": "md", "csv": "csv"}[form]
    file = tmp_path / f"{board}-20250709.{ending}"
    assert bangdan("export", board, "--format", form, "-o", str(file)).returncode == 0
    parsed = json.loads(bangdan("parse", str(file), "--json").stdout)
    told = json.loads(bangdan("export", board, "--format", "json").stdout)

    (table,) = parsed[0]["tables"]
    assert table["board"] == board
    assert [(row["name"], row["rank"], row["score"], row["votes"]) for row in table["rows"]] == [
        (row["name"], row["rank"], row["score"], row["votes"]) for row in told["rows"]
    ]
    if form == "markdown":
        assert bangdan("ingest", str(file)).stdout.startswith("unchanged")


def test_an_exported_page_has_the_layout_of_the_daily_page(bangdan: Run) -> None:
    lines = bangdan("export", "arena").stdout.split("\n")

    assert lines[0] == "# LLM Arena 排行榜 (实时更新)"
    assert "> **数据更新时间**: 2025-07-09 11:44:37 UTC / 2025-07-09 19:44:37 CST (北京时间)" in lines
    assert "## 排行榜" in lines
    header = next(line for line in lines if line.startswith("|"))
    names = "排名(UB) 排名(StyleCtrl) 模型名 分数 置信区间 票数 服务商 许可协议 知识截止日期"
    assert [cell.strip() for cell in header.strip("|").split("|")] == names.split()
    assert "CC-BY-4.0" in "\n".join(lines)


def test_a_board_is_exported_as_it_was(bangdan: Run) -> None:
    now = json.loads(bangdan("export", "arena-text", "--format", "json").stdout)
    then = json.loads(bangdan("export", "arena-text", "--date", "2025-07-07", "--format", "json").stdout)

    assert (len(then["rows"]), len(now["rows"])) == (208, 213)
    assert then["as_of"].startswith("2025-07-06")


def test_nothing_to_export_is_a_clear_error_and_writes_no_file(bangdan: Run, tmp_path: Path) -> None:
    file = tmp_path / "x.md"
    assert bangdan("export", "arena-vision", "-o", str(file)).returncode == 1
    assert bangdan("export", "arena-text", "--date", "2020-01-01", "-o", str(file)).returncode == 1
    assert bangdan("export", "nonsense", "-o", str(file)).returncode == 2
    assert not file.exists()


def test_an_export_that_cannot_be_written_leaves_the_old_file(bangdan: Run, tmp_path: Path) -> None:
    place = tmp_path / "missing" / "x.md"
    done = bangdan("export", "arena-text", "-o", str(place))

    assert done.returncode == 1
    assert "cannot be written" in done.stderr
