"""What was read of one edition, kept in memory until there is another one."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

T = TypeVar("T")


class Memory:
    """Keeps the values that were asked for last, at most `room` of them; safe to use from several threads.

    The values are shared by everyone who asks, so they must be frozen.
    """

    def __init__(self, room: int) -> None:
        self._room = room
        self._edition: Hashable = None
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def peek(self, edition: Hashable, key: Hashable) -> Any:  # noqa: ANN401 - what was made
        """Return the value of `key` in an edition if it is kept, else None."""
        with self._lock:
            return self._kept.get(key) if edition == self._edition else None

    def recall(self, edition: Hashable, key: Hashable, make: Callable[[], T]) -> T:
        """Return the value of `key` in an edition, made where it is not kept; of other editions none is kept.

        The edition is read before the value is made, so that a value is never older than it says.
        """
        with self._lock:
            if edition != self._edition:
                self._kept.clear()
                self._edition = edition
            elif key in self._kept:
                self._kept.move_to_end(key)
                found: T = self._kept[key]
                return found
        made = make()
        with self._lock:
            if edition == self._edition:
                self._kept[key] = made
                if len(self._kept) > self._room:
                    self._kept.popitem(last=False)
        return made
