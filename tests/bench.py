"""Measure what speed is promised, each figure against a floor in the same run: `make bench`.

The table goes to docs/benchmarks.md. Machines are noisy, so the ratios count, and no test asks for them.
"""

from __future__ import annotations

import os
import platform
import random
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from markdown_it import MarkdownIt
from rapidfuzz import fuzz, process

import seeds
from store.catalogue import read_catalogue
from store.models import Model
from store.names import Identities, NameIndex
from store.parse import parse

ROOT = Path(__file__).parent.parent
BOARDS = Path(str(seeds.FOLDER)) / "boards"
MANY = 10_000
ROUNDS = 5


def main() -> None:
    """Measure everything, print the table and write it down."""
    rows = [*measure_parsing(), *measure_names(names_of(256)), *measure_names(names_of(MANY))]
    lines = [
        "# Benchmarks",
        "",
        "Written by `make bench`: each figure beside its floor, measured in the same run.",
        "",
        f"Machine: {os.cpu_count()} cores, {platform.machine()}, {platform.system()}, "
        f"Python {platform.python_version()}.",
        "",
        "| what | measured | floor | ratio | promised |",
        "|---|---|---|---|---|",
        *rows,
    ]
    (ROOT / "docs" / "benchmarks.md").write_text("\n".join(lines) + "\n", "utf-8")
    print("\n".join(lines))


def measure_parsing() -> list[str]:
    """Return a page's parsing beside markdown-it-py's own, with its inline text."""
    catalogue = read_catalogue(seeds.FOLDER)
    page = (BOARDS / "arena-text-2025-07-09.md").read_bytes()
    text = page.decode()
    ours = median(lambda: parse("arena-text.md", page, catalogue))
    floor = median(lambda: MarkdownIt().enable("table").parse(text))
    return [row("parsing a page of 213 rows, against markdown-it-py alone", ours, floor, "≤ 2")]


def measure_names(names: Sequence[str]) -> list[str]:
    """Return resolution, completion, memory and building of an index of `names`."""
    identities, catalogue = Identities.read(seeds.FOLDER), read_catalogue(seeds.FOLDER)
    models = [
        Model(identity.key, name, identity.family, (name,), place=place)
        for place, name in enumerate(names, 1)
        if (identity := identities.identify(name))
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


if __name__ == "__main__":
    sys.exit(main())
