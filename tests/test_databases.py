"""The databases that tests are given: what a run that was killed left behind is dropped, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys

import psycopg

from tests.databases import SERVER, PostgresMaker, skip_without_postgres


def make(process: int) -> str:
    """Make a database as a process of that number does."""
    name = f"{PostgresMaker.ours}_{process}_0123456789abcdef"
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
    return name


def known() -> set[str]:
    with psycopg.connect(SERVER) as connection:
        return {name for (name,) in connection.execute("SELECT datname FROM pg_database")}


def test_databases_of_killed_runs_are_dropped_and_those_of_running_ones_stay() -> None:
    skip_without_postgres()
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    stale, running = make(ended.pid), make(os.getpid())
    maker = PostgresMaker()
    with maker.seeded():
        pass
    maker.close()
    assert {stale, running} & known() == {running}
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{running}"')
