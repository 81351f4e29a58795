"""`/alias`: what a server calls its models."""

from __future__ import annotations

from collections.abc import Iterable

import discord

from bot.questions import NicknamesQuestion
from bot.replies.marks import code, safe
from bot.replies.pager import pick, turn_pages
from bot.replies.reply import NEUTRAL, Reply, Section, paginate
from bot.texts import Language


def nicknames_reply(
    question: NicknamesQuestion, named: Iterable[tuple[str, str]], language: Language
) -> Reply:
    """Return the nicknames of a server with the names of their models."""
    lines = tuple(
        language.say("alias.line", typed=code(typed, 60), model=safe(model)) for typed, model in named
    )
    head = discord.Embed(title=language.say("alias.title"), colour=NEUTRAL)
    head.description = language.say("alias.help") if lines else language.say("alias.none")
    pages = paginate(head, [Section(language.count("alias.given", len(lines)), lines)] if lines else [])
    return Reply(pick(pages, question), turn_pages(question, len(pages), language), private=True)


def done_reply(language: Language, key: str, /, **values: object) -> Reply:
    """Return that a nickname was given or taken away."""
    return Reply(discord.Embed(description=language.say(key, **values), colour=NEUTRAL), private=True)
