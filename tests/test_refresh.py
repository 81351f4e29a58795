"""Refreshing: upstreams answer, lie, fail or are silent, and nothing that is stored is harmed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

import seeds
from bot.verbs.upkeep import sweep_leftovers
from store.database import alone, make_engine
from tests.console import Run
from tests.dataset_maker import make_lines, make_table, pack
from tests.upstream import UpstreamServer, serving

BOARDS = Path(str(seeds.FOLDER)) / "boards"
TEXT = "/text_style_control/latest-00000-of-00001.parquet"
FULL = "/text_style_control/full-00000-of-00001.parquet"
OPEN = "/leaderboard/opensource3.md"
MODELS = 130


@pytest.fixture
def upstream() -> Iterator[UpstreamServer]:
    with serving() as server:
        yield server


@pytest.fixture
def settings(upstream: UpstreamServer) -> dict[str, str]:
    """Every upstream is the one on this machine."""
    keys = ("dataset", "rele", "release", "page")
    return {"BANGDAN_UPSTREAMS": " ".join(f"{key}={upstream.url}" for key in keys)}


def latest(days: int = 1) -> bytes:
    """Return the data set's file of the text board with so many publish dates."""
    return pack(make_table(make_lines("text_style_control", rows=MODELS * 27 * days, models=MODELS)))


def test_the_text_board_comes_from_the_official_data_set(
    bangdan: Run, upstream: UpstreamServer, settings: dict[str, str]
) -> None:
    upstream.put(TEXT, latest())
    done = bangdan("refresh", "arena-text", **settings)

    assert done.returncode == 0, done.stderr
    assert "new" in done.stdout
    assert "arena-text from dataset text_style_control" in done.stdout
    told = json.loads(bangdan("export", "arena-text", "--format", "json", **settings).stdout)
    assert (told["origin"], told["method"]) == ("dataset", "style-control")
    assert any("rating: coding" in row["measures"] for row in told["rows"])


def test_a_second_refresh_asks_with_the_etag_and_adds_nothing(
    bangdan: Run, upstream: UpstreamServer, settings: dict[str, str]
) -> None:
    upstream.put(TEXT, latest(), etag='"one"')
    bangdan("refresh", "arena-text", **settings)
    again = bangdan("refresh", "arena-text", **settings)

    assert again.returncode == 0
    assert again.stdout.startswith("no change")
    assert upstream.seen(TEXT)[-1].headers["If-None-Match"] == '"one"'


def test_the_same_document_without_an_etag_adds_nothing_either(
    bangdan: Run, upstream: UpstreamServer, settings: dict[str, str]
) -> None:
    upstream.put(TEXT, latest())
    bangdan("refresh", "arena-text", **settings)

    assert bangdan("refresh", "arena-text", **settings).stdout.startswith("no change")


def test_when_the_data_set_is_missing_the_page_answers(
    bangdan: Run, upstream: UpstreamServer, settings: dict[str, str]
) -> None:
    page = (BOARDS / "arena-text-2025-07-09.md").read_bytes().replace(b"2025-07-09", b"2025-07-12")
    upstream.put("/arena-text.md", page.replace(b"| 1477 |", b"| 1476 |"))
    done = bangdan("refresh", "arena-text", **settings)

    assert done.returncode == 0
    assert "arena-text from dataset text_style_control: there is no such document" in done.stdout
    assert "arena-text from page arena-text.md" in done.stdout


def test_a_failing_source_harms_nothing_and_is_told_in_boards(
    bangdan: Run, upstream: UpstreamServer, settings: dict[str, str]
) -> None:
    before = bangdan("ask", "/top field:Arena count:3", **settings).stdout
    upstream.put(OPEN, b"<!doctype html><html><body>captcha</body></html>")
    done = bangdan("refresh", "rele-open-20b", **settings)

    assert done.returncode == 1
    assert "failed" in done.stdout
    assert bangdan("ask", "/top field:Arena count:3", **settings).stdout == before
    told = bangdan("ask", "/boards", **settings).stdout
    assert "rele opensource3.md" in told
    assert "No source has answered yet" in told


