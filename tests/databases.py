"""Real databases for tests: SQLite files, and PostgreSQL where a server answers.

A seeded database is made once a process and copied for every test that wants one; so is what was read of it.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import sqlite3
import uuid
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from zlib import crc32

import psycopg
import pytest

import seeds
from store.archive import Archive
from store.boards import Catalogue
from store.catalogue import read_catalogue
from store.database import make_engine, upgrade
from store.names.identity import Identities
from store.reference import Reference

SERVER = os.environ.get("TEST_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/postgres")


def postgres_answers() -> bool:
    """Return whether a PostgreSQL server can be used for tests."""
    try:
        with psycopg.connect(SERVER, connect_timeout=2):
            return True
    except psycopg.Error:
        return False


@cache
def shipped() -> tuple[Catalogue, Identities]:
    """Return what is read of the shipped seeds besides the boards."""
    return read_catalogue(seeds.FOLDER), Identities.read(seeds.FOLDER)


@cache
def names_of(template: str) -> Reference:
    """Return what names mean in the database of which others are copies."""
    archive = Archive(make_engine(template), *shipped())
    try:
        return archive.reference()
    finally:
        archive.close()


class Copy(Archive):
    """An archive of a copy: what its seeds are and its names mean was read once for all copies."""

    @classmethod
    def of(cls, url: str, template: str) -> Copy:
        """Open a copy of a template."""
        copy = cls(make_engine(url), *shipped())
        copy._reference = names_of(template)
        return copy


class SqliteMaker:
    """Makes SQLite files below a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._template: Path | None = None

    @contextmanager
    def empty(self) -> Iterator[str]:
        """Give the address of a database without tables."""
        yield f"sqlite:///{self._new()}"

    @contextmanager
    def seeded(self) -> Iterator[str]:
        """Give the address of a database that holds the shipped boards."""
        yield f"sqlite:///{shutil.copyfile(self.template(), self._new())}"

    @contextmanager
    def archive(self, template: Path | None = None) -> Iterator[Archive]:
        """Give an archive of the shipped boards, or of what a template holds that nobody has open."""
        template = template or self.template()
        archive = Copy.of(f"sqlite:///{shutil.copyfile(template, self._new())}", f"sqlite:///{template}")
        yield archive
        archive.close()

    def template(self) -> Path:
        """Return the file that holds the shipped boards; it is not to be changed."""
        if self._template is None:
            template = self._new()
            Archive.open(f"sqlite:///{template}", seeds.FOLDER).close()
            with sqlite3.connect(template) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.close()
            self._template = template
        return self._template

    def _new(self) -> Path:
        return self.folder / f"{uuid.uuid4().hex}.db"


class PostgresMaker:
    """Makes databases on the PostgreSQL server, and drops them.

    Each is named by the machine and the process it is made for; what a killed one left, the next one drops.
    """

    ours = f"bangdan_test_{crc32(socket.gethostname().encode()):08x}"

    def __init__(self) -> None:
        self.template: str | None = None
        # Dropping waits for the disk, longer than most tests take; several at once wait together.
        self._dropping = ThreadPoolExecutor(4)
        self._drops: list[Future[None]] = []

    @contextmanager
    def empty(self) -> Iterator[str]:
        """Give the address of a database without tables."""
        with self._made("template0") as url:
            yield url

    @contextmanager
    def seeded(self) -> Iterator[str]:
        """Give the address of a database that holds the shipped boards."""
        if self.template is None:
            self._drop_stale()
            template = self._create("template0")
            Archive.open(self._url(template), seeds.FOLDER).close()
            self.template = template
        with self._made(self.template) as url:
            yield url

    @contextmanager
    def archive(self) -> Iterator[Archive]:
        """Give an archive of the shipped boards."""
        with self.seeded() as url:
            archive = Copy.of(url, self._url(str(self.template)))
            yield archive
            archive.close()

    def close(self) -> None:
        """Drop the template, and wait for what is being dropped."""
        if self.template is not None:
            self._drop(self.template)
        self._dropping.shutdown()
        for each in self._drops:
            each.result()

    @contextmanager
    def _made(self, template: str) -> Iterator[str]:
        name = self._create(template)
        try:
            yield self._url(name)
        finally:
            self._drops.append(self._dropping.submit(self._drop, name))

    def _create(self, template: str) -> str:
        name = f"{self.ours}_{os.getpid()}_{uuid.uuid4().hex[:16]}"
        with psycopg.connect(SERVER, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return name

    def _drop(self, name: str) -> None:
        with psycopg.connect(SERVER, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _drop_stale(self) -> None:
        with psycopg.connect(SERVER) as connection:
            names = [name for (name,) in connection.execute("SELECT datname FROM pg_database")]
        made = (re.fullmatch(self.ours + r"_(\d+)_\w+", name) for name in names)
        stale = [each[0] for each in made if each and not is_alive(int(each[1]))]
        self._drops += [self._dropping.submit(self._drop, name) for name in stale]

    @staticmethod
    def _url(name: str) -> str:
        return SERVER.replace("postgresql://", "postgresql+psycopg://").rpartition("/")[0] + f"/{name}"


def is_alive(process: int) -> bool:
    """Return whether there is a process of that number."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's
        return True
    return True


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
