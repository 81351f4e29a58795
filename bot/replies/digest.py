"""A digest: what changed on one board or several, in one message."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import discord

from bot.questions import ChangesQuestion
from bot.replies.bulletin import Bulletin
from bot.replies.changes import changes_head
from bot.replies.figures import enumerate_some
from bot.replies.marks import clip, plain, safe
from bot.replies.news import Newsroom
from bot.replies.reply import EMBED_LIMIT, FIELD_LIMIT, NEUTRAL, Section, Show
from bot.texts import Language
from store.boards import Board, Catalogue
from store.changes import Changes

MOST = 5
"""Boards that one digest shows in full; Discord also has five buttons in a row."""
LINES = 15
"""Lines below one heading; a longer list is nothing to read in passing."""
FIELDS = 23
"""Fields of an embed, of Discord's 25, that lines fill."""
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
            name=language.say("digest.also"),
            value=clip(language.say("list.between").join(names), limit // 4),
            inline=False,
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
    embed = changes_head(changes, catalogue, language, now, limit)
    spare = len(language.count("digest.more", 1000)) + 1
    left = fill(embed, Newsroom(catalogue, language).sections(changes), limit - spare)
    if left:
        _add_line(embed, language.count("digest.more", left))
    return embed


def _add_line(embed: discord.Embed, line: str) -> None:
    """Add a line to the last field, or below it where it is full: a field of its own stands apart."""
    last = embed.fields[-1] if embed.fields else None
    if last is not None and len(last.value or "") + len(line) < FIELD_LIMIT:
        embed.set_field_at(-1, name=last.name, value=f"{last.value}\n{line}", inline=False)
    else:
        embed.add_field(name="\u200b", value=line, inline=False)


def fill(embed: discord.Embed, sections: Iterable[Section], limit: int) -> int:
    """Add the lines of sections to an embed, up to `limit` characters; return how many were left out."""
    left = 0
    for section in sections:
        title, value = section.title, ""
        left += max(0, len(section.lines) - LINES)
        for line in section.lines[:LINES]:
            longer = f"{value}\n{line}" if value else line
            full = len(embed) + len(title) + len(longer) > limit or len(embed.fields) >= FIELDS
            if full or len(line) > FIELD_LIMIT:
                left += 1
            elif len(longer) > FIELD_LIMIT:
                embed.add_field(name=title, value=value, inline=False)
                title, value = "\u200b", line
            else:
                value = longer
        if value:
            embed.add_field(name=title, value=value, inline=False)
    return left


def _question(changes: Changes) -> ChangesQuestion:
    older, newer = changes.older.as_of, changes.newer.as_of
    day = older.date() if older and newer and older.date() < newer.date() else None  # else its last change
    return ChangesQuestion(changes.newer.board.key, day)


def _label(board: Board, language: Language, *, alone: bool) -> str:
    return clip(language.say("digest.show") if alone else plain(board.title(language.tag)), 80)
