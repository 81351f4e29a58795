"""Real databases for tests: SQLite files, and PostgreSQL where a server answers.

A seeded database is made once a run and copied for every test that wants one.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

import seeds
from store.archive import Archive
from store.database import make_engine, upgrade

SERVER = os.environ.get("TEST_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/postgres")


def postgres_answers() -> bool:
    """Return whether a PostgreSQL server can be used for tests."""
    try:
        with psycopg.connect(SERVER, connect_timeout=2):
            return True
    except psycopg.Error:
        return False


class SqliteMaker:
    """Makes SQLite files below a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.template: Path | None = None

    @contextmanager
    def empty(self) -> Iterator[str]:
        """Give the address of a database without tables."""
        yield f"sqlite:///{self.folder / uuid.uuid4().hex}.db"

    @contextmanager
    def seeded(self) -> Iterator[str]:
        """Give the address of a database that holds the shipped boards."""
        if self.template is None:
            template = self.folder / "template.db"
            Archive.open(f"sqlite:///{template}", seeds.FOLDER).close()
            with sqlite3.connect(template) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.close()
            self.template = template
        copy = self.folder / f"{uuid.uuid4().hex}.db"
        shutil.copyfile(self.template, copy)
        yield f"sqlite:///{copy}"


class PostgresMaker:
    """Makes databases on the PostgreSQL server, and drops them."""

    def __init__(self) -> None:
        self.template: str | None = None

    @contextmanager
    def empty(self) -> Iterator[str]:
        """Give the address of a database without tables."""
        with self._made("template0") as url:
            yield url

    @contextmanager
    def seeded(self) -> Iterator[str]:
        """Give the address of a database that holds the shipped boards."""
        if self.template is None:
            self.template = self._create("template0")
            Archive.open(self._url(self.template), seeds.FOLDER).close()
        with self._made(self.template) as url:
            yield url

    def close(self) -> None:
        """Drop the template."""
        if self.template is not None:
            self._drop(self.template)

    @contextmanager
    def _made(self, template: str) -> Iterator[str]:
        name = self._create(template)
        try:
            yield self._url(name)
        finally:
            self._drop(name)

    def _create(self, template: str) -> str:
        name = f"bangdan_test_{uuid.uuid4().hex}"
        with psycopg.connect(SERVER, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return name

    def _drop(self, name: str) -> None:
        with psycopg.connect(SERVER, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    @staticmethod
    def _url(name: str) -> str:
        return SERVER.replace("postgresql://", "postgresql+psycopg://").rpartition("/")[0] + f"/{name}"


def upgraded(url: str) -> str:
    """Return `url` after its tables were made."""
    engine = make_engine(url)
    upgrade(engine)
    engine.dispose()
    return url


def skip_without_postgres() -> None:
    """Skip the test where no PostgreSQL answers; in CI that is a failure."""
    if not postgres_answers():
        if os.environ.get("CI"):
            pytest.fail("CI has a PostgreSQL on 127.0.0.1:5432, and it does not answer")
        pytest.skip("no PostgreSQL answers; set TEST_DATABASE_URL")
