"""Connections to a database that hangs, ends, comes back, or is another one suddenly."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from store import connections
from store.archive import Archive
from store.database import make_engine, upgrade, writing
from store.errors import DatabaseUnavailable
from tests.databases import PostgresMaker, SqliteMaker, skip_without_postgres
from tests.faults.proxy import Proxy


def ask(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.scalar(text("SELECT count(*) FROM facts")) or 0)


@pytest.fixture
def proxy(postgres_maker: PostgresMaker) -> Iterator[Proxy]:
    skip_without_postgres()
    with Proxy.before(postgres_maker._url("x")) as proxy:
        yield proxy


@pytest.fixture
def server(proxy: Proxy, postgres_maker: PostgresMaker) -> Iterator[Engine]:
    """An engine of a PostgreSQL database behind the proxy, with an idle connection."""
    with postgres_maker.seeded() as url:
        engine = make_engine(proxy.through(url))
        ask(engine)
        yield engine
        proxy.allow()
        engine.dispose()


def test_a_connection_that_the_server_ended_is_replaced_before_anybody_notices(
    proxy: Proxy, server: Engine
) -> None:
    for _ in range(3):
        proxy.cut()
        assert ask(server) > 0


def test_a_server_that_was_stopped_is_told_and_used_again_when_it_is_back(
    proxy: Proxy, server: Engine
) -> None:
    proxy.refuse()
    for _ in range(2):
        with pytest.raises(DatabaseUnavailable):
            ask(server)
    proxy.allow()
    assert ask(server) > 0


def test_a_server_that_is_silent_is_given_up_and_used_again_when_it_speaks(
    proxy: Proxy, server: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections._listening(), "silence", 0.3)
    monkeypatch.setattr(connections, "CONNECTING", 2)
    proxy.block()
    with pytest.raises(DatabaseUnavailable, match="silent"):
        ask(server)
    with pytest.raises(DatabaseUnavailable):  # nor can another connection be made
        ask(server)
    proxy.allow()
    assert ask(server) > 0


def test_a_statement_that_may_take_long_is_waited_for(
    proxy: Proxy, server: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sleep() -> None:
        with server.connect() as connection, connections.unhurried(connection):
            connection.execute(text("SELECT pg_sleep(0.6)"))

    monkeypatch.setattr(connections._listening(), "silence", 0.2)
    sleep()


def test_what_a_server_that_ends_was_told_is_written_whole_or_not_at_all(
    proxy: Proxy, server: Engine
) -> None:
    def write() -> None:
        with writing(server) as connection:
            connection.execute(text("INSERT INTO facts (key, value) VALUES ('a', 'b')"))
            proxy.cut()
            connection.execute(text("INSERT INTO facts (key, value) VALUES ('c', 'd')"))

    before = ask(server)
    with pytest.raises(DatabaseUnavailable):
        write()
    assert ask(server) == before


@pytest.fixture
def file(sqlite_maker: SqliteMaker) -> Path:
    """A SQLite file with our tables and no facts."""
    with sqlite_maker.empty() as url:
        engine = make_engine(url)
        upgrade(engine)
        engine.dispose()
        return Path(url.removeprefix("sqlite:///"))


def test_another_file_in_the_place_of_a_database_is_used_at_once(file: Path) -> None:
    other = file.with_suffix(".other")
    shutil.copyfile(file, other)
    changed = make_engine(f"sqlite:///{other}")
    with writing(changed) as connection:
        connection.execute(text("INSERT INTO facts (key, value) VALUES ('a', 'b')"))
    changed.dispose()
    engine = make_engine(f"sqlite:///{file}")
    assert ask(engine) == 0
    os.replace(other, file)
    assert ask(engine) == 1
    engine.dispose()


def test_a_file_that_is_taken_away_is_told_and_no_empty_one_is_made(file: Path) -> None:
    engine = make_engine(f"sqlite:///{file}")
    assert ask(engine) == 0
    away = file.rename(file.with_suffix(".away"))
    for _ in range(2):
        with pytest.raises(DatabaseUnavailable, match="gone"):
            ask(engine)
        assert not file.exists()
    away.rename(file)
    assert ask(engine) == 0
    engine.dispose()


def test_a_database_without_room_says_so_keeps_what_it_had_and_goes_on_when_there_is_room(
    shelf: Archive,
) -> None:
    def limit(pages: int) -> None:
        with shelf.engine.connect() as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    before = ask(shelf.engine)
    limit(1)  # the least that SQLite goes down to is what it has
    with pytest.raises(DatabaseUnavailable) as caught:
        shelf.facts.note("a", "b" * 1_000_000)
    assert caught.value.full
    assert ask(shelf.engine) == before
    limit(1_000_000)
    shelf.facts.note("a", "b" * 1_000_000)
    assert ask(shelf.engine) == before + 1
