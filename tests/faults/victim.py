"""Our command line, which kills itself with SIGKILL at a moment of its work.

    python -m tests.faults.victim ingest page.md

A moment is before or after a statement, or before a transaction ends. VICTIM_DIES_AT is its number, and into
the file VICTIM_COUNTS goes how many there were when it ended by itself.
"""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

from sqlalchemy import Engine, event

from bot.__main__ import main

EVENTS = ("before_cursor_execute", "after_cursor_execute", "commit")


class Moments:
    """Counts moments, and ends the process at one."""

    def __init__(self, last: int) -> None:
        self._last = last
        self._lock = threading.Lock()
        self.seen = 0

    def pass_by(self, *_: object) -> None:
        with self._lock:
            self.seen += 1
            if self.seen == self._last:
                os.kill(os.getpid(), signal.SIGKILL)


def live() -> None:
    """Do what the command line says, up to the moment."""
    moments = Moments(int(os.environ.get("VICTIM_DIES_AT", "0")))
    for each in EVENTS:
        event.listen(Engine, each, moments.pass_by)
    try:
        main()
    finally:
        if counts := os.environ.get("VICTIM_COUNTS"):
            Path(counts).write_text(str(moments.seen))


if __name__ == "__main__":
    live()
