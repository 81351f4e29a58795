"""Backups: from either engine into either, also of older revisions; whole, or nothing is changed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, insert, text

import seeds
from store.archive import Archive
from store.backup.dump import back_up
from store.backup.manifest import NAME
from store.backup.restoration import restore
from store.database import find_revision, make_engine, revisions, upgrade, writing
from store.edition import PUBLISHED
from store.errors import BackupDamaged, BackupTooNew, Damage, DatabaseFilled, NothingStored
from store.ingest import Outcome
from store.migrations import HEAD
from store.news.tables import deliveries, metadata
from store.schema import facts
from tests.console import Run
from tests.databases import PostgresMaker, SqliteMaker, upgraded
from tests.newsroom import REST
from tests.older_databases import make_older, read_content
from tests.test_renames import page

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)

Maker = SqliteMaker | PostgresMaker


@pytest.fixture
def engine(empty_url: str) -> Iterator[Engine]:
    """A database without tables."""
    engine = make_engine(empty_url)
    yield engine
    engine.dispose()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "bangdan.zip"


@pytest.fixture
def backup(sqlite_maker: SqliteMaker, file: Path) -> Path:
    """A backup with rows in every table."""
    with sqlite_maker.empty() as url:
        make_older(url, HEAD)
        source = make_engine(url)
        back_up(source, file, NOW)
        source.dispose()
    return file


def content_of(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Return all rows as our code reads them."""
    with engine.connect() as connection:
        return {
            name: sorted(map(tuple, connection.execute(table.select())), key=repr)
            for name, table in metadata.tables.items()
            if name != "facts"
        } | {
            "facts": sorted(
                (key, value)
                for key, value in connection.execute(facts.select())
                if key != PUBLISHED  # a restored database is another edition
            )
        }


@pytest.mark.parametrize("target", ["sqlite", "postgresql"])
def test_all_of_it_comes_back_on_either_engine(
    maker: Maker, target: str, request: pytest.FixtureRequest, file: Path
) -> None:
    other: Maker = request.getfixturevalue("sqlite_maker" if target == "sqlite" else "postgres_maker")
    with maker.empty() as old, other.empty() as new:
        make_older(old, HEAD)
        source, restored = make_engine(old), make_engine(new)
        made = back_up(source, file, NOW)
        read = restore(restored, file)

        assert read == made
        assert made.rows == sum(map(len, content_of(source).values()))
        assert content_of(restored) == content_of(source)
        source.dispose()
        restored.dispose()


def test_a_restored_archive_answers_and_goes_on(maker: Maker, file: Path) -> None:
    with maker.seeded() as old, maker.empty() as new:
        source = Archive.open(old, seeds.FOLDER)
        back_up(source.engine, file, NOW)
        target = make_engine(new)
        restore(target, file)
        target.dispose()
        restored = Archive.open(new, seeds.FOLDER)

        assert restored.leaders("arena-text").standings == source.leaders("arena-text").standings
        (receipt,) = restored.intake.add("x.md", page("2026-01-02", ("nova-2", 1480, 3000), *REST), "test")
        assert receipt.outcome is Outcome.ADDED
        source.close()
        restored.close()


def test_ids_that_were_given_once_are_not_given_again(maker: Maker, file: Path) -> None:
    with maker.empty() as old, maker.empty() as new:
        make_older(old, HEAD)
        source, restored = make_engine(old), make_engine(new)
        back_up(source, file, NOW)
        restore(restored, file)
        assert [give_id(source), give_id(restored)] == [3, 3]  # the first is there, the second is gone
        source.dispose()
        restored.dispose()


def give_id(engine: Engine) -> int:
    """Return the id of a new delivery."""
    row = {"kind": "digest", "subject": 1, "slot": "new", "nonce": "n3", "due": NOW, "expires": NOW}
    with writing(engine) as connection:
        made = insert(deliveries).values(row | {"state": "planned", "tries": 0})
        return int(connection.execute(made.returning(deliveries.c.id)).scalar_one())


def test_a_missing_value_and_a_json_null_stay_apart(engine: Engine, backup: Path) -> None:
    restore(engine, backup)
    with engine.connect() as connection:
        (delivery,) = read_content(connection)["deliveries"]
        assert connection.scalar(text("SELECT count(*) FROM deliveries WHERE content IS NULL")) == 0
        assert connection.scalar(text("SELECT count(*) FROM entries WHERE extras IS NULL")) == 1
    assert delivery["content"] in (None, "null")


