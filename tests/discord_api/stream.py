"""People who use a command steadily or at once, and how long each of them waits."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from typing import TYPE_CHECKING

from .answers import wait_for_answer
from .errors import ImpossibleActionError, Json

if TYPE_CHECKING:
    from .channel import Channel
    from .interaction import Interaction
    from .invocation import Value
    from .people import Member

Asker = tuple["Member", "Channel"]
"""Somebody, and where they ask."""


@dataclass
class Crowd:
    """People who use a command at once: `times` altogether, at most `at_once` of them at a time.

    Each use is by the next of `askers`, with the next of the `options`.
    """

    askers: Sequence[Asker]
    command: str
    options: Sequence[Mapping[str, Value]]
    times: int
    at_once: int

    async def ask(self) -> Json:
        """Let them ask, and return `latencies`, how many were `unanswered`, and the `seconds` altogether."""
        asked = zip(cycle(self.askers), cycle(self.options), range(self.times), strict=False)
        latencies: list[float] = []
        began = time.monotonic()

        async def ask_on() -> None:
            for (who, where), options, _ in asked:
                answer = await who.slash(where, self.command, **options)
                if answer.kind is not None:
                    latencies.append(answer.latency)

        await asyncio.gather(*(ask_on() for _ in range(self.at_once)))
        unanswered = self.times - len(latencies)
        return {"latencies": latencies, "unanswered": unanswered, "seconds": time.monotonic() - began}


@dataclass
class Stream:
    """A command used `per_second` times a second, by one after the other of `askers`.

    latencies: seconds until each answer. unanswered: how often Discord would have said that the application
    did not respond. impossible: how often Discord's own application would not have let them ask.
    """

    askers: Sequence[Asker]
    command: str
    options: Mapping[str, Value] = field(default_factory=dict)
    per_second: float = 20.0
    latencies: list[float] = field(default_factory=list)
    unanswered: int = 0
    impossible: int = 0
    _waiting: set[asyncio.Task[None]] = field(default_factory=set)
    _asking: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Let them begin to ask."""
        self._asking = asyncio.create_task(self._ask())

    async def stop(self) -> None:
        """Let them ask no more, and wait for the last answers."""
        if self._asking:
            self._asking.cancel()
        await asyncio.gather(*self._waiting, return_exceptions=True)

    def report(self) -> Json:
        """Return what they found."""
        found: Json = {"latencies": self.latencies, "unanswered": self.unanswered}
        return found | {"impossible": self.impossible}

    async def _ask(self) -> None:
        loop = asyncio.get_running_loop()
        due = loop.time()
        for who, where in cycle(self.askers):
            due = max(due + 1 / self.per_second, loop.time())
            await asyncio.sleep(due - loop.time())
            try:
                asked = who.start_slash(where, self.command, **self.options)
            except ImpossibleActionError:
                self.impossible += 1
                continue
            task = asyncio.create_task(self._wait(asked))
            self._waiting.add(task)
            task.add_done_callback(self._waiting.discard)

    async def _wait(self, asked: Interaction) -> None:
        answer = await wait_for_answer(asked)
        if answer.kind is None:
            self.unanswered += 1
        else:
            self.latencies.append(answer.latency)
