"""What runs in the process that draws; importing this module imports no matplotlib."""

from __future__ import annotations

import os
import signal
import threading
from multiprocessing import connection, parent_process

from bot.drawing.values import Drawing


def begin() -> None:
    """Prepare the process: it is idle time's guest, and ends with the bot, however that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the bot's, which ends this process itself
    os.nice(5)
    threading.Thread(target=_follow_parent, daemon=True).start()
    import bot.drawing.press  # noqa: F401 - now, so that the first picture does not wait for it longer


def _follow_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def draw(drawing: Drawing, seconds: float) -> bytes:
    """Return a drawing as a PNG; the process ends where that takes longer than `seconds`."""
    from bot.drawing.press import print_png  # here, since only this process has matplotlib

    signal.setitimer(signal.ITIMER_REAL, seconds)  # its signal ends a process, whatever it is busy with
    try:
        return print_png(drawing)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