@pytest.mark.parametrize("revision", sorted(revisions()))
def test_a_backup_of_an_older_revision_is_brought_up_to_date(
    maker: Maker, engine: Engine, file: Path, revision: str
) -> None:
    with maker.empty() as old:
        make_older(old, revision)
        source = make_engine(old)
        with source.connect() as connection:
            before = read_content(connection)
        made = back_up(source, file, NOW)
        source.dispose()
    restore(engine, file)

    assert made.revision == revision
    with engine.connect() as connection:
        assert find_revision(connection) == HEAD
        assert read_content(connection, before) == before


def test_what_is_written_while_it_runs_is_not_in_it(maker: Maker, file: Path) -> None:
    with maker.empty() as old, maker.empty() as new:
        make_older(old, HEAD)
        source, restored = make_engine(old), make_engine(new)
        before = content_of(source)
        meddle_once(source, "SELECT aliases", lambda: store_fact(make_engine(old)))
        back_up(source, file, NOW)
        restore(restored, file)

        assert content_of(restored) == before != content_of(source)
        source.dispose()
        restored.dispose()


def meddle_once(engine: Engine, at: str, meddle: Callable[[], None]) -> None:
    """Do something when the first statement that begins like `at` runs."""
    from sqlalchemy import event

    done: list[bool] = []

    @event.listens_for(engine, "before_cursor_execute")
    def look(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith(at) and not done:
            done.append(True)
            meddle()

    _ = look


def store_fact(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(insert(facts).values(key="meanwhile", value="stored"))
    engine.dispose()


def test_a_database_that_holds_data_is_left_alone_unless_it_is_given_up(engine: Engine, backup: Path) -> None:
    upgrade(engine)
    store_fact(engine)
    before = content_of(engine)
    with pytest.raises(DatabaseFilled):
        restore(engine, backup)
    assert content_of(engine) == before

    restore(engine, backup, replace=True)
    assert [row[0] for row in content_of(engine)["facts"]] == ["seeds"]


def test_there_is_nothing_to_back_up_in_an_empty_database(engine: Engine, file: Path) -> None:
    with pytest.raises(NothingStored):
        back_up(engine, file, NOW)
    assert not list(file.parent.iterdir())


def test_only_its_owner_may_read_a_backup(backup: Path) -> None:
    assert backup.stat().st_mode & 0o077 == 0


def cut(backup: Path) -> None:
    backup.write_bytes(backup.read_bytes()[:-100])


def flip(backup: Path) -> None:
    content = bytearray(backup.read_bytes())
    content[70] ^= 0xFF  # of the first table, after its head
    backup.write_bytes(content)


def empty(backup: Path) -> None:
    backup.write_bytes(b"")


def rewrite(backup: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    """Write the backup anew with changed members, those of which nothing is left out."""
    with zipfile.ZipFile(backup) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(backup, "w") as archive:
        for name, content in members.items():
            changed = change(name, content)
            if changed is not None:
                archive.writestr(name, changed)


def lose_a_table(backup: Path) -> None:
    rewrite(backup, lambda name, content: None if name == "told.jsonl" else content)


def lose_a_row(backup: Path) -> None:
    rewrite(backup, lambda name, content: b"" if name == "told.jsonl" else content)


def change_a_number(backup: Path) -> None:
    rewrite(backup, lambda name, content: content.replace(b"1300.5", b"1400.5"))


def change_the_manifest(backup: Path, change: Callable[[dict[str, Any]], object]) -> None:
    def changed(name: str, content: bytes) -> bytes:
        if name != NAME:
            return content
        values = json.loads(content)
        change(values)
        return json.dumps(values).encode()

    rewrite(backup, changed)


def forget_a_table(backup: Path) -> None:
    change_the_manifest(backup, lambda values: values["tables"].pop())


def be_of_another_format(backup: Path) -> None:
    change_the_manifest(backup, lambda values: values.update(format=2))


@pytest.mark.parametrize(
    ("harm", "damage"),
    [
        (cut, Damage.NO_BACKUP),
        (empty, Damage.NO_BACKUP),
        (be_of_another_format, Damage.NO_BACKUP),
        (flip, Damage.CONTENT),
        (lose_a_table, Damage.CONTENT),
        (lose_a_row, Damage.CONTENT),
        (change_a_number, Damage.CONTENT),
        (forget_a_table, Damage.TABLES),
    ],
)
def test_of_a_damaged_backup_nothing_is_restored(
    engine: Engine, backup: Path, harm: Callable[[Path], None], damage: Damage
) -> None:
    upgrade(engine)
    store_fact(engine)
    before = content_of(engine)
    harm(backup)

    with pytest.raises(BackupDamaged) as caught:
        restore(engine, backup, replace=True)
    assert caught.value.damage is damage
    assert content_of(engine) == before


def test_a_backup_of_a_newer_version_is_not_restored(engine: Engine, backup: Path) -> None:
    change_the_manifest(backup, lambda values: values.update(revision="9999"))
    with pytest.raises(BackupTooNew):
        restore(engine, backup)


DIE = """
import os, signal, sys
from sqlalchemy import Engine, event
from bot.__main__ import main

@event.listens_for(Engine, "before_cursor_execute")
def die(connection, cursor, statement, *_):
    if {at!r} in statement:
        os.kill(os.getpid(), signal.SIGKILL)

sys.argv = ["bangdan", *{words!r}]
main()
"""
"""The command line, killed when it comes to a statement."""


def run_and_die(url: str, at: str, *words: str) -> None:
    script = DIE.format(at=at, words=words)
    done = subprocess.run(
        [sys.executable, "-c", script], env={**os.environ, "DATABASE_URL": url}, check=False, timeout=60
    )
    assert done.returncode == -signal.SIGKILL


def test_a_restoration_that_is_killed_leaves_all_as_it_was(empty_url: str, backup: Path) -> None:
    engine = make_engine(upgraded(empty_url))
    store_fact(engine)
    before = content_of(engine)
    run_and_die(empty_url, "INSERT INTO deliveries", "restore", "--replace", str(backup))

    assert content_of(engine) == before
    restore(engine, backup, replace=True)
    assert len(content_of(engine)["deliveries"]) == 1
    engine.dispose()


def test_a_backup_that_is_killed_leaves_the_one_before(empty_url: str, backup: Path) -> None:
    make_older(empty_url, HEAD)
    before = backup.read_bytes()
    run_and_die(empty_url, "FROM deliveries", "backup", str(backup))

    assert backup.read_bytes() == before


def test_the_memory_it_takes_does_not_grow_with_the_rows(maker: Maker, file: Path) -> None:
    with maker.empty() as old, maker.empty() as new, ExitStack() as stack:
        source, restored = make_engine(upgraded(old)), make_engine(new)
        stack.callback(source.dispose)
        stack.callback(restored.dispose)
        with writing(source) as connection:
            fill(connection, 2500)
        peaks = measure(lambda: back_up(source, file, NOW)), measure(lambda: restore(restored, file))

    assert max(peaks) < 15 * 2**20  # the rows are 20 MB


def fill(connection: Connection, count: int) -> None:
    rows = [{"key": f"key {number}", "value": f"{number:7} " * 1000} for number in range(count)]
    connection.execute(insert(facts), rows)


def measure(call: Callable[[], object]) -> int:
    """Return the bytes of Python's memory that a call takes at most."""
    import tracemalloc

    tracemalloc.start()
    try:
        call()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_the_command_line_backs_up_and_restores(bangdan: Run, tmp_path: Path) -> None:
    made = bangdan("backup", "b.zip")
    assert made.returncode == 0, made.stderr
    assert "rows, as of" in made.stdout
    filled = bangdan("restore", "b.zip")
    assert filled.returncode == 1
    assert "--replace" in filled.stderr
    there = f"sqlite:///{tmp_path}/new.db"
    restored = bangdan("restore", "b.zip", DATABASE_URL=there)
    assert restored.returncode == 0, restored.stderr
    assert "1333" in bangdan("ask", "/rank qwq-32b", DATABASE_URL=there).stdout


def test_the_command_line_says_what_is_wrong_with_a_file(bangdan: Run) -> None:
    missing = bangdan("restore", "none.zip", "--replace")
    assert missing.returncode == 1
    assert "cannot be read" in missing.stderr
    Path("no.zip").write_text("no backup")
    wrong = bangdan("restore", "no.zip", "--replace")
    assert wrong.returncode == 1
    assert "no backup of Bangdan's" in wrong.stderr
    assert "1333" in bangdan("ask", "/rank qwq-32b").stdout
    unwritable = bangdan("backup", "nowhere/b.zip")
    assert unwritable.returncode == 1
