"""The database: whether it is reachable, of this version, writable, and has room."""

from __future__ import annotations

from collections.abc import Iterator

from bot.doctor.findings import Finding, Level
from bot.outside.patience import within
from store.checkup import Checkup, check_up
from store.errors import DatabaseUnavailable
from store.migrations import HEAD

CHECK = "database"
SECONDS = 15.0
"""Longer than SQLite waits for another writer."""
MEGABYTE = 2**20
LEAST, LITTLE = 64, 512
"""Megabytes of free disk with less of which it fails, or warns."""


async def look_at_database(url: str) -> tuple[list[Finding], Checkup | None]:
    """Return what was found, and the checkup itself where there could be one."""
    try:
        found = await within(SECONDS, lambda: check_up(url))
    except DatabaseUnavailable as down:
        told = {"place": down.place, "reason": down.reason}
        return [Finding(Level.FAIL, CHECK, "doctor.database.down", told)], None
    except TimeoutError:
        return [Finding(Level.FAIL, CHECK, "doctor.database.silent", {"seconds": round(SECONDS)})], None
    return list(_findings(found)), found


def _findings(found: Checkup) -> Iterator[Finding]:
    size = round((found.size or 0) / MEGABYTE, 1)
    told = {"place": found.place, "revision": found.revision, "head": HEAD, "size": size}
    if found.revision is None:
        yield Finding(Level.OK, CHECK, "doctor.database.new", told)
    elif found.current:
        yield Finding(Level.OK, CHECK, "doctor.database.ok", told)
    elif found.revision < HEAD:
        yield Finding(Level.WARN, CHECK, "doctor.database.old", told)
    else:
        yield Finding(Level.FAIL, CHECK, "doctor.database.newer", told)
    if found.refused is not None:
        yield Finding(Level.FAIL, CHECK, "doctor.database.refused", {**told, "reason": found.refused})
    if found.free is not None:
        free = round(found.free / MEGABYTE)
        level = Level.FAIL if free < LEAST else Level.WARN if free < LITTLE else Level.OK
        key = "doctor.disk.ok" if level is Level.OK else "doctor.disk.low"
        yield Finding(level, "disk", key, {"free": free, "place": found.place})
