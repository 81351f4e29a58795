"""Limits: how often a person, and a server as a whole, may ask, and how long who is too quick has to wait."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

ROOM = 10_000
"""Persons or servers that are remembered; who comes again and again is never the one to be forgotten."""
TYPING = 5
"""How many times as often people may be suggested something while they type."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many times in so many seconds."""

    times: int
    seconds: float

    def __mul__(self, factor: int) -> Rate:
        return Rate(self.times * factor, self.seconds)


@dataclass(frozen=True, slots=True)
class Wait:
    """Who has to wait, a person or a whole server, and for how many seconds."""

    server: bool
    seconds: float


class Turnstile:
    """Counts how often each comes within a span, which begins when they first come."""

    def __init__(self, rate: Rate, room: int = ROOM) -> None:
        self._rate = rate
        self._room = room
        self._spans: dict[int, tuple[float, int]] = {}
        """When the span of each began and how often they came; who came last is last."""

    def __len__(self) -> int:
        return len(self._spans)

    def turn(self, who: int, now: float) -> float:
        """Let somebody in and return 0, or return the seconds until they may come again."""
        began, times = self._spans.pop(who, (now, 0))
        if now - began >= self._rate.seconds:
            began, times = now, 0
        full = times >= self._rate.times
        self._spans[who] = (began, times if full else times + 1)
        self._forget(now)
        return began + self._rate.seconds - now if full else 0.0

    def _forget(self, now: float) -> None:
        """Forget those whose span is over, from the one on who came longest ago."""
        while self._spans:
            first = next(iter(self._spans))
            if len(self._spans) <= self._room and now - self._spans[first][0] < self._rate.seconds:
                return
            del self._spans[first]


class Limits:
    """Who may ask now; without a rate, anybody."""

    def __init__(
        self,
        person: Rate | None = None,
        server: Rate | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._persons = Turnstile(person) if person else None
        self._servers = Turnstile(server) if server else None
        self._typists = Turnstile(person * TYPING) if person else None
        self._clock = clock

    def ask(self, person: int, server: int | None) -> Wait | None:
        """Count a question, and return how long its asker has to wait, None where it may be answered."""
        now = self._clock()
        seconds = self._persons.turn(person, now) if self._persons is not None else 0.0
        if seconds > 0:
            return Wait(False, seconds)
        if self._servers is None or server is None:
            return None
        seconds = self._servers.turn(server, now)
        return Wait(True, seconds) if seconds > 0 else None

    def type(self, person: int) -> bool:
        """Count what somebody types, and tell whether they may be suggested something."""
        return self._typists is None or self._typists.turn(person, self._clock()) == 0
