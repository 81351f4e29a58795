"""The log: it tells what the bot does, and never a secret, a name, or what anybody typed."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import re
import sys
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest

from bot.journal import JsonLine, Line, Secrets
from store.errors import DatabaseUnavailable
from tests.databases import SqliteMaker
from tests.discord_api import DiscordApi, Message
from tests.discord_api.clock import ANSWER_SECONDS

TOKEN = "MTA5.Gx-token.aW5kZWVk"
PASSWORD = "p@ss/wör d\"'%"
TYPED = ("zaphod-beeblebrox", "heart of gold", "magrathea-9", "betelgeuse trillian")
"""What people type in these tests."""
PERSON = "ford-prefect"


@pytest.fixture(params=["human", "json"])
def written(request: pytest.FixtureRequest) -> Iterator[tuple[logging.Logger, io.StringIO]]:
    """A logger that keeps its secrets, and what it has written."""
    formatter = {"human": Line, "json": JsonLine}[request.param](Secrets([TOKEN, PASSWORD]))
    log, page = logging.getLogger(f"test.{request.param}"), io.StringIO()
    handler = logging.StreamHandler(page)
    handler.setFormatter(formatter)
    log.addHandler(handler)
    log.setLevel(logging.DEBUG)
    log.propagate = False
    yield log, page
    log.removeHandler(handler)


@pytest.mark.parametrize(
    "said",
    [
        TOKEN,
        f"Bot {TOKEN} refused",
        PASSWORD,
        "postgresql://bangdan:p%40ss%2Fw%C3%B6r%20d%22%27%25@host/db",
        "postgresql://bangdan:p%40ss%2Fw%C3%B6r+d%22%27%25@host/db",
        repr({"password": PASSWORD}),
        json.dumps({"password": PASSWORD}),
    ],
)
def test_a_secret_is_never_written_however_it_is_spelt(
    written: tuple[logging.Logger, io.StringIO], said: str
) -> None:
    log, page = written
    log.info("%s", said)
    try:
        raise DatabaseUnavailable("db", said) from OSError(said)
    except DatabaseUnavailable:
        log.exception("failed: %s", said)

    assert "[redacted]" in page.getvalue()
    for secret in ("token", "p@ss", "p%40ss", "wör d"):
        assert secret not in page.getvalue()


def test_the_token_of_an_interaction_is_never_written(written: tuple[logging.Logger, io.StringIO]) -> None:
    log, page = written
    log.warning("POST https://discord.com/api/v10/webhooks/123/aW50ZXJhY3Rpb24uYWJj/messages/@original")
    log.warning("POST /api/v10/interactions/124/aW50ZXJhY3Rpb24uYWJj/callback")

    assert "aW50" not in page.getvalue()
    assert "/webhooks/123/[redacted]/messages" in page.getvalue()


def test_an_error_tells_its_places_and_kinds_but_not_what_it_quotes(
    written: tuple[logging.Logger, io.StringIO],
) -> None:
    log, page = written
    try:
        try:
            int(TYPED[0])
        except ValueError as error:
            raise KeyError(TYPED[1]) from error
    except KeyError:
        log.exception("unforeseen")

    said = page.getvalue()
    assert "KeyError" in said
    assert "ValueError" in said
    assert f"{Path(__file__).name}:" in said
    assert not any(typed in said for typed in TYPED)


def test_an_error_whose_words_quote_nobody_tells_them(written: tuple[logging.Logger, io.StringIO]) -> None:
    log, page = written
    try:
        raise DatabaseUnavailable("db.example/bangdan", "disk full")
    except DatabaseUnavailable:
        log.exception("unforeseen")

    assert "db.example/bangdan: disk full" in page.getvalue()


def test_a_json_line_is_one_object_whatever_it_tells() -> None:
    formatter = JsonLine(Secrets(()))
    record = logging.LogRecord("bot.door", logging.INFO, "door.py", 1, "two\nlines %s", ("中",), None)
    record.told = {"command": "rank", "ms": 1.5}
    line = formatter.format(record)

    assert "\n" not in line
    told = json.loads(line)
    assert told | {"time": ""} == {
        "time": "",
        "level": "info",
        "logger": "bot.door",
        "message": "two\nlines 中",
        "command": "rank",
        "ms": 1.5,
    }
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", told["time"])


def typed(line: dict[str, Any]) -> bool:
    return any(word in json.dumps(line, ensure_ascii=False) for word in (*TYPED, PERSON))


async def use_every_way(discord_api: DiscordApi, spawn: AbstractAsyncContextManager[object]) -> None:
    """Ask in all ways there are, and meet mistakes and failures."""
    guild = discord_api.add_guild(PERSON)
    channel = guild.add_text_channel(PERSON)
    ford = guild.add_member(PERSON)
    async with spawn:
        await ford.slash(channel, "rank", model=TYPED[0])
        await ford.slash(channel, "rank", model="qwq-32b")
        await ford.autocomplete(channel, "rank", "model", TYPED[2])
        await ford.slash(channel, "ask", question=TYPED[1])
        menu: Message = (await ford.slash(channel, "top")).message
        await ford.click(menu, label="▶️")
        ford.send(channel, f"{guild.me.mention} {TYPED[3]}")
        seen = len(channel.messages)
        async with asyncio.timeout(30):
            while len(channel.messages) == seen:
                await asyncio.sleep(0.01)
        discord_api.faults.add("POST", "/interactions/**", times=3, status=400)
        discord_api.patience.answer = ANSWER_SECONDS  # for an answer that does not get through
        await ford.slash(channel, "rank", model=TYPED[0])
        await ford.slash(channel, "rank", model="qwq-32b")


@pytest.mark.parametrize("level", ["INFO", "DEBUG"])
async def test_a_running_bot_logs_each_command_and_nothing_that_people_type(
    discord_api: DiscordApi, sqlite_maker: SqliteMaker, capfd: pytest.CaptureFixture[str], level: str
) -> None:
    with sqlite_maker.seeded() as url:
        settings = {
            "DATABASE_URL": url,
            "BANGDAN_REFRESH": "false",
            "BANGDAN_METRICS": "",
            "BANGDAN_LOG_FORMAT": "json",
            "BANGDAN_LOG_LEVEL": level,
            "BANGDAN_DISCORD_API": discord_api.api_url,
            "BANGDAN_DISCORD_GATEWAY": discord_api.gateway_url,
        }
        await use_every_way(discord_api, discord_api.spawn(sys.executable, "-m", "bot", "run", env=settings))
    lines = [json.loads(line) for line in capfd.readouterr().err.splitlines()]

    commands = [(each["command"], each["outcome"]) for each in lines if each["logger"] == "bot.door"]
    assert commands[:5] == [
        ("rank", "mistake"),
        ("rank", "answer"),
        ("ask", "mistake"),
        ("top", "answer"),
        ("turn-button", "answer"),
    ]
    assert commands[5][0] == "message"
    assert commands[6:] == [("rank", "failure")] * 2
    assert all(each["ms"] >= 0 and each["shard"] == 0 for each in lines if each["logger"] == "bot.door")
    assert any("error" in each for each in lines)
    assert not [each for each in lines if typed(each)]
    assert {each["logger"].partition(".")[0] for each in lines} == {"bot", "discord"}
    assert discord_api.token not in json.dumps(lines)
