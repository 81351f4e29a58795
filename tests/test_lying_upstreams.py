"""Upstreams that lie: nothing of it is stored, the reason is told, and the truth is taken afterwards."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import seeds
from store.database import make_engine
from tests.console import Run
from tests.dataset_maker import LAST, make_lines, make_table, pack
from tests.faults.contents import Contents, read_all
from tests.upstream import UpstreamServer, serving

DATASET = "/text_style_control/latest-00000-of-00001.parquet"
OPEN = "/leaderboard/opensource3.md"
PAGE = (Path(str(seeds.FOLDER)) / "boards" / "rele-open-20b.md").read_bytes()
KEYS = ("dataset", "rele", "release", "page")
LINES = make_lines("text_style_control", rows=130 * 27, models=130)
TRUE = pack(make_table(LINES))


def changed(**values: object) -> bytes:
    """Return the data set with other values in every line."""
    return pack(make_table([line | values for line in LINES]))


def renamed(old: str, new: str) -> bytes:
    """Return the data set with another name for a column."""
    table = make_table(LINES)
    return pack(table.rename_columns([new if each == old else each for each in table.column_names]))


LIES: dict[str, tuple[str, bytes]] = {
    "a web page instead of a data set": (DATASET, b"<!doctype html><title>sign in</title>"),
    "a data set that is cut off": (DATASET, TRUE[: len(TRUE) * 2 // 3]),
    "a data set without lines": (DATASET, pack(make_table([]))),
    "a data set without ratings": (DATASET, renamed("rating", "elo")),
    "ratings that are no numbers": (DATASET, changed(rating=float("nan"))),
    "ratings beyond all measure": (DATASET, changed(rating=1e300, rating_lower=1e300, rating_upper=1e300)),
    "ratings outside of their interval": (DATASET, changed(rating=10.0)),
    "votes below nothing": (DATASET, changed(vote_count=-5)),
    "dates to come": (DATASET, changed(leaderboard_publish_date=LAST.replace(year=2999))),
    "dates of long ago": (DATASET, changed(leaderboard_publish_date=date(1066, 10, 14))),
    "a page without rows": (OPEN, PAGE[: PAGE.index(b"|-")]),
    "a page whose numbers are absurd": (OPEN, PAGE.replace(b"|9", b"|99999999")),
    "a page with other columns": (OPEN, b"|a|b|\n|-|-|\n|1|2|\n"),
    "an error in words": (OPEN, b"404: Not Found"),
    "bytes that are no text": (OPEN, bytes(range(256)) * 40),
}


@pytest.fixture
def upstream() -> Iterator[UpstreamServer]:
    with serving() as server:
        yield server.put(DATASET, TRUE).put(OPEN, PAGE)


NOTES = ("fetches", "facts", "quarantine")
"""Tables that tell how fetching went, and what was held back."""


def stored() -> Contents:
    """Return what boards say by now."""
    engine = make_engine(os.environ["DATABASE_URL"])
    held = read_all(engine)
    engine.dispose()
    return {name: rows for name, rows in held.items() if name not in NOTES}


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_is_not_stored_and_the_truth_is_taken_afterwards(
    bangdan: Run, upstream: UpstreamServer, lie: str
) -> None:
    path, content = LIES[lie]
    board = "arena-text" if path == DATASET else "rele-open-20b"
    settings = {"BANGDAN_UPSTREAMS": " ".join(f"{key}={upstream.url}" for key in KEYS)}
    bangdan("ask", "/about")
    before = stored()
    upstream.put(path, content)
    lied = bangdan("refresh", board, **settings)

    assert stored() == before, lied.stdout
    assert lied.returncode == 1 or "held" in lied.stdout
    assert ": " in lied.stdout + lied.stderr, "the reason is told"
    truth = TRUE if path == DATASET else PAGE
    upstream.put(path, truth)
    told = bangdan("refresh", board, **settings)
    assert told.returncode == 0, told.stdout
    assert stored() != before or path == OPEN
