"""The command line as a fixture: a verb is run as its console script does, and what it left is given."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest

from bot.__main__ import main
from tests.databases import SqliteMaker


@dataclass(frozen=True)
class Done:
    """What a run of the command line left behind."""

    returncode: int
    stdout: str
    stderr: str


class Run(Protocol):
    """Runs the command line with `words`, `typed` on its standard input, and `settings` around it."""

    def __call__(self, *words: str, typed: str = "", **settings: str) -> Done: ...


@pytest.fixture
def bangdan(
    sqlite_maker: SqliteMaker,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> Iterator[Run]:
    """Run `bangdan` as its console script does, with a seeded database and away from any .env file."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")

    def run(*words: str, typed: str = "", **settings: str) -> Done:
        for name, value in ({"DATABASE_URL": url} | settings).items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr("sys.argv", ["bangdan", *words])
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capfd.readouterr()
        return Done(int(ended.value.code or 0), out, err)

    with sqlite_maker.seeded() as url:
        yield run
