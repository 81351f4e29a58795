"""The command tree: words from the catalogues, errors to one reply, and a digest to know what changed."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.app_commands import Command, TranslationContextLocation, TranslationContextTypes, locale_str

from bot.texts import Texts

if TYPE_CHECKING:
    from bot.client import Bangdan


EVERYWHERE = ("private",)
"""Options that mean the same in every command that has them."""
DESCRIPTIONS = (
    TranslationContextLocation.command_description,
    TranslationContextLocation.group_description,
    TranslationContextLocation.parameter_description,
)


class Tree(app_commands.CommandTree["Bangdan"]):
    """Commands whose every word is in the catalogues.

    The keys are `command.rank` for a command's description and `command.rank.model` for an option's;
    `option.private` for one that means the same everywhere.
    """

    def describe(self, texts: Texts) -> None:
        """Give every command and option its description in the source language."""
        for command in self.walk_commands():
            key = f"command.{command.qualified_name.replace(' ', '.')}"
            command.description = texts.source.say(key)
            if isinstance(command, Command):
                app_commands.describe(
                    **{
                        each.name: locale_str(texts.source.say(named), key=named)
                        for each in command.parameters
                        for named in (_key_of_option(key, each.name),)
                    }
                )(command)

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


def _key_of_option(command: str, option: str) -> str:
    return f"option.{option}" if option in EVERYWHERE else f"{command}.{option}"


class Interpreter(app_commands.Translator):
    """Translates the words of commands into every language of Discord that we speak."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    async def translate(
        self, string: locale_str, locale: discord.Locale, context: TranslationContextTypes
    ) -> str | None:
        """Return the translation of a description, or None where the source text serves.

        Names stay, but for those that have a key: of what stands in Discord's own menus.
        """
        language = self._texts.languages.get(str(locale).replace("-", "_"))
        translated = context.location in DESCRIPTIONS or "key" in string.extras
        if not translated or language is None or language is self._texts.source:
            return None
        described: Any = context.data  # of an option only its text is asked for, which has a key
        key = string.extras.get("key") or f"command.{described.qualified_name.replace(' ', '.')}"
        said = language.say(key)
        return said if said != self._texts.source.say(key) else None
