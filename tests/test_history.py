"""A history is read day by day, goes on where it was interrupted, and is read once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from store.archive import Archive
from store.history import Historian, Progress
from store.refresh import Refreshed
from store.schema import sightings, snapshots
from store.sources.fetcher import Fetcher, open_session
from tests.dataset_maker import make_lines, make_table, pack
from tests.upstream import UpstreamServer, serving

DAYS = 9
FULL = "/text/full-00000-of-00001.parquet"


class Interrupted(Exception):
    """Somebody pulls the plug."""


@pytest.fixture(scope="module")
def history() -> bytes:
    """The text board's history, with the very same ratings on some days."""
    return pack(make_table(make_lines("text", rows=DAYS * 20 * 27, models=20)))


@pytest.fixture
def upstream() -> Iterator[UpstreamServer]:
    with serving() as server:
        yield server


def read(archive: Archive, upstream: UpstreamServer, folder: Path, progress: Progress) -> Refreshed:
    async def run() -> Refreshed:
        async with open_session() as session:
            mirrors = {"dataset": upstream.url}
            historian = Historian(archive.intake, Fetcher(session), mirrors, folder)
            board = archive.catalogue.board("arena-text-raw")
            source = historian.source_of(board)
            assert source is not None
            return await historian.read(board, *source, progress)

    return asyncio.run(run())


def count(archive: Archive) -> tuple[int, int]:
    with archive.engine.connect() as connection:
        stored, seen = (connection.scalar(select(func.count(t.c.id))) for t in (snapshots, sightings))
        return stored or 0, seen or 0


def test_every_day_is_stored_under_its_date(
    archive: Archive, upstream: UpstreamServer, history: bytes, tmp_path: Path
) -> None:
    upstream.put(FULL, history, etag='"1"')
    before = count(archive)
    told: list[tuple[int, int]] = []
    done = read(archive, upstream, tmp_path, lambda *at: told.append(at))

    days = len({receipt.as_of for receipt in done.receipts})
    assert done.code is None, done.found
    assert told == [(at, days) for at in range(1, days + 1)]
    assert count(archive)[1] - before[1] == days
    assert not list(tmp_path.iterdir())


def test_an_interrupted_reading_goes_on_where_it_was(
    archive: Archive, upstream: UpstreamServer, history: bytes, tmp_path: Path
) -> None:
    upstream.put(FULL, history, etag='"1"')

    def pull(done: int, total: int) -> None:
        if done == 4:
            raise Interrupted

    with pytest.raises(Interrupted):
        read(archive, upstream, tmp_path, pull)
    told: list[tuple[int, int]] = []
    done = read(archive, upstream, tmp_path, lambda *at: told.append(at))

    assert done.code is None
    assert told[0][0] == 5
    assert len(done.receipts) == told[-1][1] - 4


def test_a_changed_file_is_read_from_its_beginning(
    archive: Archive, upstream: UpstreamServer, history: bytes, tmp_path: Path
) -> None:
    def pull(done: int, total: int) -> None:
        raise Interrupted

    upstream.put(FULL, history, etag='"1"')
    with pytest.raises(Interrupted):
        read(archive, upstream, tmp_path, pull)
    upstream.put(FULL, history, etag='"2"')
    told: list[tuple[int, int]] = []
    read(archive, upstream, tmp_path, lambda *at: told.append(at))

    assert told[0][0] == 1


def test_a_second_reading_adds_nothing_with_an_etag_or_without(
    archive: Archive, upstream: UpstreamServer, history: bytes, tmp_path: Path
) -> None:
    upstream.put(FULL, history)
    read(archive, upstream, tmp_path, lambda *_: None)
    before = count(archive)
    read(archive, upstream, tmp_path, lambda *_: None)
    upstream.put(FULL, history, etag='"1"')
    read(archive, upstream, tmp_path, lambda *_: None)
    third = read(archive, upstream, tmp_path, lambda *_: None)

    assert count(archive) == before
    assert third.receipts == ()


def test_a_history_that_is_no_parquet_changes_nothing_and_says_why(
    archive: Archive, upstream: UpstreamServer, tmp_path: Path
) -> None:
    upstream.put(FULL, b"PAR1 but no more of it")
    before = count(archive)
    done = read(archive, upstream, tmp_path, lambda *_: None)

    assert (done.code or "").startswith("problem.")
    assert count(archive) == before
    (noted,) = archive.upkeep.fetches("arena-text-raw")
    assert noted.code == done.code
    assert noted.succeeded_at is None
