"""A digest: what changed on one board or several, in one message."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import discord

from bot.questions import ChangesQuestion
from bot.replies.bulletin import Bulletin, Show
from bot.replies.changes import changes_head
from bot.replies.figures import enumerate_some
from bot.replies.marks import clip, plain, safe
from bot.replies.news import Newsroom
from bot.replies.reply import EMBED_LIMIT, NEUTRAL, paginate
from bot.texts import Language
from store.boards import Board, Catalogue
from store.changes import Changes

MOST = 5
"""Boards that one digest shows in full; Discord also has five buttons in a row."""
TITLE_LIMIT = 100
NAMED = 3


def digest(changes: Sequence[Changes], catalogue: Catalogue, language: Language, now: datetime) -> Bulletin:
    """Return the news of at least one board, those with the most important first."""
    ordered = sorted(changes, key=lambda each: -max(change.importance for change in each))
    shown, others = ordered[:MOST], ordered[MOST:]
    limit = EMBED_LIMIT // len(shown)
    embeds = [_embed(each, catalogue, language, now, limit) for each in shown]
    if others:
        names = [safe(each.newer.board.title(language.tag)) for each in others]
        embeds[-1].add_field(
            name=language.say("digest.also"), value=clip(", ".join(names), limit // 4), inline=False
        )
    shows = tuple(
        Show(_question(each), _label(each.newer.board, language, alone=len(shown) == 1)) for each in shown
    )
    return Bulletin(thread_title([each.newer.board for each in ordered], language, now), tuple(embeds), shows)


def quiet_digest(boards: Sequence[Board], language: Language, now: datetime) -> Bulletin:
    """Return that nothing changed on some boards; none stand for all of them."""
    names = enumerate_some([f"**{safe(each.title(language.tag))}**" for each in boards], NAMED, language)
    said = language.say("digest.quiet", boards=names) if boards else language.say("digest.quiet.all")
    embed = discord.Embed(description=said, colour=NEUTRAL)
    only = boards[0].key if len(boards) == 1 else None
    show = Show(ChangesQuestion(only), language.say("digest.last"))  # its button tells the post from others
    return Bulletin(thread_title(boards, language, now), (embed,), (show,))


def thread_title(boards: Sequence[Board], language: Language, now: datetime) -> str:
    """Return what the thread of a post is called."""
    names = enumerate_some([plain(each.title(language.tag)) for each in boards], NAMED, language)
    named = names or language.say("digest.everything")
    return clip(language.say("digest.thread", boards=named, day=language.day(now)), TITLE_LIMIT)


def _embed(
    changes: Changes, catalogue: Catalogue, language: Language, now: datetime, limit: int
) -> discord.Embed:
    head = changes_head(changes, catalogue, language, now, limit)
    sections = Newsroom(catalogue, language).sections(changes)
    spare = len(language.count("digest.more", 1000)) + 20
    first, *rest = paginate(head, sections, max(limit - spare, len(head)))
    if rest:
        left = sum(map(_lines_of, rest))
        first.add_field(name="\u200b", value=language.count("digest.more", left), inline=False)
    return first


def _lines_of(page: discord.Embed) -> int:
    return sum(len((field.value or "").splitlines()) for field in page.fields)


def _question(changes: Changes) -> ChangesQuestion:
    older, newer = changes.older.as_of, changes.newer.as_of
    day = older.date() if older and newer and older.date() < newer.date() else None  # else its last change
    return ChangesQuestion(changes.newer.board.key, day)


def _label(board: Board, language: Language, *, alone: bool) -> str:
    return clip(language.say("digest.show") if alone else plain(board.title(language.tag)), 80)
