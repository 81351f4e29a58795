"""Measure what speed is promised, each figure against a floor in the same run: `make bench`.

The tables go to docs/benchmarks.md, one a part. Machines are noisy, so the ratios count, and no test asks for
them.
"""

from __future__ import annotations

import argparse
import os
import platform
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.bench_answers import measure_answers
from tests.bench_discord import measure_discord
from tests.bench_growth import measure_growth
from tests.bench_memory import measure_memory
from tests.bench_parsing import measure_all_names, measure_reading
from tests.bench_pictures import measure_pictures
from tests.our_delivery import measure_news

PLACE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
HEAD = ("| what | measured | floor | ratio | promised |", "|---|---|---|---|---|")
PARTS: Mapping[str, Callable[[], list[str]]] = {
    "parsing": measure_reading,
    "names": measure_all_names,
    "pictures": measure_pictures,
    "discord": measure_discord,
    "news": measure_news,
    "growth": measure_growth,
    "answers": measure_answers,
    "memory": measure_memory,
}


def main() -> None:
    """Measure the parts that are named, or all; print their tables and write them down."""
    parser = argparse.ArgumentParser(description="measure speed and memory, into docs/benchmarks.md")
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="what to measure; all unless given")
    wanted = parser.parse_args().parts or list(PARTS)
    tables = read_tables(PLACE.read_text("utf-8")) if PLACE.exists() else {}
    for part in wanted:
        tables[part] = [f"Measured on {datetime.now(UTC):%Y-%m-%d}.", "", *HEAD, *PARTS[part]()]
        print("", f"## {part}", "", *tables[part], sep="\n", flush=True)
        PLACE.write_text(written(tables, PARTS), "utf-8")


def read_tables(text: str) -> dict[str, list[str]]:
    """Return the tables of docs/benchmarks.md by their parts."""
    parts = (part.partition("\n") for part in text.split("\n## ")[1:])
    return {name.strip(): body.strip().splitlines() for name, _, body in parts}


def written(tables: Mapping[str, Sequence[str]], parts: Iterable[str]) -> str:
    """Return docs/benchmarks.md."""
    known = (line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name"))
    processor = next(known, platform.machine()).rpartition(":")[2].strip()
    lines = [
        "# Benchmarks",
        "",
        'Written by `make bench` (`make bench PARTS="answers memory"` for some parts): each figure beside',
        "its floor, measured in the same run. Machines are noisy, so that the ratios count.",
        "",
        f"Machine: {os.cpu_count()} cores, {processor}, {platform.system()}, "
        f"Python {platform.python_version()}.",
    ]
    for part in parts:
        if part in tables:
            lines += ["", f"## {part}", "", *tables[part]]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
