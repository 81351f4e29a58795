"""The rows of one publish date of Arena's data set, which has one line a model and category."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from store.parse.grid import Fault
from store.values import Code, Flag, Measure, Row, Unit

NAME, ORGANIZATION, LICENSE = "model_name", "organization", "license"
RANK, CATEGORY, DATE = "rank", "category", "leaderboard_publish_date"
SESSIONS = "会话数"
"""The label of the session count, as the agent page prints it."""
MAX_COUNT = 999_999_999
"""What a database's integer holds, in whole digits; no board comes near it."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The columns in which a configuration has its figures, and what they are called as a score."""

    value: str
    low: str
    high: str
    votes: str
    sessions: str | None
    label: str
    unit: Unit

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that only this shape has."""
        return (self.value, self.low, self.high, self.votes, *([self.sessions] if self.sessions else []))


RATINGS = Shape("rating", "rating_lower", "rating_upper", "vote_count", None, "rating", Unit.RATING)
SCORES = Shape(
    "score",
    "score_ci_lower",
    "score_ci_upper",
    "observation_count",
    "session_count",
    "agent score",
    Unit.POINTS,
)


class Record(NamedTuple):
    """A line of the data set; `line` counts from 1, counts are still the numbers that stand there."""

    line: int
    name: str | None
    category: str | None
    organization: str | None
    license: str | None
    value: float | None
    low: float | None
    high: float | None
    votes: float | None
    rank: float | None
    sessions: float | None


@dataclass(slots=True)
class _Draft:
    """What a day's lines say of a model."""

    head: Record | None = None
    others: dict[str, Record] = field(default_factory=dict)
    repeated: bool = False


class DayReader:
    """Reads the lines of one date; `main` is the category of the main score (None: there are none)."""

    def __init__(self, day: str, shape: Shape, main: str | None) -> None:
        self._day, self._shape, self._main = day, shape, main
        self._drafts: dict[str, _Draft] = {}
        self.faults: list[Fault] = []

    def read(self, records: Iterable[Record]) -> list[Row]:
        """Return the rows in the order of the board; what is wrong is added to `faults`."""
        for record in records:
            wrong = list(self._check(record))
            self.faults += wrong
            if not wrong:
                self._take(record)
        scored = (each.head is not None and each.head.value is not None for each in self._drafts.values())
        if not any(fault.code.fatal for fault in self.faults) and not any(scored):
            self.faults.append(Fault(Code.NO_ROWS, found=self._found(self._main)))
        labels = self._label()
        drafts = sorted(self._drafts.items(), key=_place)
        return [self._row(place, name, each, labels) for place, (name, each) in enumerate(drafts, 1)]

    def _check(self, record: Record) -> Iterator[Fault]:
        if not record.name:
            yield Fault(Code.NO_NAME, record.line, NAME, self._found(record.category))
        if record.category is None and self._main is not None:
            yield Fault(Code.NOT_UNDERSTOOD, record.line, CATEGORY, self._found(record.name))
        shape = self._shape
        numbers = ((shape.value, record.value), (shape.low, record.low), (shape.high, record.high))
        for place, number in numbers:
            if number is not None and not math.isfinite(number):
                yield Fault(Code.NOT_A_NUMBER, record.line, place, self._found(record.name, number))
        counts = (
            (shape.votes, record.votes, 0),
            (RANK, record.rank, 1),
            (shape.sessions, record.sessions, 0),
        )
        for column, number, least in counts:
            if number is not None and not (least <= number <= MAX_COUNT and number.is_integer()):
                yield Fault(Code.NOT_A_NUMBER, record.line, column, self._found(record.name, number))

    def _found(self, *what: object) -> str:
        return ": ".join([self._day, *(str(each) for each in what if each is not None)])[:80]

    def _take(self, record: Record) -> None:
        assert record.name is not None
        draft = self._drafts.setdefault(record.name, _Draft())
        is_main = record.category == self._main
        known = draft.head if is_main else draft.others.get(record.category or "")
        if known is not None:
            same = known[1:] == record[1:]
            code = Code.REPEATED if same else Code.CONFLICT
            self.faults.append(Fault(code, record.line, found=self._found(record.name, record.category)))
            draft.repeated = True
        elif is_main:
            draft.head = record
        else:
            draft.others[record.category or ""] = record

    def _label(self) -> Mapping[str, str]:
        # Sorted, so that the order of the lines in the file tells nothing.
        categories = {category for draft in self._drafts.values() for category in draft.others}
        return {category: f"{self._shape.label}: {category}" for category in sorted(categories)}

    def _row(self, position: int, name: str, draft: _Draft, labels: Mapping[str, str]) -> Row:
        head = _measure(draft.head, self._shape.unit) if draft.head else Measure(None, self._shape.unit)
        measures = {
            label: _measure(draft.others[category], self._shape.unit)
            for category, label in labels.items()
            if category in draft.others
        }
        if draft.head and draft.head.sessions is not None:
            measures[SESSIONS] = Measure(draft.head.sessions, Unit.COUNT)
        records = [
            *([draft.head] if draft.head else []),
            *(draft.others[key] for key in sorted(draft.others)),
        ]
        return Row(
            position=position,
            name=name,
            rank=head.rank,
            score=head.value,
            low=head.low,
            high=head.high,
            votes=head.votes,
            organization=next((each.organization for each in records if each.organization), None),
            license=next((each.license for each in records if each.license), None),
            measures=MappingProxyType(measures),
            flags=frozenset({Flag.REPEATED} if draft.repeated else ()),
        )


def _place(entry: tuple[str, _Draft]) -> tuple[bool, bool, float, float, str]:
    """Return the sort key of a model: by rank, then score, then name; those without a main score last."""
    name, draft = entry
    head = draft.head
    if head is None or head.value is None:
        return True, True, 0, 0, name
    return False, head.rank is None, head.rank or 0, -head.value, name


def _measure(record: Record, unit: Unit) -> Measure:
    """Return the figures of a line; a rank or interval beside a missing score means nothing."""
    votes = None if record.votes is None else int(record.votes)
    if record.value is None:
        return Measure(None, unit, votes=votes)
    rank = None if record.rank is None else int(record.rank)
    return Measure(record.value, unit, record.low, record.high, rank, votes)
