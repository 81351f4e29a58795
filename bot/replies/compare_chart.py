"""The picture of `/compare`: models on one board of ratings and on one of domains, each on its own scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.drawing.values import Dot, Frame, Panel, Row, RowChart, Theme
from bot.replies.figures import HONOURED, LEAST, SUFFIX, date_text, interval_text, title_within, value_text
from bot.replies.marks import clip, plain
from bot.replies.reply import Picture
from bot.texts import Language
from store.answers import Score, Standing
from store.boards import Board
from store.models import Model
from store.values import Unit

FILE = "compare.png"
ALT_LIMIT = 1000
ROWS = 9
"""Rows of a panel that can be read; those where the models differ most are shown."""
NAME_LIMIT = 120


@dataclass(frozen=True, slots=True)
class Contender:
    """One side of a comparison: the model, where it stands, and the other readings of its name."""

    model: Model
    standings: Mapping[str, Standing]
    others: tuple[Model, ...] = ()


def picture_of(
    contenders: Sequence[Contender], shared: Sequence[str], theme: Theme, languages: Sequence[Language]
) -> Picture | None:
    """Return the picture of contenders on the boards that they share; None where nothing is scored."""
    chart = draw_comparison(contenders, shared, theme, languages)
    if not chart.panels:
        return None
    said = [f"{row.label}: {row.note}" for panel in chart.panels for row in panel.rows if row.note]
    alt = f"{chart.frame.title}: {', '.join(chart.names)}. {'; '.join(said)}"
    return Picture(chart, FILE, clip(alt, ALT_LIMIT))


def draw_comparison(
    contenders: Sequence[Contender], shared: Sequence[str], theme: Theme, languages: Sequence[Language]
) -> RowChart:
    """Return the chart in the first language, its fallback in the next."""
    language, *rest = languages
    panels, boards = [], []
    for rated in (True, False):
        found = (_panel(contenders, key, rated, language) for key in shared)
        known = next(((key, panel) for key, panel in zip(shared, found, strict=True) if panel), None)
        if known is not None:
            boards.append(known[0])
            panels.append(known[1])
    credits = {_board(contenders, key).attribution for key in boards}
    return RowChart(
        frame=Frame(language.say("compare.chart"), "", plain(" · ".join(sorted(credits))), theme),
        names=tuple(clip(plain(each.model.name), NAME_LIMIT) or "?" for each in contenders),
        panels=tuple(panels),
        fallback=draw_comparison(contenders, shared, theme, rest) if rest else None,
    )


def _board(contenders: Sequence[Contender], key: str) -> Board:
    return next(each.standings[key].snapshot.board for each in contenders if key in each.standings)


def _panel(contenders: Sequence[Contender], key: str, rated: bool, language: Language) -> Panel | None:
    """Return the panel of a board of ratings, or of one of other scores; None where it is of the other kind.

    Its rows are the main score and the domains in the same unit.
    """
    standings = [each.standings.get(key) for each in contenders]
    first = next(each for each in standings if each is not None)
    unit, board = first.main.dimension.unit, first.snapshot.board
    if (unit is Unit.RATING) is not rated or unit not in HONOURED:
        return None
    scores = [
        each and {score.dimension.key: score for score in (each.main, *each.domains)} for each in standings
    ]
    known = {
        score.dimension.key: score.dimension
        for each in standings
        if each
        for score in (each.main, *each.domains)
    }
    rows = []
    for dimension in known.values():
        if dimension.unit is unit:
            title = plain(title_within(dimension, board, language, printed=False))
            rows.append(_row(title, [each.get(dimension.key) if each else None for each in scores]))
    main, *domains = rows
    shared = [row for row in domains if sum(dot is not None for dot in row.dots) > 1]
    kept = sorted(shared, key=_difference, reverse=True)[: ROWS - 1]
    parts = (plain(board.title(language.tag)), date_text(first.snapshot, language))
    shown = tuple(row for row in (main, *(row for row in shared if row in kept)) if any(row.dots))
    if not shown:
        return None
    return Panel(" · ".join(parts), shown, SUFFIX.get(unit, ""), LEAST.get(unit, 1.0))


def _row(title: str, scores: Sequence[Score | None]) -> Row:
    """Return a row with each model's score, and the best one as printed."""
    dots = tuple(
        Dot(0, each.score, each.low, each.high) if each and each.score is not None else None
        for each in scores
    )
    known = [(each, at) for at, each in enumerate(scores) if each is not None and each.score is not None]
    if not known:
        return Row(title, dots)
    falling = known[0][0].dimension.lower_is_better
    best, at = (min if falling else max)(known, key=lambda each: each[0].score or 0)
    equal = sum(each.score == best.score for each, _ in known)
    written = value_text(best.score or 0, best.dimension)
    return Row(title, dots, f"{written} {_short(best)}".strip(), at if equal == 1 else None)


def _short(score: Score) -> str:
    interval = interval_text(score)
    up, _, down = interval.partition("/-")
    return f"±{down}" if interval and up == f"+{down}" else interval


def _difference(row: Row) -> float:
    values = [dot.y for dot in row.dots if dot is not None]
    return max(values) - min(values)
