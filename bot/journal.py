"""The log: lines for people or JSON for machines, without secrets and without what people type.

Secrets of the settings are cut out of every finished line, wherever they come from. Of an error, the log has
the places in the code and the kind, and the error's own words only where they cannot quote anybody.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from types import TracebackType
from urllib.parse import quote, quote_plus

import aiohttp
import discord

from store.errors import DatabaseUnavailable, FetchFailed

GONE = "[redacted]"
SHORTEST = 4
"""Letters of the shortest secret that is cut out; a shorter one would take words apart."""
TOKENS = re.compile(r"(?<=/)(webhooks|interactions)/(\d+)/[\w.-]{8,}")
"""The token of an interaction in one of Discord's addresses."""
SPOKEN = (
    *(AttributeError, ImportError, NameError, NotImplementedError, RecursionError, TypeError),
    *(MemoryError, OSError, TimeoutError, aiohttp.ClientError, DatabaseUnavailable, FetchFailed),
    *(discord.GatewayNotFound, discord.ConnectionClosed, discord.LoginFailure, discord.RateLimited),
)
"""Errors whose words are Python's, a library's or ours; those of others may quote what somebody typed."""
QUIET = {
    "discord": logging.INFO,
    "asyncio": logging.INFO,
    "aiohttp": logging.INFO,
    "sqlalchemy": logging.WARNING,
    "alembic.runtime.plugins": logging.WARNING,
}
"""From which level on libraries are heard: below it, discord.py logs every message that it receives,
SQLAlchemy every statement with its values, and Alembic five plugins of its own."""
log = logging.getLogger(__name__)

DEEPEST = 8
"""Errors of a chain that are told."""


class Secrets:
    """Cuts secrets out of text."""

    def __init__(self, words: Iterable[str]) -> None:
        forms = {form for word in words if len(word) >= SHORTEST for form in _forms(word)}
        longest_first = sorted(forms, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest_first))) if forms else None

    def cut(self, text: str) -> str:
        """Return a text without secrets and tokens."""
        if self._pattern is not None:
            text = self._pattern.sub(GONE, text)
        return TOKENS.sub(rf"\1/\2/{GONE}", text) if "/" in text else text


def _forms(word: str) -> Iterator[str]:
    """Give the ways in which a secret is written in addresses, representations and JSON."""
    yield from (word, quote(word, safe=""), quote_plus(word), repr(word)[1:-1], json.dumps(word)[1:-1])


class Line(logging.Formatter):
    """A line for people: time, level, where from, and what; an error below it."""

    def __init__(self, secrets: Secrets) -> None:
        super().__init__()
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        """Return a record as text."""
        time = datetime.fromtimestamp(record.created, UTC)
        said = f"{time:%Y-%m-%d %H:%M:%S},{record.msecs:03.0f} {record.levelname} {record.name}: "
        error = error_text(record)
        return self._secrets.cut(said + flat(record.getMessage()) + (f"\n{error}" if error else ""))


class JsonLine(logging.Formatter):
    """An object on a line: time, level, logger, message, the error if there is one, and what else is told."""

    def __init__(self, secrets: Secrets) -> None:
        super().__init__()
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        """Return a record as JSON."""
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "told", {}),
        }
        error = error_text(record)
        if error:
            told["error"] = error
        clean = {
            key: self._secrets.cut(each) if isinstance(each, str) else each for key, each in told.items()
        }
        return json.dumps(clean, ensure_ascii=False, default=str)


def flat(text: str) -> str:
    """Return a text on one line, with what is no letter spelt out: nobody forges lines or moves terminals."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)


def error_text(record: logging.LogRecord) -> str:
    """Return the error of a record with the errors before it, an empty text where there is none."""
    error = record.exc_info[1] if record.exc_info else None
    return "\n".join(_parts(error)) if error is not None else ""


def _parts(error: BaseException) -> Iterator[str]:
    """Give an error, then what led to it."""
    seen: BaseException | None = error
    for _ in range(DEEPEST):
        if seen is None:
            return
        yield f"{_named(seen)}\n{_places(seen.__traceback__)}".rstrip()
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)


def _named(error: BaseException) -> str:
    """Return the kind of an error, with its words where they quote nobody."""
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    if isinstance(error, discord.HTTPException):
        return f"{kind}: {error.status} {error.code}"
    return f"{kind}: {flat(str(error))}" if isinstance(error, SPOKEN) and str(error) else kind


def _places(trace: TracebackType | None) -> str:
    """Return the places in the code, without the text of their lines."""
    frames = traceback.extract_tb(trace) if trace else ()
    return "\n".join(f"  {each.filename}:{each.lineno} {each.name}" for each in frames)


def keep_journal(level: str, form: str, secrets: Secrets) -> None:
    """Have the process log in a `form`, human or json, on its standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLine(secrets) if form == "json" else Line(secrets))
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level)
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # this bot speaks to nobody
    for name, least in QUIET.items():
        logging.getLogger(name).setLevel(max(least, logging.getLevelName(level)))
    logging.raiseExceptions = False  # a line that cannot be written would be printed with its values
    sys.excepthook = _tell_end


def _tell_end(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Log the error that ends the process, in place of Python's own printing of it."""
    log.critical("ended", exc_info=(kind, error, trace))
