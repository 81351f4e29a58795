"""The browser trial: the same bot in a make-believe Discord on this machine, without an account.

simcord keeps its time still, so a pump moves it on; otherwise nothing here differs from Discord.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from contextlib import AsyncExitStack

import discord
import simcord

from bot.client import Bangdan
from bot.replies.reply import NEUTRAL
from bot.texts import Language

BEAT = 1.0


class PortTaken(Exception):
    """The trial cannot listen on its port."""


async def run_trial(bot: Bangdan, language: Language, port: int, announce: Callable[[str], None]) -> None:
    """Serve the trial on 127.0.0.1 until its page ends it or the task is cancelled.

    `announce` is told the address once it answers; a `port` of 0 takes any free one.
    """
    async with simcord.run(bot, shard_count=1, check_errors=False) as world:
        # simcord listens in on the tree's error hook and takes a mistake that was answered for a crash.
        del bot.tree.on_error
        person = world.create_user(language.say("trial.visitor"))
        guild = world.create_guild(language.say("trial.server"), owner=person)
        channel = guild.create_text_channel(language.say("trial.channel"))
        visitor = guild.add_member(person)
        if bot.user is not None:
            await bot.user.edit(username=language.say("trial.bot"))
        await _welcome(bot, channel.id, language)
        async with AsyncExitStack() as stack:
            try:
                preview = await stack.enter_async_context(
                    world.preview(channel, viewers=[visitor], layout="channel", port=port)
                )
            except simcord.SetupError as error:
                raise PortTaken(port) from error
            announce(preview.url)
            pump = asyncio.create_task(_pump(world))
            try:
                await preview.wait_closed()
            finally:
                pump.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await pump


async def _welcome(bot: Bangdan, channel_id: int, language: Language) -> None:
    embed = discord.Embed(
        title=language.say("trial.title"), description=language.say("trial.welcome"), colour=NEUTRAL
    )
    channel = bot.get_partial_messageable(channel_id)
    await channel.send(embed=embed)


async def _pump(world: simcord.Env) -> None:
    """Move the make-believe time on as the real one does; a busy world is asked again."""
    while True:
        await asyncio.sleep(BEAT)
        with contextlib.suppress(simcord.SetupError, TimeoutError):
            await world.advance_time(BEAT)
