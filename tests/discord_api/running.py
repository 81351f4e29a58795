"""Bots under test: discord.py clients in this process, and processes of their own."""

from __future__ import annotations

import asyncio
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from discord import Client


@contextmanager
def pointed_at(api_url: str, gateway_url: str) -> Iterator[None]:
    """Set the addresses discord.py uses in this process, and restore them."""
    import yarl
    from discord.gateway import DiscordWebSocket
    from discord.http import Route

    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = api_url, yarl.URL(gateway_url)
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before


@asynccontextmanager
async def running(client: Client, token: str, seconds: float) -> AsyncIterator[None]:
    """Start a client, wait until it is ready, and close it after the block.

    Raises what ends the client before it is ready, or TimeoutError. discord.py waits `guild_ready_timeout`
    (two seconds unless given to the client) for guilds before it is ready.
    """
    task = asyncio.create_task(client.start(token))
    try:
        async with asyncio.timeout(seconds):
            while not client.is_ready():
                if task.done():
                    task.result()
                    raise RuntimeError("the client closed before it was ready")
                await asyncio.sleep(0.005)
        yield
    finally:
        await client.close()
        await asyncio.wait([task], timeout=5.0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@dataclass
class BotProcess:
    """A running bot; `kill` it to see what a crash does."""

    process: Process

    async def kill(self) -> None:
        """End the process at once, as a crash would."""
        if self.process.returncode is None:
            self.process.kill()
        await self.process.wait()

    async def stop(self, seconds: float = 30.0) -> int:
        """Ask the process to end (SIGTERM), kill it after so many seconds, and return its exit code."""
        if self.process.returncode is None:
            self.process.terminate()
            try:
                await asyncio.wait_for(self.process.wait(), seconds)
            except TimeoutError:
                await self.kill()
        return await self.process.wait()
