"""A panel: a private message that lists what was asked for, with buttons and a menu to manage it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import discord

from bot.replies.reply import Option
from bot.texts import Language


@dataclass(frozen=True, slots=True)
class Press:
    """A button: what it does (`action`) to what (`subject`, such as `d12`), and its label."""

    action: str
    subject: str
    label: str
    danger: bool = False
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class Pick:
    """A menu of subjects: what choosing one does."""

    action: str
    prompt: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """What is shown, and what can be pressed below it."""

    embed: discord.Embed
    controls: tuple[Press | Pick, ...] = ()

    def saying(self, key: str, language: Language) -> Panel:
        """Return the panel with a sentence before all else, such as that something was done."""
        embed = self.embed.copy()
        embed.description = f"{language.say(key)}\n\n{embed.description}"
        return replace(self, embed=embed)
