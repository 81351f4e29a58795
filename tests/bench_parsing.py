"""Measure reading: pages, a history of them, and names, for `make bench`."""

from __future__ import annotations

import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from markdown_it import MarkdownIt
from rapidfuzz import fuzz, process

import seeds
from store.archive import Archive
from store.catalogue import read_catalogue
from store.models import Model
from store.names import Identities, NameIndex
from store.parse import parse
from store.sources.documents import list_documents, read_document

ROOT = Path(__file__).parent.parent
BOARDS = Path(str(seeds.FOLDER)) / "boards"
MANY = 10_000
ROUNDS = 5
DAYS = 100


def measure_reading() -> list[str]:
    """Return the rows of all about pages."""
    return [*measure_parsing(), *measure_history(), *measure_full_history()]


def measure_all_names() -> list[str]:
    """Return the rows of all about names."""
    return [*measure_names(names_of(256)), *measure_names(names_of(MANY))]


def measure_parsing() -> list[str]:
    """Return a page's parsing beside markdown-it-py's own, with its inline text."""
    catalogue = read_catalogue(seeds.FOLDER)
    page = (BOARDS / "arena-text-2025-07-09.md").read_bytes()
    text = page.decode()
    ours = median(lambda: parse("arena-text.md", page, catalogue))
    floor = median(lambda: MarkdownIt().enable("table").parse(text))
    return [row("parsing a page of 213 rows, against markdown-it-py alone", ours, floor, "≤ 2")]


