"""What a board or a person writes never commands a terminal: no verb prints what one could obey."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from bot.replies.marks import heading, printable
from bot.verbs.console import json_text
from tests.console import Done, Run

EVIL = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202evil\u2066\u200b\u2028@everyone **x** [y](javascript:z)"
"""A title of the window, a cleared screen, a colour, text from right to left, and marks."""
PAGE = f"""# 开源大模型排行榜

更新时间：2026-01-0{{day}}

|排名|大模型|总分|法律{EVIL}|
|---|---|---|---|
|1|evil-7b{EVIL}|{{score}}|90|
|2|good-7b|70|80|
"""


@pytest.fixture
def pages(tmp_path: Path) -> list[str]:
    """Two hostile pages of a board, with hostile names of their files, and one that is refused."""
    paths = [tmp_path / f"{day}-\x1b[31m-evil.md" for day in (1, 2)]
    for day, path in enumerate(paths, 1):
        path.write_text(PAGE.format(day=day, score=80 + day), "utf-8")
    broken = tmp_path / "broken.md"
    broken.write_text(PAGE.format(day=3, score=f"many{EVIL}"), "utf-8")
    return [*map(str, paths), str(broken)]


def obeyed(done: Done) -> set[str]:
    """Return the letters of an output that are none."""
    return {
        char
        for char in done.stdout + done.stderr
        if char != "\n" and unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") and char != "\u200b"
    }


def test_no_verb_prints_what_a_terminal_could_obey(bangdan: Run, pages: list[str]) -> None:
    lines = [
        ["parse", *pages],
        ["parse", "--json", *pages],
        ["ingest", *pages, "--board", "rele-open"],
        ["quarantine"],
        ["quarantine", "--json"],
        ["quarantine", "--accept", "1", "--accept", "2"],
        ["ask", "/rank evil-7b"],
        ["ask", "/rank evil-7b", "--json"],
        ["ask", f"/rank {EVIL}"],
        ["ask", f"/{EVIL}"],
        ["ask", "/top rele-open"],
        ["ask", f"/ask {EVIL}"],
        ["ask", "/changes rele-open"],
        ["resolve", "evil-7b", EVIL, "--explain"],
        ["resolve", "--json", "evil-7b", EVIL],
        ["understand", EVIL],
        ["understand", "--json", f"rank evil-7b{EVIL}"],
        ["changes", "--board", "rele-open"],
        ["changes", "--json"],
        ["changes", "--board", EVIL],
        ["aliases", "review"],
        ["aliases", "review", "--json"],
        ["export", EVIL],
        ["refresh", EVIL],
    ]
    told = {" ".join(words): bangdan(*words) for words in lines}

    assert {words: obeyed(done) for words, done in told.items() if obeyed(done)} == {}
    assert "evil-7b" in told["ask /rank evil-7b"].stdout
    assert any("evil-7b" in told[f"parse --json {' '.join(pages)}"].stdout for _ in pages)


def test_an_export_is_the_boards_own_text_and_safe_where_it_is_read(bangdan: Run, pages: list[str]) -> None:
    bangdan("ingest", *pages[:2], "--board", "rele-open")
    for form in ("markdown", "csv", "json"):
        assert bangdan("export", "rele-open", "--format", form).returncode == 0


def test_json_stays_the_same_value_when_its_letters_are_spelt_out() -> None:
    value = {"name": EVIL + "\U000e0001中\U0001f600"}
    text = json_text(value, indent=2)

    assert json.loads(text) == value
    assert "中" in text
    assert text.replace("\n", "").isprintable()


def test_lines_are_kept_and_what_moves_a_terminal_is_not() -> None:
    assert printable("one\ttwo\n\x1b[31mthree\u202e") == "one two\n[31mthree"


def test_a_heading_fits_with_the_marks_that_escape_it() -> None:
    assert len(heading("*" * 300)) <= 256
    assert heading("qwen2.5-72b") == "qwen2.5-72b"
    assert heading("a_b**c**") == r"a\_b\*\*c\*\*"
