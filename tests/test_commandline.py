"""The command line, run as people run it: its output and its exit code."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from importlib import metadata
from pathlib import Path

import discord
import pytest

import seeds
from tests.console import Run
from tests.databases import SqliteMaker

AUDIOOP = "'audioop' is deprecated and slated for removal in Python 3.13:DeprecationWarning"
BOARDS = Path(str(seeds.FOLDER)) / "boards"


def test_it_is_a_process_with_a_clean_end(sqlite_maker: SqliteMaker) -> None:
    with sqlite_maker.seeded() as url:
        done = subprocess.run(
            [sys.executable, "-W", "error", "-W", f"ignore:{AUDIOOP}", "-m", "bot", "ask", "/rank qwq-32b"],
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            env=os.environ | {"DATABASE_URL": url, "PYTHONUTF8": "1"},
            check=False,
        )

    assert (done.returncode, done.stderr) == (0, "")
    assert "#28 (UB)" in done.stdout


def test_ask_prints_the_answer(bangdan: Run) -> None:
    done = bangdan("ask", "/rank qwq-32b")

    assert done.returncode == 0
    for told in (
        "#28 (UB)",
        "#38 (StyleCtrl)",
        "1333 +4/-5",
        "18,386 votes",
        "Alibaba",
        "Apache 2.0",
        "62.5",
    ):
        assert told in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize("line", ["/top 法律 private:yes", "/ask best open model for law private:true"])
def test_ask_takes_a_switch_by_its_name(bangdan: Run, line: str) -> None:
    (message,) = json.loads(bangdan("ask", line, "--json").stdout)["messages"]
    assert message["ephemeral"]
    assert "Law" in str(message["embeds"])


@pytest.mark.parametrize(
    "line", ["/排名 模型:qwq-32b 榜单:arena", "/排名 qwq-32b board:arena", "/排名 qwq-32b 榜單:arena"]
)
def test_ask_takes_the_names_of_commands_and_options_in_any_language(bangdan: Run, line: str) -> None:
    assert json.loads(bangdan("ask", line, "--json").stdout) == json.loads(
        bangdan("ask", "/rank model:qwq-32b board:arena", "--json").stdout
    )


def test_ask_prints_json_as_discord_would_receive_it(bangdan: Run) -> None:
    done = bangdan("ask", "/top 法律", "--json", "--locale", "zh-CN")
    answer = json.loads(done.stdout)

    assert set(answer) == {"command", "messages"}
    assert answer["command"] == "top"
    (message,) = answer["messages"]
    assert set(message) == {"content", "embeds", "components", "attachments", "ephemeral"}
    assert message["embeds"][0]["title"] == "法律 · ReLE 开源榜"
    assert message["embeds"][0]["description"].startswith("` #1` 🥇 **hunyuan-large** **83.2** · 腾讯")
    assert not message["ephemeral"]


@pytest.mark.parametrize(
    "line",
    ["/top law 5", "/top law open 5", "top field:law count:5", "/top count:5 法律", "/top 'law' 5 rele-open"],
)
def test_words_fill_options_in_order_or_by_name(bangdan: Run, line: str) -> None:
    answer = json.loads(bangdan("ask", line, "--json").stdout)

    lines = answer["messages"][0]["embeds"][0]["description"].split("\n")
    assert len(lines) == 5
    assert "hunyuan-large" in lines[0]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("", "Name a command"),
        ("/", "Name a command"),
        ("/dance", "There is no command /dance. There are: /about"),
        ("/rank", "/rank needs model: /rank model [board] [date]"),
        ("/about now", "takes only"),
        ("/rank claude 3 7 sonnet thinking", "Put a name with spaces in quotation marks"),
        ("/top law count:many", "count cannot be “many”"),
    ],
)
def test_a_line_that_is_no_command_is_the_callers_mistake(bangdan: Run, line: str, told: str) -> None:
    done = bangdan("ask", line)

    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "line", ["/rank gpt-9", "/top cooking", "/top law 99", "/rank qwq-32b date:tomorrow"]
)
def test_a_question_without_an_answer_is_told_privately_with_exit_code_2(bangdan: Run, line: str) -> None:
    done = bangdan("ask", line, "--json")

    assert done.returncode == 2
    assert json.loads(done.stdout)["messages"][0]["ephemeral"]
    assert "Traceback" not in done.stderr


def test_every_verb_makes_and_seeds_a_new_database(bangdan: Run, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/deep/down/new.db"
    done = bangdan("ask", "/rank qwq-32b", DATABASE_URL=url)

    assert done.returncode == 0
    assert "#28 (UB)" in done.stdout


def test_the_database_is_in_the_folder_data_by_default(bangdan: Run, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DATABASE_URL=sqlite:///data/bangdan.db\n")
    done = bangdan("upgrade", DATABASE_URL="sqlite:///data/bangdan.db")

    assert done.returncode == 0
    assert (tmp_path / "data" / "bangdan.db").exists()


@pytest.mark.parametrize(
    "url", ["sqlite:////proc/no/such.db", "postgresql+psycopg://u:hunter2@127.0.0.1:1/db", "what"]
)
def test_a_database_that_cannot_be_used_is_told_in_one_line(bangdan: Run, url: str) -> None:
    done = bangdan("ask", "/boards", DATABASE_URL=url)

    assert done.returncode == 1
    assert "cannot be used" in done.stderr
    assert "Check DATABASE_URL" in done.stderr
    assert "hunter2" not in done.stderr + done.stdout
    assert "Traceback" not in done.stderr


def test_a_database_that_cannot_be_written_is_told(bangdan: Run, tmp_path: Path) -> None:
    (tmp_path / "folder.db").mkdir()
    done = bangdan("ask", "/boards", DATABASE_URL=f"sqlite:///{tmp_path}/folder.db")

    assert done.returncode == 1
    assert "cannot be used" in done.stderr


def test_parse_prints_typed_rows_without_a_database(bangdan: Run) -> None:
    done = bangdan(
        "parse",
        str(BOARDS / "arena-text-2025-07-09.md"),
        str(BOARDS / "rele-open-20b.md"),
        "--json",
        DATABASE_URL="x",
    )
    arena, rele = json.loads(done.stdout)

    assert done.returncode == 0
    assert arena["problems"] == []
    (table,) = arena["tables"]
    assert (table["board"], table["as_of"], table["coverage"]) == (
        "arena-text",
        "2025-07-09T11:44:37Z",
        "full",
    )
    first = table["rows"][0]
    assert first | {"url": None} == first | {
        "rank": 1,
        "rank_style_control": 1,
        "name": "Gemini-2.5-Pro",
        "score": 1477,
        "low": 1472,
        "high": 1482,
        "votes": 15769,
        "organization": "Google",
        "license": "Proprietary",
        "cutoff": None,
        "url": None,
        "price": None,
        "size": None,
        "measures": {},
        "flags": [],
    }
    yi = next(row for row in rele["tables"][0]["rows"] if row["name"] == "Yi-1.5-34B-Chat")
    assert yi["measures"]["医疗"] is None
    assert yi["measures"]["法律"] == 38.9
    assert (yi["price"], yi["flags"]) == (1.26, ["try-it"])
    assert yi["url"].startswith("https://easyllm.site/")


HEAD = "# 开源大模型排行榜\n\n|排名|大模型|总分|\n|---|---|---|\n"
BAD = {
    "missing.md": None,
    "empty.md": b"",
    "binary.md": b"\x89PNG\r\n\x1a\n\0\0\0",
    "web.md": b"<!DOCTYPE html><html><body>Just a moment...</body></html>",
    "prose.md": "# 开源大模型排行榜\n\n没有表格。\n".encode(),
    "word.md": f"{HEAD}|1|a-7b|lots|\n".encode(),
    "twice.md": f"{HEAD}|1|a-7b|80|\n|2|a-7b|70|\n".encode(),
    "short.md": f"{HEAD}|1|a-7b|80|\n|2|b-7b|\n".encode(),
    "cut.md": f"{HEAD}|1|a-7b|80|\n|2|b-7b|7".encode(),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_document_is_refused_whole_with_the_reason_and_its_place(
    bangdan: Run, tmp_path: Path, name: str
) -> None:
    file, content = tmp_path / name, BAD[name]
    if content is not None:
        file.write_bytes(content)
    done = bangdan("ingest", str(file))

    assert done.returncode == 1
    assert done.stderr.startswith(str(file))
    assert "refused" in done.stdout
    assert "Traceback" not in done.stderr
    if name == "word.md":
        assert f"{file}:5: this is not a number. (column 总分) Found: 'lots'" in done.stderr


def test_a_refused_document_does_not_keep_the_others_out(bangdan: Run, tmp_path: Path) -> None:
    bad, good = tmp_path / "bad.md", tmp_path / "good.md"
    bad.write_bytes(BAD["word.md"] or b"")
    good.write_text("# 5B以下开源大模型排行榜\n\n|排名|大模型|总分|\n|---|---|---|\n|1|a-7b|80.5|\n", "utf-8")

    done = bangdan("ingest", str(bad), str(good))
    again = bangdan("ingest", str(good))
    asked = bangdan("ask", "/rank a-7b")

    assert done.returncode == 1
    assert "added" in done.stdout
    assert again.returncode == 0
    assert "unchanged" in again.stdout
    assert "80.5" in asked.stdout


def test_ingest_takes_board_and_date_from_the_caller(bangdan: Run, tmp_path: Path) -> None:
    file = tmp_path / "x.md"
    file.write_text("|排名|大模型|总分|\n|---|---|---|\n|1|a-7b|80.5|\n", "utf-8")

    unknown = bangdan("ingest", str(file))
    wrong = bangdan("ingest", str(file), "--board", "nonsense")
    done = bangdan("ingest", str(file), "--board", "rele-open", "--as-of", "2026-01-01")

    assert unknown.returncode == 1
    assert "--board" in unknown.stderr
    assert wrong.returncode == 2
    assert "no board “nonsense”" in wrong.stderr
    assert "rele-open  Jan 1, 2026  1 row" in done.stdout


def test_resolve_prints_a_line_of_json_for_each_name(bangdan: Run) -> None:
    done = bangdan("resolve", "--json", typed="qwq-32b\ngpt-4o\ngpt-9\n")
    exact, family, none = map(json.loads, done.stdout.splitlines())

    assert set(exact) == {"query", "model", "confidence", "ambiguous", "suggestions"}
    assert set(exact["model"]["printed"]) == {"QwQ-32B", "qwq-32b"}
    assert (exact["confidence"], exact["ambiguous"]) == (1.0, False)
    assert family["ambiguous"]
    assert len(family["suggestions"]) == 3
    assert none["model"] is None
    assert none["suggestions"]


def test_a_wrong_setting_is_named_with_what_to_do(bangdan: Run) -> None:
    done = bangdan("ask", "/boards", BANGDAN_TRIAL_PORT="many", DISCORD_TOKEN="hunter2")

    assert done.returncode == 2
    assert "BANGDAN_TRIAL_PORT" in done.stderr
    assert ".env.example" in done.stderr
    assert "hunter2" not in done.stderr


def test_help_speaks_the_language_of_the_settings(bangdan: Run) -> None:
    assert "浏览器试用" in bangdan("--help", BANGDAN_LANGUAGE="zh-CN").stdout
    assert "browser trial" in bangdan("--help", BANGDAN_LANGUAGE="en").stdout


@pytest.mark.parametrize(
    "address", ["https://discord.example/api", "http://127.0.0.1.evil.example", "http://10.0.0.1/api", "x"]
)
def test_the_token_is_sent_to_no_stand_in_but_one_on_this_machine(bangdan: Run, address: str) -> None:
    done = bangdan("run", BANGDAN_DISCORD_API=address, DISCORD_TOKEN="hunter2")

    assert done.returncode == 2
    assert "BANGDAN_DISCORD_API" in done.stderr
    assert "hunter2" not in done.stderr + done.stdout


def test_a_discord_that_cannot_be_reached_is_told_without_the_token(
    bangdan: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for owner, name in ((discord.http.Route, "BASE"), (discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY")):
        monkeypatch.setattr(owner, name, getattr(owner, name))  # what the run changes is put back
    nowhere = "127.0.0.1:1"
    done = bangdan(
        "run",
        BANGDAN_DISCORD_API=f"http://{nowhere}/api/v10",
        BANGDAN_DISCORD_GATEWAY=f"ws://{nowhere}/",
        DISCORD_TOKEN="hunter2",
    )

    assert done.returncode == 1
    assert "Discord cannot be reached" in done.stderr
    assert "hunter2" not in done.stderr + done.stdout
    assert "Traceback" not in done.stderr


def test_a_failure_is_neither_an_answer_nor_the_callers_mistake(bangdan: Run, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/broken.db"
    bangdan("upgrade", DATABASE_URL=url)
    with closing(sqlite3.connect(tmp_path / "broken.db")) as connection:
        connection.execute("DROP TABLE standings")
    done = bangdan("ask", "/top arena", DATABASE_URL=url)

    assert done.returncode == 1


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_a_database_in_memory_is_refused_at_once(bangdan: Run, url: str) -> None:
    done = bangdan("ask", "/boards", DATABASE_URL=url)

    assert done.returncode == 1
    assert ":memory:" in done.stderr


def test_a_token_in_the_wrong_setting_is_not_printed(bangdan: Run) -> None:
    done = bangdan("ask", "/boards", DATABASE_URL="MTk4NjIy.secret.token")

    assert done.returncode == 1
    assert "secret" not in done.stdout + done.stderr


def test_settings_that_cannot_be_read_are_told(bangdan: Run, tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("BANGDAN_LANGUAGE=中".encode("utf-16"))
    assert "not UTF-8" in bangdan("ask", "/boards").stderr

    (tmp_path / ".env").unlink()
    broken = bangdan("run", DISCORD_TOKEN="hunter2\nhunter3")
    assert broken.returncode == 2
    assert "DISCORD_TOKEN" in broken.stderr
    assert "hunter" not in broken.stderr


def test_a_repetition_is_noted_when_the_page_is_stored(bangdan: Run, tmp_path: Path) -> None:
    file = tmp_path / "twice.md"
    file.write_text(
        "# 开源大模型排行榜\n\n|排名|大模型|总分|\n|---|---|---|\n|1|a-7b|80|\n|2|a-7b|80|\n", "utf-8"
    )
    done = bangdan("ingest", str(file))

    assert done.returncode == 0
    assert "kept once" in done.stderr


def test_a_port_that_is_taken_is_told(bangdan: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = bangdan("try", "--port", port)

    assert done.returncode == 1
    assert f"cannot use port {port}" in done.stderr


def test_a_name_with_spaces_is_told_to_want_quotation_marks(bangdan: Run) -> None:
    done = bangdan("ask", "/rank gemini 2.5 pro")

    assert done.returncode == 2
    assert "quotation marks" in done.stderr


def test_it_tells_its_version(bangdan: Run) -> None:
    assert bangdan("--version").stdout.strip() == metadata.version("bangdan")
