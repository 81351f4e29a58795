"""Measure courses and pictures: how long a model's whole history takes to read, and a picture to draw."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from multiprocessing import active_children
from pathlib import Path
from random import Random

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from sqlalchemy import insert, select

import seeds
from bot.drawing.press import print_png
from bot.drawing.values import Drawing
from bot.studio import Studio
from store.archive import Archive
from store.database import writing
from store.schema import boards, entries, models, names, sightings, snapshots, standings
from tests.picturing import LONG, make_chart, make_line

DAYS, MODELS = 400, 300
ROUNDS = 40
BOARD = "arena-search"


def measure_pictures() -> list[str]:
    """Return the lines of the table about courses and pictures."""
    chart = make_chart(*(make_line(name, _walk(at)) for at, name in enumerate(LONG)))
    drawn = sorted(_timed(lambda: print_png(chart)) for _ in range(ROUNDS))
    floor = statistics.median(_timed(_print_nothing) for _ in range(ROUNDS))
    p50, p95 = drawn[ROUNDS // 2], drawn[ROUNDS * 95 // 100]
    return [
        _row(
            "drawing 5 models over 400 days (processor time), p50, against an empty figure", p50, floor, "–"
        ),
        f"| the same, p95 | {p95 * 1000:.0f} ms | – | – | < 400 ms |",
        *asyncio.run(_measure_studio(chart)),
        *_measure_courses(),
    ]


def _walk(seed: int) -> list[float]:
    chance, value = Random(seed), 1400.0 - 20 * seed
    return [value := value + chance.gauss(0, 1.5) for _ in range(DAYS)]


def _print_nothing() -> None:
    figure = Figure(figsize=(10, 6), dpi=200)
    FigureCanvasAgg(figure)
    with tempfile.TemporaryFile() as file:
        figure.savefig(file, format="png", pil_kwargs={"compress_level": 3})


async def _measure_studio(chart: Drawing) -> list[str]:
    studio = Studio()
    try:
        first = await _awaited(studio, chart)
        memory = max(map(_resident, (child.pid or 0 for child in active_children())), default=0)
        again = await _awaited(studio, chart)
    finally:
        studio.close()
    return [
        f"| the first picture, with the start of the process | {first * 1000:.0f} ms | – | – | < 10 s |",
        f"| the same picture again | {again * 1000:.2f} ms | – | – | – |",
        f"| memory of the process that draws | {memory:.0f} MB | – | – | – |",
    ]


async def _awaited(studio: Studio, chart: Drawing) -> float:
    begin = time.perf_counter()
    await studio.draw(chart)
    return time.perf_counter() - begin


def _resident(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text().splitlines()
    return int(next(line for line in status if line.startswith("VmRSS")).split()[1]) / 1024


def _measure_courses() -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive.open(f"sqlite:///{folder}/bangdan.db", seeds.FOLDER)
        keys = _fill(archive)
        one = min(_timed(lambda: archive.course(BOARD, keys[:1])) for _ in range(ROUNDS))
        five = min(_timed(lambda: archive.course(BOARD, keys[:5])) for _ in range(ROUNDS))
        assert len(archive.course(BOARD, keys[:1]).series[0].points) == DAYS
        archive.close()
    of = f"{DAYS} days of {MODELS} models, best of {ROUNDS}"
    return [
        f"| a model's course over {of} | {one * 1000:.1f} ms | – | – | < 20 ms |",
        f"| the same of five models | {five * 1000:.1f} ms | – | – | – |",
    ]


def _fill(archive: Archive) -> list[str]:
    """Store a board of many models over many days, and return the keys of models in its midst."""
    rows = "".join(f"|{n}|bench-{n}b|{2000 - n} ±4|9000|\n" for n in range(1, MODELS + 1))
    page = f"# 搜索榜单\n\n> 排名更新时间: 2024-01-01\n\n|排名|模型|分数|票数|\n|---|---|---|---|\n{rows}"
    archive.intake.add("search.md", page.encode(), "bench")
    with writing(archive.engine) as connection:
        board = connection.scalar(select(boards.c.id).where(boards.c.key == BOARD))
        found = connection.execute(select(snapshots).where(snapshots.c.board_id == board)).one()
        lines = connection.execute(select(entries).where(entries.c.snapshot_id == found.id)).all()
        scores = connection.execute(select(standings).where(standings.c.snapshot_id == found.id)).all()
        for day in range(1, DAYS):
            at = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=day)
            new = connection.execute(
                insert(snapshots).values({**found._mapping, "id": None, "digest": f"{day:064}"})
            ).inserted_primary_key
            assert new is not None
            number = {"snapshot_id": new[0]}
            connection.execute(insert(entries), [{**line._mapping, **number} for line in lines])
            connection.execute(insert(standings), [{**line._mapping, **number} for line in scores])
            connection.execute(
                insert(sightings).values(board_id=board, at=at, read_at=at, source="bench", **number)
            )
        kept = connection.scalars(
            select(models.c.key).join(names).where(names.c.text.like("bench-15_b")).order_by(models.c.key)
        )
        return list(kept)


def _timed(call: Callable[[], object]) -> float:
    """Return the seconds of a processor that one call takes, so that other work counts little."""
    begin = time.process_time()
    call()
    return time.process_time() - begin


def _row(what: str, ours: float, floor: float, promised: str) -> str:
    return f"| {what} | {ours * 1000:.0f} ms | {floor * 1000:.0f} ms | {ours / floor:.1f} | {promised} |"


if __name__ == "__main__":
    print(*measure_pictures(), sep="\n")
