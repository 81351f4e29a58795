"""Migrations: from every revision, with data in it, on both engines; no row is lost."""

from __future__ import annotations

from datetime import date

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

import seeds
from store.archive import Archive
from store.database import find_revision, make_engine, revisions, upgrade
from store.migrations import HEAD
from store.news.tables import metadata
from tests.older_databases import ROWS, make_older, read_content

OLDEST_FIRST = tuple(reversed(revisions()))


def test_every_revision_has_rows_of_what_it_brought() -> None:
    assert tuple(ROWS) == OLDEST_FIRST


def test_the_rows_are_in_every_table(empty_url: str) -> None:
    make_older(empty_url, HEAD)
    engine = make_engine(empty_url)
    with engine.connect() as connection:
        content = read_content(connection)
    engine.dispose()

    assert set(content) == set(metadata.tables)
    assert [name for name, rows in content.items() if not rows] == []


@pytest.mark.parametrize("revision", OLDEST_FIRST)
def test_an_older_database_becomes_a_new_one_and_keeps_every_row(empty_url: str, revision: str) -> None:
    make_older(empty_url, revision)
    engine = make_engine(empty_url)
    with engine.connect() as connection:
        before = read_content(connection)
    upgrade(engine)

    with engine.connect() as connection:
        assert find_revision(connection) == HEAD
        assert read_content(connection, before) == before
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


@pytest.mark.parametrize("revision", OLDEST_FIRST)
def test_what_an_older_database_holds_can_be_asked_beside_what_is_new(empty_url: str, revision: str) -> None:
    make_older(empty_url, revision)
    archive = Archive.open(empty_url, seeds.FOLDER)

    then = archive.leaders("arena-text", on=date(2025, 2, 1))
    assert [each.name for each in then.standings] == ["Old-Model", "Older-Model 🤖"]
    assert len(archive.leaders("arena-text").standings) > 100
    assert archive.reference().resolve("old-model").model is not None
    archive.close()
