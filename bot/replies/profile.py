"""`/model`: all about one model: its boards, best and worst domains, history, kin, price and links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import discord

from bot.drawing.values import Frame, Spark
from bot.questions import ProfileQuestion
from bot.replies.figures import (
    HONOURED,
    LEAST,
    age_text,
    date_text,
    enumerate_some,
    facts_of,
    medal,
    price_text,
    rank_text,
    score_text,
    source_text,
    title_within,
    value_text,
)
from bot.replies.history_chart import caption_of, cuts_of, line_of
from bot.replies.marks import clip, heading, link, plain, safe, web_address
from bot.replies.pager import choose_model, pick, switch_theme, turn_pages
from bot.replies.reply import FAMILY_COLOURS, NEUTRAL, Control, Picture, Reply, Section, paginate
from bot.texts import Language
from store.answers import Score, Standing
from store.boards import Catalogue
from store.course import Course
from store.models import Model
from store.values import Flag

FILE = "model.png"
KIN = 12
"""Models of the family that are named."""
DOMAINS = 3
"""Domains beyond which the best and the worst are told."""
LINKS = 5
ALT_LIMIT = 1000


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of a model: where it stands, how it fared, its kin, and other readings of its name."""

    model: Model
    standings: tuple[Standing, ...]
    course: Course | None = None
    kin: tuple[Model, ...] = ()
    others: tuple[Model, ...] = ()


def profile_reply(
    question: ProfileQuestion,
    profile: Profile,
    catalogue: Catalogue,
    languages: Sequence[Language],
    now: datetime,
) -> Reply:
    """Return all about a model.

    The second of `languages` is the picture's where its first cannot be drawn.
    """
    language, standings = languages[0], profile.standings
    head = discord.Embed(
        title=heading(profile.model.name),
        url=next(iter(_addresses(standings)), None),
        description="\n".join(_opening(profile, catalogue, language)),
        colour=FAMILY_COLOURS[standings[0].snapshot.board.family] if standings else NEUTRAL,
    )
    pages = paginate(head, _sections(profile, catalogue, language, now))
    controls: tuple[Control, ...] = turn_pages(question, len(pages), language)
    if profile.others:
        models = (profile.model, *profile.others)
        controls = (choose_model(question, "m0", models, profile.model.key, catalogue, language), *controls)
    spark = draw_spark(profile, question, languages)
    if spark is None:
        return Reply(pick(pages, question), controls)
    alt = clip(f"{spark.frame.title}: {spark.ends[0]} → {spark.figure}, {spark.ends[1]}", ALT_LIMIT)
    controls = (*controls, switch_theme(question, language))
    return Reply(pick(pages, question), controls, picture=Picture(spark, FILE, alt))


def draw_spark(profile: Profile, question: ProfileQuestion, languages: Sequence[Language]) -> Spark | None:
    """Return the model's history as a small line, or None where it has no two points."""
    language, *rest = languages
    course = profile.course
    if course is None or not course.series or len(course.series[0].points) < 2:
        return None
    (series,) = course.series
    first, last = series.points[0], series.points[-1]
    dimension = last.score.dimension
    board, score = (plain(each.title(language.tag)) for each in (course.board, dimension))
    line = line_of(series, profile.model.name, False, language)
    figure, _, rank = line.note.partition(" · ")
    began = value_text(first.score.score or 0, first.score.dimension)
    title = plain(language.say("history.chart.score", board=board, score=score))
    return Spark(
        frame=Frame(title, "", caption_of(course, language), question.theme),
        line=replace(line, note=rank),
        figure=figure,
        ends=(f"{began} · {language.day(first.at)}", language.day(last.at)),
        cuts=cuts_of(course, first.at, language),
        least=LEAST.get(dimension.unit, 1.0),
        falling=dimension.lower_is_better,
        fallback=draw_spark(profile, question, rest) if rest else None,
    )


