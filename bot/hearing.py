"""Hearing: what a bot need not hear, and what cannot be read, is passed over."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import discord

log = logging.getLogger(__name__)

NEEDED = ("READY", "RESUMED")
"""Events without which there is no session; they are not passed over."""

Read = Callable[[Any], None]


def pass_over_bots(bot: discord.Client) -> None:
    """Let a bot not read what bots write: nobody answers that, and all that it says itself is told to it."""
    parsers: dict[str, Read] = bot._connection.parsers
    read = parsers["MESSAGE_CREATE"]

    def read_if_by_people(data: Any) -> None:  # noqa: ANN401 - whatever Discord sends
        if not data["author"].get("bot"):
            read(data)

    parsers["MESSAGE_CREATE"] = read_if_by_people


def pass_over_nonsense(bot: discord.Client) -> None:
    """Let a bot live on whatever an event holds, where discord.py itself would end it."""
    parsers: dict[str, Read] = bot._connection.parsers
    for name, read in list(parsers.items()):
        if name not in NEEDED:
            parsers[name] = _forgiving(name, read)


def _forgiving(name: str, read: Read) -> Read:
    def try_reading(data: Any) -> None:  # noqa: ANN401 - whatever Discord sends
        try:
            read(data)
        except Exception as error:  # its content may be private, and is not logged
            log.warning("a %s could not be read: %s", name, type(error).__name__)

    return try_reading
