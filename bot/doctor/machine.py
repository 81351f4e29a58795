"""The machine: fonts for pictures, and time zones."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.doctor.findings import Finding, Level

ZONE = "Asia/Shanghai"


def look_at_fonts() -> Finding:
    """Return whether pictures can have Chinese letters."""
    from bot.drawing.fonts import families  # matplotlib, which nothing else here needs

    wide, *others = families()
    if others:
        return Finding(Level.OK, "fonts", "doctor.fonts.ok", {"font": wide})
    return Finding(Level.WARN, "fonts", "doctor.fonts.none")


def look_at_zones() -> Finding:
    """Return whether time zones are known."""
    try:
        ZoneInfo(ZONE)
    except ZoneInfoNotFoundError:
        return Finding(Level.FAIL, "zones", "doctor.zones.none")
    return Finding(Level.OK, "zones", "doctor.zones.ok")