def _opening(profile: Profile, catalogue: Catalogue, language: Language) -> list[str]:
    lines = []
    if profile.others:
        lines.append(language.say("rank.ambiguous"))
    if not profile.standings:
        seen = profile.model.seen
        lines.append(
            language.say("profile.gone", day=language.day(seen)) if seen else language.say("profile.nowhere")
        )
        return lines
    facts = facts_of(_merge(profile.standings), catalogue, language)
    prices = {each.price.currency: each.price for each in reversed(profile.standings) if each.price}
    told = [price_text(price, language) for price in prices.values()]
    lines.append(" · ".join([*facts, *(each for each in told if each not in facts)]))
    return [line for line in lines if line]


def _merge(standings: Sequence[Standing]) -> Standing:
    """Return one standing with what the first board that tells it says of vendor, licence and the like."""

    def first(name: str) -> object:
        return next((value for each in standings if (value := getattr(each, name)) is not None), None)

    names = ("organization", "license", "cutoff", "price", "size", "context")
    told: dict[str, object] = {name: first(name) for name in names}
    return replace(standings[0], flags=frozenset(), **told)  # type: ignore[arg-type]


def _sections(profile: Profile, catalogue: Catalogue, language: Language, now: datetime) -> list[Section]:
    sections = []
    if profile.standings:
        lines = [line for each in profile.standings for line in _place(each, language, now)]
        sections.append(Section(language.say("profile.boards"), tuple(lines)))
    if profile.kin:
        names = [_kin(each, catalogue, language) for each in profile.kin]
        sections.append(Section(language.say("profile.kin"), (enumerate_some(names, KIN, language),)))
    links = [link(address.partition("://")[2], address) for address in _addresses(profile.standings)[:LINKS]]
    boards = {each.snapshot.board.source: each.snapshot.board for each in profile.standings}
    sources = [source_text(board, language) for board in boards.values()]
    if links or sources:
        sections.append(Section(language.say("profile.links"), tuple(dict.fromkeys([*links, *sources]))))
    return sections


def _place(standing: Standing, language: Language, now: datetime) -> list[str]:
    """Return the lines of a board: place and score; the best and the worst domain."""
    main, snapshot = standing.main, standing.snapshot
    board = snapshot.board
    parts = (
        f"**{safe(board.title(language.tag))}**",
        f"{medal(main.rank, main.dimension)} **{rank_text(main, language)}**".strip(),
        language.say("profile.of", total=language.number(snapshot.rows)),
        score_text(main),
        date_text(snapshot, language),
        age_text(snapshot, language, now),
    )
    lines = [" · ".join(filter(None, parts))]
    scored = [each for each in standing.domains if each.place is not None and each.dimension.unit in HONOURED]
    best, worst = min(scored, key=_by_place, default=None), max(scored, key=_by_place, default=None)
    if len(scored) >= DOMAINS and best and worst and best.place != worst.place:
        told = {"best": _domain(best, standing, language), "worst": _domain(worst, standing, language)}
        lines.append(language.say("profile.domains", **told))
    return lines


def _by_place(score: Score) -> int:
    return score.place or 0


def _domain(score: Score, standing: Standing, language: Language) -> str:
    title = safe(title_within(score.dimension, standing.snapshot.board, language))
    place = language.say("rank.one", rank=score.place)
    return f"{title} {place} ({value_text(score.score or 0, score.dimension)})"


def _kin(model: Model, catalogue: Catalogue, language: Language) -> str:
    name = safe(model.name, 60)
    if model.board is None or model.place is None:
        return name
    board = catalogue.board(model.board).title(language.tag)
    return f"{name} ({language.say('chooser.place', board=board, place=model.place)})"


def _addresses(standings: Sequence[Standing]) -> list[str]:
    found = (web_address(each.url) for each in standings if Flag.TRY_IT not in each.flags)
    return list(dict.fromkeys(filter(None, found)))
