"""A bot with one empty command, as a process of its own: how every bot is pointed at the loopback Discord."""

import os

import discord
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route


class EmptyBot(discord.Client):
    def __init__(self) -> None:
        super().__init__(intents=discord.Intents.default(), guild_ready_timeout=0.02)
        self.tree = app_commands.CommandTree(self)
        self.tree.add_command(app_commands.Command(name="ping", description="-", callback=ping))

    async def setup_hook(self) -> None:
        await self.tree.sync()


async def ping(interaction: discord.Interaction[EmptyBot]) -> None:
    await interaction.response.send_message("pong")


if __name__ == "__main__":
    Route.BASE = os.environ["DISCORD_API_URL"]
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["DISCORD_GATEWAY_URL"])
    EmptyBot().run(os.environ["DISCORD_TOKEN"], log_handler=None)
