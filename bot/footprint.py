"""The footprint: what a bot that runs for months does to take little memory."""

from __future__ import annotations

import ctypes
import gc
import typing
from contextlib import suppress

_ARENA_MAX = -8
"""glibc's number, in malloc.h, of how many heaps threads may have."""


def start_small() -> None:
    """Let all threads share one heap: each thread's own keeps what it once took, for what comes next."""
    with suppress(OSError, AttributeError):  # glibc alone knows it
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)


def forget_what_is_past() -> None:
    """Give back what only the start needed, and let the garbage collector pass over all that stays.

    What stays, names and boards and channels, is most of what there is.
    """
    typing.clear_overloads()
    gc.collect()
    gc.freeze()
    with suppress(OSError, AttributeError):  # glibc alone keeps what is free, and gives it back when told to
        ctypes.CDLL(None).malloc_trim(0)
