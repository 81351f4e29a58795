"""Shares: how they are written, and which deliveries a process takes that has one; on both engines."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from store.archive import Archive
from store.news.values import LiveBoard, Occasion, Rhythm, Schedule, Watch
from store.outbox.claims import LEASE
from store.outbox.outbox import Outbox
from store.outbox.shares import EVERYTHING, Share, read_share
from tests.newsroom import BOARD, Newsroom

EVEN, ODD = 2 << 22, 3 << 22
"""Servers of the shards 0 and 1 of two."""


@pytest.mark.parametrize(
    ("written", "share"),
    [
        ("0/1", Share((0,), 1)),
        ("0,1/4", Share((0, 1), 4)),
        (" 0 - 3 / 16 ", Share((0, 1, 2, 3), 16)),
        ("3,0-1,1/8", Share((0, 1, 3), 8)),
    ],
)
def test_a_share_is_written_as_its_shards_of_so_many(written: str, share: Share) -> None:
    assert read_share(written) == share


@pytest.mark.parametrize(
    "written", ["", "4", "4/4", "0/0", "2-1/4", "0,/4", "-1/4", "0-999999/1000000", "a/b", "0/4/4", "０/4"]
)
def test_what_is_no_share_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"^.*$"):
        read_share(written)


def test_a_share_has_the_servers_that_discord_deals_to_its_shards() -> None:
    assert [Share((1,), 2).has(server) for server in (EVEN, ODD, ODD + 5)] == [False, True, True]
    assert EVERYTHING.has(ODD)


def test_processes_together_do_not_ask_more_of_discord_than_one_may() -> None:
    parts = [Share((0,), 4).part_of(48), Share((1, 2), 4).part_of(48), Share((3,), 4).part_of(48)]
    assert parts == [12, 24, 12]
    assert Share((0,), 1000).part_of(48) == 1


@pytest.fixture
def room(archive: Archive) -> Newsroom:
    room = Newsroom.of(archive)
    room.lead(1, 1380)
    for number, server in enumerate((EVEN, ODD)):
        room.subscribe(server=server, channel=number, schedule=Schedule(Rhythm.AT_ONCE))
        score = archive.catalogue.board(BOARD).score
        room.archive.requests.pin(LiveBoard(server, number, 9, BOARD, score))
    return room


@pytest.fixture
def process(room: Newsroom) -> Callable[[int], Outbox]:
    """Return the outbox of the process of one of two shards."""
    return lambda number: room.archive.outbox(f"process {number}", LEASE, Share((number,), 2))


def servers(outbox: Outbox) -> set[int]:
    asked = [each.subscription or each.live for each in outbox.claim(10)]
    return {each.server for each in asked if each is not None}


def test_each_process_takes_its_own_servers(room: Newsroom, process: Callable[[int], Outbox]) -> None:
    room.lead(2, 1480)
    room.clock.move(seconds=31)

    assert servers(process(0)) == {EVEN}
    assert servers(process(0)) == set()
    assert servers(process(1)) == {ODD}
    assert servers(process(1)) == set()


def test_what_nobody_took_for_a_lease_is_taken_by_anybody(
    room: Newsroom, process: Callable[[int], Outbox]
) -> None:
    room.lead(2, 1480)
    room.clock.move(seconds=31)
    servers(process(0))
    room.clock.move(seconds=LEASE.total_seconds())

    assert ODD in servers(process(0))


def test_what_a_process_left_when_it_died_is_taken_by_anybody(
    room: Newsroom, process: Callable[[int], Outbox]
) -> None:
    room.lead(2, 1480)
    room.clock.move(seconds=31)
    assert servers(process(1)) == {ODD}
    room.clock.move(seconds=LEASE.total_seconds())

    assert servers(process(0)) == {EVEN, ODD}


def test_persons_are_told_by_whoever_comes_first(room: Newsroom, process: Callable[[int], Outbox]) -> None:
    room.archive.requests.watch(Watch(77, "comet-1", Occasion.OVERTAKEN))
    room.lead(2, 1480)
    room.clock.move(seconds=31)

    assert 77 in {each.person for each in process(1).claim(10)}
    assert 77 not in {each.person for each in process(0).claim(10)}
