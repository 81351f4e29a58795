"""The database: made by migrations, equal to the schema, and clear about what is wrong with it."""

from __future__ import annotations

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


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    file = tmp_path / "bangdan.db"
    file.write_bytes(b"this is a text, not a database" * 100)
    engine = make_engine(f"sqlite:///{file}")
    with pytest.raises(DatabaseUnavailable):
        upgrade(engine)
    engine.dispose()
