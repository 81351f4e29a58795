"""Damaged pages meet the database: stored, held back or refused whole, and nothing else changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.archive import Archive
from store.errors import DocumentError
from store.ingest import Outcome
from tests.databases import skip_without_postgres
from tests.fuzz.documents import CASES, SMALL
from tests.fuzz.mutations import damage
from tests.fuzz.wholeness import check_whole
from tests.test_archive import counts

SEEDED = [("arena-text", date(2025, 7, 9)), ("rele-open", None), ("rele-open-20b", None)]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def archive(request: pytest.FixtureRequest) -> Iterator[Archive]:
    """One archive for all examples, on each engine: each finds what the ones before left."""
    if request.param == "postgresql":
        skip_without_postgres()
    made = request.getfixturevalue("sqlite_maker" if request.param == "sqlite" else "postgres_maker")
    with made.archive() as archive:
        yield archive


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.sampled_from(SMALL), st.randoms(use_true_random=False))
def test_no_damage_half_reads_a_page_or_changes_what_is_stored(
    archive: Archive, name: str, random: Random
) -> None:
    before, told = counts(archive), [archive.leaders(board, on=on) for board, on in SEEDED]
    try:
        receipts = archive.intake.add(name, damage(random, (CASES / name).read_bytes()), "test")
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
    check_whole(archive.engine)
    assert counts(archive)[0] > 0
