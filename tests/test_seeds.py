"""What is shipped: every board parses, every catalogue entry is whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import seeds
from store.boards import Catalogue
from store.catalogue import read_catalogue
from store.errors import CatalogueError
from store.parse import parse
from store.values import Flag, Price

FOLDER = Path(str(seeds.FOLDER))
CATALOGUE = ("boards.toml", "dimensions.toml", "organizations.toml", "licenses.toml", "upstreams.toml")
ROWS = {
    "arena-text-2025-07-06.md": ("arena-text", 208),
    "arena-text-2025-07-09.md": ("arena-text", 213),
    "rele-open-20b.md": ("rele-open-20b", 15),
    "rele-open.md": ("rele-open", 43),
}


def test_the_shipped_boards_are_these() -> None:
    assert sorted(file.name for file in (FOLDER / "boards").iterdir()) == sorted(ROWS)


@pytest.mark.parametrize("name", ROWS)
def test_every_shipped_board_parses_whole(catalogue: Catalogue, name: str) -> None:
    parsed = parse(name, (FOLDER / "boards" / name).read_bytes(), catalogue)
    (table,) = parsed.tables

    assert parsed.problems == ()
    assert (table.board, len(table.rows)) == ROWS[name]
    assert all(row.name and row.rank and row.score for row in table.rows)


def printed_rows(name: str) -> list[dict[str, str]]:
    """Read a page's table in the plainest way there is, as a second opinion."""
    lines = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in (FOLDER / "boards" / name).read_text("utf-8").splitlines()
        if line.startswith("|")
    ]
    header, _, *rows = lines
    return [dict(zip(header, row, strict=True)) for row in rows]


@pytest.mark.parametrize("name", ["arena-text-2025-07-06.md", "arena-text-2025-07-09.md"])
def test_every_cell_of_the_shipped_arena_pages_is_in_its_row(catalogue: Catalogue, name: str) -> None:
    (table,) = parse(name, (FOLDER / "boards" / name).read_bytes(), catalogue).tables

    for row, cells in zip(table.rows, printed_rows(name), strict=True):
        plus, minus = cells["置信区间"].split("/")
        assert f"[{row.name}]({row.url})" == cells["模型名"]
        assert (row.rank, row.rank_style_control) == (int(cells["排名(UB)"]), int(cells["排名(StyleCtrl)"]))
        assert row.score == int(cells["分数"])
        assert (row.low, row.high) == (row.score + int(minus), row.score + int(plus))
        assert row.votes == int(cells["票数"].replace(",", ""))
        assert row.organization == cells["服务商"]
        assert row.license == cells["许可协议"].replace("Propretary", "Proprietary")
        assert (row.cutoff or "暂无数据") == cells["知识截止日期"]


@pytest.mark.parametrize("name", ["rele-open.md", "rele-open-20b.md"])
def test_every_cell_of_the_shipped_rele_pages_is_in_its_row(catalogue: Catalogue, name: str) -> None:
    (table,) = parse(name, (FOLDER / "boards" / name).read_bytes(), catalogue).tables

    for row, cells in zip(table.rows, printed_rows(name), strict=True):
        new = "(new)" if Flag.NEW in row.flags else ""
        tried = f"☛[去体验]({row.url})" if Flag.TRY_IT in row.flags else ""
        assert f"{row.name}{new}{tried}" == cells.pop("大模型")
        assert row.rank == int(cells.pop("排名"))
        assert row.organization == cells.pop("机构")
        assert f"{row.score}" == cells.pop("总分")
        if row.price is not None:
            assert f"{row.price.output:g}元" == cells.pop("类别")
        else:
            assert f"{row.size:g}B" == cells.pop("size")
        assert cells.pop("") == ""
        assert set(row.measures) == set(cells)
        for label, printed in cells.items():
            assert printed == ("/" if row.measures[label].value is None else f"{row.measures[label].value}")


def test_nothing_of_a_shipped_row_is_dropped(catalogue: Catalogue) -> None:
    page = (FOLDER / "boards" / "rele-open-20b.md").read_bytes()
    first = parse("rele-open-20b.md", page, catalogue).tables[0].rows[0]

    assert (first.rank, first.name, first.organization) == (1, "DeepSeek-R1", "深度求索")
    assert (first.price, first.score) == (Price(16, "CNY"), 86.8)
    assert first.url == "https://easyllm.site/static/modelcompare.html?type=open-source"
    assert {label: measure.value for label, measure in first.measures.items()} == {
        "医疗": 82.6,
        "教育": 94.3,
        "法律": 71.7,
        "行政公务": 88.6,
        "推理与数学计算": 92.7,
        "语言与指令遵从": 91.2,
    }
    assert first.extras == {}


