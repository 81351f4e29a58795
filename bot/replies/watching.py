"""What a person hears of the models that they watch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import discord

from bot.questions import RankQuestion
from bot.replies.bulletin import Bulletin
from bot.replies.digest import fill
from bot.replies.figures import date_text, enumerate_some, score_text
from bot.replies.marks import clip, plain, safe
from bot.replies.news import Newsroom
from bot.replies.reply import FAMILY_COLOURS, Section, Show
from bot.texts import Language
from store.answers import Standing
from store.boards import Catalogue
from store.changes.values import New, rank_of
from store.news.occasions import Event
from store.news.values import Occasion, Watch

NAMED = 5
LIMIT = 5000

Seen = tuple[Watch, Event]


def watch_bulletin(
    seen: Sequence[Seen], catalogue: Catalogue, language: Language, now: datetime
) -> Bulletin | None:
    """Return what happened to the models of a person's watches; None where nothing did."""
    if not seen:
        return None
    first = seen[0][1].standing
    head = discord.Embed(
        title=language.say("watch.title"), colour=FAMILY_COLOURS[first.snapshot.board.family], timestamp=now
    )
    head.set_footer(text=language.say("watch.footer"))
    sections: dict[str, list[str]] = {}
    for watch, event in seen:
        board = event.standing.snapshot.board.title(language.tag)
        title = f"{board} · {date_text(event.standing.snapshot, language)}"
        lines = sections.setdefault(clip(plain(title), 256), [])
        lines += [each for each in _lines(watch, event, catalogue, language) if each not in lines]
    left = fill(head, [Section(title, tuple(lines)) for title, lines in sections.items()], LIMIT)
    if left:
        head.add_field(name="\u200b", value=language.count("watch.more", left), inline=False)
    show = Show(RankQuestion(first.model), clip(plain(first.name), 80))
    return Bulletin(language.say("watch.title"), (head,), (show,))


def _lines(watch: Watch, event: Event, catalogue: Catalogue, language: Language) -> list[str]:
    newsroom, standing, before = Newsroom(catalogue, language), event.standing, event.before
    match event.occasion:
        case Occasion.MOVED if before is not None:
            return [f"📊 {newsroom.moved(before, standing)}"]
        case Occasion.CHEAPER if before is not None:
            return [f"💲 {newsroom.repriced(before, standing)}"]
        case Occasion.FAMILY:
            return [f"🆕 {newsroom.new(New(each))}" for each in event.others]
        case Occasion.TOP:
            rank, score = rank_of(standing), score_text(standing.main)
            said = language.say("watch.top", model=_name(standing), top=watch.top, rank=rank, score=score)
            return [f"🔝 {said}"]
    names = enumerate_some([_name(each) for each in event.others], NAMED, language)
    ranks = {"before": rank_of(before) if before else None, "after": rank_of(standing)}
    said = language.count("watch.overtaken", len(event.others), model=_name(standing), names=names, **ranks)
    return [f"⬇️ {said}"]


def _name(standing: Standing) -> str:
    return f"**{safe(standing.name, 60)}**"
