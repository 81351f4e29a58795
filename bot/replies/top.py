"""`/top`: the leaders of a board or of one of its domains."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import discord

from bot.questions import TopQuestion, tag
from bot.replies.figures import license_text, medal, provenance, score_text, title_within, vendor_text
from bot.replies.filters import filter_texts
from bot.replies.marks import clip, heading, link, pad, plain, web_address
from bot.replies.pager import count_pages, turn_pages
from bot.replies.reply import EMBED_LIMIT, FAMILY_COLOURS, Control, Menu, Option, Reply
from bot.texts import Language
from store.answers import Leaders, Standing
from store.boards import Board, Catalogue
from store.values import Flag

DESCRIPTION_LIMIT = 4000


def top_reply(
    question: TopQuestion,
    leaders: Leaders,
    boards: Sequence[Board],
    catalogue: Catalogue,
    language: Language,
    now: datetime,
) -> Reply:
    """Return a page of leaders, of those that fit the question's filter.

    `boards` are all that score this dimension, in order of preference.
    """
    snapshot = leaders.snapshot
    title = snapshot.board.title(language.tag)
    if leaders.dimension.key != snapshot.score.key:
        title = f"{title_within(leaders.dimension, snapshot.board, language)} · {title}"
    title = " · ".join([title, *filter_texts(question.only, catalogue, language)])
    embed = discord.Embed(
        title=heading(title),
        url=web_address(snapshot.board.source),
        description=_lines(question, leaders, catalogue, language),
        colour=FAMILY_COLOURS[snapshot.board.family],
    )
    notes = [provenance(snapshot, language, now)]
    if leaders.unscored:
        notes.append(language.count("top.unscored", leaders.unscored))
    notes += [language.count(f"top.untold.{what}", count) for what, count in leaders.untold.items()]
    notes += [snapshot.board.attribution, license_text(snapshot.board, language)]
    embed.set_footer(text=clip(" · ".join(map(plain, notes)), EMBED_LIMIT - DESCRIPTION_LIMIT))
    pages = count_pages(leaders.total, question.count)
    controls: tuple[Control, ...] = turn_pages(question, pages, language)
    if len(boards) > 1:
        controls = (*controls, _boards_menu(question, boards, language))
    return Reply(embed, controls)


def _lines(question: TopQuestion, leaders: Leaders, catalogue: Catalogue, language: Language) -> str:
    """Return the leaders a line each: with links, else without, else with names cut short, as they fit."""
    if not leaders.standings:
        return language.say("top.none" if question.only else "top.empty")
    for width, linked in ((80, True), (80, False), (30, False)):
        lines = "\n".join(
            _line(each, leaders, catalogue, language, width, linked=linked) for each in leaders.standings
        )
        if len(lines) <= DESCRIPTION_LIMIT:
            break
    return lines


def _line(
    standing: Standing,
    leaders: Leaders,
    catalogue: Catalogue,
    language: Language,
    width: int,
    *,
    linked: bool,
) -> str:
    score = standing.main
    rank = score.rank if score.rank is not None else score.place
    column = pad(f"#{rank}", len(f"#{leaders.total}"), right=True)
    address = standing.url if linked and Flag.TRY_IT not in standing.flags else None
    parts = [
        f"`{column}`",
        medal(rank, leaders.dimension),
        f"**{link(standing.name, address, width)}**",
        f"**{score_text(score)}**",
    ]
    told = [vendor_text(standing, catalogue, language, width)]
    told += [language.say(f"flag.{flag}") for flag in (Flag.NEW, Flag.PRELIMINARY) if flag in standing.flags]
    return " ".join(filter(None, (*parts, *(f"· {each}" for each in told if each))))


def _boards_menu(question: TopQuestion, boards: Sequence[Board], language: Language) -> Menu:
    options = tuple(
        Option(clip(each.title(language.tag), 100), tag(each.key), chosen=each.key == question.board)
        for each in boards[:25]
    )
    return Menu(question, "board", language.say("top.boards"), options)