def test_every_title_is_in_both_languages(catalogue: Catalogue) -> None:
    for entries in (catalogue.boards, catalogue.dimensions, catalogue.organizations, catalogue.licenses):
        for key, entry in entries.items():
            assert {"en", "zh"} <= set(entry.titles), key


def test_every_title_can_be_read_in_taiwan(catalogue: Catalogue) -> None:
    """Big5 has no simplified characters; what is printed so by a board is quoted elsewhere."""
    for entries in (catalogue.boards, catalogue.dimensions, catalogue.organizations, catalogue.licenses):
        for key, entry in entries.items():
            letters = re.sub(r"[^\u4e00-\u9fff]", "", entry.title("zh_TW"))
            assert letters.encode("big5", "ignore").decode("big5") == letters, key


def test_every_vendor_of_the_shipped_boards_is_known(catalogue: Catalogue) -> None:
    printed = {
        row.organization
        for name in ROWS
        for row in parse(name, (FOLDER / "boards" / name).read_bytes(), catalogue).tables[0].rows
    }
    assert {vendor for vendor in printed if catalogue.organization_of(vendor) is None} == set()


def test_no_spelling_or_label_means_two_things(catalogue: Catalogue) -> None:
    for entries in (
        [vendor.words for vendor in catalogue.organizations.values()],
        [dimension.labels for dimension in catalogue.dimensions.values()],
    ):
        words = [word for each in entries for word in set(each)]
        assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        ("boards.toml", "[x]\nfamily = 'arena'\n", r"boards.toml: \[x\]"),
        ("boards.toml", "[x\n", "boards.toml"),
        ("boards.toml", "['x-{key}']\neach = ['nothing']\n", "no dimension 'nothing'"),
        ("dimensions.toml", "[x]\ntitle = {en='X'}\nlabels=['x']\nunit='parsecs'\ndecimals=1\n", "parsecs"),
        ("organizations.toml", "[x]\ntitle = {en='X'}\n", "spellings"),
        ("licenses.toml", "[x]\ntitle = {en='X'}\nwords=['x']\nprinted=['X']\n", "printed"),
    ],
)
def test_a_wrong_catalogue_says_where(tmp_path: Path, file: str, text: str, told: str) -> None:
    for name in CATALOGUE:
        (tmp_path / name).write_text(text if name == file else (FOLDER / name).read_text("utf-8"), "utf-8")

    with pytest.raises(CatalogueError, match=told):
        read_catalogue(tmp_path)


def test_a_board_can_be_added_without_code(tmp_path: Path) -> None:
    for file in FOLDER.glob("*.toml"):
        (tmp_path / file.name).write_text(file.read_text("utf-8"), "utf-8")
    with (tmp_path / "boards.toml").open("a", encoding="utf-8") as boards:
        boards.write(
            "\n[my-board]\nfamily = 'rele'\ntitle = { en = 'Mine', zh = '我的' }\nscore = 'total'\n"
            "range = [0, 100]\nheadings = ['我的榜单']\nrhythm_days = 0\nsource = 'https://example.org'\n"
            "license = 'MIT'\nattribution = 'me'\n"
        )
    page = "# 我的榜单\n\n|排名|大模型|总分|\n|---|---|---|\n|1|a-7b|80|\n"

    (table,) = parse("x.md", page.encode(), read_catalogue(tmp_path)).tables
    assert table.board == "my-board"


def test_one_table_can_make_a_board_for_each_of_several_domains(tmp_path: Path) -> None:
    for file in FOLDER.glob("*.toml"):
        (tmp_path / file.name).write_text(file.read_text("utf-8"), "utf-8")
    with (tmp_path / "boards.toml").open("a", encoding="utf-8") as boards:
        boards.write(
            "\n['my-{key}']\neach = ['law', 'medical']\nfamily = 'rele'\n"
            "title = { en = 'My {en}', zh = '我的{zh}' }\nscore = '{key}'\nrange = [0, 100]\n"
            "headings = ['我的{labels}']\nlive = ['rele my-{label}.md']\nrhythm_days = 0\n"
            "source = 'https://example.org'\nlicense = 'MIT'\nattribution = 'me'\n"
        )
    read = read_catalogue(tmp_path)

    assert (read.board("my-law").title("zh"), read.board("my-law").score) == ("我的法律", "law")
    assert read.board("my-medical").live[0].name == "my-医疗.md"
    page = "# 我的医疗\n\n|大模型|医疗|排名|\n|---|---|---|\n|a-7b|80|1|\n"
    (table,) = parse("x.md", page.encode(), read).tables
    assert table.board == "my-medical"


def test_related_dimensions_are_linked_both_ways(catalogue: Catalogue) -> None:
    for dimension in catalogue.dimensions.values():
        for key in dimension.related:
            assert dimension.key in catalogue.dimensions[key].related, (dimension.key, key)
