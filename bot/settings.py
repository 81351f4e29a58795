"""The settings: read once from the environment and `.env`, then passed on.

They are read with the standard library, by `bot.environment`: a library for it (pydantic) took a fifth of
the memory of the running bot.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot.environment import (
    Unfit,
    from_file,
    number,
    one_of,
    read_environment,
    read_pairs,
    read_rate,
    read_secret,
    read_shards,
    read_switch,
    read_text,
    read_word,
    shaped,
)
from bot.limits import Rate
from store.outbox.shares import Share

FILE = Path(".env")
PERSON_LIMIT, SERVER_LIMIT = Rate(10, 10.0), Rate(120, 10.0)


@dataclass(frozen=True, slots=True)
class Problem:
    """A setting that is wrong; `key` and `values` say in a text of the catalogues what would be right."""

    setting: str
    key: str
    values: Mapping[str, object]


class WrongSettings(ValueError):
    """Settings that cannot be used, all of them; nothing that was written is in it."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(", ".join(f"{each.setting}: {each.key}" for each in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Settings:
    """What the person who hosts the bot decides; `.env.example` explains each."""

    given_token: str | None = field(default=None, repr=False)
    token_in_file: str | None = field(default=None, repr=False)
    database_address: str = field(default="sqlite:///data/bangdan.db", repr=False)
    given_password: str | None = field(default=None, repr=False)
    password_in_file: str | None = field(default=None, repr=False)
    language: str = "en"
    log_level: str = "INFO"
    log_format: str = "human"
    metrics: str = "127.0.0.1:9464"
    """Where the bot shows itself; empty for nowhere."""
    person_limit: Rate | None = PERSON_LIMIT
    server_limit: Rate | None = SERVER_LIMIT
    trial_port: int = 8787
    lease: float = 60.0
    """Seconds."""
    shards: Share | None = None
    refresh: bool = True
    refresh_look: float = 30.0
    """Seconds."""
    upstreams: Mapping[str, str] = field(default_factory=dict)
    """Addresses by key."""
    discord_api: str | None = None
    discord_gateway: str | None = None

    @property
    def token(self) -> str | None:
        """The bot's token, or None where there is none (an empty one counts as none)."""
        return self.given_token or self.token_in_file

    @property
    def database_url(self) -> str:
        """The address of the database, with its password if that is a setting of its own."""
        password = self.given_password or self.password_in_file
        try:
            address = make_url(self.database_address)
        except (ArgumentError, ValueError):  # whoever opens it will say so, without quoting it
            return self.database_address
        if password is None or address.get_backend_name() == "sqlite":
            return self.database_address
        return address.set(password=password).render_as_string(hide_password=False)

    @property
    def secrets(self) -> list[str]:
        """Everything that must never be read anywhere: the token, and the database's password."""
        try:
            password = make_url(self.database_url).password
        except (ArgumentError, ValueError):
            password = self.database_url.partition(":")[2]
        known = (self.token, password, self.given_password or self.password_in_file)
        return [each for each in known if each]


def _loopback(scheme: str) -> Callable[[str], str]:
    """Return how an address on this machine is read; a token is never sent to any other stand-in."""
    pattern = rf"{scheme}://(127\.0\.0\.1|localhost|\[::1\])(:\d{{1,5}})?(/[\w./-]*)?"
    return shaped(pattern, "settings.wrong.loopback")


WRITTEN: Mapping[str, tuple[str, Callable[[str], object]]] = {
    "DISCORD_TOKEN": ("given_token", read_word),
    "DISCORD_TOKEN_FILE": ("token_in_file", from_file(read_word)),
    "DATABASE_URL": ("database_address", read_text),
    "DATABASE_PASSWORD": ("given_password", read_secret),
    "DATABASE_PASSWORD_FILE": ("password_in_file", from_file(read_secret)),
    "BANGDAN_LANGUAGE": ("language", shaped(r"[A-Za-z]{2}([-_]\w+)*", "settings.wrong.language")),
    "BANGDAN_LOG_LEVEL": ("log_level", one_of("DEBUG", "INFO", "WARNING", "ERROR")),
    "BANGDAN_LOG_FORMAT": ("log_format", one_of("human", "json")),
    "BANGDAN_METRICS": (
        "metrics",
        shaped(r"(([\w.-]+|\[[0-9a-fA-F:]+\]):\d{1,5})?", "settings.wrong.place"),
    ),
    "BANGDAN_PERSON_LIMIT": ("person_limit", read_rate),
    "BANGDAN_SERVER_LIMIT": ("server_limit", read_rate),
    "BANGDAN_TRIAL_PORT": ("trial_port", number(int, 0, 65535)),
    "BANGDAN_LEASE": ("lease", number(float, 1, 3600)),
    "BANGDAN_SHARDS": ("shards", read_shards),
    "BANGDAN_REFRESH": ("refresh", read_switch),
    "BANGDAN_REFRESH_LOOK": ("refresh_look", number(float, 0.1, 3600)),
    "BANGDAN_UPSTREAMS": ("upstreams", read_pairs),
    "BANGDAN_DISCORD_API": ("discord_api", _loopback("http")),
    "BANGDAN_DISCORD_GATEWAY": ("discord_gateway", _loopback("ws")),
}
"""What a setting is called where it is written, and how it is read."""


def read_settings(written: Mapping[str, str] | None = None) -> Settings:
    """Return what is written, in the environment and `.env` unless it is given; raises WrongSettings."""
    given = read_environment(FILE) if written is None else written
    values: dict[str, Any] = {}
    problems = []
    for name, (attribute, read) in WRITTEN.items():
        if name in given:
            try:
                values[attribute] = read(given[name])
            except Unfit as unfit:
                problems.append(Problem(name, unfit.key, unfit.values))
    if problems:
        raise WrongSettings(tuple(problems))
    return Settings(**values)
