"""`/compare`: two to four models side by side on every board that they share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import combinations

import discord

from bot.questions import CompareQuestion
from bot.replies.compare_chart import Contender, picture_of
from bot.replies.figures import (
    medal,
    provenance,
    rank_text,
    score_text,
    source_text,
    title_within,
    value_text,
    vendor_text,
    win_rate,
)
from bot.replies.marks import fenced, heading, pad, safe, width
from bot.replies.pager import choose_model, pick, switch_theme, turn_pages
from bot.replies.reply import NEUTRAL, Control, Reply, Section, paginate
from bot.texts import Language
from store.answers import Score, Standing
from store.boards import Board, Catalogue, Dimension
from store.values import Unit

LETTERS = "ABCD"
TITLE = 256
"""Letters that a title may have."""


def _versus(names: Sequence[str], language: Language) -> str:
    """Return the names of what is compared as a title, the longest of them cut until all have room."""
    versus = language.say("compare.versus")
    titles = (versus.join(heading(name, size) for name in names) for size in range(TITLE, 0, -8))
    return next(title for title in titles if len(title) <= TITLE)


def compare_reply(
    question: CompareQuestion,
    contenders: Sequence[Contender],
    boards: Sequence[str],
    catalogue: Catalogue,
    language: Language,
    now: datetime,
    fallback: Language | None = None,
) -> Reply:
    """Return the contenders side by side on those of `boards` that list at least two of them.

    A picture that cannot be drawn in their language is in the `fallback`.
    """
    shared = [key for key in boards if sum(key in each.standings for each in contenders) > 1]
    head = discord.Embed(
        title=_versus([each.model.name for each in contenders], language),
        colour=NEUTRAL,
        description="\n".join(_legend(contenders, language)),
    )
    if not shared:
        head.description = "\n".join(
            (language.say("compare.apart"), "", *_whereabouts(contenders, catalogue, language))
        )
    pages = paginate(head, [_section(key, contenders, catalogue, language, now) for key in shared])
    controls: tuple[Control, ...] = turn_pages(question, len(pages), language)
    menus = tuple(
        choose_model(question, f"m{at}", (each.model, *each.others), each.model.key, catalogue, language)
        for at, each in enumerate(contenders)
        if each.others
    )
    if not shared:
        return Reply(pick(pages, question), (*menus, *controls))
    controls = (*controls, switch_theme(question, language))
    languages = (language,) if fallback in (None, language) else (language, fallback)
    picture = picture_of(contenders, shared, question.theme, languages)
    return Reply(pick(pages, question), (*menus, *controls), picture=picture)


def _legend(contenders: Sequence[Contender], language: Language) -> list[str]:
    lines = [
        f"`{letter}` **{safe(each.model.name)}**" for letter, each in zip(LETTERS, contenders, strict=False)
    ]
    if any(each.others for each in contenders):
        lines.append(language.say("compare.ambiguous"))
    return lines


def _whereabouts(contenders: Sequence[Contender], catalogue: Catalogue, language: Language) -> list[str]:
    lines = []
    for each in contenders:
        where = [catalogue.board(key).title(language.tag) for key in each.standings]
        lines.append(
            language.say(
                "compare.where", model=safe(each.model.name), boards=language.say("list.between").join(where)
            )
            if where
            else language.say("compare.nowhere", model=safe(each.model.name))
        )
    return lines


def _section(
    key: str, contenders: Sequence[Contender], catalogue: Catalogue, language: Language, now: datetime
) -> Section:
    present = [
        (letter, each, each.standings[key])
        for letter, each in zip(LETTERS, contenders, strict=False)
        if key in each.standings
    ]
    best = min((standing.main.place or 10**6 for _, _, standing in present), default=None)
    lines = [
        " ".join(
            filter(
                None,
                (
                    f"`{letter}` **{rank_text(standing.main, language)}**",
                    medal(standing.main.rank, standing.main.dimension),
                    f"· **{score_text(standing.main)}**",
                    vendor and f"· {vendor}",
                    f"· {language.say('compare.leads')}" if standing.main.place == best else "",
                ),
            )
        )
        for letter, _, standing in present
        for vendor in (vendor_text(standing, catalogue, language),)
    ]
    board = catalogue.board(key)
    if present[0][2].main.dimension.unit is Unit.RATING:
        for (one, first, left), (two, second, right) in combinations(present, 2):
            lines += _odds((one, first, left.main), (two, second, right.main), language)
    table = _domains([(letter, standing) for letter, _, standing in present], board, language)
    if table:
        lines += ["```", *table, "```"]
    absent = [safe(each.model.name) for each in contenders if key not in each.standings]
    if absent:
        lines.append(language.say("compare.absent", models=language.say("list.between").join(absent)))
    lines.append(f"*{provenance(present[0][2].snapshot, language, now)}*")
    lines.append(source_text(board, language))
    return Section(board.title(language.tag), tuple(lines))


def _odds(
    first: tuple[str, Contender, Score], second: tuple[str, Contender, Score], language: Language
) -> list[str]:
    """Return the expected win rate of the higher rated, and whether the two are tied."""
    (_, one, left), (_, two, right) = sorted(
        (first, second), key=lambda each: each[2].score or 0, reverse=True
    )
    if left.score is None or right.score is None:
        return []
    share = win_rate(left.score - right.score)
    line = language.say(
        "compare.odds",
        first=safe(one.model.name),
        second=safe(two.model.name),
        share=language.number(round(share * 100)),
        points=value_text(left.score - right.score, left.dimension),
    )
    if left.low is not None and right.high is not None and left.low <= right.high:
        return [f"{line} {language.say('compare.tied')}"]
    return [line]


def _domains(present: Sequence[tuple[str, Standing]], board: Board, language: Language) -> list[str]:
    """Return a table of the domains: a column a model with a mark at the best, the titles behind."""
    scores = [{score.dimension: score for score in standing.domains} for _, standing in present]
    dimensions = [each for each in scores[0] if sum(row.get(each) is not None for row in scores) > 1]
    rows = [_domain_row(dimension, scores) for dimension in dimensions]
    wide = max((width(cell) for row in rows for cell in row), default=0)
    if not rows:
        return []
    head = "  ".join(pad(f"{letter} ", wide, right=True) for letter, _ in present)
    return [
        head.rstrip(),
        *(
            "  ".join(pad(cell, wide, right=True) for cell in row)
            + f"  {fenced(title_within(dimension, board, language))}"
            for dimension, row in zip(dimensions, rows, strict=True)
        ),
    ]


def _domain_row(dimension: Dimension, scores: Sequence[Mapping[Dimension, Score]]) -> list[str]:
    values = [row[dimension].score if dimension in row else None for row in scores]
    known = [value for value in values if value is not None]
    best = (min if dimension.lower_is_better else max)(known, default=None)
    return [
        "– " if value is None else value_text(value, dimension) + ("▲" if value == best else " ")
        for value in values
    ]
