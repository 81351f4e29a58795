"""Our bot for tests.load and tests.killing: `python -m tests.our_delivery load` or `… kill`.

Every channel of the loopback Discord is subscribed to one board, of which then a new page is stored by this
process, as a refresh would.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text

import seeds
from store.archive import Archive
from store.news.values import Rhythm, Schedule, Subscription
from tests.delivering import Delivery
from tests.discord_api.remote import RemoteDiscord
from tests.killing import Killing, measure_killing
from tests.load import CHANNELS, Trial, measure_load
from tests.newsroom import BOARD, REST
from tests.test_renames import page

BENCH_CHANNELS, BENCH_RUNS = 2000, 5
AT_ONCE = Schedule(Rhythm.AT_ONCE)


@dataclass(frozen=True)
class OurDelivery(Delivery):
    """`bangdan run` on a database in the folder; `lease` is how soon a dead process is replaced."""

    command: tuple[str, ...] = (sys.executable, "-m", "bot", "run")
    ping: str = "rank"
    options: Mapping[str, object] | None = field(default_factory=lambda: {"model": "qwq-32b"})
    lease: float = 60.0
    url: str = ""

    async def prepare(self, discord: RemoteDiscord, folder: Path) -> Mapping[str, str]:
        archive = self.open(folder)
        store(archive, 1, 1380.0)
        for place in await discord.places():
            if place["kind"] == "TEXT":
                wanted = Subscription(place["id"], place["id"], 1, (BOARD,), AT_ONCE)  # a server each
                archive.requests.subscribe(wanted)
        archive.close()
        return {
            "DATABASE_URL": self.address(folder),
            "BANGDAN_REFRESH": "false",
            "BANGDAN_LEASE": str(self.lease),
            "BANGDAN_DISCORD_API": discord.api_url,
            "BANGDAN_DISCORD_GATEWAY": discord.gateway_url,
            "BANGDAN_LOG_LEVEL": "WARNING",
            "BANGDAN_PERSON_LIMIT": "",  # one person asks all the time
            "BANGDAN_SERVER_LIMIT": "",
        }

    async def begin(self, discord: RemoteDiscord, folder: Path) -> None:
        archive = self.open(folder)
        store(archive, 2, 1480.0)
        with archive.engine.begin() as connection:  # what waits for other boards need not wait here
            now = datetime.now(UTC).replace(tzinfo=None if archive.engine.dialect.name == "sqlite" else UTC)
            connection.execute(text("UPDATE deliveries SET due = :now"), {"now": now})
        archive.close()

    def open(self, folder: Path) -> Archive:
        return Archive.open(self.address(folder), seeds.FOLDER)

    def address(self, folder: Path) -> str:
        return self.url or f"sqlite:///{folder / 'bangdan.db'}"


def store(archive: Archive, day: int, leader: float) -> None:
    """Store a page of the board with nova rated `leader`."""
    rows = sorted([("nova-2", leader, 3000 + day), *REST], key=lambda row: -row[1])
    archive.intake.add(f"{day}.md", page(f"2026-01-{day:02}", *rows), "test")


def measure_news() -> list[str]:
    """Return the rows of the table: news to many channels, and the bot killed while it delivers."""
    rows = measure_load(OurDelivery(), Trial(BENCH_CHANNELS, idle=20.0))
    total = measure_killing(OurDelivery(lease=2.0), Killing(150, BENCH_RUNS, starting=3.0, quiet=8.0))
    killed = f"{total.lost} of {total.wanted}, {total.repeated}"
    return [
        *rows,
        f"| lost and repeated, killed twice in each of {BENCH_RUNS} runs | {killed} | – | – | 0, 0 |",
    ]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="our bot delivers")
    parser.add_argument("what", choices=("load", "kill"))
    parser.add_argument("--channels", type=int)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    wanted = parser.parse_args()
    if wanted.what == "load":
        print("\n".join(measure_load(OurDelivery(), Trial(wanted.channels or CHANNELS))))
        return
    killing = Killing(
        channels=wanted.channels or 150, runs=wanted.runs, starting=3.0, quiet=10.0, seed=wanted.seed
    )
    total = measure_killing(OurDelivery(lease=2.0), killing, aloud=True)
    print(f"in all: {total}")
    sys.exit(not total.clean)


if __name__ == "__main__":
    main()
