"""The doctor: what is wrong is told with what to do, on a machine of which everything is known."""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.doctor.account import look_at_clock
from bot.doctor.findings import Level
from store.archive import Archive
from store.checkup import check_up
from store.database import make_engine
from store.news.values import LiveBoard
from tests.console import Run
from tests.databases import PostgresMaker, SqliteMaker, skip_without_postgres
from tests.discord_api import ChannelKind, DiscordApi, Permission
from tests.newsroom import make_subscription
from tests.upstream import UpstreamServer, serving

Checks = dict[str, list[dict[str, Any]]]


@pytest.fixture
def upstream() -> Iterator[UpstreamServer]:
    with serving() as server:
        yield server


def offline() -> str:
    """Return settings under which no upstream can be reached."""
    return " ".join(f"{key}=http://127.0.0.1:9/" for key in ("dataset", "rele", "release", "page"))


async def examine(api: DiscordApi | None, url: str, **settings: str) -> tuple[int, Checks, str]:
    """Run `bangdan doctor --json` as a process, and return its exit code and its checks."""
    known = {"DATABASE_URL": url, "BANGDAN_UPSTREAMS": offline(), "DISCORD_TOKEN": ""}
    if api is not None:
        known |= {"DISCORD_TOKEN": api.token, "BANGDAN_DISCORD_API": api.api_url}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "doctor", "--json"),
        env=os.environ | known | settings,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    assert not err, err.decode()
    told = json.loads(out)
    checks: Checks = {}
    for each in told["checks"]:
        checks.setdefault(each["check"], []).append(each)
    assert told["well"] == (process.returncode == 0)
    return process.returncode or 0, checks, out.decode()


def levels(checks: Checks) -> dict[str, set[str]]:
    return {name: {each["level"] for each in found} for name, found in checks.items()}


async def test_on_a_machine_where_all_is_well_but_offline_it_says_just_that(
    discord_api: DiscordApi, sqlite_maker: SqliteMaker
) -> None:
    with sqlite_maker.seeded() as url:
        before = content_of(url)
        code, checks, said = await examine(discord_api, url)
        assert content_of(url) == before

    assert code == 0
    found = levels(checks)
    assert found.pop("fonts") <= {"ok", "warn"}
    assert found.pop("disk") <= {"ok", "warn"}
    assert found.pop("commands") == {"warn"}  # it never ran here
    assert found.pop("sources") == {"warn"}
    assert set().union(*found.values()) == {"ok"}
    assert set(found) == {"settings", "token", "intents", "permissions", "database", "clock", "zones"}
    assert "This machine is offline: none of" in said
    assert "/rank" in checks["commands"][0]["message"]
    assert discord_api.token not in said
    discord_api.check()


