"""The settings: read once from the environment and `.env`, then passed on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot.limits import Rate
from store.outbox.shares import Share, read_share

LARGEST = 64 * 1024
"""Bytes of a file that holds a secret, at most."""


def _loopback(scheme: str) -> str:
    """Return the pattern of an address on this machine; a token is never sent to any other stand-in."""
    return rf"^{scheme}://(127\.0\.0\.1|localhost|\[::1\])(:\d{{1,5}})?(/[\w./-]*)?$"


class Settings(BaseSettings):
    """What the person who hosts the bot decides; `.env.example` explains each."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", frozen=True, extra="ignore")

    discord_token: SecretStr | None = Field(default=None, validation_alias="DISCORD_TOKEN")
    token_in_file: SecretStr | None = Field(default=None, validation_alias="DISCORD_TOKEN_FILE")
    database_address: SecretStr = Field(
        default=SecretStr("sqlite:///data/bangdan.db"), validation_alias="DATABASE_URL", min_length=1
    )
    database_password: SecretStr | None = Field(default=None, validation_alias="DATABASE_PASSWORD")
    password_in_file: SecretStr | None = Field(default=None, validation_alias="DATABASE_PASSWORD_FILE")
    language: str = Field(
        default="en", validation_alias="BANGDAN_LANGUAGE", pattern=r"^[A-Za-z]{2}([-_]\w+)*$"
    )
    log_level: str = Field(
        default="INFO", validation_alias="BANGDAN_LOG_LEVEL", pattern="^(DEBUG|INFO|WARNING|ERROR)$"
    )
    log_format: str = Field(default="human", validation_alias="BANGDAN_LOG_FORMAT", pattern="^(human|json)$")
    metrics: str = Field(
        default="127.0.0.1:9464",
        validation_alias="BANGDAN_METRICS",
        pattern=r"^(([\w.-]+|\[[0-9a-fA-F:]+\]):\d{1,5})?$",
    )
    person_limit: Annotated[Rate | None, NoDecode] = Field(
        default=Rate(10, 10.0), validation_alias="BANGDAN_PERSON_LIMIT"
    )
    server_limit: Annotated[Rate | None, NoDecode] = Field(
        default=Rate(120, 10.0), validation_alias="BANGDAN_SERVER_LIMIT"
    )
    discord_api: str | None = Field(
        default=None, validation_alias="BANGDAN_DISCORD_API", pattern=_loopback("http")
    )
    discord_gateway: str | None = Field(
        default=None, validation_alias="BANGDAN_DISCORD_GATEWAY", pattern=_loopback("ws")
    )
    trial_port: int = Field(default=8787, validation_alias="BANGDAN_TRIAL_PORT", ge=0, le=65535)

    lease: float = Field(default=60.0, validation_alias="BANGDAN_LEASE", ge=1, le=3600)

    shards: Annotated[Share | None, NoDecode] = Field(default=None, validation_alias="BANGDAN_SHARDS")

    refresh: bool = Field(default=True, validation_alias="BANGDAN_REFRESH")
    refresh_look: float = Field(default=30.0, validation_alias="BANGDAN_REFRESH_LOOK", ge=0.1, le=3600)
    upstreams: Annotated[dict[str, str], NoDecode] = Field(
        default_factory=dict, validation_alias="BANGDAN_UPSTREAMS"
    )

    @field_validator("upstreams", mode="before")
    @classmethod
    def _split(cls, written: object) -> object:
        """Read `key=address` pairs between spaces; a folder with spaces is written as a file:// address."""
        if not isinstance(written, str):
            return written
        pairs = [pair.partition("=") for pair in written.split()]
        if not all(key and equals for key, equals, _ in pairs):
            raise ValueError
        return {key: address for key, _, address in pairs}

    @field_validator("shards", mode="before")
    @classmethod
    def _read_shards(cls, written: object) -> object:
        """Read such as `0,1/4`; an empty one leaves it to Discord's gateway."""
        return (read_share(written) if written.strip() else None) if isinstance(written, str) else written

    @field_validator("token_in_file", "password_in_file", mode="before")
    @classmethod
    def _read_secret(cls, path: object) -> object:
        """Read the file that is named; an empty name is none."""
        if not isinstance(path, str) or not path.strip():
            return None
        try:
            with Path(path.strip()).open("rb") as file:
                return file.read(LARGEST).decode().strip() or None
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or type(error).__name__
            raise PydanticCustomError("unreadable", "{reason}", {"reason": reason}) from None

    @field_validator("person_limit", "server_limit", mode="before")
    @classmethod
    def _read_rate(cls, written: object) -> object:
        """Read `10/10`, ten times in ten seconds; an empty one is no limit."""
        if not isinstance(written, str):
            return written
        times, slash, seconds = written.partition("/")
        if not written.strip():
            return None
        rate = Rate(int(times), float(seconds)) if slash else None
        if rate is None or not (1 <= rate.times <= 100_000 and 1 <= rate.seconds <= 3600):
            raise ValueError
        return rate

    @field_validator("discord_token", "token_in_file")
    @classmethod
    def _is_one_word(cls, token: SecretStr | None) -> SecretStr | None:
        if token is not None and len(token.get_secret_value().split()) > 1:
            raise ValueError
        return token

    @property
    def token(self) -> str | None:
        """The bot's token, or None where there is none (an empty one counts as none)."""
        return _first_word(self.discord_token, self.token_in_file)

    @property
    def database_url(self) -> str:
        """The address of the database, with its password if that is a setting of its own."""
        written = self.database_address.get_secret_value()
        password = _first_word(self.database_password, self.password_in_file)
        try:
            address = make_url(written)
        except (ArgumentError, ValueError):  # whoever opens it will say so, without quoting it
            return written
        if password is None or address.get_backend_name() == "sqlite":
            return written
        return address.set(password=password).render_as_string(hide_password=False)

    @property
    def secrets(self) -> list[str]:
        """Everything that must never be read anywhere: the token, and the database's password."""
        try:
            password = make_url(self.database_url).password
        except (ArgumentError, ValueError):
            password = self.database_url.partition(":")[2]
        known = (self.token, password, _first_word(self.database_password, self.password_in_file))
        return [each for each in known if each]


def _first_word(*secrets: SecretStr | None) -> str | None:
    """Return the first secret that is not empty."""
    values = (each.get_secret_value().strip() for each in secrets if each is not None)
    return next((value for value in values if value), None)
