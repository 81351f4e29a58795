"""The settings: secrets from the environment or from files, and never told."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from bot.limits import Rate
from bot.settings import WRITTEN, WrongSettings, read_settings
from bot.texts import Texts
from tests.console import Run
from tests.databases import SERVER, skip_without_postgres

HARD = "p@ss/w:rd#%?&= \"'\\中"
"""A password with every letter that means something in an address."""


@pytest.fixture(autouse=True)
def away(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No .env file and no setting of whoever runs the tests counts."""
    monkeypatch.chdir(tmp_path)
    for name in ("DISCORD_TOKEN", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)


def test_a_token_is_given_or_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("MTIz.from.file\n", "utf-8")
    monkeypatch.setenv("DISCORD_TOKEN_FILE", str(file))
    assert read_settings().token == "MTIz.from.file"

    monkeypatch.setenv("DISCORD_TOKEN", "MTIz.from.environment")
    assert read_settings().token == "MTIz.from.environment"

    monkeypatch.setenv("DISCORD_TOKEN", "")
    assert read_settings().token == "MTIz.from.file"

    monkeypatch.setenv("DISCORD_TOKEN_FILE", "")
    assert read_settings().token is None


def test_a_password_may_have_any_letter(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://bangdan@database:5433/bangdan")
    monkeypatch.setenv("DATABASE_PASSWORD", HARD)
    address = make_url(read_settings().database_url)
    assert (address.username, address.password, address.host, address.port, address.database) == (
        "bangdan",
        HARD,
        "database",
        5433,
        "bangdan",
    )

    file = tmp_path / "password"
    file.write_text(f"{HARD}\n", "utf-8")
    monkeypatch.delenv("DATABASE_PASSWORD")
    monkeypatch.setenv("DATABASE_PASSWORD_FILE", str(file))
    assert make_url(read_settings().database_url).password == HARD


def test_a_sqlite_file_needs_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_PASSWORD", HARD)
    assert read_settings().database_url == "sqlite:///data/bangdan.db"


def test_a_password_with_hard_letters_opens_a_real_database(monkeypatch: pytest.MonkeyPatch) -> None:
    skip_without_postgres()
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS bangdan_hard_password")
        connection.execute(
            psycopg.sql.SQL("CREATE ROLE bangdan_hard_password LOGIN PASSWORD {}").format(
                psycopg.sql.Literal(HARD)
            )
        )
        try:
            place = make_url(SERVER).set(
                drivername="postgresql+psycopg", username="bangdan_hard_password", password=None
            )
            monkeypatch.setenv("DATABASE_URL", place.render_as_string(hide_password=False))
            monkeypatch.setenv("DATABASE_PASSWORD", HARD)
            address = make_url(read_settings().database_url)
            with psycopg.connect(
                host=address.host,
                port=address.port,
                user=address.username,
                password=address.password,
                dbname=address.database,
            ) as mine:
                assert mine.execute("SELECT current_user").fetchone() == ("bangdan_hard_password",)
        finally:
            connection.execute("DROP ROLE bangdan_hard_password")


@pytest.mark.parametrize("name", ["DISCORD_TOKEN_FILE", "DATABASE_PASSWORD_FILE"])
def test_a_file_that_cannot_be_read_is_told_by_its_setting(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    monkeypatch.setenv(name, str(tmp_path / "missing"))
    with pytest.raises(WrongSettings) as refused:
        read_settings()
    (problem,) = refused.value.problems
    assert problem.setting == name
    assert problem.values == {"reason": "No such file or directory"}


@pytest.mark.parametrize(
    ("written", "rate"),
    [("10/10", Rate(10, 10.0)), ("3/0.5", None), ("", "off"), ("120/60.5", Rate(120, 60.5))],
)
def test_limits_are_times_in_seconds(
    monkeypatch: pytest.MonkeyPatch, written: str, rate: Rate | str | None
) -> None:
    monkeypatch.setenv("BANGDAN_PERSON_LIMIT", written)
    if rate is None:
        with pytest.raises(WrongSettings):
            read_settings()
    else:
        assert read_settings().person_limit == (None if rate == "off" else rate)


@pytest.mark.parametrize("written", ["10", "ten/10", "0/10", "10/0", "-1/5", "10/10/10", "1e9/1", "5/nan"])
def test_limits_that_make_no_sense_are_refused(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("BANGDAN_SERVER_LIMIT", written)
    with pytest.raises(WrongSettings):
        read_settings()


@pytest.mark.parametrize("written", ["127.0.0.1:9464", "[::1]:9464", "0.0.0.0:80", ""])
def test_where_to_be_seen_is_an_address_or_nowhere(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("BANGDAN_METRICS", written)
    assert read_settings().metrics == written


@pytest.mark.parametrize("written", ["9464", "http://127.0.0.1:9464", "127.0.0.1:port", ":9464", "a b:1"])
def test_an_address_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("BANGDAN_METRICS", written)
    with pytest.raises(WrongSettings):
        read_settings()


def test_settings_show_no_secret_and_know_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "MTIz.hunter1")
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://me:hunter2@host/db")
    settings = read_settings()

    assert settings.secrets == ["MTIz.hunter1", "hunter2"]
    assert "hunter" not in repr(settings) + str(settings)


WRONG = {
    "DISCORD_TOKEN": "two words",
    "DISCORD_TOKEN_FILE": "/nowhere/token",
    "DATABASE_URL": "",
    "DATABASE_PASSWORD_FILE": "/",
    "BANGDAN_LANGUAGE": "Chinese, please",
    "BANGDAN_LOG_LEVEL": "loud",
    "BANGDAN_LOG_FORMAT": "xml",
    "BANGDAN_METRICS": "9464",
    "BANGDAN_PERSON_LIMIT": "often",
    "BANGDAN_SERVER_LIMIT": "10/0",
    "BANGDAN_DISCORD_API": "https://discord.com/api/v10",
    "BANGDAN_DISCORD_GATEWAY": "wss://gateway.discord.gg",
    "BANGDAN_TRIAL_PORT": "65536",
    "BANGDAN_LEASE": "nan",
    "BANGDAN_SHARDS": "4/4",
    "BANGDAN_REFRESH": "perhaps",
    "BANGDAN_REFRESH_LOOK": "soon",
    "BANGDAN_UPSTREAMS": "https://mirror.example",
}


def test_everything_that_is_wrong_is_told_at_once_with_what_would_be_right(texts: Texts) -> None:
    with pytest.raises(WrongSettings) as refused:
        read_settings(WRONG)
    problems = refused.value.problems

    assert {each.setting for each in problems} == set(WRONG)
    for each in problems:
        assert "{" not in texts.source.say(each.key, **each.values)
    told = f"{refused.value} {problems}"
    assert not [text for text in WRONG.values() if len(text) > 6 and text in told]


def test_every_setting_but_a_password_can_be_wrong() -> None:
    assert set(WRITTEN) - set(WRONG) == {"DATABASE_PASSWORD"}


def test_a_file_of_settings_counts_less_than_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text(
        "# settings\nBANGDAN_LANGUAGE=zh-TW\nBANGDAN_LEASE='90'  # seconds\nBANGDAN_TRIAL_PORT\n", "utf-8"
    )
    assert (read_settings().language, read_settings().lease) == ("zh-TW", 90.0)
    monkeypatch.setenv("BANGDAN_LANGUAGE", "zh-CN")
    assert read_settings().language == "zh-CN"


def test_settings_are_told_on_the_command_line_where_they_are_wrong(bangdan: Run) -> None:
    done = bangdan("--help", BANGDAN_TRIAL_PORT="80a", BANGDAN_SHARDS="all")

    assert done.returncode == 2
    first, second = done.stderr.splitlines()
    right = "It has to be a whole number from 0 to 65535."
    assert first == f"The setting BANGDAN_TRIAL_PORT is wrong. {right} See .env.example."
    assert second.startswith("The setting BANGDAN_SHARDS is wrong. It lists this process's shards")
