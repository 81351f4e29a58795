"""The guide: what the bot can do by purpose, and each command with its options and examples to press."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import discord

from bot.replies.marks import clip
from bot.replies.pager import LABEL_LIMIT, MENU_LIMIT
from bot.replies.panel import Panel, Pick, Press
from bot.replies.reply import FIELD_LIMIT, NEUTRAL, Option
from bot.texts import Language

BUTTON_LIMIT = 80


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a command: the keys of its name and description, and whether the command needs it."""

    name: str
    told: str
    needed: bool


@dataclass(frozen=True, slots=True)
class Topic:
    """A command of the guide: its path (`alias add`), how it is mentioned, its options and who may use it.

    A group has `parts` in place of options.
    """

    path: str
    mention: str
    options: tuple[Choice, ...] = ()
    managers: bool = False
    parts: tuple[Topic, ...] = ()

    def name(self, language: Language) -> str:
        """Return what readers see: /称呼 添加."""
        words = self.path.split()
        return "/" + " ".join(
            language.say(f"name.{'.'.join(words[:end])}") for end in range(1, len(words) + 1)
        )

    def told(self, language: Language) -> str:
        """Return what it does."""
        return language.say(f"command.{self.path.replace(' ', '.')}")


@dataclass(frozen=True, slots=True)
class Example:
    """A command line to press: the subject of its button, and its line as readers would type it."""

    subject: str
    line: str


def overview_panel(
    purposes: Mapping[str, Sequence[Topic]], examples: Sequence[Example], language: Language
) -> Panel:
    """Return what there is, by purpose, with some examples."""
    say = language.say
    embed = discord.Embed(title=say("help.title"), description=say("help.intro"), colour=NEUTRAL)
    for purpose, topics in purposes.items():
        lines = [f"{topic.mention} — {topic.told(language)}" for topic in topics]
        embed.add_field(
            name=say(f"help.purpose.{purpose}"), value=clip("\n".join(lines), FIELD_LIMIT), inline=False
        )
    everything = [topic for topics in purposes.values() for topic in topics]
    return Panel(embed, (*_presses(examples), _menu(everything, language)))


def topic_panel(
    topic: Topic, everything: Sequence[Topic], examples: Sequence[Example], language: Language
) -> Panel:
    """Return how a command is used."""
    say = language.say
    told = [f"{topic.mention} — {topic.told(language)}"] if not topic.parts else [topic.told(language)]
    if topic.managers:
        told.append(say("help.managers"))
    embed = discord.Embed(title=topic.name(language), description="\n".join(told), colour=NEUTRAL)
    for part in topic.parts or (topic,):
        options = "\n".join(_option(option, language) for option in part.options)
        name = part.name(language) if topic.parts else say("help.options")
        value = "\n".join(filter(None, (part.told(language) if topic.parts else "", options)))
        if value:
            embed.add_field(name=name, value=clip(value, FIELD_LIMIT), inline=False)
    if examples:
        embed.add_field(name=say("help.examples"), value=say("help.examples.how"), inline=False)
    back = Press("help", "o0", say("help.back"))
    return Panel(embed, (*_presses(examples), back, _menu(everything, language)))


def _option(option: Choice, language: Language) -> str:
    needed = f" · {language.say('help.needed')}" if option.needed else ""
    return f"`{language.say(option.name)}` — {language.say(option.told)}{needed}"


def _presses(examples: Sequence[Example]) -> tuple[Press, ...]:
    return tuple(Press("example", each.subject, clip(each.line, BUTTON_LIMIT)) for each in examples)


def _menu(topics: Sequence[Topic], language: Language) -> Pick:
    """Return the menu of commands."""
    options = [
        Option(topic.name(language), topic.path, clip(topic.told(language), LABEL_LIMIT)) for topic in topics
    ]
    return Pick("help", language.say("help.choose"), tuple(options[:MENU_LIMIT]))
