"""`/history`: how up to five models fared on a board, as a picture and in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

import discord

from bot.drawing.values import LETTERS, Line
from bot.questions import HistoryQuestion, tag
from bot.replies.figures import age_of, license_text, value_text
from bot.replies.history_chart import draw_history
from bot.replies.marks import clip, heading, plain, safe, web_address
from bot.replies.news import Newsroom
from bot.replies.pager import MENU_LIMIT, choose_model, switch_theme
from bot.replies.reply import FAMILY_COLOURS, Control, Menu, Option, Picture, Reply, Switch
from bot.texts import Language
from store.boards import Board, Catalogue
from store.course import Course, Point, Series
from store.models import Model

FILE = "history.png"
NAME_LIMIT = 100
DESCRIPTION_LIMIT = 3800
ALT_LIMIT = 1000
MENUS = 3
"""Ambiguous names that have a menu; Discord has five rows, two of which are taken."""
BREAKS = 3
"""Breaks that are told; the last ones."""

Others = Mapping[int, Sequence[Model]]
"""The other readings of ambiguous names, by their place among the models."""


def history_reply(
    question: HistoryQuestion,
    models: Mapping[str, Model],
    others: Others,
    course: Course,
    boards: Sequence[Board],
    catalogue: Catalogue,
    languages: Sequence[Language],
    now: datetime,
) -> Reply:
    """Return how models fared on the course's board; `boards` are all that can be asked.

    The second of `languages` is the picture's where its first cannot be drawn.
    """
    language = languages[0]
    summaries = [
        f"`{letter}` {_summary(each, models[each.model].name, course, language)}"
        for letter, each in zip(LETTERS, course.series, strict=False)
    ]
    lines = [*summaries, "", *_notes(question, others, course, catalogue, language)]
    embed = discord.Embed(
        title=heading(language.say("history.title", board=course.board.title(language.tag))),
        url=web_address(course.board.source),
        description=clip("\n".join(lines).strip(), DESCRIPTION_LIMIT),
        colour=FAMILY_COLOURS[course.board.family],
    )
    notes = [course.board.attribution, license_text(course.board, language)]
    if course.days:
        newest = course.days[-1].at
        notes = [language.moment(newest), age_of(course.board, newest, language, now), *notes]
    embed.set_footer(text=plain(" · ".join(filter(None, notes))))
    drawn = any(each.runs for each in course.series)
    controls = _controls(question, models, others, boards, catalogue, language, drawn)
    if not drawn:
        return Reply(embed, controls, question=question)
    chart = draw_history(course, models, by_rank=question.by_rank, theme=question.theme, languages=languages)
    alt = clip(" ".join([chart.frame.title, chart.frame.subtitle, *map(_said, chart.lines)]), ALT_LIMIT)
    return Reply(embed, controls, picture=Picture(chart, FILE, alt), question=question)


def _said(line: Line) -> str:
    return f"{line.name}: {line.note}."


def _summary(series: Series, name: str, course: Course, language: Language) -> str:
    """Return a model's history in words: its first and last figures since the last break, and its gaps."""
    shown = f"**{safe(name, NAME_LIMIT)}**"
    if not series.runs:
        return language.say("history.absent", model=shown)
    begun = max((each.at for each in course.breaks if each.at <= series.points[-1].at), default=None)
    points = [point for point in series.points if begun is None or point.at >= begun]
    lines = [f"{shown}: {_change(points, language)}"]
    best = min((point for point in points if point.rank is not None), key=_by_rank, default=None)
    told = [language.count("history.days", len(points))]
    if best is not None:
        told.insert(0, language.say("history.best", rank=best.rank, day=language.day(best.at)))
    if len(points) < len(series.points):
        told.append(language.count("history.before", len(series.points) - len(points)))
    told += _gaps(series, course, language)
    return "\n".join([*lines, " · ".join(told)])


def _by_rank(point: Point) -> tuple[int, float]:
    return point.rank or 0, -point.at.timestamp()


def _change(points: Sequence[Point], language: Language) -> str:
    first, last = points[0], points[-1]
    told = {"score": _score(last), "rank": _rank(last, language), "day": language.day(last.at)}
    if len(points) == 1:
        return language.say("history.once", **told)
    step = (last.score.score or 0) - (first.score.score or 0)
    written = value_text(abs(step), last.score.dimension)
    sign = "±" if not float(f"{step:.4f}") else "+" if step > 0 else "−"
    before = {"score0": _score(first), "rank0": _rank(first, language), "day0": language.day(first.at)}
    return language.say("history.change", step=f"{sign}{written}", **told, **before)


def _score(point: Point) -> str:
    return value_text(point.score.score or 0, point.score.dimension)


def _rank(point: Point, language: Language) -> str:
    return language.say("rank.none") if point.rank is None else language.say("rank.one", rank=point.rank)


def _gaps(series: Series, course: Course, language: Language) -> list[str]:
    told = []
    if series.missing:
        told.append(language.count("history.missing", series.missing))
    if series.cut:
        told.append(language.count("history.cut", series.cut))
    if not series.there:
        newest = course.days[-1]
        top = newest.coverage.top
        key = "history.gone" if top is None else "history.below"
        told.append(language.say(key, day=language.day(newest.at), top=top))
    return told


def _notes(
    question: HistoryQuestion, others: Others, course: Course, catalogue: Catalogue, language: Language
) -> list[str]:
    notes = []
    if not course.days:
        since = question.since or date.min
        notes.append(language.say("history.nothing", day=language.day(since)))
    newsroom = Newsroom(catalogue, language)
    for each in course.breaks[-BREAKS:]:
        told = [newsroom.bulk_line(cause) for cause in each.causes]
        notes.append(f"{language.day(each.at)}: {' '.join(told)}")
    if course.undated:
        notes.append(language.count("history.undated", course.undated))
    if others:
        notes.append(language.say("compare.ambiguous"))
    return notes


def _controls(
    question: HistoryQuestion,
    models: Mapping[str, Model],
    others: Others,
    boards: Sequence[Board],
    catalogue: Catalogue,
    language: Language,
    drawn: bool,
) -> tuple[Control, ...]:
    controls: list[Control] = [
        choose_model(
            question,
            f"m{at}",
            (models[question.models[at]], *readings),
            question.models[at],
            catalogue,
            language,
        )
        for at, readings in list(others.items())[:MENUS]
    ]
    if len(boards) > 1:
        options = tuple(
            Option(
                clip(plain(each.title(language.tag)), 100), tag(each.key), chosen=each.key == question.board
            )
            for each in boards[:MENU_LIMIT]
        )
        controls.append(Menu(question, "board", language.say("top.boards"), options))
    if drawn:
        kind = "history.score" if question.by_rank else "history.rank"
        controls.append(Switch(replace(question, by_rank=not question.by_rank), "kind", language.say(kind)))
        controls.append(switch_theme(question, language))
    return tuple(controls)
