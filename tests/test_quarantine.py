"""Quarantine: held back whole, out of every answer, until a person accepts or drops it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import seeds
from store.archive import Archive
from store.ingest import Outcome
from store.values import Code
from tests.console import Run

PAGE = (Path(str(seeds.FOLDER)) / "boards" / "arena-text-2025-07-09.md").read_text("utf-8")


def short_page(day: str = "2025-07-12", rows: int = 60) -> bytes:
    """Return the shipped page with its first rows only, under another date."""
    head, _, table = PAGE.partition("|:---")
    lines = table.split("\n")
    kept = [lines[0], *lines[1 : rows + 1]]
    return (head + "|:---" + "\n".join(kept) + "\n").replace("2025-07-09", day).encode()


def test_a_short_page_is_held_back_and_changes_no_answer(archive: Archive) -> None:
    before = archive.leaders("arena-text")
    (receipt,) = archive.intake.add("arena-text.md", short_page(), "test")

    assert receipt.outcome is Outcome.HELD
    assert [note.code for note in receipt.notes] == [Code.SHRUNK]
    assert archive.leaders("arena-text") == before
    (held,) = archive.upkeep.held()
    assert (held.board, held.rows, held.code) == ("arena-text", 60, Code.SHRUNK)


def test_the_same_page_again_is_held_back_once(archive: Archive) -> None:
    for day in ("2025-07-12", "2025-07-13", "2025-07-13"):
        (receipt,) = archive.intake.add("arena-text.md", short_page(day), "test")
        assert receipt.outcome is Outcome.HELD
    assert len(archive.upkeep.held()) == 1


def test_an_accepted_page_is_stored_under_its_own_date(archive: Archive) -> None:
    archive.intake.add("arena-text.md", short_page(), "test")
    (held,) = archive.upkeep.held()
    receipts = archive.intake.decide(held.id, accept=True)

    assert receipts is not None
    assert receipts[0].outcome is Outcome.ADDED
    found = archive.leaders("arena-text")
    assert found.total == 60
    assert str(found.snapshot.as_of)[:10] == "2025-07-12"
    assert archive.upkeep.held() == ()
    (again,) = archive.intake.add("arena-text.md", short_page("2025-07-14"), "test")
    assert again.outcome is Outcome.UNCHANGED


def test_after_an_accepted_page_the_next_is_compared_with_it(archive: Archive) -> None:
    archive.intake.add("arena-text.md", short_page(), "test")
    (held,) = archive.upkeep.held()
    archive.intake.decide(held.id, accept=True)
    (receipt,) = archive.intake.add("arena-text.md", short_page("2025-07-15", rows=58), "test")

    assert receipt.outcome is Outcome.ADDED


def test_a_dropped_page_is_not_held_back_again(archive: Archive) -> None:
    before = archive.leaders("arena-text")
    archive.intake.add("arena-text.md", short_page(), "test")
    (held,) = archive.upkeep.held()

    assert archive.intake.decide(held.id, accept=False) == ()
    (again,) = archive.intake.add("arena-text.md", short_page("2025-07-14"), "test")
    assert again.outcome is Outcome.DROPPED
    assert archive.upkeep.held() == ()
    assert archive.leaders("arena-text") == before


@pytest.mark.parametrize("accept", [True, False])
def test_a_decision_stands(archive: Archive, accept: bool) -> None:
    archive.intake.add("arena-text.md", short_page(), "test")
    (held,) = archive.upkeep.held()
    archive.intake.decide(held.id, accept=accept)

    assert archive.intake.decide(held.id, accept=not accept) is None
    assert archive.intake.decide(held.id + 1, accept=accept) is None


def test_an_older_short_page_is_compared_with_what_came_before_it(archive: Archive) -> None:
    """A page of years ago had fewer models: nothing older is stored that it could be compared with."""
    (receipt,) = archive.intake.add("arena-text.md", short_page("2024-01-05"), "test")

    assert receipt.outcome is Outcome.ADDED


def test_the_command_line_lists_accepts_and_drops(bangdan: Run, tmp_path: Path) -> None:
    page = tmp_path / "arena-text.md"
    page.write_bytes(short_page())
    assert bangdan("quarantine").stdout.startswith("Nothing is held back")
    ingested = bangdan("ingest", str(page))
    listed = json.loads(bangdan("quarantine", "--json").stdout)
    shown = bangdan("quarantine").stdout
    boards = bangdan("ask", "/boards").stdout

    assert ingested.returncode == 0
    assert ingested.stdout.startswith("held back")
    assert "Fewer rows than it should have" in ingested.stderr
    assert [(each["board"], each["rows"], each["code"]) for each in listed] == [("arena-text", 60, "shrunk")]
    assert "--accept" in shown
    assert "held back" in boards
    assert bangdan("quarantine", "--accept", "99").returncode == 2
    assert bangdan("quarantine", "--accept", str(listed[0]["id"])).stdout.startswith("added")
    assert bangdan("quarantine", "--drop", str(listed[0]["id"])).returncode == 2


def test_dropping_says_so(bangdan: Run, tmp_path: Path) -> None:
    page = tmp_path / "arena-text.md"
    page.write_bytes(short_page())
    bangdan("ingest", str(page))
    (held,) = json.loads(bangdan("quarantine", "--json").stdout)

    assert bangdan("quarantine", "--drop", str(held["id"])).stdout.startswith("dropped")
    assert bangdan("ingest", str(page)).stdout.startswith("dropped before")
