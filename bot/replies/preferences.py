"""What a server or channel decided about its answers, with buttons to take it back."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import discord

from bot.replies.marks import safe
from bot.replies.panel import Panel, Press
from bot.replies.reply import NEUTRAL
from bot.replies.requests import zone_text
from bot.replies.subscriptions import language_name
from bot.texts import Language
from store.boards import Catalogue
from store.preferences import WHOLE, Preferences

BY_LETTER: Mapping[str, str] = MappingProxyType({"l": "language", "b": "board", "p": "private", "z": "zone"})
"""What is decided, by the letter that buttons have for it."""
EVERYTHING = "a"


def preferences_panel(
    own: Preferences, wider: Preferences, channel: int, catalogue: Catalogue, language: Language
) -> Panel:
    """Return what a channel (or a server, `WHOLE`) decided, and what it takes from the server around it."""
    say = language.say
    where = say("prefer.channel", channel=f"<#{channel}>") if channel else say("prefer.server")
    lines = [
        say(
            "subscription.term",
            name=say(f"prefer.{name}"),
            value=_told(name, own, wider, catalogue, language),
        )
        for name in BY_LETTER.values()
    ]
    embed = discord.Embed(title=say("prefer.title"), colour=NEUTRAL)
    embed.description = "\n".join((where, "", *lines, "", say("prefer.how")))
    return Panel(embed, _buttons(own, channel, language))


def _told(name: str, own: Preferences, wider: Preferences, catalogue: Catalogue, language: Language) -> str:
    """Return what counts of one decision, and where it was made."""
    if name in own.decided:
        return f"**{_value(name, own.decided[name], catalogue, language)}**"
    if name in wider.decided:
        return language.say("prefer.wider", value=_value(name, wider.decided[name], catalogue, language))
    return language.say(f"prefer.{name}.none")


def _value(name: str, value: str | bool, catalogue: Catalogue, language: Language) -> str:
    match name, value:
        case "private", bool():
            return language.say("prefer.private.yes" if value else "prefer.private.no")
        case "language", str(tag):
            return language_name(tag)
        case "board", str(key):
            board = catalogue.boards.get(key)
            return safe(board.title(language.tag) if board else key)
    return zone_text(str(value), language)


def _buttons(own: Preferences, channel: int, language: Language) -> tuple[Press, ...]:
    """Return a button for each decision that can be taken back, and the way back to the server's."""
    decided = [letter for letter, name in BY_LETTER.items() if name in own.decided]
    presses = [
        Press("reset", f"{letter}{channel}", language.say(f"prefer.reset.{BY_LETTER[letter]}"))
        for letter in decided
    ]
    if len(decided) > 1:
        presses.append(Press("reset", f"{EVERYTHING}{channel}", language.say("prefer.reset"), danger=True))
    if channel != WHOLE:
        presses.append(Press("prefer", f"c{WHOLE}", language.say("prefer.back")))
    return tuple(presses)
