"""From a question in people's own words to its answer, under the command that it was understood as."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce

from bot.arguments import find_board, find_model, key_of, keys_of, read_day, readings_of
from bot.asking.limits import merge
from bot.asking.understood import Understood
from bot.desk import Desk
from bot.errors import reply_to
from bot.pricing import read_fields, value_question
from bot.questions import (
    NONE,
    AboutQuestion,
    BoardsQuestion,
    ChangesQuestion,
    CompareQuestion,
    HistoryQuestion,
    ProfileQuestion,
    Question,
    RankQuestion,
    Readings,
)
from bot.replies.asking import confused_reply, elsewhere_reply
from bot.replies.marks import code
from bot.replies.reply import Reply
from bot.since import read_since
from bot.texts import Language, Texts
from bot.wanted import (
    COUNT,
    find_openness,
    find_vendors,
    read_new,
    read_price,
    read_size,
    read_wanted,
    top_question,
)
from store.fields import Field
from store.filters import ANY, Filter
from store.models import Resolution

_MODELS = ("first", "second", "third", "fourth")
_SEVERAL = ("model", "model2", "model3", "model4", "model5")
_LINE = 1000


@dataclass(frozen=True, slots=True)
class Asking:
    """Who is asked and how: the desk, the texts, the server with its names for models, and its board."""

    desk: Desk
    texts: Texts
    server: int | None = None
    board: Field | None = None

    def answer(self, text: str, language: Language) -> Reply:
        """Return the answer to a question in people's own words; no text makes it fail.

        It stands under the command that was understood; where none was, it says what can be asked.
        """
        understood = self.desk.understand(text, self.server)
        return confused_reply(language) if understood is None else self.run(understood, language)

    def run(self, understood: Understood, language: Language) -> Reply:
        """Return the answer to a command, under its line; `ask` answers what it asks."""
        if understood.command == "ask":
            return self.answer(understood.options["question"], language)
        try:
            put = self.put(understood)
            reply = self.desk.answer(put[0], language, put[1]) if put else elsewhere_reply(language)
        except Exception as error:
            reply = reply_to(error, language)
        return replace(reply, heading=code(understood.line_in(language), _LINE))

    def put(self, understood: Understood) -> tuple[Question, Readings] | None:
        """Return the question of a command, with the readings of its names; None where it has none yet.

        Raises the mistakes of the command's own arguments.
        """
        given = understood.options
        match understood.command:
            case "rank":
                model = self._model(given["model"])
                return RankQuestion(key_of(model), self._board(given), _day(given)), readings_of(model)
            case "top":
                return self._top(given), NONE
            case "compare":
                return self._compare([self._model(given[each]) for each in _MODELS if each in given], given)
            case "changes":
                default = self.board.board.key if self.board else None
                return ChangesQuestion(self._board(given) or default, self._since(given)), NONE
            case "history":
                models = [self._model(given[each]) for each in _SEVERAL if each in given]
                question = HistoryQuestion(keys_of(*models), self._board(given), self._since(given))
                return question, readings_of(*models)
            case "value":
                fields = read_fields(self.desk, given["field"]) if "field" in given else ()
                return value_question(self.desk, fields), NONE
            case "model":
                model = self._model(given["model"])
                return ProfileQuestion(key_of(model)), readings_of(model)
            case "boards":
                return BoardsQuestion(), NONE
            case "about":
                return AboutQuestion(), NONE
        return None

    def _top(self, given: Mapping[str, str]) -> Question:
        desk = self.desk
        filters = [
            find_vendors(desk, given["vendor"]) if "vendor" in given else ANY,
            find_openness(desk, given["openness"]) if "openness" in given else ANY,
            Filter(size=read_size(desk, given["max-size"])) if "max-size" in given else ANY,
            Filter(price=read_price(desk, given["max-price"])) if "max-price" in given else ANY,
            Filter(new=read_new(desk, given["new"])) if "new" in given else ANY,
        ]
        field = read_wanted(desk, given["field"]) if "field" in given else None
        board = find_board(desk, given["board"]) if "board" in given else None
        count = int(given.get("count", COUNT))
        return top_question(desk, field, count, board, _day(given), reduce(merge, filters), self.board)

    @staticmethod
    def _compare(models: list[Resolution], given: Mapping[str, str]) -> tuple[Question, Readings]:
        return CompareQuestion(keys_of(*models), _day(given)), readings_of(*models)

    def _model(self, name: str) -> Resolution:
        return find_model(self.desk, name, self.server)

    def _board(self, given: Mapping[str, str]) -> str | None:
        return find_board(self.desk, given["board"]).board.key if "board" in given else None

    def _since(self, given: Mapping[str, str]) -> date | None:
        return read_since(given["since"], self.texts, self.desk.today()) if "since" in given else None


def _day(given: Mapping[str, str]) -> date | None:
    return read_day(given["date"]) if "date" in given else None
