"""A question taken apart: whom it names, since when, which models, which field, and what it asks for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.asking.days import Moment
from bot.asking.mentions import Mention
from store.filters import ANY, Filter
from store.traits import Trait

_MOST_STRAY = 3
"""Letters of Chinese, or two words of Latin letters, that a question may have beside what is understood."""
_MOST_FOREIGN = 1
"""Letters of Chinese that it may have where it does not say that it is about models: 医疗险 is no domain."""


@dataclass(frozen=True, slots=True)
class Named:
    """A vendor or a kind of licence as it was typed."""

    typed: str
    trait: Trait


@dataclass(frozen=True, slots=True)
class Asked:
    """The parts of a question; `strays` are the words that no rule knows, `aimed` those behind "for".

    It is `beyond` what can be asked where it sets a limit from below, such as "over $5".
    """

    mentions: tuple[Mention, ...] = ()
    moment: Moment | None = None
    limits: Filter = ANY
    count: int | None = None
    traits: tuple[Named, ...] = ()
    fields: tuple[str, ...] = ()
    boards: tuple[str, ...] = ()
    cues: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    strays: tuple[str, ...] = ()
    aimed: tuple[str, ...] = ()
    beyond: bool = False

    def wants(self, *commands: str) -> bool:
        """Tell whether a phrase asks for any of the commands."""
        return not self.cues.isdisjoint(commands)

    @property
    def weight(self) -> float:
        """How much of the question is not understood, in letters of Chinese."""
        return _weigh(self.strays)

    @property
    def stray(self) -> bool:
        """Whether too much of the question is not understood."""
        return self.weight > _MOST_STRAY

    @property
    def sure(self) -> bool:
        """Whether something says that models are meant: a word for them, a size, a licence, a vendor."""
        about = self.limits.size or self.traits or "leaderboard" in self.cues
        return bool(about) or "matter" in self.roles

    @property
    def foreign(self) -> bool:
        """Whether a word that no rule knows tells of other matters: `best vision insurance`, 推理小说推荐."""
        return _weigh(self.strays) - _weigh(self.aimed) > _MOST_FOREIGN and not self.sure

    @property
    def topical(self) -> bool:
        """Whether anything in the question is about models and boards."""
        about = self.fields or self.boards or self.traits or self.limits or self.count
        return bool(about) or not self.roles.isdisjoint(("subject", "fresh"))


def _weigh(words: Iterable[str]) -> float:
    return sum(1.5 if each.isascii() else len(each) for each in words)
