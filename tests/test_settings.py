"""The settings: secrets from the environment or from files, and never told."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from pydantic import ValidationError
from sqlalchemy import make_url

from bot.limits import Rate
from bot.settings import Settings
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
    assert Settings().token == "MTIz.from.file"

    monkeypatch.setenv("DISCORD_TOKEN", "MTIz.from.environment")
    assert Settings().token == "MTIz.from.environment"

    monkeypatch.setenv("DISCORD_TOKEN", "")
    assert Settings().token == "MTIz.from.file"

    monkeypatch.setenv("DISCORD_TOKEN_FILE", "")
    assert Settings().token is None


def test_a_password_may_have_any_letter(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://bangdan@database:5433/bangdan")
    monkeypatch.setenv("DATABASE_PASSWORD", HARD)
    address = make_url(Settings().database_url)
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
    assert make_url(Settings().database_url).password == HARD


def test_a_sqlite_file_needs_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_PASSWORD", HARD)
    assert Settings().database_url == "sqlite:///data/bangdan.db"


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
            address = make_url(Settings().database_url)
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
    with pytest.raises(ValidationError) as refused:
        Settings()
    (error,) = refused.value.errors()
    assert error["loc"] == (name,)
    assert error["msg"] == "No such file or directory"


@pytest.mark.parametrize(
    ("written", "rate"),
    [("10/10", Rate(10, 10.0)), ("3/0.5", None), ("", "off"), ("120/60.5", Rate(120, 60.5))],
)
def test_limits_are_times_in_seconds(
    monkeypatch: pytest.MonkeyPatch, written: str, rate: Rate | str | None
) -> None:
    monkeypatch.setenv("BANGDAN_PERSON_LIMIT", written)
    if rate is None:
        with pytest.raises(ValidationError):
            Settings()
    else:
        assert Settings().person_limit == (None if rate == "off" else rate)


@pytest.mark.parametrize("written", ["10", "ten/10", "0/10", "10/0", "-1/5", "10/10/10", "1e9/1", "5/nan"])
def test_limits_that_make_no_sense_are_refused(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("BANGDAN_SERVER_LIMIT", written)
    with pytest.raises(ValidationError):
        Settings()


@pytest.mark.parametrize("written", ["127.0.0.1:9464", "[::1]:9464", "0.0.0.0:80", ""])
def test_where_to_be_seen_is_an_address_or_nowhere(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("BANGDAN_METRICS", written)
    assert Settings().metrics == written


@pytest.mark.parametrize("written", ["9464", "http://127.0.0.1:9464", "127.0.0.1:port", ":9464", "a b:1"])
def test_an_address_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("BANGDAN_METRICS", written)
    with pytest.raises(ValidationError):
        Settings()


def test_settings_show_no_secret_and_know_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "MTIz.hunter1")
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://me:hunter2@host/db")
    settings = Settings()

    assert settings.secrets == ["MTIz.hunter1", "hunter2"]
    assert "hunter" not in repr(settings) + str(settings) + settings.model_dump_json()
