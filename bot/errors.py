"""Every error, from commands, components, autocomplete and tasks, to one friendly reply.

Mistake                 what a person typed cannot be answered; carries what they typed
├── ModelUnknown        no model is called so
├── FieldUnknown        no board or domain is called so, or not on that board
├── DayUnknown          no day is written so
├── CountOutside        a number is out of its range
└── SameModel           a model was to be compared with itself
"""

from __future__ import annotations

import logging

from discord import app_commands

from bot.questions import Unreadable
from bot.replies.marks import code
from bot.replies.mistakes import failure_reply, mistake_reply, unknown_field_reply, unknown_model_reply
from bot.replies.reply import Reply
from bot.texts import Language
from store.errors import DatabaseUnavailable, NoSnapshot, UnknownDimension
from store.fields import Field
from store.values import Resolution

log = logging.getLogger(__name__)


class Mistake(app_commands.AppCommandError):
    """What a person typed cannot be answered; `typed` is what it was."""

    def __init__(self, typed: str) -> None:
        super().__init__(typed)
        self.typed = typed


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


class DayUnknown(Mistake):
    """No day is written so."""


class CountOutside(Mistake):
    """A number is not between `low` and `high`."""

    def __init__(self, typed: int, low: int, high: int) -> None:
        super().__init__(str(typed))
        self.low = low
        self.high = high


class SameModel(Mistake):
    """Two names to compare mean the same model."""


def reply_to(error: BaseException, language: Language) -> Reply:
    """Return what the person is told of `error`; what nobody foresaw is logged with its traceback."""
    match _cause(error):
        case ModelUnknown() as unknown:
            return unknown_model_reply(unknown.typed, unknown.resolution.alternatives, language)
        case FieldUnknown() as unknown:
            return unknown_field_reply(unknown.typed, unknown.suggestions, language)
        case DayUnknown() as unknown:
            return mistake_reply(language, "mistake.day", typed=code(unknown.typed, 40))
        case CountOutside() as outside:
            return mistake_reply(
                language, "mistake.count", typed=code(outside.typed, 20), low=outside.low, high=outside.high
            )
        case SameModel() as same:
            return mistake_reply(language, "mistake.same", model=code(same.typed, 80))
        case NoSnapshot() as nothing:
            day = f"{nothing.on:%Y-%m-%d}" if nothing.on else ""
            return mistake_reply(language, "mistake.then" if day else "mistake.empty", day=day)
        case UnknownDimension() as unknown:
            return unknown_field_reply(unknown.dimension, (), language)
        case Unreadable():
            return failure_reply(language, "failure.old")
        case DatabaseUnavailable() as down:
            log.error("database unavailable: %s", down)
            return failure_reply(language, "failure.database")
        case cause:
            log.error("unforeseen", exc_info=cause)
            return failure_reply(language, "failure.unforeseen")


def _cause(error: BaseException) -> BaseException:
    """Return the error itself, out of the wrappings that discord.py puts around it."""
    if isinstance(error, app_commands.CommandInvokeError):
        return _cause(error.original)
    if isinstance(error, app_commands.TransformerError) and error.__cause__ is not None:
        return _cause(error.__cause__)
    return error
