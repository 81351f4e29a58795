"""Running: inputs of one kind after another, each by its own seed, and what they failed with."""

from __future__ import annotations

import asyncio
import time
import traceback
from collections.abc import Awaitable, Callable, Iterable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

Put = Callable[[Random], Awaitable[None]]
"""Makes one input, puts it in, and raises what is wrong."""


@dataclass(frozen=True)
class Kind:
    """Inputs of one kind.

    share: of a hundred inputs, how many are of it. open: prepares, given a folder, and gives what puts one
    in. width: how many are put in at once.
    """

    name: str
    share: float
    open: Callable[[Path], AbstractAsyncContextManager[Put]]
    width: int = 1


@dataclass
class Report:
    """What became of the inputs of one kind."""

    kind: str
    inputs: int = 0
    seconds: float = 0.0
    failures: list[tuple[int, str]] = field(default_factory=list)

    def __str__(self) -> str:
        speed = self.inputs / self.seconds if self.seconds else 0
        return f"{self.kind:10} {self.inputs:7} inputs {speed:8.0f}/s {len(self.failures):5} failures"


async def run(kind: Kind, numbers: Iterable[int], seed: int, folder: Path) -> Report:
    """Put the inputs of some numbers in; a failure of the whole, such as a write, has the number -1.

    What fails beside others is put in again alone: a busy machine may take longer for ten than Discord waits.
    """
    report = Report(kind.name)
    folder.mkdir(exist_ok=True)
    try:
        async with kind.open(folder) as put:
            began, waiting = time.monotonic(), list(numbers)
            for at in range(0, len(waiting), kind.width):
                batch = waiting[at : at + kind.width]
                outcomes = await asyncio.gather(*(_put(put, seed, kind, each) for each in batch))
                for failed in (each for each in outcomes if each is not None):
                    again = await _put(put, seed, kind, failed[0]) if kind.width > 1 else failed
                    report.failures += [again] if again is not None else []
                report.inputs += len(batch)
            report.seconds = time.monotonic() - began
    except Exception:
        report.failures.append((-1, traceback.format_exc()))
    return report


async def _put(put: Put, seed: int, kind: Kind, number: int) -> tuple[int, str] | None:
    try:
        await put(Random(f"{seed} {kind.name} {number}"))
    except Exception:
        return number, traceback.format_exc()
    return None
