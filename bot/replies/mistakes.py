"""What people are told when a question cannot be answered: what is wrong, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import discord

from bot.replies.marks import code, safe
from bot.replies.reply import ALERT, Outcome, Reply
from bot.texts import Language
from store.boards import Board, Titled
from store.fields import Field
from store.models import Model


def mistake_reply(language: Language, key: str, /, **values: object) -> Reply:
    """Return the sentence `key` as a private reply."""
    return Reply(_alert(language.say(key, **values)), private=True, outcome=Outcome.MISTAKE)


def unknown_model_reply(typed: str, suggestions: Iterable[Model], language: Language) -> Reply:
    """Return that no model is called so, with the nearest names."""
    lines = [language.say("mistake.model", typed=code(typed, 80))]
    near = [f"• {safe(model.name)}" for model in suggestions]
    if near:
        lines += ["", language.say("mistake.meant"), *near[:5]]
    else:
        lines.append(language.say("mistake.model.help"))
    return Reply(_alert("\n".join(lines)), private=True, outcome=Outcome.MISTAKE)


def unknown_field_reply(typed: str, suggestions: Iterable[Field], language: Language) -> Reply:
    """Return that nothing scores such a field, with the nearest ones."""
    lines = [language.say("mistake.field", typed=code(typed, 80))]
    near = [f"• {safe(field.titled.title(language.tag))}" for field in suggestions]
    if near:
        lines += ["", language.say("mistake.meant"), *near[:5]]
    lines += ["", language.say("mistake.field.help")]
    return Reply(_alert("\n".join(lines)), private=True, outcome=Outcome.MISTAKE)


def unknown_board_reply(typed: str, boards: Iterable[Field], language: Language) -> Reply:
    """Return that no board is called so, with all there are."""
    names = [f"• {safe(field.board.title(language.tag))}" for field in boards]
    lines = [language.say("mistake.board", typed=code(typed, 80)), *names[:25]]
    return Reply(_alert("\n".join(lines)), private=True, outcome=Outcome.MISTAKE)


def not_scored_reply(board: Board, fields: Sequence[Field], language: Language) -> Reply:
    """Return that a board does not score a domain, with the boards that do."""
    domain = safe(fields[0].titled.title(language.tag))
    said = language.say("mistake.unscored", board=safe(board.title(language.tag)), domain=domain)
    names = [f"• {safe(field.board.title(language.tag))}" for field in fields[:25]]
    return Reply(_alert("\n".join([said, *names])), private=True, outcome=Outcome.MISTAKE)


def nothing_stored_reply(known: Titled, related: Iterable[Field], language: Language) -> Reply:
    """Return that nothing is stored of a board or domain yet, with what comes near it."""
    lines = [language.say("mistake.unstored", field=safe(known.title(language.tag)))]
    near = [f"• {safe(field.titled.title(language.tag))}" for field in related]
    if near:
        lines += ["", language.say("mistake.near"), *near]
    return Reply(_alert("\n".join(lines)), private=True, outcome=Outcome.MISTAKE)


def failure_reply(language: Language, key: str, /, **values: object) -> Reply:
    """Return that something failed which is not the person's fault."""
    return Reply(_alert(language.say(key, **values)), private=True, outcome=Outcome.FAILURE)


def _alert(text: str) -> discord.Embed:
    return discord.Embed(description=text[:4096], colour=ALERT)
