"""Ingest: a document is stored whole or not at all, and the same content once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import seeds
from store.archive import Archive
from store.errors import DocumentError, UnknownBoard
from store.shipment import read_pages
from store.values import Code
from tests.test_archive import counts


def page(rows: str, day: str | None = None, heading: str = "5B以下开源大模型排行榜") -> bytes:
    dated = f"> 排名更新时间: {day}\n\n" if day else ""
    return f"# {heading}\n\n{dated}|排名|大模型|总分|法律|\n|---|---|---|---|\n{rows}".encode()


ONE = "|1|alpha-7b|80.0|70.0|\n|2|beta-7b|70.0|60.0|\n"
TWO = "|1|beta-7b|81.0|70.0|\n|2|alpha-7b|80.0|70.0|\n"
FILL = "".join(f"|{n}|filler-{n}b|{50 - n}.0|40.0|\n" for n in range(3, 40))


def leader(archive: Archive, on: date | None = None) -> str:
    return archive.leaders("rele-open-5b", on=on, limit=1).standings[0].name


def test_the_same_rows_under_a_fresh_date_add_nothing_but_the_date(archive: Archive) -> None:
    archive.intake.add("a.md", page(ONE, "2026-01-01"), "test")
    before = counts(archive)
    (receipt,) = archive.intake.add("b.md", page(ONE, "2026-01-05"), "test")

    assert receipt.outcome == "unchanged"
    after = counts(archive)
    assert (after[0], *after[2:]) == (before[0], *before[2:]), "no snapshot, entry or standing is added"
    assert after[1] == before[1] + 1, "the sighting is"
    assert archive.current()["rele-open-5b"].as_of == datetime(2026, 1, 5, tzinfo=UTC)


def test_the_very_same_document_twice_adds_nothing_at_all(archive: Archive) -> None:
    archive.intake.add("a.md", page(ONE, "2026-01-01"), "test")
    before = counts(archive)
    archive.intake.add("a.md", page(ONE, "2026-01-01"), "test")

    assert counts(archive) == before


def test_an_older_page_that_arrives_later_takes_its_place_and_changes_no_newer_answer(
    archive: Archive,
) -> None:
    archive.intake.add("new.md", page(TWO, "2026-02-01"), "test")
    archive.intake.add("old.md", page(ONE, "2026-01-01"), "test")

    assert leader(archive) == "beta-7b"
    assert leader(archive, date(2026, 1, 15)) == "alpha-7b"


def test_a_board_that_returns_to_its_old_rows_says_them_again(archive: Archive) -> None:
    for day, rows in (("2026-01-01", ONE), ("2026-01-02", TWO), ("2026-01-03", ONE)):
        archive.intake.add(f"{day}.md", page(rows, day), "test")

    assert [leader(archive, date(2026, 1, day)) for day in (1, 2, 3)] == ["alpha-7b", "beta-7b", "alpha-7b"]
    assert leader(archive) == "alpha-7b"


def test_an_older_page_between_two_sightings_of_the_same_rows_splits_them(archive: Archive) -> None:
    for day, rows in (("2026-01-01", ONE), ("2026-01-05", ONE), ("2026-01-03", TWO)):
        archive.intake.add(f"{day}.md", page(rows, day), "test")

    assert [leader(archive, date(2026, 1, day)) for day in (2, 3, 4, 5)] == [
        "alpha-7b",
        "beta-7b",
        "beta-7b",
        "alpha-7b",
    ]


def test_of_pages_without_a_date_the_one_read_last_is_current(archive: Archive) -> None:
    archive.intake.add("a.md", page(ONE), "test")
    archive.intake.add("b.md", page(TWO), "test")
    assert leader(archive) == "beta-7b"

    archive.intake.add("a.md", page(ONE), "test")
    assert leader(archive) == "alpha-7b"


def test_a_dated_page_is_newer_than_any_without_a_date(archive: Archive) -> None:
    archive.intake.add("dated.md", page(TWO, "2020-01-01"), "test")
    archive.intake.add("undated.md", page(ONE), "test")

    assert leader(archive) == "beta-7b"


def test_a_person_can_say_which_board_and_which_day(archive: Archive) -> None:
    unknown = page(ONE, heading="某个新榜单")
    day = datetime(2026, 3, 1, tzinfo=UTC)
    (receipt,) = archive.intake.add("x.md", unknown, "test", board="rele-open-5b", as_of=day)

    assert (receipt.board, receipt.as_of) == ("rele-open-5b", day)
    assert leader(archive, date(2026, 3, 1)) == "alpha-7b"


def test_a_page_of_no_known_board_is_refused(archive: Archive) -> None:
    before = counts(archive)
    with pytest.raises(DocumentError) as caught:
        archive.intake.add("x.md", page(ONE, heading="某个新榜单"), "test")

    assert [problem.code for problem in caught.value.problems] == [Code.UNKNOWN_BOARD]
    assert counts(archive) == before


def test_a_board_that_does_not_exist_is_refused(archive: Archive) -> None:
    with pytest.raises(UnknownBoard):
        archive.intake.add("x.md", page(ONE), "test", board="nonsense")


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ("|1|alpha-7b|eighty|70.0|\n", Code.NOT_A_NUMBER),
        ("|1|alpha-7b|\n", Code.FEW_CELLS),
        ("|1|alpha-7b|80.0|70.0|\n|2|alpha-7b|70.0|70.0|\n", Code.CONFLICT),
        (f"|1|{'a' * 300}|80.0|70.0|\n", Code.TOO_LONG),
    ],
)
def test_one_bad_row_refuses_the_whole_document_and_leaves_the_database_as_before(
    archive: Archive, rows: str, code: Code
) -> None:
    before = counts(archive)
    with pytest.raises(DocumentError) as caught:
        archive.intake.add("x.md", page(f"|1|good-7b|90.0|80.0|\n{rows}"), "test")

    assert code in {problem.code for problem in caught.value.problems}
    assert counts(archive) == before
    assert archive.reference().names.resolve("good-7b").model is None


def test_one_bad_table_refuses_the_good_one_beside_it(archive: Archive) -> None:
    before = counts(archive)
    both = page(ONE) + b"\n\n" + page("|1|gamma-7b|eighty|70.0|\n", heading="（3）20B以上开源大模型排行榜")
    with pytest.raises(DocumentError):
        archive.intake.add("x.md", both, "test")

    assert counts(archive) == before


def test_a_table_of_no_known_board_is_noted_and_passed_over_beside_a_known_one(archive: Archive) -> None:
    both = page(ONE) + b"\n\n" + page("|1|zeta-lumen-7b|80.0|70.0|\n", heading="某个新榜单")
    (receipt,) = archive.intake.add("x.md", both, "test")

    assert (receipt.board, receipt.outcome) == ("rele-open-5b", "added")
    assert [(note.code, note.found) for note in receipt.notes] == [(Code.UNKNOWN_BOARD, "某个新榜单")]
    assert archive.reference().names.resolve("zeta-lumen-7b").model is None


@pytest.mark.parametrize("total", [-80, 100.5, 180])
def test_a_score_outside_the_boards_range_is_held_back(archive: Archive, total: float) -> None:
    before = counts(archive)
    (receipt,) = archive.intake.add("x.md", page(f"|1|a-7b|{total}|70|\n"), "test")

    (note,) = receipt.notes
    assert receipt.outcome == "held"
    assert (note.code, note.column) == (Code.OUT_OF_RANGE, "总分")
    assert counts(archive) == before
    assert archive.reference().names.resolve("a-7b").model is None


def test_a_page_of_another_board_is_held_back_for_its_scores(archive: Archive) -> None:
    (receipt,) = archive.intake.add("x.md", page(ONE), "test", board="arena-text")

    assert receipt.outcome == "held"


def test_a_day_that_is_still_to_come_is_refused(archive: Archive) -> None:
    with pytest.raises(DocumentError, match="future"):
        archive.intake.add("x.md", page(ONE, "2999-01-01"), "test")


def test_one_board_cannot_be_said_for_several_tables(archive: Archive) -> None:
    other = page(ONE, heading="（3）20B以上开源大模型排行榜")
    with pytest.raises(DocumentError, match="several-tables"):
        archive.intake.add("x.md", page(ONE) + b"\n\n" + other, "test", board="rele-open")


def test_seeds_that_are_read_anew_do_not_take_the_place_of_a_page_that_a_person_read(
    archive: Archive, tmp_path: Path
) -> None:
    archive.intake.add("mine.md", page(TWO + FILL, heading="开源大模型排行榜"), "test")
    for seed in (seeds.FOLDER / "boards").iterdir():
        (tmp_path / seed.name).write_bytes(seed.read_bytes() + b"\n")
    archive.intake.read_seeds(read_pages(tmp_path))
    assert archive.leaders("rele-open").standings[0].name == "beta-7b"

    (tmp_path / "rele-open.md").write_bytes(page("|1|gamma-7b|90|80|\n" + FILL, heading="开源大模型排行榜"))
    archive.intake.read_seeds(read_pages(tmp_path))
    assert archive.leaders("rele-open").standings[0].name == "beta-7b"


def test_many_writers_at_once_take_turns(archive: Archive) -> None:
    def add(number: int) -> None:
        archive.intake.add(f"{number}.md", page(f"|1|new-model-{number % 3}|{number}|70|\n"), "test")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(24)))

    assert {f"new-model-{n}" for n in range(3)} <= set(archive.reference().models)
