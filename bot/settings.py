"""The settings: read once from the environment and `.env`, then passed on."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from store.outbox.shares import Share, read_share


def _loopback(scheme: str) -> str:
    """Return the pattern of an address on this machine; a token is never sent to any other stand-in."""
    return rf"^{scheme}://(127\.0\.0\.1|localhost|\[::1\])(:\d{{1,5}})?(/[\w./-]*)?$"


class Settings(BaseSettings):
    """What the person who hosts the bot decides; `.env.example` explains each."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", frozen=True, extra="ignore")

    discord_token: SecretStr | None = Field(default=None, validation_alias="DISCORD_TOKEN")
    database_url: str = Field(
        default="sqlite:///data/bangdan.db", validation_alias="DATABASE_URL", min_length=1
    )
    language: str = Field(
        default="en", validation_alias="BANGDAN_LANGUAGE", pattern=r"^[A-Za-z]{2}([-_]\w+)*$"
    )
    log_level: str = Field(
        default="INFO", validation_alias="BANGDAN_LOG_LEVEL", pattern="^(DEBUG|INFO|WARNING|ERROR)$"
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

    @field_validator("discord_token")
    @classmethod
    def _is_one_word(cls, token: SecretStr | None) -> SecretStr | None:
        if token is not None and len(token.get_secret_value().split()) > 1:
            raise ValueError
        return token

    @property
    def token(self) -> str | None:
        """The bot's token, or None where there is none (an empty one counts as none)."""
        token = self.discord_token.get_secret_value().strip() if self.discord_token else ""
        return token or None
