"""What outlives a restart: a component is made again from the named parts of its identifier."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Self

import discord


class Lasting:
    """The part of a component that makes it again; the groups of its template are its arguments."""

    if TYPE_CHECKING:

        def __init__(self, item: Any, /, **parts: str) -> None:  # noqa: ANN401 - discord.py's own
            """Make it of discord.py's own component."""

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[Any],
        item: Any,  # noqa: ANN401 - discord.py's own
        match: re.Match[str],
        /,
    ) -> Self:
        """Return the component that somebody used."""
        return cls(item, **match.groupdict())
