"""Measure how the store's answers grow with its history, for `make bench`: 400 days beside 40.

SQLite works in the process that asks, so that seconds of a processor are counted, which other work on the
machine hardly changes; PostgreSQL works in others.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import seeds
from store.archive import Archive
from tests.bench_archive import DAYS, MODEL, postgres_archive, sqlite_archive

ROUNDS, FEW = 30, 40
BOARD = "arena-text"
OTHERS = ("deepseek-r1", "qwen2.5-72b-instruct", "gpt-4o", "claude-3.5-sonnet")


def measure_growth() -> list[str]:
    """Return the rows of the table."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        with sqlite_archive(place, FEW) as few, sqlite_archive(place) as many:
            before, after = _time(few), _time(many)
    rows = [*_courses("SQLite", after), _points(after)]
    for what in ("rank", "top", "compare", "changes"):
        rows.append(
            f"| SQLite: the query of /{what} over {DAYS} days, against {FEW} | {after[what] * 1000:.2f} ms "
            f"| {before[what] * 1000:.2f} ms | {after[what] / before[what]:.2f} | flat |"
        )
    with postgres_archive() as url:
        return rows if url is None else [*rows, *_courses("PostgreSQL", _time(url))]


def _time(url: str) -> Mapping[str, float]:
    """Return the seconds that each question to the store takes."""
    clock = time.process_time if url.startswith("sqlite") else time.perf_counter
    archive = Archive.open(url, seeds.FOLDER)
    reference = archive.reference()
    found = [reference.resolve(name).model for name in (MODEL, *OTHERS)]
    keys = [model.key for model in found if model is not None]
    hundred = datetime.now(UTC).date() - timedelta(days=DAYS // 4 - 1)
    told = {
        "one": lambda: archive.course(BOARD, keys[:1]),
        "five": lambda: archive.course(BOARD, keys),
        "hundred": lambda: archive.course(BOARD, keys, hundred),
        "rank": lambda: archive.standings_of(keys[:1]),
        "top": lambda: archive.leaders(BOARD, limit=10),
        "compare": lambda: archive.side_by_side(keys[:2]),
        "changes": lambda: archive.changes(BOARD),
    }
    seconds = {name: _best(call, clock) for name, call in told.items()}
    archive.close()
    return seconds


def _best(call: Callable[[], object], clock: Callable[[], float]) -> float:
    """Return the least seconds of some calls, so that other work on the machine counts little."""
    seconds = []
    for _ in range(ROUNDS):
        began = clock()
        call()
        seconds.append(clock() - began)
    return min(seconds)


def _courses(engine: str, told: Mapping[str, float]) -> list[str]:
    return [
        f"| {engine}: the query of /history over {DAYS} days, {what} | {told[key] * 1000:.1f} ms "
        "| – | – | < 20 ms |"
        for key, what in (("one", "one model"), ("five", "five models"))
    ]


def _points(told: Mapping[str, float]) -> str:
    four = told["five"] / told["hundred"]
    return (
        f"| SQLite: five models over {DAYS} days, against {DAYS // 4} days | {told['five'] * 1000:.1f} ms "
        f"| {told['hundred'] * 1000:.1f} ms | {four:.2f} | ≤ 4 |"
    )


if __name__ == "__main__":
    print(*measure_growth(), sep="\n")
