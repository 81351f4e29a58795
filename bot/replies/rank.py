"""`/rank`: where a model stands on every board that has it.

Among several boards, one with more than MANY domains shows the FEW where the model stands best.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import discord

from bot.questions import RankQuestion
from bot.replies.figures import (
    enumerate_some,
    facts_of,
    medal,
    provenance,
    rank_text,
    score_text,
    source_text,
    title_within,
    value_text,
)
from bot.replies.marks import fenced, heading, pad, safe, web_address, width
from bot.replies.pager import choose_model, pick, turn_pages
from bot.replies.reply import FAMILY_COLOURS, NEUTRAL, Control, Reply, Section, paginate
from bot.texts import Language
from store.answers import Score, Standing
from store.boards import Board, Catalogue
from store.models import Model
from store.values import Flag

MANY = 14
FEW = 8


def rank_reply(
    question: RankQuestion,
    model: Model,
    standings: Sequence[Standing],
    others: Sequence[Model],
    catalogue: Catalogue,
    language: Language,
    now: datetime,
) -> Reply:
    """Return where `model` stands; `others` are the other readings of what was typed."""
    head = discord.Embed(
        title=heading(model.name),
        url=_page_of(standings),
        colour=FAMILY_COLOURS[standings[0].snapshot.board.family] if standings else NEUTRAL,
    )
    if not standings:
        head.description = _nowhere(question, model, language)
    elif others:
        head.description = language.say("rank.ambiguous")
    brief = question.board is None and len(standings) > 1
    pages = paginate(head, [_section(each, model, brief, catalogue, language, now) for each in standings])
    controls: tuple[Control, ...] = turn_pages(question, len(pages), language)
    if others:
        menu = choose_model(question, "m0", (model, *others), model.key, catalogue, language)
        controls = (menu, *controls)
    return Reply(pick(pages, question), controls)


def _nowhere(question: RankQuestion, model: Model, language: Language) -> str:
    if question.on is not None:
        return language.say("rank.nowhere.then", day=language.day(question.on))
    if question.board is None and model.seen is not None:
        return language.say("rank.gone", day=language.day(model.seen))
    return language.say("rank.nowhere")


def _page_of(standings: Sequence[Standing]) -> str | None:
    pages = (web_address(each.url) for each in standings if Flag.TRY_IT not in each.flags)
    return next(filter(None, pages), None)


def _section(
    standing: Standing, model: Model, brief: bool, catalogue: Catalogue, language: Language, now: datetime
) -> Section:
    main = standing.main
    board = standing.snapshot.board
    lines = _figures(main, language)
    if standing.name != model.name:
        lines.append(language.say("rank.printed", name=safe(standing.name, 100)))
    facts = facts_of(standing, catalogue, language)
    if facts:
        lines.append(" · ".join(facts))
    scored = [score for score in standing.domains if score.score is not None]
    shown = best_of(scored) if brief and len(scored) > MANY else scored
    if shown:
        lines += ["```", *domain_lines(shown, board, language), "```"]
    if len(shown) < len(scored):
        lines.append(language.count("rank.more", len(scored) - len(shown), board=board.key))
    missing = [
        safe(title_within(each.dimension, board, language)) for each in standing.domains if each.score is None
    ]
    if missing:
        lines.append(language.say("rank.missing", domains=enumerate_some(missing, MANY, language)))
    lines.append(f"*{provenance(standing.snapshot, language, now)}*")
    lines.append(source_text(board, language))
    return Section(board.title(language.tag), tuple(lines))


def _figures(main: Score, language: Language) -> list[str]:
    """Return rank and score, on two lines when the board tells more than those two."""
    rank = " ".join(filter(None, (medal(main.rank, main.dimension), f"**{rank_text(main, language)}**")))
    score = f"**{score_text(main)}**"
    more = []
    if main.votes is not None:
        more.append(language.count("score.votes", main.votes))
    if main.best is not None and main.worst is not None:
        more.append(language.say("score.spread", best=main.best, worst=main.worst))
    return [rank, " · ".join((score, *more))] if more else [f"{rank} · {score}"]


def best_of(scores: Sequence[Score]) -> list[Score]:
    """Return the scores with the best places, in their own order."""
    ranked = sorted(scores, key=lambda each: each.rank or each.place or 0)
    return [each for each in scores if each in ranked[:FEW]]


def domain_lines(scores: Sequence[Score], board: Board, language: Language) -> list[str]:
    """Return a line a domain: score, place, title; the numbers in columns, whatever the script."""
    values = [value_text(each.score or 0, each.dimension) for each in scores]
    places = [language.say("rank.one", rank=each.rank or each.place) for each in scores]
    wide, tall = max(map(width, values)), max(map(width, places))
    titles = [fenced(title_within(each.dimension, board, language)) for each in scores]
    return [
        f"{pad(value, wide, right=True)}  {pad(place, tall)}  {title}"
        for value, place, title in zip(values, places, titles, strict=True)
    ]
