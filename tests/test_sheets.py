"""What is of now is answered from memory: the same as the database says, and never older than a moment."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import seeds
from bot.replies.pager import MENU_LIMIT
from bot.replies.refine import _spread
from store.archive import Archive
from store.database import reading
from store.days import thin_out
from store.queries import current, standings_of
from store.tally import read_tallies
from tests.test_course import page

MOMENT = 60.0
MOST = MENU_LIMIT - 1


def told(archive: Archive, within: float = 0.0) -> float | None:
    return archive.leaders("arena-search", limit=1, seen=archive.present(within)).standings[0].main.score


def test_where_models_stand_in_memory_is_where_the_database_says(archive: Archive) -> None:
    archive.intake.add("search.md", page("2026-01-01", ("nova-2", 1300), ("qwq-32b", 1200)), "test")
    keys = list(archive.reference().models)
    held = dict(zip(keys, archive.standings_of(keys), strict=True))
    with reading(archive.engine) as connection:
        pages = current(connection, archive.catalogue).values()
        found = standings_of(
            connection,
            archive.catalogue,
            keys,
            pages,
            lambda each: read_tallies(connection, archive.catalogue, each),
        )

    assert len(keys) > 200
    assert held == {key: tuple(standings) for key, standings in found.items()}


def test_a_page_of_this_process_is_seen_at_once(archive: Archive) -> None:
    for day, score in ((1, 1300.0), (2, 1444.0)):
        archive.intake.add("search.md", page(f"2026-01-0{day}", ("nova-2", score)), "test")
        assert told(archive, MOMENT) == score


def test_a_page_of_another_process_is_seen_whenever_it_is_looked_for(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.intake.add("search.md", page("2026-01-01", ("nova-2", 1300)), "test")
    assert told(archive) == 1300
    other = Archive.open(archive.engine.url.render_as_string(hide_password=False), seeds.FOLDER)
    other.intake.add("search.md", page("2026-01-02", ("nova-2", 1444)), "test")
    other.close()

    assert told(archive, MOMENT) == 1300
    monkeypatch.setattr("store.holdings.time.monotonic", lambda: 10**9)
    assert told(archive, MOMENT) == 1444


def test_a_page_that_did_not_change_is_not_read_again(archive: Archive) -> None:
    before = archive.present()
    archive.intake.add("search.md", page("2026-01-01", ("nova-2", 1300)), "test")
    after = archive.present()

    assert after.edition != before.edition
    assert all(after.sheets[number] is sheet for number, sheet in before.sheets.items())


def test_a_page_that_is_issued_again_has_its_new_date(archive: Archive) -> None:
    for day in ("2026-01-01", "2026-01-02"):
        archive.intake.add("search.md", page(day, ("nova-2", 1300)), "test")
        (standing,) = archive.leaders("arena-search").standings
        assert f"{standing.snapshot.as_of:%Y-%m-%d}" == day


@given(st.lists(st.sets(st.dates(date(2023, 1, 1), date(2026, 1, 1)), max_size=120), max_size=3))
def test_days_that_are_thinned_out_leave_every_menu_as_it_is(boards: list[set[date]]) -> None:
    whole, thin = (sorted({day for days in boards for day in each(days)}) for each in (sorted, thin_out))

    assert _spread(thin[:-1], None, MOST) == _spread(whole[:-1], None, MOST)
    assert thin[:1] == whole[:1]
