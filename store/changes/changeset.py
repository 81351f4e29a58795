"""All that changed on a board between two snapshots, to be read in parts or by importance."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from store.answers import Snapshot
from store.changes.values import (
    Bulk,
    Change,
    Entered,
    Gone,
    Lead,
    Left,
    Moved,
    New,
    Renamed,
    Repriced,
    VendorRenamed,
)

PARTS = ("entered", "left", "new", "gone", "moved", "renamed", "vendors", "prices", "bulk")


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed on a board between two snapshots; each part is ordered, the most important first."""

    older: Snapshot
    newer: Snapshot
    leader: Lead | None = None
    entered: tuple[Entered, ...] = ()
    left: tuple[Left, ...] = ()
    new: tuple[New, ...] = ()
    gone: tuple[Gone, ...] = ()
    moved: tuple[Moved, ...] = ()
    renamed: tuple[Renamed, ...] = ()
    vendors: tuple[VendorRenamed, ...] = ()
    prices: tuple[Repriced, ...] = ()
    bulk: tuple[Bulk, ...] = ()

    def __iter__(self) -> Iterator[Change]:
        """Give every change, the most important first."""
        return iter(sorted(self._unordered(), key=lambda change: -change.importance))

    def __len__(self) -> int:
        """Return how many changes there are; none means that there is no news."""
        return sum(1 for _ in self._unordered())

    def only(self, wanted: Callable[[Change], bool]) -> Changes:
        """Return these changes without those that are not `wanted`."""
        leader = self.leader if self.leader is not None and wanted(self.leader) else None
        return replace(self._parts(lambda part: tuple(filter(wanted, part))), leader=leader)

    def in_order(self) -> Changes:
        """Return these changes, in each part the most important first."""
        return self._parts(lambda part: tuple(sorted(part, key=lambda change: -change.importance)))

    def _parts(self, make: Callable[[Iterable[Change]], tuple[Change, ...]]) -> Changes:
        made: dict[str, Any] = {name: make(getattr(self, name)) for name in PARTS}
        return replace(self, **made)

    def _unordered(self) -> Iterator[Change]:
        if self.leader is not None:
            yield self.leader
        for name in PARTS:
            yield from getattr(self, name)
