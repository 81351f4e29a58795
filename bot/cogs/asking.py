"""`/ask`, and questions in messages that mention the bot or are sent to it alone."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Awaitable
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.errors import reply_to
from bot.message import message_of
from bot.replies.reply import Outcome, Reply
from bot.texts import Language
from bot.understanding import Asking
from store.errors import DatabaseUnavailable
from store.names.normal import SIMPLIFIED
from store.preferences import Preferences

if TYPE_CHECKING:
    from bot.client import Bangdan

_CHINESE = re.compile(r"[\u3400-\u9fff]")

log = logging.getLogger(__name__)


class Questions(commands.Cog):
    """Questions in people's own words."""

    def __init__(self, bot: Bangdan) -> None:
        self.bot = bot

    @app_commands.command()
    async def ask(
        self, interaction: discord.Interaction[Bangdan], question: str, private: bool | None = None
    ) -> None:
        """Answer a question."""
        bot, hidden = self.bot, self.bot.private_by(interaction, private)
        asking = Asking(bot.desk, bot.texts, interaction.guild_id, bot.decisions.board(interaction))
        language, own = bot.spoken(interaction, hidden=hidden), bot.language_of(interaction)

        async def answer() -> Reply:
            reply = await bot.ask(asking.answer, question, language)
            return (
                await bot.ask(asking.answer, question, own)
                if reply.private and own is not language
                else reply
            )

        await bot.deliver(interaction, answer(), hidden=hidden)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer a person's message that mentions the bot by name, or is sent to it alone.

        Discord gives the text of just these to a bot without the privileged intent.
        """
        me = self.bot.user
        if me is None or message.author.bot or message.webhook_id is not None:
            return
        named = re.compile(rf"<@!?{me.id}>")
        if message.guild is not None and not named.search(message.content):
            return
        if self.bot.door.admits_message(message):
            await self._answer_question(message, named.sub(" ", message.content))

    async def _answer_question(self, message: discord.Message, text: str) -> None:
        began, outcome = time.perf_counter(), Outcome.FAILURE
        try:
            await self.bot.keep_fresh()
            server = message.guild.id if message.guild else None
            decided = self._decided(message)
            asking = Asking(self.bot.desk, self.bot.texts, server, self.bot.decisions.board_of(decided))
            language = self.bot.texts.languages.get(decided.language or "") or self._language_of(message)
            answering = self.bot.ask(asking.answer, text, language)
            if _may(message, "attach_files"):
                answering = self.bot.illustrated(answering, language)
            reply = await _or_told(answering, language)
            await self._answer(message, reply)
            outcome = reply.outcome
        finally:
            self.bot.door.note_message(message, outcome.value, time.perf_counter() - began)

    async def _answer(self, message: discord.Message, reply: Reply) -> None:
        """Send a reply below the message; a channel where the bot may not write gets none."""
        options = message_of(reply, message.author.id) | {"mention_author": False}
        if _may(message, "read_message_history"):  # which an answer that refers to a message takes
            options["reference"] = message.to_reference(fail_if_not_exists=False)
        try:
            await message.channel.send(**options)
        except discord.HTTPException as refused:
            log.warning("a question in a message could not be answered: %s", refused)

    def _decided(self, message: discord.Message) -> Preferences:
        """Return what is decided where a message was written."""
        server = message.guild.id if message.guild else None
        around = getattr(message.channel, "parent_id", None)
        return self.bot.desk.reference.preferred(server, message.channel.id, around)

    def _language_of(self, message: discord.Message) -> Language:
        """Return the language of a message: the Chinese that it is written in, else the server's.

        Where all its Chinese letters are the same in both, the server's Chinese, if it has one.
        """
        if not self.bot.follow:
            return self.bot.texts.choose((self.bot.language,))
        server = str(message.guild.preferred_locale) if message.guild else None
        written = message.content
        chinese = None
        if written.translate(SIMPLIFIED) != written:
            chinese = "zh-TW"
        elif _CHINESE.search(written):
            chinese = server if server and server.startswith("zh") else "zh-CN"
        return self.bot.texts.choose((chinese, server, self.bot.language))


async def _or_told(answering: Awaitable[Reply], language: Language) -> Reply:
    """Return the answer, or that there is none since too many wait for the database."""
    try:
        return await answering
    except DatabaseUnavailable as down:
        return reply_to(down, language)


def _may(message: discord.Message, permission: str) -> bool:
    """Tell whether the bot has a permission where the message was written."""
    if message.guild is None:
        return True
    granted: bool = getattr(message.channel.permissions_for(message.guild.me), permission)
    return granted


async def setup(bot: Bangdan) -> None:
    """Add the command and the listener to the bot."""
    await bot.add_cog(Questions(bot))
