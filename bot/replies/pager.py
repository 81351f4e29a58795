"""The one pager and the one chooser of all answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import discord

from bot.drawing.values import Theme
from bot.questions import CompareQuestion, Paged, ProfileQuestion, Question, Single, tag, turn
from bot.replies.marks import clip, plain
from bot.replies.reply import Control, Menu, Option, Pages, Switch, Turn
from bot.texts import Language
from store.boards import Catalogue
from store.models import Model

MENU_LIMIT = 25
LABEL_LIMIT = 100


def turn_pages(question: Paged, pages: int, language: Language) -> tuple[Control, ...]:
    """Return the buttons of an answer of `pages` pages; none when all is on one."""
    if pages < 2:
        return ()
    at = min(question.page, pages - 1)
    return (
        Turn(turn(question, 0), "first", at == 0),
        Turn(turn(question, max(at - 1, 0)), "back", at == 0),
        Pages(language.say("pager.pages", page=at + 1, pages=pages)),
        Turn(turn(question, min(at + 1, pages - 1)), "next", at == pages - 1),
        Turn(turn(question, pages - 1), "last", at == pages - 1),
    )


def switch_theme(question: CompareQuestion | ProfileQuestion | Single, language: Language) -> Switch:
    """Return the button that asks for the same picture on the other ground."""
    other = Theme.LIGHT if question.theme is Theme.DARK else Theme.DARK
    return Switch(replace(question, theme=other), "theme", language.say(f"picture.{other}"))


def count_pages(total: int, size: int) -> int:
    """Return how many pages of `size` lines hold `total` of them; at least one."""
    return max(1, -(-total // size))


def pick(pages: Sequence[discord.Embed], question: Paged) -> discord.Embed:
    """Return the page that the question is at; past the end, the last."""
    return pages[min(question.page, len(pages) - 1)]


def choose_model(
    question: Question,
    slot: str,
    models: Sequence[Model],
    chosen: str,
    catalogue: Catalogue,
    language: Language,
) -> Menu:
    """Return the menu of the other readings of an ambiguous name, the chosen one marked."""
    options = tuple(
        Option(
            label=clip(plain(model.name), LABEL_LIMIT),
            value=tag(model.key),
            detail=_whereabouts(model, catalogue, language),
            chosen=model.key == chosen,
        )
        for model in models[:MENU_LIMIT]
    )
    return Menu(question, slot, language.say("chooser.prompt"), options)


def _whereabouts(model: Model, catalogue: Catalogue, language: Language) -> str | None:
    if model.board is None or model.place is None:
        return None
    board = catalogue.board(model.board).title(language.tag)
    return clip(language.say("chooser.place", board=board, place=model.place), LABEL_LIMIT)
