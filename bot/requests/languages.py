"""The argument `language`: one that the bot speaks, by its tag or by what it is called."""

from __future__ import annotations

from typing import Any

from discord import Interaction
from discord.app_commands import Choice, Transformer

from bot.arguments import Choices, Typed
from bot.mistakes import LanguageUnknown
from bot.replies.subscriptions import language_name
from bot.texts import Language, Texts
from store.boards import fold


class LanguageArgument(Transformer):
    """A language of the bot."""

    async def transform(self, interaction: Interaction[Any], value: str) -> str:
        """Return the language's tag; raises LanguageUnknown."""
        return read_language(value, interaction.client.texts).tag

    async def autocomplete(self, interaction: Interaction[Any], value: Typed) -> Choices:
        """Return the languages that the bot speaks, under the names that they give themselves."""
        tags = interaction.client.texts.languages
        return [Choice(name=language_name(tag), value=tag) for tag in tags]


def read_language(text: str, texts: Texts) -> Language:
    """Return the language that `text` names, in itself or in any of the bot's; raises LanguageUnknown."""
    typed = fold(text)
    for tag, language in texts.languages.items():
        others = [each.locale for each in texts.languages.values()]
        names = {tag, tag.replace("_", "-"), language_name(tag), language.locale.language}
        names |= {str(language.locale.get_display_name(other)) for other in others}
        keys = (language.locale.language, f"{language.locale.language}_{language.locale.script}")
        names |= {other.languages[key] for other in others for key in keys if key in other.languages}
        if typed in {fold(name) for name in names}:
            return language
    raise LanguageUnknown(text, ", ".join(map(language_name, texts.languages)))
