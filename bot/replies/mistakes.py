"""What people are told when a question cannot be answered: what is wrong, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable

import discord

from bot.replies.marks import code, safe
from bot.replies.reply import ALERT, Reply
from bot.texts import Language
from store.fields import Field
from store.values import Model


def mistake_reply(language: Language, key: str, /, **values: object) -> Reply:
    """Return the sentence `key` as a private reply."""
    return Reply(_alert(language.say(key, **values)), private=True, mistake=True)


def unknown_model_reply(typed: str, suggestions: Iterable[Model], language: Language) -> Reply:
    """Return that no model is called so, with the nearest names."""
    lines = [language.say("mistake.model", typed=code(typed, 80))]
    near = [f"• {safe(model.name)}" for model in suggestions]
    if near:
        lines += ["", language.say("mistake.meant"), *near[:5]]
    return Reply(_alert("\n".join(lines)), private=True, mistake=True)


def unknown_field_reply(typed: str, suggestions: Iterable[Field], language: Language) -> Reply:
    """Return that nothing scores such a field, with the nearest ones."""
    lines = [language.say("mistake.field", typed=code(typed, 80))]
    near = [f"• {field.titled.title(language.tag)}" for field in suggestions]
    if near:
        lines += ["", language.say("mistake.meant"), *near[:5]]
    lines += ["", language.say("mistake.field.help")]
    return Reply(_alert("\n".join(lines)), private=True, mistake=True)


def failure_reply(language: Language, key: str, /, **values: object) -> Reply:
    """Return that something failed which is not the person's fault."""
    return Reply(_alert(language.say(key, **values)), private=True)


def _alert(text: str) -> discord.Embed:
    return discord.Embed(description=text[:4096], colour=ALERT)
