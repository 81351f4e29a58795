"""Every error, from commands, components, autocomplete and tasks, to one friendly reply.

Mistake                 what a person typed cannot be answered; carries what they typed
├── ModelUnknown        no model is called so
├── FieldUnknown        no board or domain is called so
│   └── BoardUnknown    no board is called so
├── NotScored           a board does not score that domain
├── NothingStored       a board or domain is known, but nothing is stored of it
├── FilterUnknown       a vendor, licence, size, price or "new" is not written so
├── DayUnknown          no day is written so
├── CountOutside        a number is out of its range
├── SameModel           a model was to be compared with itself
├── NicknameTaken       a nickname is another model's own name
├── NicknameUnusable    a nickname is empty or too long
└── NicknameUnknown     the server has no such nickname
"""

from __future__ import annotations

import logging

from discord import app_commands

from bot.questions import Unreadable
from bot.replies.marks import code, safe
from bot.replies.mistakes import (
    failure_reply,
    mistake_reply,
    not_scored_reply,
    nothing_stored_reply,
    unknown_board_reply,
    unknown_field_reply,
    unknown_model_reply,
)
from bot.replies.reply import Reply
from bot.texts import Language
from store.boards import Board, Titled
from store.errors import NoSnapshot, OneSnapshot, StoreError, TooManyNicknames, UnknownDimension
from store.fields import Field
from store.filters import Aspect
from store.models import Model, Resolution

log = logging.getLogger(__name__)


class Mistake(app_commands.AppCommandError):
    """What a person typed cannot be answered; `typed` is what it was.

    `key` names the sentence that says so, and `told` are the values in it.
    """

    key = ""

    def __init__(self, typed: str, **told: object) -> None:
        super().__init__(typed)
        self.typed = typed
        self.told = {"typed": code(typed, 80), **told}


class ModelUnknown(Mistake):
    """No model is called so; `resolution` has the suggestions."""

    def __init__(self, resolution: Resolution) -> None:
        super().__init__(resolution.query)
        self.resolution = resolution


class FieldUnknown(Mistake):
    """No board or domain is called so."""

    def __init__(self, typed: str, suggestions: tuple[Field, ...] = ()) -> None:
        super().__init__(typed)
        self.suggestions = suggestions


class BoardUnknown(FieldUnknown):
    """No board is called so; the suggestions are all there are."""


class NotScored(Mistake):
    """Board `board` does not score what was asked for; `suggestions` do."""

    def __init__(self, typed: str, board: Board, suggestions: tuple[Field, ...]) -> None:
        super().__init__(typed)
        self.board = board
        self.suggestions = suggestions


class NothingStored(Mistake):
    """Nothing is stored of the board or domain `known`; `related` overlaps with it."""

    def __init__(self, known: Titled, related: tuple[Field, ...]) -> None:
        super().__init__(known.key)
        self.known = known
        self.related = related


class FilterUnknown(Mistake):
    """An option of `/top` does not say which models; `aspect` is what it is about."""

    def __init__(self, typed: str, aspect: Aspect) -> None:
        super().__init__(typed)
        self.key = f"mistake.filter.{aspect}"


class DayUnknown(Mistake):
    """No day is written so."""

    key = "mistake.day"


class CountOutside(Mistake):
    """A number is not between `low` and `high`."""

    key = "mistake.count"

    def __init__(self, typed: int, low: int, high: int) -> None:
        super().__init__(str(typed), low=low, high=high)


class SameModel(Mistake):
    """Two names to compare mean the same model."""

    key = "mistake.same"


class NicknameTaken(Mistake):
    """A nickname is the name of another model, `model`."""

    key = "mistake.alias.taken"

    def __init__(self, typed: str, model: Model) -> None:
        super().__init__(typed, model=safe(model.name))


class NicknameUnusable(Mistake):
    """A nickname is empty or longer than `limit` characters."""

    key = "mistake.alias.unusable"

    def __init__(self, typed: str, limit: int) -> None:
        super().__init__(typed, limit=limit)


class NicknameUnknown(Mistake):
    """The server has no such nickname."""

    key = "mistake.alias.unknown"


def reply_to(error: BaseException, language: Language) -> Reply:
    """Return what the person is told of `error`; what nobody foresaw is logged with its traceback."""
    match _cause(error):
        case ModelUnknown() as unknown:
            return unknown_model_reply(unknown.typed, unknown.resolution.alternatives, language)
        case BoardUnknown() as unknown:
            return unknown_board_reply(unknown.typed, unknown.suggestions, language)
        case NotScored() as absent:
            return not_scored_reply(absent.board, absent.suggestions, language)
        case NothingStored() as empty:
            return nothing_stored_reply(empty.known, empty.related, language)
        case FieldUnknown() as unknown:
            return unknown_field_reply(unknown.typed, unknown.suggestions, language)
        case Mistake() as mistake:
            return mistake_reply(language, mistake.key, **mistake.told)
        case StoreError() as refused:
            return _reply_to_store(refused, language)
        case app_commands.MissingPermissions():
            return mistake_reply(language, "mistake.permission")
        case Unreadable():
            return failure_reply(language, "failure.old")
        case cause:
            log.error("unforeseen", exc_info=cause)
            return failure_reply(language, "failure.unforeseen")


def _reply_to_store(error: StoreError, language: Language) -> Reply:
    match error:
        case NoSnapshot(on=None):
            return mistake_reply(language, "mistake.empty")
        case NoSnapshot(on=day):
            return mistake_reply(language, "mistake.then", day=f"{day:%Y-%m-%d}")
        case OneSnapshot():
            return mistake_reply(language, "mistake.one")
        case UnknownDimension(dimension=dimension):
            return unknown_field_reply(dimension, (), language)
        case TooManyNicknames(limit=limit):
            return mistake_reply(language, "mistake.alias.many", limit=limit)
    log.error("database unavailable: %s", error)
    return failure_reply(language, "failure.database")


def _cause(error: BaseException) -> BaseException:
    """Return the error itself, out of the wrappings that discord.py puts around it."""
    if isinstance(error, app_commands.CommandInvokeError):
        return _cause(error.original)
    if isinstance(error, app_commands.TransformerError) and error.__cause__ is not None:
        return _cause(error.__cause__)
    return error
