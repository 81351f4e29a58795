"""Damaged pages meet the database: stored, held back or refused whole, and nothing else changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

import seeds
from store.archive import Archive
from store.errors import DocumentError
from store.ingest import Outcome
from store.schema import entries, quarantine, snapshots, standings
from tests.databases import skip_without_postgres
from tests.test_archive import counts

CASES = Path(__file__).parent / "cases" / "boards"
NAMES = sorted(path.name for path in CASES.iterdir() if path.stat().st_size < 9500)
SEEDED = [("arena-text", date(2025, 7, 9)), ("rele-open", None), ("rele-open-20b", None)]
PIECES = [b"", b"|", b"\n", b"/%", "１".encode(), b"9", b"-", b"\n\n", b"<html>", b"\xff", "北京".encode()]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def archive(request: pytest.FixtureRequest) -> Iterator[Archive]:
    """One archive for all examples, on each engine: each finds what the ones before left."""
    if request.param == "postgresql":
        skip_without_postgres()
    made = request.getfixturevalue("sqlite_maker" if request.param == "sqlite" else "postgres_maker")
    with made.seeded() as url:
        archive = Archive.open(url, seeds.FOLDER)
        yield archive
        archive.close()


@st.composite
def damaged_pages(draw: st.DrawFn) -> tuple[str, bytes]:
    """Draw a real page under a name without a date, in which a few bytes are lost, doubled or others."""
    name = draw(st.sampled_from(NAMES))
    content = (CASES / name).read_bytes()
    for _ in range(draw(st.integers(1, 4))):
        begin = draw(st.integers(0, len(content)))
        end = min(len(content), begin + draw(st.sampled_from([0, 1, 2, 9, 60, 400])))
        piece = draw(st.sampled_from([*PIECES, content[begin:end] * 2]))
        content = content[:begin] + piece + content[end:]
    return name, content


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(damaged_pages())
def test_no_damage_half_reads_a_page_or_changes_what_is_stored(
    archive: Archive, damaged: tuple[str, bytes]
) -> None:
    before, told = counts(archive), [archive.leaders(board, on=on) for board, on in SEEDED]
    try:
        receipts = archive.intake.add(*damaged, "test")
    except DocumentError:
        assert counts(archive) == before
        return
    after = counts(archive)
    added = [receipt for receipt in receipts if receipt.outcome is Outcome.ADDED]
    assert after[0] - before[0] == len(added)
    assert after[2] - before[2] == sum(receipt.rows for receipt in added)
    boards = {receipt.board for receipt in receipts}
    for (board, on), leaders in zip(SEEDED, told, strict=True):
        if on is not None or board not in boards:
            assert archive.leaders(board, on=on) == leaders


def test_what_the_examples_left_is_whole(archive: Archive) -> None:
    """Every snapshot has its rows, and each row its main score; what was held back is none of them."""
    with archive.engine.connect() as connection:
        lines = select(func.count()).where(entries.c.snapshot_id == snapshots.c.id).scalar_subquery()
        scores = (
            select(func.count())
            .where(
                standings.c.snapshot_id == snapshots.c.id,
                standings.c.dimension_id == snapshots.c.dimension_id,
            )
            .scalar_subquery()
        )
        told = connection.execute(select(snapshots.c.rows, lines, scores)).all()
        held = connection.execute(select(quarantine.c.digest)).scalars().all()
        stored = set(connection.execute(select(snapshots.c.digest)).scalars())

    assert told
    assert all(rows == found == scored for rows, found, scored in told)
    assert stored.isdisjoint(held)
