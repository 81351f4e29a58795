"""Kill ingest and refresh with SIGKILL at random moments; after another try all is as without a kill."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

import seeds
from store.archive import Archive
from store.database import make_engine
from store.news.values import Occasion, Rhythm, Schedule, Subscription, Watch
from tests.databases import PostgresMaker, SqliteMaker
from tests.dataset_maker import make_lines, make_table, pack
from tests.faults.contents import Contents, differences, read_all
from tests.fuzz.wholeness import check_whole
from tests.upstream import UpstreamServer, serving

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "cases" / "boards"
PAGES = (
    *("arena-text-20260208.md", "arena-text-20260215.md"),
    *("rele-2025-03-11_opensource3.md", "lmsys-20240619.csv"),
)
CONFIG, MODELS = "text_style_control", 60
Maker = SqliteMaker | PostgresMaker


@dataclass(frozen=True)
class Work:
    """What is done with the database: the words of the command line."""

    name: str
    words: tuple[str, ...]


WORKS = (
    Work("ingest", ("ingest", *(str(CASES / each) for each in PAGES))),
    Work("refresh", ("refresh", "arena-text", "rele-open-20b")),
    Work("history", ("refresh", "--full", "arena-text")),
)


@dataclass(frozen=True)
class Verdict:
    """What became of one kill: at which moment, of how many, and what is wrong if anything is."""

    work: str
    moment: str
    wrong: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.work:8} killed {self.moment}: {'; '.join(self.wrong) or 'whole, and as without'}"


@dataclass
class Undisturbed:
    """A run without a kill: what the database held then, how many moments it had, and how long it took."""

    contents: Contents
    moments: int
    seconds: float


class Killer:
    """Kills work on databases that a maker makes; its folder is where the processes run."""

    def __init__(self, maker: Maker, folder: Path, upstream: UpstreamServer) -> None:
        self._maker = maker
        self._folder = folder
        self._undisturbed: dict[str, Undisturbed] = {}
        self._upstreams = " ".join(f"{key}={upstream.url}" for key in ("dataset", "rele", "release", "page"))
        publish(upstream)

    def kill(self, work: Work, chance: Random) -> Verdict:
        """Kill the work once at a random moment, do it again, and look at the database both times."""
        usual = self._undisturbed.get(work.name) or self._watch(work)
        by_time = chance.random() < 0.3
        moment, seconds = chance.randint(1, usual.moments), chance.uniform(0.3, 1.1) * usual.seconds
        with self._prepared() as url:
            if by_time:
                self._run(work, url, seconds=seconds)
            else:
                self._run(work, url, moment=moment)
            wrong = [f"after the kill: {each}" for each in look(url)]
            code, said = self._run(work, url)
            wrong += [f"the next try ended with {code}: {said[-300:]}"] if code else []
            wrong += [f"at last: {each}" for each in look(url, usual.contents)]
        at = f"after {seconds:.2f} s" if by_time else f"at {moment} of {usual.moments}"
        return Verdict(work.name, at, tuple(wrong))

    def _watch(self, work: Work) -> Undisturbed:
        counts = self._folder / "counts"
        with self._prepared() as url:
            began = time.monotonic()
            code, said = self._run(work, url, VICTIM_COUNTS=str(counts))
            assert code == 0, said
            usual = Undisturbed(contents_of(url), int(counts.read_text()), time.monotonic() - began)
        self._undisturbed[work.name] = usual
        return usual

    @contextmanager
    def _prepared(self) -> Iterator[str]:
        """Give a seeded database in which somebody waits for news."""
        with self._maker.seeded() as url:
            archive = Archive.open(url, seeds.FOLDER)
            now, model = Schedule(Rhythm.AT_ONCE), next(iter(archive.reference().models))
            archive.requests.subscribe(Subscription(1, 2, 3, (), now))
            archive.requests.subscribe(Subscription(1, 4, 3, ("arena-text",), now))
            archive.requests.watch(Watch(user=5, model=model, occasion=Occasion.ANY))
            archive.close()
            yield url

    def _run(
        self, work: Work, url: str, *, moment: int = 0, seconds: float | None = None, **env: str
    ) -> tuple[int, str]:
        """Run the process to its end, or kill it after some seconds; return its exit code and its words."""
        settings = {"DATABASE_URL": url, "BANGDAN_UPSTREAMS": self._upstreams, "PYTHONPATH": str(ROOT)}
        settings |= {"VICTIM_DIES_AT": str(moment), "BANGDAN_LANGUAGE": "en"}
        return asyncio.run(_live(work.words, self._folder, {**os.environ, **settings, **env}, seconds))


async def _live(
    words: Sequence[str], folder: Path, env: dict[str, str], seconds: float | None
) -> tuple[int, str]:
    pipe = asyncio.subprocess.PIPE
    command = (sys.executable, "-m", "tests.faults.victim", *words)
    process = await asyncio.create_subprocess_exec(
        *command, cwd=folder, env=env, stdout=pipe, stderr=asyncio.subprocess.STDOUT
    )
    try:
        said, _ = await asyncio.wait_for(process.communicate(), seconds)
    except TimeoutError:
        process.kill()
        said, _ = await process.communicate()
    return process.returncode or 0, said.decode()


def publish(upstream: UpstreamServer) -> None:
    """Give the upstream what is refreshed."""
    latest = make_lines(CONFIG, rows=MODELS * 27 * 2, models=MODELS)
    full = make_lines(CONFIG, rows=MODELS * 27 * 5, models=MODELS)
    upstream.put(f"/{CONFIG}/latest-00000-of-00001.parquet", pack(make_table(latest)), etag='"latest"')
    upstream.put(f"/{CONFIG}/full-00000-of-00001.parquet", pack(make_table(full)), etag='"full"')
    page = (Path(str(seeds.FOLDER)) / "boards" / "rele-open-20b.md").read_bytes()
    upstream.put("/leaderboard/opensource3.md", page)


def contents_of(url: str) -> Contents:
    engine = make_engine(url)
    try:
        return read_all(engine)
    finally:
        engine.dispose()


def look(url: str, expected: Contents | None = None) -> list[str]:
    """Return what is wrong with a database: halves, and what it holds besides or does not hold."""
    engine = make_engine(url)
    try:
        check_whole(engine)
        return differences(expected, read_all(engine)) if expected is not None else []
    except AssertionError as error:
        return [str(error)]
    finally:
        engine.dispose()


@contextmanager
def killers(maker: Maker) -> Iterator[Killer]:
    """Give a killer with an upstream of its own."""
    with serving() as upstream, tempfile.TemporaryDirectory() as folder:
        yield Killer(maker, Path(folder), upstream)
