"""The environment: what is written there and in `.env`, and how each setting is read from its text.

A reader takes a text and returns a value, or raises `Unfit`, which says in a text's key what would be right.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from dotenv import dotenv_values

from bot.limits import Rate
from store.outbox.shares import Share, read_share

T = TypeVar("T")

LARGEST = 64 * 1024
"""Bytes of a file that holds a secret, at most."""
_YES, _NO = {"true", "yes", "on", "1", "t", "y"}, {"false", "no", "off", "0", "f", "n"}


class Unfit(ValueError):
    """A text that is no value of a setting; never tells the text, which may be a secret.

    key: the sentence of the catalogues that says what would be right; values: what it is filled with.
    """

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


def read_environment(file: Path) -> dict[str, str]:
    """Return what is written in a file, where there is one, and in the environment, which counts more.

    Raises UnicodeDecodeError where the file is not UTF-8.
    """
    written = {name: text for name, text in dotenv_values(file, encoding="utf-8").items() if text is not None}
    return written | dict(os.environ)


def read_text(written: str) -> str:
    """Return a text that must not be empty."""
    if not written:
        raise Unfit("settings.wrong.empty")
    return written


def read_word(written: str) -> str | None:
    """Return a secret of one word; an empty one is none."""
    words = written.split()
    if len(words) > 1:
        raise Unfit("settings.wrong.word")
    return words[0] if words else None


def read_secret(written: str) -> str | None:
    """Return a secret that may have spaces inside; an empty one is none."""
    return written.strip() or None


def from_file(read: Callable[[str], T]) -> Callable[[str], T | None]:
    """Return how a secret is read from the file that is named; an empty name is none."""

    def reader(path: str) -> T | None:
        if not path.strip():
            return None
        try:
            with Path(path.strip()).open("rb") as file:
                return read(file.read(LARGEST).decode())
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or type(error).__name__
            raise Unfit("settings.wrong.file", reason=reason) from None

    return reader


def shaped(pattern: str, key: str) -> Callable[[str], str]:
    """Return how a text of a certain shape is read; `key` says which shape that is."""
    shape = re.compile(pattern)

    def read(written: str) -> str:
        if shape.fullmatch(written) is None:
            raise Unfit(key)
        return written

    return read


def one_of(*choices: str) -> Callable[[str], str]:
    """Return how one of some words is read."""

    def read(written: str) -> str:
        if written not in choices:
            raise Unfit("settings.wrong.choice", choices=_listed(choices))
        return written

    return read


def number(kind: Callable[[str], T], low: float, high: float) -> Callable[[str], T]:
    """Return how a number within bounds, `int` or `float`, is read."""

    def read(written: str) -> T:
        try:
            value = kind(written)
        except ValueError:
            value = None
        if value is None or not low <= float(written) <= high:
            key = "settings.wrong.whole" if kind is int else "settings.wrong.number"
            raise Unfit(key, low=f"{low:g}", high=f"{high:g}")
        return value

    return read


def read_switch(written: str) -> bool:
    """Read yes or no, in the words that people use for it."""
    word = written.strip().lower()
    if word not in _YES | _NO:
        raise Unfit("settings.wrong.choice", choices=_listed(("true", "false")))
    return word in _YES


def read_rate(written: str) -> Rate | None:
    """Read `10/10`, ten times in ten seconds; an empty one is no limit."""
    if not written.strip():
        return None
    times, slash, seconds = written.partition("/")
    try:
        rate = Rate(int(times), float(seconds)) if slash else None
    except ValueError:
        rate = None
    if rate is None or not (1 <= rate.times <= 100_000 and 1 <= rate.seconds <= 3600):
        raise Unfit("settings.wrong.rate")
    return rate


def read_shards(written: str) -> Share | None:
    """Read such as `0,1/4`; an empty one leaves it to Discord's gateway."""
    if not written.strip():
        return None
    try:
        return read_share(written)
    except ValueError:
        raise Unfit("settings.wrong.shards") from None


def read_pairs(written: str) -> Mapping[str, str]:
    """Read `key=address` pairs between spaces; a folder with spaces is written as a file:// address."""
    pairs = [pair.partition("=") for pair in written.split()]
    if not all(key and equals for key, equals, _ in pairs):
        raise Unfit("settings.wrong.upstreams")
    return {key: address for key, _, address in pairs}


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)
