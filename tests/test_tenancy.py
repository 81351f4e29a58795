"""Tenancy: one running bot has a SQLite file, however it ends; many share a PostgreSQL database."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from store.errors import DatabaseOccupied, DatabaseUnavailable
from store.tenancy import occupying
from tests.console import Run
from tests.newsroom import REST
from tests.test_renames import page

HOLD = "import sys; from store.tenancy import occupying\nwith occupying(sys.argv[1]): print('in'); input()"


@contextmanager
def tenant(url: str) -> Iterator[subprocess.Popen[str]]:
    """Give a process that is inside."""
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", HOLD, url], stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "in\n"
        yield process
        process.kill()


def test_a_second_process_is_told_who_has_the_file(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new/bangdan.db"
    with tenant(url) as process:
        with pytest.raises(DatabaseOccupied) as caught, occupying(url):
            pass
        assert caught.value.process == str(process.pid)
        assert caught.value.place == f"{tmp_path}/new/bangdan.db"


def test_another_name_of_the_file_is_the_same_file(tmp_path: Path) -> None:
    (tmp_path / "link.db").symlink_to(tmp_path / "bangdan.db")
    with (
        occupying(f"sqlite:///{tmp_path}/bangdan.db"),
        pytest.raises(DatabaseOccupied),
        occupying(f"sqlite:///{tmp_path}/link.db"),
    ):
        pass


def test_a_process_that_was_killed_keeps_nobody_out(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/bangdan.db"
    with tenant(url) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
        with occupying(url):
            assert (tmp_path / "bangdan.db.lock").read_text() == str(os.getpid())


def test_a_process_that_it_started_does_not_hold_the_file_after_it(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/bangdan.db"
    with occupying(url):
        child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    with occupying(url):
        pass
    child.communicate()


def test_several_processes_may_have_a_postgresql_database() -> None:
    url = "postgresql+psycopg://127.0.0.1/bangdan"
    with occupying(url), occupying(url):
        pass


def test_a_folder_that_cannot_be_written_is_told() -> None:
    with pytest.raises(DatabaseUnavailable), occupying("sqlite:////proc/bangdan.db"):
        pass


@pytest.mark.parametrize("words", [("run",), ("try", "--port", "0"), ("restore", "b.zip", "--replace")])
def test_a_second_bot_says_what_to_do_and_ends(bangdan: Run, words: tuple[str, ...], tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/bangdan.db"
    assert bangdan("upgrade", DATABASE_URL=url).returncode == 0
    assert bangdan("backup", "b.zip", DATABASE_URL=url).returncode == 0
    with occupying(url):
        refused = bangdan(*words, DATABASE_URL=url, DISCORD_TOKEN="token")
    assert refused.returncode == 1
    assert f"process {os.getpid()}" in refused.stderr
    assert "PostgreSQL" in refused.stderr


def test_what_is_short_works_beside_a_running_bot(bangdan: Run, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/bangdan.db"
    with occupying(url):
        assert "1333" in bangdan("ask", "/rank qwq-32b", DATABASE_URL=url).stdout
        assert bangdan("backup", "b.zip", DATABASE_URL=url).returncode == 0
        Path("page.md").write_bytes(page("2026-01-02", ("nova-2", 1480, 3000), *REST))
        assert bangdan("ingest", "page.md", DATABASE_URL=url).returncode == 0
