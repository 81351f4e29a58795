"""`/changes`: what changed on a board, since a day or at its last change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import discord

from bot.questions import ChangesQuestion, tag
from bot.replies.figures import date_text, license_text, provenance
from bot.replies.marks import clip, heading, plain, web_address
from bot.replies.news import Newsroom
from bot.replies.pager import MENU_LIMIT, pick, turn_pages
from bot.replies.reply import EMBED_LIMIT, FAMILY_COLOURS, Control, Menu, Option, Reply, paginate
from bot.texts import Language
from store.boards import Board, Catalogue
from store.changes import Changes

DESCRIPTION_LIMIT = 2000
FOOTER_LIMIT = 800


def changes_reply(
    question: ChangesQuestion,
    changes: Changes,
    boards: Sequence[Board],
    catalogue: Catalogue,
    language: Language,
    now: datetime,
) -> Reply:
    """Return what changed, or that nothing did; `boards` are all that can be asked."""
    pages = changes_pages(changes, catalogue, language, now)
    controls: tuple[Control, ...] = turn_pages(question, len(pages), language)
    if len(boards) > 1:
        controls = (*controls, _boards_menu(question, boards, language))
    return Reply(pick(pages, question), controls, question=question)


def changes_pages(
    changes: Changes, catalogue: Catalogue, language: Language, now: datetime
) -> list[discord.Embed]:
    """Return changes as embeds, each with the headlines."""
    head = changes_head(changes, catalogue, language, now)
    return paginate(head, Newsroom(catalogue, language).sections(changes))


def changes_head(
    changes: Changes, catalogue: Catalogue, language: Language, now: datetime, limit: int = EMBED_LIMIT
) -> discord.Embed:
    """Return an embed with the headlines and where it is all from, in less than `limit` characters."""
    newsroom, board = Newsroom(catalogue, language), changes.newer.board
    head = discord.Embed(
        title=heading(language.say("changes.title", board=board.title(language.tag))),
        url=web_address(board.source),
        description=clip(
            "\n".join(_opening(changes, newsroom, language)), min(limit // 2, DESCRIPTION_LIMIT)
        ),
        colour=FAMILY_COLOURS[board.family],
    )
    notes = [provenance(changes.newer, language, now), board.attribution, license_text(board, language)]
    head.set_footer(text=clip(" · ".join(map(plain, notes)), min(limit // 4, FOOTER_LIMIT)))
    return head


def _opening(changes: Changes, newsroom: Newsroom, language: Language) -> list[str]:
    older, newer = (date_text(each, language) for each in (changes.older, changes.newer))
    if changes.older.id == changes.newer.id:
        return [language.say("changes.same", day=older)]
    span = language.say("changes.span", older=older, newer=newer)
    if not len(changes):
        return [span, language.say("changes.quiet")]
    return [span, *newsroom.headlines(changes)]


def _boards_menu(question: ChangesQuestion, boards: Sequence[Board], language: Language) -> Menu:
    options = tuple(
        Option(clip(each.title(language.tag), 100), tag(each.key), chosen=each.key == question.board)
        for each in boards[:MENU_LIMIT]
    )
    return Menu(question, "board", language.say("top.boards"), options)
