"""Damaged documents: read whole, or refused with a reason; and none is half stored."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from random import Random

import seeds
from store.archive import Archive
from store.backup.dump import back_up
from store.backup.volume import open_volume
from store.boards import Catalogue
from store.catalogue import read_catalogue
from store.database import make_engine
from store.errors import BackupDamaged, BackupTooNew, DocumentError, UnknownBoard
from store.ingest import Outcome
from store.migrations import HEAD
from store.parse import parse
from store.values import Parsed
from tests.dataset_maker import make_lines, make_table, pack
from tests.fuzz.mutations import BROKEN, cut, damage
from tests.fuzz.running import Kind, Put
from tests.fuzz.wholeness import check_whole, count_rows
from tests.older_databases import make_older

CASES = Path(__file__).parents[1] / "cases" / "boards"
SMALL = sorted(path.name for path in CASES.iterdir() if path.stat().st_size < 9500)
PARQUET = "https://hub.example/datasets/x/resolve/main/text_style_control/full-00000-of-00001.parquet"


@cache
def catalogue() -> Catalogue:
    return read_catalogue(seeds.FOLDER)


@cache
def page(name: str) -> bytes:
    return (CASES / name).read_bytes()


@cache
def sheet() -> bytes:
    """Return a small file of the official data set."""
    return pack(make_table(make_lines("text_style_control", 300)), row_group=100)


def parse_case(name: str, content: bytes) -> Parsed:
    """Return what a document says; it is refused, or has rows in every table."""
    parsed = parse(name, content, catalogue())
    assert parsed.refused == (not parsed.tables)
    assert all(table.rows for table in parsed.tables)
    return parsed


def damaged_page(random: Random) -> tuple[str, bytes]:
    """Return a real page under its name, and what became of it."""
    name = random.choice(SMALL)
    content = damage(random, page(name))
    return name, cut(random, content) if random.random() < 0.2 else content


@asynccontextmanager
async def open_pages(_folder: Path) -> AsyncIterator[Put]:
    async def put(random: Random) -> None:
        parse_case(*damaged_page(random))

    yield put


@asynccontextmanager
async def open_sheets(_folder: Path) -> AsyncIterator[Put]:
    async def put(random: Random) -> None:
        content = damage(random, sheet()) if random.random() < 0.8 else cut(random, sheet())
        parsed = parse(PARQUET, content, catalogue())
        assert parsed.refused == (not parsed.tables)

    yield put


@asynccontextmanager
async def open_stored(folder: Path) -> AsyncIterator[Put]:
    """Store damaged pages: each is stored whole, held back whole, or changes nothing."""
    with closing(Archive.open(f"sqlite:///{folder / 'bangdan.db'}", seeds.FOLDER)) as archive:

        async def put(random: Random) -> None:
            name, content = damaged_page(random)
            before = count_rows(archive.engine)
            try:
                receipts = archive.intake.add(name, content, "fuzz")
            except (DocumentError, UnknownBoard):
                assert count_rows(archive.engine) == before, f"{name} was refused, and changed something"
                return
            after = count_rows(archive.engine)
            added = [receipt for receipt in receipts if receipt.outcome is Outcome.ADDED]
            assert after["snapshots"] - before["snapshots"] == len(added)
            assert after["entries"] - before["entries"] == sum(receipt.rows for receipt in added)

        yield put
        check_whole(archive.engine)
    shutil.rmtree(folder)


@asynccontextmanager
async def open_backups(folder: Path) -> AsyncIterator[Put]:
    """Read damaged backups, which are seen to be damaged before anything is restored from them."""
    file = folder / "backup.zip"
    url = f"sqlite:///{folder / 'older.db'}"
    make_older(url, HEAD)
    source = make_engine(url)
    back_up(source, file, datetime(2026, 1, 1, tzinfo=UTC))
    source.dispose()
    content = file.read_bytes()

    async def put(random: Random) -> None:
        file.write_bytes(cut(random, content) if random.random() < 0.1 else damage(random, content, BROKEN))
        try:
            with open_volume(file) as volume:
                volume.verify()
        except (BackupDamaged, BackupTooNew):
            pass

    yield put


KINDS = (
    Kind("pages", 12, open_pages),
    Kind("backups", 2, open_backups),
    Kind("sheets", 3, open_sheets),
    Kind("stored", 4, open_stored),
)