def measure_history() -> list[str]:
    """Return how long storing many daily pages takes beside markdown-it-py's parsing, and its memory."""
    with tempfile.TemporaryDirectory() as folder:
        for number, page in enumerate(daily_pages(DAYS)):
            (Path(folder) / f"{number:03}.md").write_text(page, "utf-8")
        pages = list_documents(Path(folder))
        floor = timed(lambda: deque(map(parse_blocks, pages), maxlen=0))
        archive = Archive.open(f"sqlite:///{folder}/bangdan.db", seeds.FOLDER)
        memory = []

        def read() -> None:
            for page in pages:
                archive.intake.add(str(page), read_document(page), "bench")
                memory.append(resident())

        ours = timed(read)
        archive.close()
    grown = memory[-1] - memory[DAYS // 4]
    return [
        row(f"storing {DAYS} daily pages, against markdown-it-py alone", ours, floor, "≤ 2"),
        f"| memory grown over the last three quarters of them | {grown:.1f} MB | – | – | flat |",
    ]


def parse_blocks(page: Path) -> object:
    """Return what markdown-it-py alone makes of a page."""
    return MarkdownIt().enable("table").parse(page.read_text("utf-8"))


def daily_pages(days: int) -> Iterator[str]:
    """Give the shipped page as it could have been on later days: other votes, and ratings that drift."""
    page, chance = (BOARDS / "arena-text-2025-07-09.md").read_text("utf-8"), random.Random(3)
    for number in range(days):
        day = date(2025, 7, 10) + timedelta(days=number)
        votes = re.sub(r"\| (\d+),(\d{3}) ", lambda each: f"| {each[1]},{chance.randint(100, 999)} ", page)
        yield votes.replace("2025-07-09", day.isoformat())


def measure_full_history() -> list[str]:
    """Return how long the data set's whole history takes, and its memory."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "text"
        place.mkdir()
        maker = [sys.executable, "-m", "tests.dataset_maker", str(place / "full-00000-of-00001.parquet")]
        subprocess.run([*maker, "--rows", "1100000", "--order", "random"], check=True, cwd=ROOT)
        told = os.environ | {
            "DATABASE_URL": f"sqlite:///{folder}/bangdan.db",
            "BANGDAN_UPSTREAMS": f"dataset={folder}",
        }
        command = [sys.executable, "-m", "bot", "refresh", "--full", "arena-text-raw"]
        begin = time.perf_counter()
        child = subprocess.Popen(command, env=told, cwd=ROOT, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        ours, peak = time.perf_counter() - begin, used.ru_maxrss / 1024
        again = timed(lambda: subprocess.run(command, check=True, env=told, cwd=ROOT, capture_output=True))
    return [
        f"| `refresh --full` of 1,100,000 rows | {ours:.0f} s | – | – | minutes |",
        f"| its memory at most | {peak:.0f} MB | – | – | < 500 MB |",
        f"| the same again | {again:.1f} s | – | – | adds nothing |",
    ]


def resident() -> float:
    """Return the megabytes that this process takes up now."""
    line = next(
        each for each in Path("/proc/self/status").read_text().splitlines() if each.startswith("VmRSS")
    )
    return int(line.split()[1]) / 1024


def measure_names(names: Sequence[str]) -> list[str]:
    """Return resolution, completion, memory and building of an index of `names`."""
    identities, catalogue = Identities.read(seeds.FOLDER), read_catalogue(seeds.FOLDER)
    models = [
        Model(identity.key, name, identity.family, (name,), place=place)
        for place, (name, identity) in enumerate(zip(names, map(identities.identify, names), strict=True), 1)
    ]
    tracemalloc.start()
    index = NameIndex(models, catalogue.organizations.values(), identities)
    memory = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    typed = queries_of(names)
    ours = median(lambda: [index.resolve(query) for query in typed]) / len(typed)
    one_pass = partial(process.extractOne, choices=names, scorer=fuzz.WRatio)
    floor = median(lambda: [one_pass(query) for query in typed]) / len(typed)
    beginnings = [query[:length] for query in typed for length in range(1, len(query) + 1)]
    slowest = statistics.quantiles((timed(partial(index.complete, each)) for each in beginnings), n=100)[98]
    count = f"{len(names):,} names"
    promised = "≤ 1" if len(names) < MANY else "≤ 0.2"
    return [
        row(f"resolving among {count}, against one WRatio pass", ours, floor, promised),
        f"| completing among {count}, 99th percentile | {slowest * 1000:.2f} ms | – | – | < 5 ms |",
        f"| index of {count} in memory | {memory:.1f} MB | – | – | < 20 MB |",
    ]


def names_of(count: int) -> list[str]:
    """Return the shipped boards' names, made more by other versions and sizes until there are `count`."""
    catalogue = read_catalogue(seeds.FOLDER)
    pages = [parse(file.name, file.read_bytes(), catalogue) for file in sorted(BOARDS.iterdir())]
    real = sorted({entry.name for page in pages for table in page.tables for entry in table.rows})
    chance = random.Random(1)
    names = dict.fromkeys(real[:count])
    while len(names) < count:
        name = chance.choice(real)
        names[
            f"{name}-v{chance.randint(1, 99)}.{chance.randint(0, 9)}-{chance.choice([1, 3, 7, 14, 70, 405])}b"
        ] = None
    return list(names)


def queries_of(names: Sequence[str]) -> list[str]:
    """Return what people could type for a hundred of the names: lower case, spaces, a slip, a part."""
    chance = random.Random(2)
    typed = []
    for name in chance.sample(list(names), 100):
        query = name.lower().replace("-", " ")
        at = chance.randrange(len(query))
        typed.append(
            chance.choice([query, query[:at] + query[at + 1 :], " ".join(query.split()[:2]) or query])
        )
    return typed


def median(call: Callable[[], object]) -> float:
    """Return the median seconds of a few calls."""
    return statistics.median(timed(call) for _ in range(ROUNDS))


def timed(call: Callable[[], object]) -> float:
    """Return the seconds that one call takes."""
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin


def row(what: str, ours: float, floor: float, promised: str) -> str:
    """Return a line of the table."""
    return f"| {what} | {ours * 1000:.2f} ms | {floor * 1000:.2f} ms | {ours / floor:.2f} | {promised} |"
