"""SIGKILL while we write or deliver: nothing is half there, and at last nothing is lost or repeated.

`python -m tests.faults kill --runs 50` does more of it.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from sqlalchemy import delete

from store.archive import Archive
from store.schema import entries, snapshots
from tests.databases import PostgresMaker, SqliteMaker
from tests.faults.__main__ import DELIVERING, NAMED, kill_delivery
from tests.faults.contents import differences, read_all
from tests.faults.killing import killers
from tests.fuzz.wholeness import check_whole


def test_work_that_is_killed_is_done_by_the_next_try(maker: SqliteMaker | PostgresMaker) -> None:
    with killers(maker) as killer:
        assert killer.kill(NAMED["ingest"], Random("1")).wrong == ()


def test_a_bot_that_is_killed_while_it_delivers_tells_everybody_once(
    maker: SqliteMaker | PostgresMaker,
) -> None:
    few = replace(DELIVERING, channels=12, kills=1)
    assert kill_delivery(maker, Random("1"), few).wrong == ()


def test_half_a_snapshot_and_a_missing_one_would_be_seen(archive: Archive) -> None:
    check_whole(archive.engine)
    before = read_all(archive.engine)
    with archive.engine.begin() as connection:
        connection.execute(delete(snapshots).where(snapshots.c.id == connection.scalar(snapshots.select())))
    missing = differences(before, read_all(archive.engine))
    assert {each.partition(":")[0] for each in missing} >= {"snapshots", "entries", "standings", "sightings"}
    with archive.engine.begin() as connection:
        connection.execute(delete(entries).where(entries.c.position == 1))
    with pytest.raises(AssertionError, match="half of a snapshot"):
        check_whole(archive.engine)
