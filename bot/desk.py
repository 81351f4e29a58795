"""The desk answers questions: it asks the archive, and has the answer written out.

It is synchronous and knows nothing of Discord's connection, so that the bot runs it off the event
loop and a test runs it as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import partial
from types import MappingProxyType

from bot.asking.filters import FilterReader
from bot.asking.reading import OfNow, make_reading
from bot.asking.understood import Understood
from bot.asking.vocabulary import Vocabulary
from bot.gallery import Gallery
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
    TopQuestion,
    Unreadable,
    ValueQuestion,
)
from bot.refinement import refine
from bot.replies.catalogue import about_reply, boards_reply
from bot.replies.changes import changes_reply
from bot.replies.compare import compare_reply
from bot.replies.compare_chart import Contender
from bot.replies.nicknames import nicknames_reply
from bot.replies.pager import count_pages
from bot.replies.rank import rank_reply
from bot.replies.reply import Reply
from bot.replies.top import top_reply
from bot.replies.upkeep import Upkeep
from bot.shelf import Shelf
from bot.texts import Language
from bot.writing import read
from store.archive import Archive
from store.errors import NoSnapshot
from store.fields import Field
from store.models import Model
from store.reference import Reference

Readings = Mapping[str, Sequence[str]]
"""The model keys that an ambiguous name may mean, by menu slot, the likeliest first."""

NONE: Readings = MappingProxyType({})


class Desk:
    """Answers any question in any language; pictures that cannot be in it are in the `fallback`."""

    def __init__(
        self,
        archive: Archive,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        fallback: Language | None = None,
    ) -> None:
        self.archive = archive
        self.gallery = Gallery(archive, fallback)
        self.board_keys = Keys(archive.catalogue.boards)
        self._hold(archive.reference())
        self.vocabulary = Vocabulary.load()
        words = archive.identities.aliases.words
        self._reading = OfNow(lambda reference: make_reading(self.vocabulary, reference, words))
        self._clock = clock
        self._shelf = Shelf(archive, clock)

    def refresh(self) -> None:
        """Take note of boards that were added since, by this or another process."""
        reference = self.archive.reference()
        if reference is not self.reference:
            self._hold(reference)

    def _hold(self, reference: Reference) -> None:
        self.model_keys = Keys(reference.models)
        self.dimension_keys = Keys(field.dimension.key for field in reference.fields.fields)
        self.reference = reference

    def answer(self, question: Question, language: Language, readings: Readings = NONE) -> Reply:
        """Return the answer to `question`; raises what `store.archive.Archive` does when there is none."""
        write = partial(self._refined, question, language, readings)
        return self._shelf.answer((question, language, readings), self.reference, write)

    def kept(self, question: Question, language: Language, readings: Readings = NONE) -> Reply | None:
        """Return the answer at once, from any thread, if one is kept that certainly holds."""
        return self._shelf.find((question, language, readings), self.reference)

    def _refined(self, question: Question, language: Language, readings: Readings) -> Reply:
        """Return the answer, written anew, with the menus that ask it otherwise."""
        reply = self._answer(question, language, readings)
        return refine(reply, question, self.reference, self.archive.catalogue, language)

    def _answer(self, question: Question, language: Language, readings: Readings) -> Reply:
        match question:
            case RankQuestion():
                return self._rank(question, language, readings)
            case TopQuestion():
                return self._top(question, language)
            case CompareQuestion():
                return self._compare(question, language, readings)
            case ChangesQuestion():
                return self._changes(question, language)
            case HistoryQuestion() | ValueQuestion() | ProfileQuestion():
                return self._show(question, language, readings)
            case BoardsQuestion():
                archive = self.archive
                return boards_reply(
                    question,
                    archive.current(),
                    archive.dimensions(),
                    Upkeep(archive.upkeep.fetches(), archive.upkeep.held()),
                    archive.catalogue,
                    language,
                    self._clock(),
                )
            case AboutQuestion():
                return about_reply(question, self.archive.catalogue, language)
            case NicknamesQuestion(server):
                models, given = self.reference.models, self.reference.nicknames.get(server, {})
                known = [each for _, each in sorted(given.items()) if each.model in models]
                named = [(each.typed, models[each.model].name) for each in known]
                return nicknames_reply(question, named, language)

    def read(self, written: str) -> Question:
        """Return the question behind a component's `custom_id`; raises Unreadable."""
        return read(
            written,
            self.model_keys,
            self.board_keys,
            self.dimension_keys,
            self.archive.catalogue.organizations,
        )

    @property
    def filters(self) -> FilterReader:
        """What reads filters in the words for a field."""
        return self._reading.of(self.reference).filters

    def understand(self, text: str, server: int | None = None) -> Understood | None:
        """Return the command that a question means, or None."""
        return self._reading.of(self.reference).grammar.understand(text, self.today(), server)

    def default_field(self) -> Field:
        """Return what `/top` shows when nothing is asked for: the first board there is."""
        try:
            return self.reference.fields.fields[0]
        except IndexError:
            raise NoSnapshot("") from None

    def today(self) -> date:
        """Return the day that it is, in UTC."""
        return self._clock().astimezone(UTC).date()

    def _rank(self, question: RankQuestion, language: Language, readings: Readings) -> Reply:
        model = self._model(question.model)
        (standings,) = self.archive.standings_of([model.key], question.board, question.on)
        others = self._others(readings, "m0", model.key)
        return rank_reply(
            question, model, standings, others, self.archive.catalogue, language, self.now(question.on)
        )

    def _top(self, question: TopQuestion, language: Language) -> Reply:
        leaders = self.archive.leaders(
            question.board,
            question.dimension,
            question.on,
            offset=question.page * question.count,
            limit=question.count,
            only=question.only,
        )
        if question.page and not leaders.standings:  # the board is shorter than when the button was made
            last = count_pages(leaders.total, question.count) - 1
            if last < question.page:
                return self._top(replace(question, page=last), language)
        boards = [
            field.board for field in self.reference.fields.fields if field.dimension.key == question.dimension
        ]
        return top_reply(question, leaders, boards, self.archive.catalogue, language, self.now(question.on))

    def _compare(self, question: CompareQuestion, language: Language, readings: Readings) -> Reply:
        found = self.archive.side_by_side(question.models, question.on)
        contenders = [
            Contender(
                model=self._model(key),
                standings={each.snapshot.board.key: each for each in reversed(standings)},
                others=self._others(readings, f"m{at}", key),
            )
            for at, (key, standings) in enumerate(zip(question.models, found, strict=True))
        ]
        catalogue = self.archive.catalogue
        now = self.now(question.on)
        fallback = self.gallery.fallback
        return compare_reply(question, contenders, list(catalogue.boards), catalogue, language, now, fallback)

    def _changes(self, question: ChangesQuestion, language: Language) -> Reply:
        boards = self.archive.changing()
        first = boards[0].key if boards else self.default_field().board.key
        asked = replace(question, board=question.board or first)
        changes = self.archive.changes(asked.board or first, question.since)
        return changes_reply(asked, changes, boards, self.archive.catalogue, language, self.now(None))

    def _show(
        self,
        question: HistoryQuestion | ValueQuestion | ProfileQuestion,
        language: Language,
        readings: Readings,
    ) -> Reply:
        """Return an answer of the gallery."""
        match question:
            case HistoryQuestion(models=keys):
                models = {key: self._model(key) for key in keys}
                found = {at: self._others(readings, f"m{at}", key) for at, key in enumerate(keys)}
                others = {at: each for at, each in found.items() if each}
                default = self.default_field().board.key
                return self.gallery.history(question, models, others, language, default, self._clock())
            case ValueQuestion():
                return self.gallery.value(question, language, self._clock())
            case ProfileQuestion(model=key):
                model, known = self._model(key), self.reference.models.values()
                kin = [each for each in known if each.family == model.family and each is not model]
                readable = self._others(readings, "m0", key)
                return self.gallery.profile(question, model, kin, readable, language, self._clock())

    def _model(self, key: str) -> Model:
        """Return a model; raises Unreadable when a rename has just made it part of another."""
        try:
            return self.reference.models[key]
        except KeyError:
            raise Unreadable(key) from None

    def now(self, on: date | None = None) -> datetime:
        """Return the time by which an answer's age is told: that day's end where a day is asked for."""
        return self._clock() if on is None else datetime.combine(on, time.max, UTC)

    def _others(self, readings: Readings, slot: str, chosen: str) -> tuple[Model, ...]:
        models = self.reference.models
        return tuple(models[key] for key in readings.get(slot, ()) if key != chosen and key in models)
