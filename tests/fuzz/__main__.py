"""The command; see the package's own words."""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
import tempfile
from pathlib import Path

from tests.fuzz import documents, payloads, words
from tests.fuzz.running import Kind, Report, run

KINDS = (*documents.KINDS, *words.KINDS, *payloads.KINDS)
SHOWN = 5
"""Failures of a kind that are printed whole."""


def numbers_of(kind: Kind, inputs: int, begin: int = 0) -> range:
    return range(begin, begin + max(1, round(inputs * kind.share / sum(each.share for each in KINDS))))


def show(report: Report, seed: int) -> None:
    print(report, flush=True)
    for number, trace in report.failures[:SHOWN]:
        again = f"--seed {seed} --only {report.kind}:{number}" if number >= 0 else "the whole"
        print(f"--- {again}\n{trace}", flush=True)


async def put_in(kinds: list[Kind], inputs: int, seed: int, only: int | None) -> int:
    """Put inputs in, kind after kind; return how many failed."""
    failed = total = 0
    for kind in kinds:
        with tempfile.TemporaryDirectory() as folder:
            numbers = numbers_of(kind, inputs) if only is None else range(only, only + 1)
            report = await run(kind, numbers, seed, Path(folder) / kind.name)
        show(report, seed)
        failed += len(report.failures)
        total += report.inputs
    print(f"{total} inputs, seed {seed}: {failed} failures")
    return failed


def main() -> None:
    """Put mutated inputs in, and print what became of them."""
    parser = argparse.ArgumentParser(description="mutated inputs")
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", action="append", choices=[kind.name for kind in KINDS])
    parser.add_argument("--only", help="one input, as KIND:NUMBER")
    asked = parser.parse_args()
    logging.disable(logging.CRITICAL)
    name, _, number = (asked.only or "").partition(":")
    wanted = [name] if name else asked.kind or [kind.name for kind in KINDS]
    kinds = [kind for kind in KINDS if kind.name in wanted]
    sys.exit(bool(asyncio.run(put_in(kinds, asked.inputs, asked.seed, int(number) if number else None))))


if __name__ == "__main__":
    main()
