"""A trivial bot that delivers one embed to every channel, as a process of its own; it proves tests.load.

`sound` notes what it has sent and sends again with the same nonce, `repeats` sends again without one, and
`loses` notes ten before it sends them.
"""

from __future__ import annotations

import asyncio
import gc
import os
import sys
from pathlib import Path
from typing import TextIO

import discord
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

PER_SECOND, BATCH = 48, 10


class DeliveringBot(discord.Client):
    """Sends when the file `begin` is there, evenly, and keeps the list of channels it is done with."""

    def __init__(self, manner: str, folder: Path) -> None:
        super().__init__(intents=discord.Intents.default(), guild_ready_timeout=0.2)
        self.manner, self.begin, self.list = manner, folder / "begin", folder / "sent"
        self.tree = app_commands.CommandTree(self)
        self.tree.add_command(app_commands.Command(name="ping", description="-", callback=ping))
        self.delivering: asyncio.Task[None] | None = None
        self.sending: set[asyncio.Task[None]] = set()

    async def setup_hook(self) -> None:
        await self.tree.sync()

    async def on_ready(self) -> None:
        gc.freeze()
        self.delivering = self.delivering or asyncio.create_task(self.deliver())

    async def deliver(self) -> None:
        while not self.begin.exists():
            await asyncio.sleep(0.05)
        done = set(self.list.read_text().split()) if self.list.exists() else set()
        due = self.loop.time()
        left = [channel for guild in self.guilds for channel in guild.text_channels]
        left = [channel for channel in left if str(channel.id) not in done]
        with self.list.open("a") as written:
            for number, channel in enumerate(left):
                if self.manner == "loses" and number % BATCH == 0:
                    print(
                        *(claimed.id for claimed in left[number : number + BATCH]), file=written, flush=True
                    )
                task = asyncio.create_task(self.send(channel, written))
                self.sending.add(task)
                task.add_done_callback(self.sending.discard)
                due = max(due + 1 / PER_SECOND, self.loop.time())  # no bursts to catch up
                await asyncio.sleep(max(0.0, due - self.loop.time()))
            await asyncio.gather(*self.sending)

    async def send(self, channel: discord.TextChannel, written: TextIO) -> None:
        news = discord.Embed(title="News of the day")
        if self.manner == "sound":
            await channel.send(embed=news, nonce=f"1-{channel.id}")
        else:
            await channel.send(embed=news)
        if self.manner != "loses":
            print(channel.id, file=written, flush=True)


async def ping(interaction: discord.Interaction[DeliveringBot]) -> None:
    await interaction.response.send_message("pong")


if __name__ == "__main__":
    Route.BASE = os.environ["DISCORD_API_URL"]
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["DISCORD_GATEWAY_URL"])
    bot = DeliveringBot(sys.argv[1], Path(os.environ["NEWS_FOLDER"]))
    bot.run(os.environ["DISCORD_TOKEN"], log_handler=None)
