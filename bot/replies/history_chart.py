"""The picture of `/history`: series of a board to what is to be drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.drawing.values import Dot, Frame, Line, Theme, Tick, TimeChart
from bot.replies.calendar import days_since_1970, ticks_between
from bot.replies.figures import LEAST, SUFFIX, license_text, value_text
from bot.replies.marks import clip, plain
from bot.texts import Language
from store.boards import Dimension
from store.course import Course, Point, Series
from store.models import Model

NAME_LIMIT = 120
LEAST_RANKS = 4.0


def draw_history(
    course: Course, models: Mapping[str, Model], *, by_rank: bool, theme: Theme, languages: Sequence[Language]
) -> TimeChart:
    """Return the chart of a course in the first language, its fallback in the next.

    The course must have points.
    """
    language, *rest = languages
    shown = [each for each in course.series if each.runs]
    times = [point.at for each in shown for point in (each.points[0], each.points[-1])]
    first, last = min(times), max([*times, course.days[-1].at])
    scored = _dimension(course)
    title = "history.chart.rank" if by_rank else "history.chart.score"
    board, score = (plain(each.title(language.tag)) for each in (course.board, scored))
    points = [point.score for each in shown for point in each.points]
    banded = any((each.best if by_rank else each.low) is not None for each in points)
    return TimeChart(
        frame=Frame(
            title=plain(language.say(title, board=board, score=score)),
            subtitle=_subtitle(course, first, last, by_rank=by_rank, banded=banded, language=language),
            caption=caption_of(course, language),
            theme=theme,
        ),
        lines=tuple(line_of(each, models[each.model].name, by_rank, language) for each in shown),
        ticks=ticks_between(first, last, language),
        cuts=cuts_of(course, first, language),
        suffix="" if by_rank else SUFFIX.get(scored.unit, ""),
        falling=by_rank or scored.lower_is_better,
        whole=by_rank,
        least=LEAST_RANKS if by_rank else LEAST.get(scored.unit, 1.0),
        fallback=draw_history(course, models, by_rank=by_rank, theme=theme, languages=rest) if rest else None,
    )


def line_of(series: Series, name: str, by_rank: bool, language: Language) -> Line:
    """Return a series as a line, by score or by rank, with its last figures as its note."""
    runs = tuple(tuple(dot for point in run for dot in _dots(point, by_rank)) for run in series.runs)
    last = series.points[-1]
    score = value_text(last.score.score or 0, last.score.dimension)
    rank = "" if last.rank is None else language.say("rank.one", rank=last.rank)
    note = " · ".join(filter(None, (rank, score) if by_rank else (score, rank)))
    return Line(clip(plain(name), NAME_LIMIT) or "?", note, tuple(run for run in runs if run))


def cuts_of(course: Course, first: datetime, language: Language) -> tuple[Tick, ...]:
    """Return the breaks of a course as places half-way between the days around them."""
    days = [day.at for day in course.days]
    cuts = []
    for each in course.breaks:
        before = max(day for day in days if day < each.at)
        if before >= first:
            x = (days_since_1970(before) + days_since_1970(each.at)) / 2
            cuts.append(Tick(x, language.say(f"history.break.{each.causes[0].kind}")))
    return tuple(cuts)


def caption_of(course: Course, language: Language) -> str:
    """Return where the figures of a picture are from, and of which day."""
    parts = [plain(course.board.attribution), plain(license_text(course.board, language))]
    if course.days:
        parts.append(language.say("picture.as-of", day=language.day(course.days[-1].at)))
    return " · ".join(parts)


def _dots(point: Point, by_rank: bool) -> list[Dot]:
    score, x = point.score, days_since_1970(point.at)
    if by_rank:
        return [] if point.rank is None else [Dot(x, point.rank, score.best, score.worst)]
    return [Dot(x, score.score, score.low, score.high)] if score.score is not None else []


def _dimension(course: Course) -> Dimension:
    newest = max((each.points[-1] for each in course.series if each.runs), key=lambda point: point.at)
    return newest.score.dimension


def _subtitle(
    course: Course, first: datetime, last: datetime, *, by_rank: bool, banded: bool, language: Language
) -> str:
    span = language.say("history.span", first=language.day(first), last=language.day(last))
    parts = [
        language.count("history.days", len([day for day in course.days if first <= day.at <= last])),
        span,
    ]
    if banded:
        parts.append(language.say("history.spread" if by_rank else "history.band"))
    return " · ".join(parts)
