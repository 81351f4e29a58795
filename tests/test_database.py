"""The database: made by migrations, equal to the schema, and clear about what is wrong with it."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from io import BufferedRWPair
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

import store.migrations
from store.database import make_engine, upgrade, writing
from store.errors import DatabaseUnavailable
from store.migrations import HEAD
from store.news.tables import metadata
from tests import databases


def test_migrations_make_exactly_the_tables_of_the_schema(empty_url: str) -> None:
    engine = make_engine(empty_url)
    upgrade(engine)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_upgrading_twice_changes_nothing(empty_url: str) -> None:
    engine = make_engine(empty_url)
    upgrade(engine)
    before = inspect(engine).get_table_names()
    upgrade(engine)
    assert inspect(engine).get_table_names() == before
    engine.dispose()


def test_the_newest_revision_is_the_one_that_opening_looks_for() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(store.migrations.__file__).parent))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_a_failed_write_leaves_the_database_as_before(empty_url: str) -> None:
    engine = make_engine(empty_url)
    upgrade(engine)

    def write_and_crash() -> None:
        with writing(engine) as connection:
            connection.execute(text("INSERT INTO facts (key, value) VALUES ('a', 'b')"))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_and_crash()
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM facts")) == 0
    engine.dispose()


def test_sqlite_waits_for_another_writer_and_reads_beside_it(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/new/folder/bangdan.db")
    upgrade(engine)
    with writing(engine) as writer, engine.connect() as reader:
        writer.execute(text("INSERT INTO facts (key, value) VALUES ('a', 'b')"))
        assert reader.scalar(text("SELECT count(*) FROM facts")) == 0
        assert reader.scalar(text("PRAGMA journal_mode")) == "wal"
        assert reader.scalar(text("PRAGMA foreign_keys")) == 1
    engine.dispose()


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("sqlite:////proc/nowhere/bangdan.db", "/proc/nowhere/bangdan.db"),
        ("mystery://secret@host/db", "mystery"),
        ("a-token-in-the-wrong-setting", "?"),
        ("postgresql+psycopg://me:hunter2@127.0.0.1:1/db", "127.0.0.1"),
    ],
)
def test_an_unusable_address_is_told_without_its_password(url: str, told: str) -> None:
    def use() -> None:
        engine = make_engine(url)
        try:
            upgrade(engine)
        finally:
            engine.dispose()

    with pytest.raises(DatabaseUnavailable) as caught:
        use()
    assert told in str(caught.value)
    assert "hunter2" not in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("password", ["p@ss/w:o#r?d%41", "密码 with spaces", "'\"\\$x"])
def test_a_password_beside_the_address_reaches_postgresql_as_it_is(
    monkeypatch: pytest.MonkeyPatch, password: str
) -> None:
    monkeypatch.setenv("PGPASSWORD", password)
    with asking_for_a_password() as (port, told):
        engine = make_engine(f"postgresql+psycopg://bangdan@127.0.0.1:{port}/bangdan")
        with pytest.raises(DatabaseUnavailable):
            upgrade(engine)
        engine.dispose()
        assert told.result(10) == password.encode()


@contextmanager
def asking_for_a_password() -> Iterator[tuple[int, Future[bytes]]]:
    """Speak as much of PostgreSQL's protocol as to be told a password; give the port, and what was told."""
    told: Future[bytes] = Future()

    def serve() -> None:
        peer, _ = server.accept()
        with peer, peer.makefile("rwb") as stream:
            read_message(stream)  # the user and the database
            stream.write(b"R" + struct.pack("!ii", 8, 3))  # "give me the password, unencrypted"
            stream.flush()
            stream.read(1)
            told.set_result(read_message(stream).rstrip(b"\0"))

    with socket.create_server(("127.0.0.1", 0)) as server, ThreadPoolExecutor(1) as pool:
        serving = pool.submit(serve)
        yield server.getsockname()[1], told
        serving.result(10)


def read_message(stream: BufferedRWPair) -> bytes:
    """Return the content of a message, of which the length comes first; without encryption is good enough."""
    length, beginning = struct.unpack("!ii", stream.read(8))
    if (length, beginning) == (8, 80877103):
        stream.write(b"N")
        stream.flush()
        return read_message(stream)
    return struct.pack("!i", beginning) + stream.read(length - 8)


def test_a_test_that_needs_postgresql_fails_in_ci_and_is_skipped_elsewhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(databases, "SERVER", "postgresql://nobody@127.0.0.1:1/none")
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception):
        databases.skip_without_postgres()
    monkeypatch.delenv("CI")
    with pytest.raises(pytest.skip.Exception):
        databases.skip_without_postgres()


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    file = tmp_path / "bangdan.db"
    file.write_bytes(b"this is a text, not a database" * 100)
    engine = make_engine(f"sqlite:///{file}")
    with pytest.raises(DatabaseUnavailable):
        upgrade(engine)
    engine.dispose()
