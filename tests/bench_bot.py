"""Our bot as it runs, with one empty command more: `python -m tests.bench_bot` for `make bench`.

Everything that it costs to be a bot on this Discord is then in both, the empty command and ours.
"""

from __future__ import annotations

import sys

import discord
from discord import app_commands

import bot.client
from bot.__main__ import main


@app_commands.command()
async def ping(interaction: discord.Interaction[bot.client.Bangdan]) -> None:
    """Answer at once."""
    await interaction.response.send_message("pong")


async def setup(client: bot.client.Bangdan) -> None:
    """Add the command to the bot."""
    client.tree.add_command(ping)


if __name__ == "__main__":
    bot.client.EXTENSIONS = (*bot.client.EXTENSIONS, "tests.bench_bot")
    sys.argv = ["bangdan", "run"]
    main()