def content_of(url: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
        return connection.execute("SELECT key, value FROM facts ORDER BY key").fetchall()


async def test_without_a_token_it_skips_discord_and_says_so(sqlite_maker: SqliteMaker) -> None:
    with sqlite_maker.seeded() as url:
        code, checks, _ = await examine(None, url)

    assert code == 0
    assert checks["token"][0]["level"] == "skipped"
    assert "discord.com/developers/applications" in checks["token"][0]["message"]
    assert checks["database"][0]["level"] == "ok"


async def test_a_token_that_discord_refuses_fails(discord_api: DiscordApi, sqlite_maker: SqliteMaker) -> None:
    with sqlite_maker.seeded() as url:
        code, checks, said = await examine(discord_api, url, DISCORD_TOKEN="MTIz.wrong.token")

    assert code == 1
    assert [each["level"] for each in checks["token"]] == ["fail"]
    assert "Reset Token" in checks["token"][0]["message"]
    assert "wrong.token" not in said


async def test_a_discord_that_cannot_be_reached_fails(sqlite_maker: SqliteMaker) -> None:
    away = {"DISCORD_TOKEN": "MTIz.some.token", "BANGDAN_DISCORD_API": "http://127.0.0.1:9/api/v10"}
    with sqlite_maker.seeded() as url:
        code, checks, _ = await examine(None, url, **away)

    assert code == 1
    assert "cannot be reached" in checks["token"][0]["message"]
    assert checks["clock"][0]["level"] == "skipped"


async def test_channels_where_the_bot_cannot_post_are_named_with_what_it_lacks(
    discord_api: DiscordApi, archive: Archive
) -> None:
    guild = discord_api.add_guild()
    good, closed, gone = (guild.add_text_channel(name) for name in ("good", "closed", "gone"))
    closed.deny(guild.me, Permission.EMBED_LINKS)
    thread = good.start_thread(discord_api.world.bot, {"name": "thread"}, ChannelKind.PUBLIC_THREAD)
    for channel in (good, closed, gone, thread):
        archive.requests.subscribe(make_subscription(server=guild.id, channel=channel.id))
    archive.requests.pin(LiveBoard(guild.id, closed.id, 1, "arena-text", "arena-overall"))
    archive.requests.subscribe(make_subscription(server=4711, channel=4712))
    gone.delete()
    url = archive.engine.url.render_as_string(hide_password=False)
    code, checks, _ = await examine(discord_api, url)

    assert code == 0
    said = sorted(each["message"] for each in checks["permissions"])
    assert {each["level"] for each in checks["permissions"]} == {"warn"}
    assert [f"channel {closed.id}" in each and "Embed Links" in each for each in said].count(True) == 2
    assert any(f"Channel {gone.id}" in each for each in said)
    assert any("server 4711" in each for each in said)
    assert len(said) == 4


async def test_commands_that_are_registered_are_found(
    discord_api: DiscordApi, sqlite_maker: SqliteMaker
) -> None:
    discord_api.add_guild()
    with sqlite_maker.seeded() as url:
        settings = {
            "DATABASE_URL": url,
            "BANGDAN_REFRESH": "false",
            "BANGDAN_METRICS": "",
            "BANGDAN_DISCORD_API": discord_api.api_url,
            "BANGDAN_DISCORD_GATEWAY": discord_api.gateway_url,
        }
        async with discord_api.spawn(sys.executable, "-m", "bot", "run", env=settings):
            _, checks, _ = await examine(discord_api, url)
    assert checks["commands"][0]["level"] == "ok"


def test_sources_that_answer_are_told_apart_from_those_that_do_not(
    bangdan: Run, upstream: UpstreamServer, tmp_path: Path
) -> None:
    mirrors = f"dataset={upstream.url} rele={tmp_path} release= page=http://127.0.0.1:9"
    upstream.fail("/text_style_control/latest-00000-of-00001.parquet", 503, times=None)
    done = bangdan("doctor", BANGDAN_UPSTREAMS=mirrors, DISCORD_TOKEN="")
    sources = [line for line in done.stdout.splitlines() if "sources:" in line]

    assert done.returncode == 0
    assert any("dataset gives nothing" in line and "503" in line for line in sources)
    assert all(line.startswith("warn") for line in sources)


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_it_speaks_the_language_of_the_settings_a_line_each(bangdan: Run, language: str) -> None:
    done = bangdan("doctor", BANGDAN_LANGUAGE=language, BANGDAN_UPSTREAMS=offline(), DISCORD_TOKEN="")

    assert done.returncode == 0
    assert all(": " in line for line in done.stdout.splitlines())
    assert ("本机处于离线状态" in done.stdout) == (language == "zh-CN")


def test_a_database_that_is_not_there_yet_is_not_made(bangdan: Run, tmp_path: Path) -> None:
    file = tmp_path / "new" / "bangdan.db"
    done = bangdan("doctor", DATABASE_URL=f"sqlite:///{file}", BANGDAN_UPSTREAMS=offline(), DISCORD_TOKEN="")

    assert done.returncode == 0
    assert "has no tables yet" in done.stdout
    assert not file.parent.exists()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql+psycopg://me:hunter2@127.0.0.1:9/db", "cannot be opened"),
        ("nonsense://me:hunter2@x/y", "cannot be opened"),
        ("hunter2", "cannot be opened"),
    ],
)
def test_a_database_that_cannot_be_opened_fails_without_its_password(
    bangdan: Run, url: str, said: str
) -> None:
    done = bangdan("doctor", DATABASE_URL=url, BANGDAN_UPSTREAMS=offline(), DISCORD_TOKEN="")

    assert done.returncode == 1
    assert said in done.stdout
    assert "hunter2" not in done.stdout + done.stderr


def test_revisions_that_are_older_or_unknown_are_told(archive: Archive, bangdan: Run) -> None:
    url = archive.engine.url.render_as_string(hide_password=False)
    settings = {"DATABASE_URL": url, "BANGDAN_UPSTREAMS": offline(), "DISCORD_TOKEN": ""}
    for revision, code, said in (("0001", 0, "bangdan upgrade"), ("9999", 1, "does not know")):
        with archive.engine.begin() as connection:
            connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{revision}'")
        done = bangdan("doctor", **settings)
        assert (done.returncode, said in done.stdout) == (code, True)


def test_a_checkup_leaves_a_database_as_it_was(archive: Archive) -> None:
    url = archive.engine.url.render_as_string(hide_password=False)
    found = check_up(url)

    assert found.current
    assert found.refused is None
    assert (found.size or 0) > 100_000
    assert (found.free is None) == (archive.engine.dialect.name == "postgresql")
    with archive.engine.connect() as connection:
        assert not connection.dialect.has_table(connection, "bangdan_checkup")


def test_a_database_that_may_only_be_read_is_found(postgres_maker: PostgresMaker) -> None:
    skip_without_postgres()
    with postgres_maker.seeded() as url:
        engine = make_engine(url)
        with engine.begin() as connection:
            name = engine.url.database
            connection.exec_driver_sql(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
        engine.dispose()
        assert "read-only" in (check_up(url).refused or "")


@pytest.mark.parametrize(
    ("skew", "level"),
    [(None, Level.SKIPPED), (0.4, Level.OK), (-4.0, Level.OK), (9.0, Level.WARN), (-3600.0, Level.FAIL)],
)
def test_a_clock_may_be_a_little_wrong(skew: float | None, level: Level) -> None:
    assert look_at_clock(skew).level is level
