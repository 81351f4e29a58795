"""`/boards` and `/about`: what is stored, what it means and whose it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import discord

from bot.questions import AboutQuestion, BoardsQuestion
from bot.replies.figures import enumerate_some, provenance, source_text, title_within
from bot.replies.marks import plain, safe
from bot.replies.pager import pick, turn_pages
from bot.replies.reply import NEUTRAL, Reply, Section, paginate
from bot.replies.upkeep import Upkeep
from bot.texts import Language
from store.answers import Snapshot
from store.boards import Catalogue, Dimension

COLUMNS = (
    "rank",
    "style-control",
    "score",
    "interval",
    "votes",
    "organization",
    "license",
    "cutoff",
    "price",
    "size",
    "place",
    "new",
)
"""The columns that `/about` explains, as `about.<column>` in the catalogues."""

DOMAINS_SHOWN = 12
"""Of a board's domains; `/top` completes the others."""
BOARDS_SHOWN = 12
"""Of the boards of which nothing is stored."""


def boards_reply(
    question: BoardsQuestion,
    snapshots: Mapping[str, Snapshot],
    dimensions: Mapping[str, Sequence[Dimension]],
    upkeep: Upkeep,
    catalogue: Catalogue,
    language: Language,
    now: datetime,
) -> Reply:
    """Return every board: date or "undated", rows, coverage, what it scores, source and licence.

    With each come when it was fetched last, what failed, and what was held back.
    """
    head = discord.Embed(title=language.say("boards.title"), colour=NEUTRAL)
    head.description = language.count("boards.stored", len(snapshots))
    sections = [
        _board(snapshot, dimensions.get(key, ()), upkeep.of(key, language), language, now)
        for key, snapshot in snapshots.items()
    ]
    empty = []
    for key, board in catalogue.boards.items():
        if key not in snapshots and (told := upkeep.of(key, language)):
            sections.append(Section(plain(board.title(language.tag)), tuple(told)))
        elif key not in snapshots:
            empty.append(board.title(language.tag))
    if empty:
        sections.append(
            Section(language.say("boards.empty"), (enumerate_some(empty, BOARDS_SHOWN, language),))
        )
    pages = paginate(head, sections)
    return Reply(pick(pages, question), turn_pages(question, len(pages), language))


def _board(
    snapshot: Snapshot,
    dimensions: Sequence[Dimension],
    upkeep: Sequence[str],
    language: Language,
    now: datetime,
) -> Section:
    board = snapshot.board
    lines = [provenance(snapshot, language, now)]
    domains = [
        safe(title_within(each, board, language)) for each in dimensions if each.key != snapshot.score.key
    ]
    if domains:
        told = enumerate_some(domains, DOMAINS_SHOWN, language)
        lines.append(language.say("boards.domains", domains=told))
    lines.append(source_text(board, language))
    lines += upkeep
    return Section(plain(board.title(language.tag)), tuple(lines))


def about_reply(question: AboutQuestion, catalogue: Catalogue, language: Language) -> Reply:
    """Return what each column means in our words, whose the data are, and what they are not."""
    head = discord.Embed(title=language.say("about.title"), colour=NEUTRAL)
    head.description = language.say("about.intro")
    sources = {board.attribution: board for board in catalogue.boards.values()}
    sections = [
        Section(
            language.say("about.columns"), tuple(language.say(f"about.{column}") for column in COLUMNS[:6])
        ),
        Section("\u200b", tuple(language.say(f"about.{column}") for column in COLUMNS[6:])),
        Section(language.say("about.ours"), (language.say("about.ours.text"),)),
        Section(
            language.say("about.sources"),
            tuple(source_text(board, language) for board in sources.values()),
        ),
        Section(language.say("about.disclaimer"), (language.say("about.disclaimer.text"),)),
    ]
    pages = paginate(head, sections)
    return Reply(pick(pages, question), turn_pages(question, len(pages), language))
