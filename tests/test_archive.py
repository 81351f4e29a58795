"""The archive: opened, seeded once, and asked, on both engines."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

import seeds
from store.archive import Archive
from store.database import writing
from store.errors import NoSnapshot, UnknownBoard, UnknownDimension
from store.schema import entries, sightings, snapshots, standings
from store.shipment import read_pages
from store.values import Flag


def counts(archive: Archive) -> tuple[int, ...]:
    with archive.engine.connect() as connection:
        return tuple(
            connection.scalar(select(func.count()).select_from(table)) or 0
            for table in (snapshots, sightings, entries, standings)
        )


def test_opening_a_new_database_reads_every_shipped_board(archive: Archive) -> None:
    current = archive.current()

    assert {key: snapshot.rows for key, snapshot in current.items()} == {
        "arena-text": 213,
        "rele-open": 43,
        "rele-open-20b": 15,
    }
    assert current["arena-text"].as_of == datetime(2025, 7, 9, 11, 44, 37, tzinfo=UTC)
    assert current["rele-open"].as_of is None
    # two Arena pages, one of them yesterday's; 43 rows of 9 scores; 15 rows of 7
    assert counts(archive) == (4, 4, 213 + 208 + 43 + 15, 213 + 208 + 43 * 9 + 15 * 7)


def test_opening_again_reads_nothing_again(archive: Archive) -> None:
    before = counts(archive)
    again = Archive.open(archive.engine.url.render_as_string(hide_password=False), seeds.FOLDER)

    assert counts(again) == before
    again.close()


def test_seeds_whose_reading_was_cut_short_are_read_again_and_add_nothing_twice(archive: Archive) -> None:
    before = counts(archive)
    with writing(archive.engine) as connection:  # the crash between the last board and the note
        connection.execute(text("DELETE FROM facts"))
    receipts = archive.intake.read_seeds(read_pages(seeds.FOLDER / "boards"))

    assert {receipt.outcome for receipt in receipts} == {"unchanged"}
    assert counts(archive) == before


def test_a_model_stands_on_every_board_that_has_it_with_its_place_in_every_domain(archive: Archive) -> None:
    key = archive.reference().names.resolve("qwq-32b").model
    assert key is not None
    ((arena, rele),) = archive.standings_of([key.key])

    assert (arena.name, arena.main.rank, arena.main.rank_style_control) == ("QwQ-32B", 28, 38)
    assert (arena.main.score, arena.main.low, arena.main.high, arena.main.votes) == (1333, 1328, 1337, 18386)
    assert (arena.organization, arena.license, arena.cutoff) == ("Alibaba", "Apache 2.0", None)
    assert (rele.name, rele.main.rank, rele.main.score, rele.size) == ("qwq-32b", 3, 78.0, 32)
    assert {score.dimension.key: (score.score, score.place) for score in rele.domains} == {
        "medical": (76.5, 4),
        "education": (86.1, 2),
        "finance": (78.3, 3),
        "law": (62.5, 3),
        "administration": (86.5, 2),
        "mental-health": (63.0, 4),
        "reasoning": (87.1, 4),
        "language": (85.2, 2),
    }


def test_a_missing_score_has_no_place_and_the_row_is_still_told(archive: Archive) -> None:
    ((standing,),) = archive.standings_of(["yi-1.5-34b-chat"], "rele-open-20b")

    medical = next(score for score in standing.domains if score.dimension.key == "medical")
    assert (medical.score, medical.place) == (None, None)
    assert Flag.TRY_IT in standing.flags
    assert standing.price is not None
    assert (standing.price.output, standing.price.currency) == (1.26, "CNY")


def test_leaders_come_in_the_boards_own_order_and_ties_share_a_place(archive: Archive) -> None:
    arena = archive.leaders("arena-text", limit=6)
    law = archive.leaders("rele-open", "law", limit=10)

    assert [each.main.rank for each in arena.standings] == [1, 2, 3, 3, 3, 3]
    assert (arena.total, arena.unscored) == (213, 0)
    assert [(each.name, each.main.score) for each in law.standings[:3]] == [
        ("hunyuan-large", 83.2),
        ("DeepSeek-R1", 74.8),
        ("qwq-32b", 62.5),
    ]
    assert [each.main.place for each in law.standings] == [1, 2, 3, 4, 5, 6, 7, 8, 9, 9]


def test_leaders_of_a_domain_leave_out_who_has_no_score_there_and_count_them(archive: Archive) -> None:
    medical = archive.leaders("rele-open-20b", "medical")

    assert (medical.total, medical.unscored) == (13, 2)
    assert len(medical.standings) == 13


def test_a_day_is_answered_from_the_page_that_was_current_then(archive: Archive) -> None:
    before, after = archive.current(date(2025, 7, 8)), archive.current(date(2025, 7, 9))

    assert list(before) == ["arena-text"], "a page without a date says nothing of a day"
    assert before["arena-text"].rows == 208
    assert after["arena-text"].rows == 213


def test_what_is_not_there_is_an_error_that_says_what(archive: Archive) -> None:
    with pytest.raises(NoSnapshot):
        archive.leaders("arena-text", on=date(2025, 7, 5))
    with pytest.raises(UnknownDimension):
        archive.leaders("arena-text", "law")
    with pytest.raises(UnknownBoard):
        archive.leaders("arena-of-dreams")


def test_names_are_indexed_anew_only_when_boards_were_added(archive: Archive) -> None:
    first = archive.reference()
    assert archive.reference() is first

    table = "|排名(UB)|模型名|分数|\n|---|---|---|\n|1|Brand-New-9B|1500|\n"
    page = f"# 搜索榜单\n\n> 排名更新时间: 2025-08-01\n\n{table}"
    archive.intake.add("page.md", page.encode(), "test")

    second = archive.reference()
    assert first.names.resolve("brand new 9b").model is None
    assert second.names.resolve("brand new 9b").model is not None


def test_a_domain_that_is_added_to_the_catalogue_has_what_was_stored_before(
    empty_url: str, tmp_path: Path
) -> None:
    """Pages were read while nobody knew their columns: one had a new heading, the other one known since."""
    shutil.copytree(str(seeds.FOLDER), tmp_path / "seeds")
    catalogue = tmp_path / "seeds" / "dimensions.toml"
    whole = catalogue.read_text("utf-8")
    catalogue.write_text(whole.replace('labels = ["法律"]', 'labels = ["別"]'), "utf-8")
    first = Archive.open(empty_url, tmp_path / "seeds")
    before = first.leaders("rele-open", "法律")
    first.close()
    catalogue.write_text(whole, "utf-8")
    again = Archive.open(empty_url, tmp_path / "seeds")

    found = again.leaders("rele-open", "law")
    assert [each.name for each in found.standings] == [each.name for each in before.standings]
    assert found.dimension.title() == "Law"
    with pytest.raises(UnknownDimension):
        again.leaders("rele-open", "法律")
    again.close()


def test_what_was_stored_under_a_heading_and_under_its_dimension_becomes_one(
    empty_url: str, tmp_path: Path
) -> None:
    shutil.copytree(str(seeds.FOLDER), tmp_path / "seeds")
    catalogue = tmp_path / "seeds" / "dimensions.toml"
    whole = catalogue.read_text("utf-8")
    Archive.open(empty_url, tmp_path / "seeds").close()
    catalogue.write_text(whole.replace('labels = ["法律"]', 'labels = ["別"]'), "utf-8")
    page = "# 5B以下开源大模型排行榜\n\n|排名|大模型|总分|法律|\n|---|---|---|---|\n|1|a-1b|80|70|\n"
    without = Archive.open(empty_url, tmp_path / "seeds")
    without.intake.add("x.md", page.encode(), "test")
    without.close()
    catalogue.write_text(whole, "utf-8")
    again = Archive.open(empty_url, tmp_path / "seeds")

    assert again.leaders("rele-open-5b", "law").total == 1
    assert again.leaders("rele-open", "law").total == 43
    again.close()
