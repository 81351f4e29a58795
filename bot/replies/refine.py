"""The menus below an answer that ask the same of another board, field or day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from bot.questions import (
    ChangesQuestion,
    HistoryQuestion,
    Question,
    RankQuestion,
    TopQuestion,
    ValueQuestion,
    tag,
)
from bot.replies.figures import title_within
from bot.replies.marks import clip, plain
from bot.replies.pager import LABEL_LIMIT, MENU_LIMIT
from bot.replies.reply import Menu, Option
from bot.texts import Language
from bot.writing import write_day
from store.boards import Board, Dimension

ANY = "any"
"""The value of an option that asks for no board, or for no day."""
RECENT = 12
"""Days that are offered one by one; of those before, the last of each month."""


def boards_menu(question: RankQuestion, boards: Sequence[Board], language: Language) -> tuple[Menu, ...]:
    """Return the menu of the boards that have a model, and of all together."""
    options = [Option(language.say("refine.boards"), ANY, chosen=question.board is None)]
    for each in boards[: MENU_LIMIT - 1]:
        title = clip(plain(each.title(language.tag)), LABEL_LIMIT)
        options.append(Option(title, tag(each.key), chosen=each.key == question.board))
    told = question.board not in (None, *(each.key for each in boards))
    return _menu(question, "board", language.say("top.boards"), options if len(boards) > 1 or told else ())


def fields_menu(
    question: TopQuestion | ValueQuestion, board: Board, dimensions: Sequence[Dimension], language: Language
) -> tuple[Menu, ...]:
    """Return the menu of what a board scores, in the catalogue's order."""
    chosen = [each for each in dimensions if each.key == question.dimension]
    offered = dimensions[:MENU_LIMIT]
    if chosen and chosen[0] not in offered:
        offered = [*dimensions[: MENU_LIMIT - 1], *chosen]
    options = [
        Option(
            clip(plain(title_within(each, board, language)), LABEL_LIMIT) or each.key[:LABEL_LIMIT],
            tag(each.key),
            chosen=each.key == question.dimension,
        )
        for each in offered
    ]
    return _menu(question, "field", language.say("refine.field"), options)


def days_menu(
    question: Question, days: Sequence[date], chosen: date | None, language: Language
) -> tuple[Menu, ...]:
    """Return the menu of the days on which there was something new, and of now."""
    options = _day_options(tuple(_spread(days, chosen, MENU_LIMIT - 1)), chosen, language)
    return _menu(question, "date", language.say("refine.date"), options)


@lru_cache(maxsize=64)
def _day_options(days: tuple[date, ...], chosen: date | None, language: Language) -> tuple[Option, ...]:
    """Return the options of a menu of days; those of most answers are the same."""
    return (
        Option(language.say("refine.now"), ANY, chosen=chosen is None),
        *(
            Option(language.say("refine.day", day=language.day(day)), write_day(day), chosen=day == chosen)
            for day in days
        ),
    )


def since_menu(
    question: ChangesQuestion | HistoryQuestion,
    days: Sequence[date],
    chosen: date | None,
    unless: str,
    language: Language,
    periods: Mapping[date, int] | None = None,
) -> tuple[Menu, ...]:
    """Return the menu of the days since which may be asked; `unless` says what without one: all or last."""
    options = [Option(language.say(f"refine.{unless}"), ANY, chosen=chosen is None)]
    options += [
        Option(
            language.say("refine.since", day=language.day(day)),
            write_day(day),
            language.count("refine.period", periods[day]) if periods and day in periods else None,
            chosen=day == chosen,
        )
        for day in _spread(days, chosen, MENU_LIMIT - 1)
    ]
    return _menu(question, "since", language.say("refine.when"), options)


def _menu(question: Question, slot: str, prompt: str, options: Sequence[Option]) -> tuple[Menu, ...]:
    """Return a menu where there is something else to choose."""
    if all(each.chosen for each in options):
        return ()
    return (Menu(question, slot, prompt, tuple(options)),)


def _spread(days: Iterable[date], chosen: date | None, most: int) -> list[date]:
    """Return some of the days, the newest first, with the chosen one.

    Of very many, they are the last ones and the last of each month before.
    """
    ordered = sorted(days, reverse=True)
    kept = ordered[:most]
    if len(ordered) > most:
        monthly = {(day.year, day.month): day for day in reversed(ordered[RECENT:])}
        kept = [*ordered[:RECENT], *sorted(monthly.values(), reverse=True)][:most]
    if chosen is not None and chosen not in kept:
        kept = sorted([*kept[: most - 1], chosen], reverse=True)
    return kept