def test_a_board_that_answers_says_in_boards_when_it_was_checked(
    bangdan: Run, upstream: UpstreamServer, settings: dict[str, str]
) -> None:
    upstream.put(OPEN, (BOARDS / "rele-open-20b.md").read_bytes())
    done = bangdan("refresh", "rele-open-20b", **settings)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "checked " in bangdan("ask", "/boards", **settings).stdout


def test_another_board_in_its_place_is_refused(
    bangdan: Run, upstream: UpstreamServer, settings: dict[str, str]
) -> None:
    upstream.put(OPEN, (BOARDS / "arena-text-2025-07-09.md").read_bytes())
    done = bangdan("refresh", "rele-open-20b", **settings)

    assert done.returncode == 1
    assert "another board" in done.stdout


def test_a_folder_serves_as_upstream(bangdan: Run, tmp_path: Path) -> None:
    place = tmp_path / "mirror" / "text_style_control"
    place.mkdir(parents=True)
    (place / "latest-00000-of-00001.parquet").write_bytes(latest())
    mirrored = {"BANGDAN_UPSTREAMS": f"dataset={tmp_path / 'mirror'}"}

    assert bangdan("refresh", "arena-text", **mirrored).stdout.startswith("new")
    assert bangdan("refresh", "arena-text", **mirrored).stdout.startswith("no change")


def test_an_unknown_upstream_or_board_is_a_mistake(bangdan: Run) -> None:
    assert bangdan("refresh", "arena-texd").returncode == 2
    done = bangdan("refresh", "arena-text", BANGDAN_UPSTREAMS="datasets=https://x.example")
    assert done.returncode == 2
    assert "datasets" in done.stderr


def test_only_what_is_due_is_asked(bangdan: Run, upstream: UpstreamServer, settings: dict[str, str]) -> None:
    upstream.put(TEXT, latest())
    bangdan("refresh", "--due", **settings)
    asked = len(upstream.seen(TEXT))
    bangdan("refresh", "--due", **settings)

    assert asked == len(upstream.seen(TEXT)) == 1


def test_the_whole_history_is_read_and_a_second_run_adds_nothing(
    bangdan: Run, upstream: UpstreamServer, settings: dict[str, str]
) -> None:
    upstream.put(FULL, latest(days=4), etag='"full"')
    done = bangdan("refresh", "--full", "arena-text", **settings)
    sizes = bangdan("ask", "/top field:Arena date:2023-06-01 count:1", **settings)
    again = bangdan("refresh", "--full", "arena-text", **settings)

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("new")
    assert sizes.returncode in (0, 2)
    assert again.stdout.startswith("no change")
    assert upstream.seen(FULL)[-1].headers["If-None-Match"] == '"full"'


def test_turning_an_upstream_off_leaves_it_alone(
    bangdan: Run, upstream: UpstreamServer, settings: dict[str, str]
) -> None:
    upstream.put(TEXT, latest())
    off = {"BANGDAN_UPSTREAMS": settings["BANGDAN_UPSTREAMS"].replace(f"dataset={upstream.url}", "dataset=")}
    done = bangdan("refresh", "arena-text", **off)

    assert upstream.seen(TEXT) == []
    assert "dataset" not in done.stdout
    assert bangdan("refresh", "arena-document", **off).returncode == 2, "nothing else publishes it"


def test_a_setting_that_cannot_be_read_says_how_it_is_written(bangdan: Run) -> None:
    done = bangdan("refresh", BANGDAN_UPSTREAMS="https://mirror.example")

    assert done.returncode == 2
    assert "dataset=https://mirror.example" in done.stderr


def test_only_one_process_refreshes_a_database_at_a_time(empty_url: str) -> None:
    first, second = make_engine(empty_url), make_engine(empty_url)
    with alone(first) as mine, alone(second) as other:
        assert mine
        assert other == (second.dialect.name == "sqlite")
    with alone(second) as mine:
        assert mine
    first.dispose()
    second.dispose()


def test_downloads_of_killed_processes_are_swept(tmp_path: Path) -> None:
    old, fresh = tmp_path / "bangdan-old", tmp_path / "bangdan-fresh"
    for folder in (old, fresh):
        folder.mkdir()
        (folder / "x.part").write_bytes(b"x")
    os.utime(old, (0, 0))
    sweep_leftovers(tmp_path)

    assert not old.exists()
    assert fresh.exists()
