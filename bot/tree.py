"""The command tree: words from the catalogues, errors to one reply, and a digest to know what changed."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping
from itertools import accumulate
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.abc import Snowflake
from discord.app_commands import (
    AppCommand,
    Command,
    Group,
    Parameter,
    TranslationContextLocation,
    TranslationContextTypes,
    locale_str,
)

from bot.texts import Texts

if TYPE_CHECKING:
    from bot.client import Bangdan


log = logging.getLogger(__name__)

EVERYWHERE = ("private",)
"""Options that mean the same in every command that has them."""
NAMES = (
    TranslationContextLocation.command_name,
    TranslationContextLocation.group_name,
    TranslationContextLocation.parameter_name,
)


class Tree(app_commands.CommandTree["Bangdan"]):
    """Commands whose every word is in the catalogues.

    The keys are `command.rank` for a command's description and `command.rank.model` for an option's,
    `name.rank` and `name.rank.model` for their names; an option that means the same everywhere has one key
    for all. `ids` are those that Discord has told.
    """

    ids: Mapping[str, int] = MappingProxyType({})

    async def fetch_commands(self, *, guild: Snowflake | None = None) -> list[AppCommand]:
        """Return what Discord has, and remember the ids."""
        return self._remember(await super().fetch_commands(guild=guild))

    async def sync(self, *, guild: Snowflake | None = None) -> list[AppCommand]:
        """Register the commands, and remember their ids."""
        return self._remember(await super().sync(guild=guild))

    def _remember(self, known: list[AppCommand]) -> list[AppCommand]:
        self.ids = {each.name: each.id for each in known}
        return known

    def named(self, texts: Texts) -> dict[str, Command[Any, ..., Any] | Group]:
        """Return the commands and groups by what they are called in any language: `alias add`, 称呼 添加."""
        known = {each.qualified_name: each for each in self.walk_commands()}
        spelt = {name: each for each in known.values() for name in names_of(each, texts)}
        return spelt | known

    def describe(self, texts: Texts) -> None:
        """Give every command and option its description in the source language."""
        for command in self.walk_commands():
            command.description = texts.source.say(key_of(command, named=False))
            if isinstance(command, Command):
                keys = {each.name: key_of(each, named=False) for each in command.parameters}
                told = {name: locale_str(texts.source.say(key), key=key) for name, key in keys.items()}
                app_commands.describe(**told)(command)

    async def register(self) -> None:
        """Register the commands unless Discord has exactly these."""
        bot = self.client
        digest, key = await self.digest(), f"commands:{bot.application_id}"
        known = await self.fetch_commands()
        same = {each.name for each in known} == {each.name for each in self.get_commands()}
        if same and await bot.ask(bot.archive.facts.find, key) == digest:
            return
        await self.sync()
        await bot.ask(bot.archive.facts.note, key, digest)
        log.info("commands synced")

    async def digest(self) -> str:
        """Return what identifies all commands with all their words, to tell when to sync them."""
        translator = self.translator
        assert translator is not None
        payloads = [await each.get_translated_payload(self, translator) for each in self.get_commands()]
        return hashlib.sha256(json.dumps(payloads, sort_keys=True).encode()).hexdigest()

    async def interaction_check(self, interaction: discord.Interaction[Bangdan], /) -> bool:
        """Let every command through, after taking note of newly stored boards; typing is not delayed."""
        if interaction.type is not discord.InteractionType.autocomplete:
            await interaction.client.keep_fresh()
        return True

    async def _call(self, interaction: discord.Interaction[Bangdan]) -> None:
        """Let a command in by the door, and leave who types too much without suggestions."""
        door, call = interaction.client.door, super()._call
        if interaction.type is not discord.InteractionType.autocomplete:
            await door.enter(interaction, None, lambda: call(interaction))
        elif door.admits_typing(interaction):
            await call(interaction)
        else:
            await interaction.response.autocomplete([])

    async def on_error(  # noqa: D102 - discord.py's own contract
        self, interaction: discord.Interaction[Bangdan], error: app_commands.AppCommandError, /
    ) -> None:
        await interaction.client.explain(interaction, error)


class Interpreter(app_commands.Translator):
    """Translates the words of commands into every language of Discord that we speak."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    async def translate(
        self, string: locale_str, locale: discord.Locale, context: TranslationContextTypes
    ) -> str | None:
        """Return the translation, or None where the source text serves."""
        known, tag = self._texts.languages, str(locale).replace("-", "_")
        language = known.get(tag) or known.get(tag.partition("_")[0])
        if language is None or language is self._texts.source:
            return None
        key = string.extras.get("key")
        if key is None and context.location is not TranslationContextLocation.choice_name:
            key = key_of(context.data, named=context.location in NAMES)
        if key is None:
            return None
        said, source = language.say(key), self._texts.source.say(key)
        return said if said not in (source, key) else None


def names_of(command: Command[Any, ..., Any] | Group, texts: Texts) -> tuple[str, ...]:
    """Return what a command is called in each language, its group's name before its own."""
    paths = list(accumulate(command.qualified_name.split(), "{}.{}".format))
    return tuple(" ".join(names) for names in zip(*map(texts.names, paths), strict=True))


def key_of(described: Any, *, named: bool) -> str:  # noqa: ANN401 - a command, group, menu or option
    """Return the key of what describes a command or option, or of its name."""
    if isinstance(described, Parameter) and described.name in EVERYWHERE:
        return f"name.option.{described.name}" if named else f"option.{described.name}"
    path = described.command if isinstance(described, Parameter) else described
    parts = [*path.qualified_name.split(), *([described.name] if path is not described else ())]
    end = ".".join(parts)
    return f"name.{end}" if named else f"command.{end}"
