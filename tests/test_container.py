"""The container: compose reads our file as it is meant, and secrets reach the bot whatever their letters."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.outside.probe import ADDRESS
from bot.settings import Settings, read_settings

ROOT = Path(__file__).parent.parent
HARD = "p@ss/w:rd#%?&=word"
TO_JSON = "import json, sys, yaml; json.dump(yaml.safe_load(sys.stdin), sys.stdout)"
"""For Debian's docker-compose 1, which is written in Python with PyYAML, and prints YAML alone."""


@cache
def compose() -> tuple[str, ...]:
    """Return the command line of compose, the plugin or the older program; empty where there is none."""
    if shutil.which("docker"):
        found = subprocess.run(["docker", "compose", "version"], capture_output=True, check=False)
        if found.returncode == 0:
            return "docker", "compose"
    return ("docker-compose",) if shutil.which("docker-compose") else ()


def config(*files: str, **settings: str) -> dict[str, Any]:
    """Return what compose makes of our files, without any .env, or skip where there is no compose."""
    if not compose():
        pytest.skip("no compose on this machine; Debian's package is `docker-compose`")
    found: dict[str, Any] = json.loads(said_of(files, tuple(settings.items())))
    return found


@cache
def said_of(files: tuple[str, ...], settings: tuple[tuple[str, str], ...]) -> str:
    """Return what compose says of files, as JSON."""
    named = [word for file in files for word in ("-f", str(ROOT / file))]
    folder = ["--project-directory", str(ROOT)]
    known = {key: value for key, value in os.environ.items() if "BANGDAN" not in key and "TOKEN" not in key}
    plugin = compose()[0] == "docker"
    form = ["--format", "json"] if plugin else []
    with tempfile.NamedTemporaryFile() as nothing:
        command = [*compose(), *named, *folder, "--env-file", nothing.name, "config", *form]
        done = subprocess.run(
            command, env=known | dict(settings), capture_output=True, text=True, check=False
        )
    assert done.returncode == 0, done.stderr
    if plugin:
        return done.stdout
    turned = ["/usr/bin/python3", "-c", TO_JSON]
    return subprocess.run(turned, input=done.stdout, capture_output=True, text=True, check=True).stdout


@pytest.fixture(params=[("docker-compose.yml",), ("docker-compose.yml", "docker-compose.secrets.yml")])
def services(request: pytest.FixtureRequest) -> dict[str, Any]:
    found: dict[str, Any] = config(*request.param, DISCORD_TOKEN="MTIz.a.b", POSTGRES_PASSWORD=HARD)[
        "services"
    ]
    return found


@pytest.mark.parametrize("name", ["bot", "database"])
def test_a_container_has_no_more_rights_than_it_needs(services: dict[str, Any], name: str) -> None:
    service = services[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "cap_add" not in service
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["user"] not in ("", "0", "root")
    assert service["healthcheck"]["test"]
    assert "ports" not in service
    assert "/tmp" in str(service["tmpfs"])
    assert service["logging"]["options"]["max-size"]


def test_the_database_is_reached_by_the_bot_alone(services: dict[str, Any]) -> None:
    assert set(services["database"]["networks"]) == {"inside"}
    assert set(services["bot"]["networks"]) == {"default", "inside"}
    assert services["bot"]["depends_on"]["database"]["condition"] == "service_healthy"
    assert config("docker-compose.yml")["networks"]["inside"]["internal"] is True


def test_secrets_of_the_environment_reach_the_bot_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    found = config("docker-compose.yml", DISCORD_TOKEN="MTIz.a.b", POSTGRES_PASSWORD=HARD)["services"]
    assert found["database"]["environment"]["POSTGRES_PASSWORD"] == HARD
    settings = settings_of(found["bot"]["environment"], monkeypatch)

    assert settings.token == "MTIz.a.b"
    assert settings.database_url == (
        "postgresql+psycopg://bangdan:p%40ss%2Fw%3Ard%23%25%3F%26%3Dword@database/bangdan"
    )
    assert settings.metrics == ADDRESS


def test_secrets_in_files_are_in_no_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = config("docker-compose.yml", "docker-compose.secrets.yml")["services"]
    for name, file in (
        ("discord_token", "DISCORD_TOKEN_FILE"),
        ("postgres_password", "DATABASE_PASSWORD_FILE"),
    ):
        given = found["bot"]["environment"]
        assert given[file] == f"/run/secrets/{name}"
        (tmp_path / name).write_text(f"{HARD}\n", "utf-8")
        given[file] = str(tmp_path / name)
    settings = settings_of(found["bot"]["environment"], monkeypatch)

    assert settings.token == HARD
    assert settings.secrets[1] == HARD
    assert {each["source"] for each in found["bot"]["secrets"]} == {"discord_token", "postgres_password"}
    assert found["database"]["environment"]["POSTGRES_PASSWORD_FILE"] == "/run/secrets/postgres_password"


def settings_of(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Return the settings that the bot reads in its container."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value or "")
    return read_settings()


def test_the_image_holds_what_the_bot_runs_with_and_nothing_else() -> None:
    whole, run = (versions(ROOT / name) for name in ("requirements.lock", "requirements-run.lock"))

    assert run.items() <= whole.items()
    assert {"discord-py", "psycopg", "psycopg-binary", "matplotlib"} <= set(run)
    assert not {"pytest", "simcord", "mypy", "ruff", "hypothesis", "pip-tools", "playwright"} & set(run)


def test_the_image_has_everything_that_the_bot_depends_on() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = {re.split(r"[^\w.-]", each, maxsplit=1)[0] for each in project["dependencies"]}
    assert all(wanted)
    locked = set(versions(ROOT / "requirements-run.lock"))

    assert {re.sub(r"[._]", "-", name).lower() for name in wanted} <= locked


def versions(lock: Path) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==([\w.]+)", lock.read_text("utf-8"), flags=re.MULTILINE))


def test_everything_that_the_image_copies_is_let_through() -> None:
    let = {
        line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")
    }
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", (ROOT / "Dockerfile").read_text("utf-8"), re.MULTILINE)

    assert {name for line in copied for name in line.split()} == let
    assert all((ROOT / name).exists() for name in let)
