"""Every error, from commands, components, autocomplete and tasks, to one friendly reply."""

from __future__ import annotations

import logging
from datetime import date

from discord import app_commands

from bot.mistakes import (
    BoardUnknown,
    FieldUnknown,
    Mistake,
    ModelUnknown,
    NothingStored,
    NotScored,
    PlaceUnusable,
)
from bot.questions import Unreadable
from bot.replies.mistakes import (
    failure_reply,
    mistake_reply,
    not_scored_reply,
    nothing_stored_reply,
    unknown_board_reply,
    unknown_field_reply,
    unknown_model_reply,
)
from bot.replies.notices import permission_name
from bot.replies.reply import Reply
from bot.texts import Language
from store.errors import (
    DatabaseUnavailable,
    NoSnapshot,
    OneSnapshot,
    StoreError,
    TooManyNicknames,
    TooManyRequests,
    UnknownDimension,
)

log = logging.getLogger(__name__)


def reply_to(error: BaseException, language: Language) -> Reply:
    """Return what the person is told of `error`; what nobody foresaw is logged with its traceback."""
    match _cause(error):
        case Mistake() as mistake:
            return _reply_to_mistake(mistake, language)
        case StoreError() as refused:
            return _reply_to_store(refused, language)
        case app_commands.MissingPermissions():
            return mistake_reply(language, "mistake.permission")
        case Unreadable():
            return failure_reply(language, "failure.old")
        case cause:
            log.error("unforeseen", exc_info=cause)
            return failure_reply(language, "failure.unforeseen")


def _reply_to_mistake(error: Mistake, language: Language) -> Reply:
    match error:
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
        case PlaceUnusable(flag=str(flag)) as place:
            named = permission_name(flag, language)
            return mistake_reply(language, place.key, permission=named, **place.told)
    return mistake_reply(language, error.key, **error.told)


def _reply_to_store(error: StoreError, language: Language) -> Reply:
    match error:
        case NoSnapshot(on=None):
            return mistake_reply(language, "mistake.empty")
        case NoSnapshot(on=date() as day):
            return mistake_reply(language, "mistake.then", day=language.day(day))
        case OneSnapshot():
            return mistake_reply(language, "mistake.one")
        case UnknownDimension(dimension=dimension):
            return unknown_field_reply(dimension, (), language)
        case TooManyRequests(limit=limit):
            return mistake_reply(language, "mistake.many", limit=limit)
        case TooManyNicknames(limit=limit):
            return mistake_reply(language, "mistake.alias.many", limit=limit)
        case DatabaseUnavailable(full=True):
            log.error("database full: %s", error)
            return failure_reply(language, "failure.full")
    log.error("database unavailable: %s", error)
    return failure_reply(language, "failure.database")


def _cause(error: BaseException) -> BaseException:
    """Return the error itself, out of the wrappings that discord.py puts around it."""
    if isinstance(error, app_commands.CommandInvokeError):
        return _cause(error.original)
    if isinstance(error, app_commands.TransformerError) and error.__cause__ is not None:
        return _cause(error.__cause__)
    return error
