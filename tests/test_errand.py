"""The errand: real processes, run again and again, that the bot outlives."""

from __future__ import annotations

import asyncio
import logging
import sys
from pathlib import Path

import pytest

from bot.errand import TAKEN, Errand
from store.archive import Archive
from store.database import alone, make_engine
from store.errors import DatabaseUnavailable
from tests.console import Run
from tests.databases import SqliteMaker
from tests.dataset_maker import make_lines, make_table, pack
from tests.discord_api import DiscordApi
from tests.listening import logged
from tests.upstream import serving


def always() -> bool:
    return True


def says(script: str) -> tuple[str, ...]:
    return (sys.executable, "-c", script)


async def test_what_the_process_says_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "bot.errand")
    await Errand(always, says("print('new arena-text')")).run_once()

    assert logged(caplog, "bot.errand") == [("INFO", "refresh: new arena-text")]


async def test_the_process_that_reads_strangers_documents_is_not_given_the_token(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.INFO, "bot.errand")
    monkeypatch.setenv("DISCORD_TOKEN", "MTIz.some.token")
    told = says(
        "import os; print(sorted(k for k, v in os.environ.items() if k.startswith('DISCORD_TOK') and v))"
    )
    await Errand(always, told).run_once()

    assert logged(caplog, "bot.errand") == [("INFO", "refresh: []")]


async def test_a_failure_is_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    await Errand(always, says("print('failed'); raise SystemExit(1)")).run_once()

    assert logged(caplog, "bot.errand") == [("WARNING", "refresh: failed")]


async def test_it_runs_again_after_a_run_that_could_not_start(
    caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    errand = Errand(always, [str(tmp_path / "missing")], look=0.02)
    errand.start()
    async with asyncio.timeout(30):
        while len(logged(caplog, "bot.errand")) < 3:
            await asyncio.sleep(0.01)
    await errand.stop()

    assert set(logged(caplog, "bot.errand")) == {("ERROR", "refresh could not run")}


async def test_it_runs_only_where_something_is_to_be_done(tmp_path: Path) -> None:
    note = tmp_path / "note"
    asked: list[None] = []

    def wanted() -> bool:
        asked.append(None)
        return len(asked) == 3  # not before, and not after

    errand = Errand(wanted, says(f"open({str(note)!r}, 'a').write('run ')"), look=0.001)
    errand.start()
    async with asyncio.timeout(60):
        while len(asked) < 6:
            await asyncio.sleep(0.01)
    await errand.stop()

    assert note.read_text() == "run "


async def test_it_looks_again_soon_where_another_process_is_at_it(tmp_path: Path) -> None:
    note = tmp_path / "note"
    script = f"open({str(note)!r}, 'a').write('run '); raise SystemExit({TAKEN})"
    errand = Errand(always, says(script), look=0.001)
    errand.start()
    async with asyncio.timeout(60):
        while not note.exists() or note.read_text().count("run") < 4:
            await asyncio.sleep(0.01)
    await errand.stop()


async def test_a_database_that_is_away_is_asked_again(caplog: pytest.LogCaptureFixture) -> None:
    asked: list[None] = []

    def wanted() -> bool:
        asked.append(None)
        raise DatabaseUnavailable("here", "gone")

    errand = Errand(wanted, says(""), look=0.001)
    errand.start()
    async with asyncio.timeout(30):
        while len(asked) < 3:
            await asyncio.sleep(0.01)
    await errand.stop()

    assert set(logged(caplog, "bot.errand")) == {("WARNING", "refresh waits: here: gone")}


def test_a_refresh_is_wanted_while_a_board_is_due_and_nobody_is_at_it(archive: Archive) -> None:
    nowhere = dict.fromkeys(archive.catalogue.upstreams, "")
    assert archive.upkeep.refresh_wanted({})
    assert not archive.upkeep.refresh_wanted(nowhere)
    with alone(archive.engine) as mine:
        assert mine
        assert archive.upkeep.refresh_wanted({}) is (archive.engine.dialect.name == "sqlite")
    assert archive.upkeep.refresh_wanted({})


def test_a_refresh_that_finds_another_at_it_says_so_and_ends_so(bangdan: Run, postgres_url: str) -> None:
    engine = make_engine(postgres_url)
    with alone(engine):
        done = bangdan("refresh", "--due", DATABASE_URL=postgres_url)
    engine.dispose()

    assert done.returncode == TAKEN
    assert "Another process is refreshing" in done.stdout


async def test_one_process_runs_at_a_time(tmp_path: Path) -> None:
    note = tmp_path / "note"
    script = (
        "import pathlib, time\n"
        f"path = pathlib.Path({str(note)!r})\n"
        "with path.open('a') as file: file.write('begin ')\n"
        "time.sleep(0.05)\n"
        "with path.open('a') as file: file.write('end ')\n"
    )
    errand = Errand(always, says(script), look=0.001)
    errand.start()
    async with asyncio.timeout(60):
        while not note.exists() or note.read_text().count("end") < 3:
            await asyncio.sleep(0.01)
    await errand.stop()

    words = note.read_text().split()
    assert words[:6] == ["begin", "end"] * 3


async def test_stopping_ends_a_run_that_is_under_way(tmp_path: Path) -> None:
    note = tmp_path / "note"
    script = (
        "import os, pathlib, time\n"
        f"pathlib.Path({str(note)!r}).write_text(str(os.getpid()))\n"
        "time.sleep(60)\n"
    )
    errand = Errand(always, says(script), look=60)
    errand.start()
    async with asyncio.timeout(60):
        while not note.exists() or not note.read_text():
            await asyncio.sleep(0.01)
    process = Path("/proc") / note.read_text()
    assert process.exists()
    await errand.stop()
    assert not process.exists()


async def test_a_running_bot_fetches_boards_and_answers_from_them(
    discord_api: DiscordApi, sqlite_maker: SqliteMaker
) -> None:
    guild = discord_api.add_guild()
    channel = guild.add_text_channel("models")
    alice = guild.add_member("alice")
    with sqlite_maker.seeded() as url, serving() as upstream:
        page = pack(make_table(make_lines("vision", rows=600, models=30)))
        upstream.put("/vision/latest-00000-of-00001.parquet", page)
        settings = {
            "DATABASE_URL": url,
            "BANGDAN_PERSON_LIMIT": "",  # one person asks until it is there
            "BANGDAN_DISCORD_API": discord_api.api_url,
            "BANGDAN_DISCORD_GATEWAY": discord_api.gateway_url,
            "BANGDAN_UPSTREAMS": " ".join(
                f"{key}={upstream.url}" for key in ("dataset", "rele", "release", "page")
            ),
        }
        async with discord_api.spawn(sys.executable, "-m", "bot", "run", env=settings), asyncio.timeout(60):
            shown = ""
            while "Aug 3, 2026" not in shown:
                await asyncio.sleep(0.2)
                answer = await alice.slash(channel, "top", field="vision")
                shown = str(answer.check().message.embeds)
    assert "Arena Vision" in shown
