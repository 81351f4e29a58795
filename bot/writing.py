"""Questions as components hold them: written short, and read back the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from bot.drawing.values import Theme
from bot.questions import (
    AboutQuestion,
    BoardsQuestion,
    ChangesQuestion,
    CompareQuestion,
    HistoryQuestion,
    Keys,
    NicknamesQuestion,
    ProfileQuestion,
    Question,
    RankQuestion,
    Single,
    TopQuestion,
    Unreadable,
    ValueQuestion,
    tag,
)
from bot.shorthand import lengthen, shorten

PAGES = range(10_000)
COUNTS = range(1, 26)
COMPARED, DRAWN = range(2, 5), range(1, 6)
"""How many pages an answer may have, models a page, models side by side, and in one picture."""
_THEMED = re.compile(r"[hHmv][01]\.")
"""How questions begin with their kind and their theme."""


def write(question: Question) -> str:
    """Return `question` in at most 69 characters."""
    page = "" if isinstance(question, Single) else str(question.page)
    match question:
        case RankQuestion():
            parts = ["r", page, write_day(question.on), tag(question.board or ""), tag(question.model)]
        case TopQuestion():
            parts = ["t", page, write_day(question.on), tag(question.board), tag(question.dimension)]
            parts += [str(question.count), shorten(question.only)]
        case CompareQuestion():
            parts = [
                "cC"[question.theme is Theme.LIGHT],
                page,
                write_day(question.on),
                *map(tag, question.models),
            ]
        case ChangesQuestion():
            parts = ["d", page, write_day(question.since), tag(question.board or "")]
        case HistoryQuestion() | ValueQuestion() | ProfileQuestion():
            parts = _write_themed(question)
        case BoardsQuestion():
            parts = ["b", page]
        case AboutQuestion():
            parts = ["a", page]
        case NicknamesQuestion():
            parts = ["n", page, str(question.server)]
    return ".".join(parts)


def _write_themed(question: HistoryQuestion | ValueQuestion | ProfileQuestion) -> list[str]:
    """Return the parts of a question that begins with its kind and its theme."""
    theme = str(list(Theme).index(question.theme))
    match question:
        case HistoryQuestion(models, board, since, by_rank):
            begin = f"{since.toordinal():x}" if since else ""
            return [("H" if by_rank else "h") + theme, begin, tag(board or ""), *map(tag, models)]
        case ValueQuestion(board, dimension):
            return ["v" + theme, tag(board), tag(dimension)]
        case ProfileQuestion(model, page):
            return ["m" + theme, str(page), tag(model)]


def read(written: str, models: Keys, boards: Keys, dimensions: Keys, vendors: Iterable[str]) -> Question:
    """Return the question that `write` wrote; raises Unreadable."""
    try:
        match written.split("."):
            case ["r", page, on, board, model]:
                where = boards.of(board) if board != tag("") else None
                return RankQuestion(models.of(model), where, day_written(on), _within(page, PAGES))
            case ["t", page, on, board, dimension, count, only]:
                where, what = boards.of(board), dimensions.of(dimension)
                wanted = lengthen(only, vendors)
                return TopQuestion(
                    where, what, _within(count, COUNTS), day_written(on), _within(page, PAGES), wanted
                )
            case ["c" | "C" as kind, page, on, *names]:
                theme = Theme.LIGHT if kind == "C" else Theme.DARK
                return CompareQuestion(
                    _several(names, models, COMPARED), day_written(on), _within(page, PAGES), theme
                )
            case ["d", page, since, board]:
                where = boards.of(board) if board != tag("") else None
                return ChangesQuestion(where, day_written(since), _within(page, PAGES))
            case [_, _, _, *_] if _THEMED.match(written):
                return _read_themed(written, models, boards, dimensions)
            case ["b", page]:
                return BoardsQuestion(_within(page, PAGES))
            case ["a", page]:
                return AboutQuestion(_within(page, PAGES))
            case ["n", page, server]:
                return NicknamesQuestion(int(server), _within(page, PAGES))
    except (ValueError, OverflowError) as error:
        raise Unreadable(written) from error
    raise Unreadable(written)


def _read_themed(written: str, models: Keys, boards: Keys, dimensions: Keys) -> Question:
    """Return a question that begins with its theme; raises Unreadable, ValueError, OverflowError."""
    begun, *rest = written.split(".")
    kind, theme = begun[0], list(Theme)[int(begun[1:])]
    match kind, rest:
        case "h" | "H", [since, board, *names]:
            where = boards.of(board) if board != tag("") else None
            begin = date.fromordinal(int(since, 16)) if since else None
            return HistoryQuestion(_several(names, models, DRAWN), where, begin, kind == "H", theme)
        case "m", [page, model]:
            return ProfileQuestion(models.of(model), _within(page, PAGES), theme)
        case "v", [board, dimension]:
            return ValueQuestion(boards.of(board), dimensions.of(dimension), theme)
    raise Unreadable(written)


def _within(written: str, span: range) -> int:
    """Return a number in its range; raises ValueError."""
    number = int(written)
    if number not in span:
        raise ValueError(number)
    return number


def _several(written: Sequence[str], models: Keys, span: range) -> tuple[str, ...]:
    """Return different models, as many as may be; raises ValueError, Unreadable."""
    keys = tuple(map(models.of, written))
    if len(keys) not in span or len(set(keys)) < len(keys):
        raise ValueError(keys)
    return keys


def write_day(on: date | None) -> str:
    """Return a day as components write it, nothing for none."""
    return on.isoformat().replace("-", "") if on else ""


def day_written(written: str) -> date | None:
    """Return the day that `write_day` wrote; raises ValueError."""
    return datetime.strptime(written, "%Y%m%d").date() if written else None  # noqa: DTZ007 - a day, no time
