"""The models that each person asked for last, in memory, so that they are offered first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

from bot.questions import CompareQuestion, HistoryQuestion, ProfileQuestion, Question, RankQuestion

PEOPLE = 5000
MODELS = 10


class Recent:
    """Remembers the last models of the last people who asked; both numbers are bounded."""

    def __init__(self) -> None:
        self._by_person: OrderedDict[int, tuple[str, ...]] = OrderedDict()

    def note(self, person: int, question: Question) -> None:
        """Remember the models of a question."""
        models = models_in(question)
        if models:
            earlier = self._by_person.pop(person, ())
            self._by_person[person] = tuple(dict.fromkeys((*models, *earlier)))[:MODELS]
            if len(self._by_person) > PEOPLE:
                self._by_person.popitem(last=False)

    def of(self, person: int) -> tuple[str, ...]:
        """Return the keys of a person's models, the latest first."""
        return self._by_person.get(person, ())


def models_in(question: Question) -> Iterable[str]:
    """Return the keys of the models that a question is about."""
    match question:
        case RankQuestion(model) | ProfileQuestion(model):
            return (model,)
        case CompareQuestion(models) | HistoryQuestion(models):
            return models
    return ()
