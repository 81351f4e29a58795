"""The part of the desk whose answers have pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.questions import HistoryQuestion, ProfileQuestion, ValueQuestion
from bot.replies.history import history_reply
from bot.replies.profile import Profile, profile_reply
from bot.replies.reply import Reply
from bot.replies.value import value_reply
from bot.texts import Language
from store.archive import Archive
from store.market import survey
from store.models import Model


class Gallery:
    """Answers with pictures; `fallback` is the language of those whose own cannot be drawn."""

    def __init__(self, archive: Archive, fallback: Language | None = None) -> None:
        self._archive = archive
        self.fallback = fallback

    def history(
        self,
        question: HistoryQuestion,
        models: Mapping[str, Model],
        others: Mapping[int, Sequence[Model]],
        language: Language,
        default: str,
        now: datetime,
    ) -> Reply:
        """Return how models fared, on the `default` board where no dated page has any of them."""
        found = self._archive.boards_of(question.models)
        board = question.board or next(iter(found), default)
        course = self._archive.course(board, question.models, question.since)
        catalogue = self._archive.catalogue
        boards = [catalogue.board(key) for key in dict.fromkeys((*found, board))]
        asked = replace(question, board=board)
        languages = self._languages(language)
        return history_reply(asked, models, others, course, boards, catalogue, languages, now)

    def value(self, question: ValueQuestion, language: Language, now: datetime) -> Reply:
        """Return what scores cost."""
        market = survey(self._archive.leaders(question.board, question.dimension))
        boards = [self._archive.catalogue.board(key) for key in self._archive.priced_boards()]
        return value_reply(question, market, boards, self._languages(language), now)

    def profile(
        self,
        question: ProfileQuestion,
        model: Model,
        kin: Sequence[Model],
        others: Sequence[Model],
        language: Language,
        now: datetime,
    ) -> Reply:
        """Return all about a model, with its history on the board that has most of it."""
        (standings,) = self._archive.standings_of([model.key])
        pages = self._archive.boards_of([model.key])
        board = max(pages, key=lambda key: pages[key], default=None)
        course = self._archive.course(board, [model.key]) if board else None
        profile = Profile(model, standings, course, tuple(sorted(kin, key=_by_place)), tuple(others))
        return profile_reply(question, profile, self._archive.catalogue, self._languages(language), now)

    def _languages(self, language: Language) -> tuple[Language, ...]:
        fallback = self.fallback
        return (language,) if fallback is None or fallback is language else (language, fallback)


def _by_place(model: Model) -> tuple[bool, int, str]:
    return model.place is None, model.place or 0, model.name
