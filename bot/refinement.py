"""Refinement: menus that ask a question again of another board, field or day, and what any menu chooses.

What an option's value means to `choose` is what `bot.replies.refine` wrote into it. The menus are made of
what is held in memory, so that they cost an answer nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.mistakes import SameModel
from bot.questions import (
    ChangesQuestion,
    CompareQuestion,
    HistoryQuestion,
    ProfileQuestion,
    Question,
    RankQuestion,
    TopQuestion,
    Unreadable,
    ValueQuestion,
)
from bot.replies.refine import ANY, boards_menu, days_menu, fields_menu, since_menu
from bot.replies.reply import Controls, Menu, Reply
from bot.texts import Language
from bot.writing import day_written
from store.boards import Catalogue, Dimension
from store.reference import Reference

if TYPE_CHECKING:
    from bot.desk import Desk

PERIODS = (30, 90, 365)
"""Days before a board's newest content since which `/history` is offered."""


def refine(
    reply: Reply, question: Question, reference: Reference, catalogue: Catalogue, language: Language
) -> Reply:
    """Return the answer to `question` with the menus that ask it otherwise, where there is a choice."""
    asked = reply.question or question
    unpriced = isinstance(asked, ValueQuestion) and reply.picture is None
    menus = () if unpriced else _menus(asked, reference, catalogue, language)
    return replace(reply, question=asked, controls=Controls((*reply.controls, *menus)))


def _menus(
    question: Question, reference: Reference, catalogue: Catalogue, language: Language
) -> tuple[Menu, ...]:
    match question:
        case RankQuestion(model, board, on):
            listing = _boards_of(reference, [model])
            boards = [catalogue.board(key) for key in listing]
            days = _days(reference, [board] if board else listing)
            return (*boards_menu(question, boards, language), *days_menu(question, days, on, language))
        case TopQuestion(board, _, on=on):
            fields = fields_menu(question, catalogue.board(board), _dimensions(reference, board), language)
            return (*fields, *days_menu(question, _days(reference, [board]), on, language))
        case CompareQuestion(models, on):
            shared = _boards_of(reference, models, least=2)
            return days_menu(question, _days(reference, shared), on, language)
        case ChangesQuestion(str(board), since):
            older = _days(reference, [board])
            return since_menu(question, older if len(older) > 1 else [], since, "last", language)
        case HistoryQuestion(_, str(board), since):
            begins = _begins(reference.days.get(board, ()))
            return since_menu(question, [*begins], since, "all", language, begins)
        case ValueQuestion(board):
            return fields_menu(question, catalogue.board(board), _dimensions(reference, board), language)
    return ()


def _boards_of(reference: Reference, models: Sequence[str], least: int = 1) -> list[str]:
    """Return the boards that list at least so many of the models now."""
    known = (reference.models[key].boards for key in models if key in reference.models)
    counted = Counter(board for boards in known for board in boards)
    return [board for board, listed in counted.items() if listed >= least]


def _dimensions(reference: Reference, board: str) -> list[Dimension]:
    return [each.dimension for each in reference.fields.fields if each.board.key == board]


def _days(reference: Reference, boards: Iterable[str]) -> list[date]:
    """Return the days on which the boards said something else than now, the newest first."""
    days = {day for board in boards for day in reference.days.get(board, ())}
    return sorted(days, reverse=True)[1:]


def _begins(days: Sequence[date]) -> dict[date, int]:
    """Return the days since which a board's history is offered, with how many days before its newest."""
    if not days:
        return {}
    return {begin: period for period in PERIODS if (begin := days[0] - timedelta(days=period)) > days[-1]}


def choose(desk: Desk, question: Question, slot: str, value: str) -> Question:
    """Return `question` with the chosen value in its slot, at its first page.

    Raises Unreadable, and SameModel when a model would be compared with itself.
    """
    match slot:
        case "board":
            return _at_board(desk, question, value)
        case "field":
            return _at_field(desk, question, value)
        case "date" | "since":
            return _at_day(question, slot, value)
    return _at_model(desk, question, slot, value)


def _at_board(desk: Desk, question: Question, value: str) -> Question:
    if isinstance(question, RankQuestion) and value == ANY:
        return replace(question, board=None, page=0)
    board = desk.board_keys.of(value)
    match question:
        case RankQuestion() | TopQuestion() | ChangesQuestion():
            return replace(question, board=board, page=0)
        case HistoryQuestion():
            return replace(question, board=board)
        case ValueQuestion():
            return replace(question, board=board, dimension=_main(desk, board))
    raise Unreadable(value)


def _at_field(desk: Desk, question: Question, value: str) -> Question:
    match question:
        case TopQuestion():
            return replace(question, dimension=desk.dimension_keys.of(value), page=0)
        case ValueQuestion():
            return replace(question, dimension=desk.dimension_keys.of(value))
    raise Unreadable(value)


def _at_day(question: Question, slot: str, value: str) -> Question:
    match question, slot:
        case ((RankQuestion() | TopQuestion() | CompareQuestion()), "date"):
            return replace(question, on=_day(value), page=0)
        case ChangesQuestion(), "since":
            return replace(question, since=_day(value), page=0)
        case HistoryQuestion(), "since":
            return replace(question, since=_day(value))
    raise Unreadable(slot)


def _at_model(desk: Desk, question: Question, slot: str, value: str) -> Question:
    match question, slot:
        case ((RankQuestion() | ProfileQuestion()), "m0"):
            return replace(question, model=desk.model_keys.of(value), page=0)
        case CompareQuestion(models=models), ("m0" | "m1" | "m2" | "m3"):
            return replace(question, models=_exchange(desk, models, slot, value), page=0)
        case HistoryQuestion(models=models), ("m0" | "m1" | "m2" | "m3" | "m4"):
            return replace(question, models=_exchange(desk, models, slot, value))
    raise Unreadable(slot)


def _main(desk: Desk, board: str) -> str:
    """Return the dimension of a board's main score; raises Unreadable where nothing of it is stored."""
    found = _dimensions(desk.reference, board)
    if not found:
        raise Unreadable(board)
    return found[0].key


def _day(value: str) -> date | None:
    """Return the day that an option stands for, None for any; raises Unreadable."""
    try:
        return None if value == ANY else day_written(value)
    except ValueError:
        raise Unreadable(value) from None


def _exchange(desk: Desk, models: tuple[str, ...], slot: str, value: str) -> tuple[str, ...]:
    """Return the models with the chosen one in its slot; raises SameModel, Unreadable."""
    at, chosen = int(slot[1]), desk.model_keys.of(value)
    if at >= len(models):
        raise Unreadable(slot)
    if chosen in models[:at] + models[at + 1 :]:
        raise SameModel(desk.reference.models[chosen].name)
    return (*models[:at], chosen, *models[at + 1 :])
