"""The command: `python -m tests.faults kill --runs 50 --seed 1 [--engine sqlite|postgresql] [--work NAME]`.

Ingest, refresh, the refresh of whole histories and delivery are killed in turn, on both engines.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from random import Random

from tests.databases import PostgresMaker, SqliteMaker, postgres_answers
from tests.faults.killing import WORKS, Maker, Verdict, killers
from tests.killing import Killing, measure_killing
from tests.our_delivery import OurDelivery

DELIVERY = "delivery"
DELIVERING = Killing(channels=60, runs=1, kills=2, starting=2.0, quiet=8.0)
NAMED = {each.name: each for each in WORKS}
ENGINES = ("sqlite", "postgresql")


@contextmanager
def makers(engine: str) -> Iterator[Maker]:
    """Give what makes databases of an engine."""
    if engine == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            yield SqliteMaker(Path(folder))
        return
    maker = PostgresMaker()
    try:
        yield maker
    finally:
        maker.close()


def kill(engine: str, runs: int, seed: int, works: list[str]) -> int:
    """Kill works in turn, print what became of each, and return how many were not as without a kill."""
    bad = 0
    with makers(engine) as maker, killers(maker) as killer:
        for number, name in enumerate(islice(cycle(works), runs)):
            chance = Random(f"{seed} {number}")
            verdict = kill_delivery(maker, chance) if name == DELIVERY else killer.kill(NAMED[name], chance)
            bad += bool(verdict.wrong)
            print(f"{engine} {number + 1:3}: {verdict}", flush=True)
    return bad


def kill_delivery(maker: Maker, chance: Random, killing: Killing = DELIVERING) -> Verdict:
    """Kill the bot while it delivers to some channels, which must each get their news once."""
    with maker.seeded() as url:
        tally = measure_killing(
            OurDelivery(lease=2.0, url=url), replace(killing, seed=chance.randrange(2**31))
        )
    when = f"{killing.kills} times over {tally.wanted} channels"
    return Verdict(DELIVERY, when, () if tally.clean else (str(tally),))


def main() -> None:
    """Kill, and print what became of it."""
    parser = argparse.ArgumentParser(description="faults, on purpose")
    parser.add_argument("what", choices=("kill",))
    parser.add_argument("--runs", type=int, default=50, help="on each engine")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", action="append", choices=ENGINES)
    parser.add_argument("--work", action="append", choices=[*NAMED, DELIVERY])
    asked = parser.parse_args()
    works = asked.work or [*NAMED, DELIVERY]
    bad = 0
    for engine in asked.engine or ENGINES:
        if engine == "postgresql" and not postgres_answers():
            print("no PostgreSQL answers; set TEST_DATABASE_URL")
            continue
        bad += kill(engine, asked.runs, asked.seed, works)
    print(f"seed {asked.seed}: {bad} runs were not as without a kill")
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
