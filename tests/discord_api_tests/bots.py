"""Small bots for the tests."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import discord
import pytest
from discord import app_commands
from discord.ext import commands

Interaction = discord.Interaction[discord.Client]
QUICK: dict[str, Any] = {"guild_ready_timeout": 0.02}


@contextmanager
def refused(code: int) -> Iterator[None]:
    """The block is refused with one of Discord's JSON error codes."""
    with pytest.raises(discord.HTTPException) as error:
        yield
    assert error.value.code == code


async def until(holds: Callable[[], object]) -> None:
    """Wait until something holds; three seconds at most."""
    async with asyncio.timeout(30):
        while not holds():
            await asyncio.sleep(0.002)


class SmallBot(commands.Bot):
    """Registers its commands at start, and keeps what went wrong in `errors` and what it saw in `seen`."""

    def __init__(self, intents: discord.Intents | None = None) -> None:
        super().__init__("!", intents=intents or discord.Intents.default(), help_command=None, **QUICK)
        self.errors: list[Exception] = []
        self.seen: list[str] = []
        self.tree.error(self._keep)

    async def setup_hook(self) -> None:
        await self.tree.sync()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Skip the five seconds discord.py waits before it identifies again."""

    async def _keep(self, interaction: Interaction, error: app_commands.AppCommandError) -> None:
        self.errors.append(error.__cause__ if isinstance(error.__cause__, Exception) else error)

    def dispatch(self, event_name: str, /, *args: Any, **kwargs: Any) -> None:
        self.seen.append(event_name)
        super().dispatch(event_name, *args, **kwargs)

    def answers(self, *, name: str = "go") -> Callable[[Callable[[Interaction], Awaitable[None]]], None]:
        """Register the decorated function as a slash command without options."""

        def register(callback: Callable[[Interaction], Awaitable[None]]) -> None:
            async def command(interaction: Interaction) -> None:
                await callback(interaction)

            self.tree.add_command(app_commands.Command(name=name, description="-", callback=command))

        return register
