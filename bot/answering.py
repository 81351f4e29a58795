"""How the bot answers what people do: commands, what they press below answers, and the buttons of posts."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import discord
from discord.ext import commands

from bot.decisions import Decisions
from bot.desk import Desk
from bot.errors import reply_to
from bot.message import edit_of, message_of
from bot.outside.patience import hear
from bot.questions import NONE, NicknamesQuestion, Question, Readings
from bot.recent import Recent
from bot.replies.mistakes import mistake_reply
from bot.replies.reply import Outcome, Reply
from bot.replies.sharing import keep_private, share_publicly
from bot.shelf import MOMENT
from bot.studio import Studio
from bot.texts import Language
from bot.view import after_sharing, readings_in

P = ParamSpec("P")
T = TypeVar("T")
Event = discord.Interaction[Any]

log = logging.getLogger(__name__)

PATIENCE = 1.5
"""Seconds of Discord's three after which an answer that is not ready is announced."""


class Answering(commands.AutoShardedBot):
    """The part of the bot that answers interactions."""

    desk: Desk
    decisions: Decisions
    recent: Recent
    _studio: Studio | None

    if TYPE_CHECKING:

        async def ask(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
            """Run a call of the store off the event loop."""

        def language_of(self, interaction: Event) -> Language:
            """Return the language of a person."""

        def private_by(self, interaction: Event, private: bool | None) -> bool:
            """Return whether an answer is for whoever asked alone."""

    async def respond(
        self,
        interaction: Event,
        question: Question,
        readings: Readings = NONE,
        *,
        private: bool | None = None,
    ) -> None:
        """Answer a command with a question; `private` is what the person said of who may see it."""
        self.recent.note(interaction.user.id, question)
        hidden = self.private_by(interaction, private)
        own = hidden or isinstance(question, NicknamesQuestion)  # which concern nobody else
        language = self.spoken(interaction, hidden=own)
        kept = self.desk.kept(question, language, readings)
        drawn = kept if kept is None or self._studio is None else self._studio.find(kept)
        if drawn is not None:  # there is nothing to wait for
            await self._tell(interaction, drawn, hidden=hidden)
            return
        await self.deliver(interaction, self.answered(question, language, readings), hidden=hidden)

    async def deliver(self, interaction: Event, answering: Awaitable[Reply], *, hidden: bool) -> None:
        """Answer a command with what is being worked out, `hidden` from others."""
        drawing = self.illustrated(answering, self.spoken(interaction, hidden=hidden))
        reply = await self.announced(interaction, drawing, thinking=True, hidden=hidden)
        await self._tell(interaction, reply, hidden=hidden)

    async def _tell(self, interaction: Event, reply: Reply, *, hidden: bool) -> None:
        """Send an answer, `hidden` from others."""
        language = self.spoken(interaction, hidden=hidden)
        await self.send(interaction, keep_private(reply, language) if hidden else reply)

    def spoken(self, interaction: Event, *, hidden: bool) -> Language:
        """Return the language of an answer: the person's where others do not see it, else the place's."""
        return self.language_of(interaction) if hidden else self.decisions.language(interaction)

    async def answered(self, question: Question, language: Language, readings: Readings = NONE) -> Reply:
        """Return the desk's answer: at once where one is kept that holds, else off the event loop."""
        kept = self.desk.kept(question, language, readings)
        if kept is not None:
            return kept
        return await self.ask(self.desk.answer, question, language, readings, MOMENT)

    async def settled(
        self, interaction: Event, finding: Coroutine[Any, Any, T], *, private: bool | None = None
    ) -> T:
        """Return what a command finds out before it can ask; tell Discord in time when it takes longer."""
        hidden = self.private_by(interaction, private)
        return await self.announced(interaction, finding, thinking=True, hidden=hidden)

    async def illustrated(self, answering: Awaitable[Reply], language: Language) -> Reply:
        """Return the answer with its picture drawn, if it has one."""
        reply = await answering
        return reply if self._studio is None else await self._studio.illustrate(reply, language)

    async def announced(
        self,
        interaction: Event,
        answering: Coroutine[Any, Any, T],
        *,
        thinking: bool,
        hidden: bool = False,
    ) -> T:
        """Return the answer, or a part of it; tell Discord in time when it takes longer."""
        task = asyncio.ensure_future(answering)
        task.add_done_callback(hear)  # where it cannot be announced, nobody waits for it
        ready, _ = await asyncio.wait({task}, timeout=PATIENCE)
        if not ready and not interaction.response.is_done():
            await interaction.response.defer(thinking=thinking, ephemeral=hidden)
        return await task

    async def press(self, interaction: Event, owner: int, read: Callable[[Desk], Question]) -> None:
        """Answer a component by changing its message; only for whoever asked."""
        if await self._is_strangers(interaction, owner):
            return
        try:
            language = self.spoken(interaction, hidden=_is_private(interaction.message))
            reply = await self._again(interaction, read, language)
            if _is_private(interaction.message):
                reply = keep_private(reply, self.language_of(interaction))
            await _change(interaction, **edit_of(reply, owner, interaction.message))
        except Exception as error:  # a component has no other error hook
            await self.explain(interaction, error)

    async def show(self, interaction: Event, read: Callable[[Desk], Question]) -> None:
        """Answer the button of a post, privately to whoever pressed it."""
        try:
            await interaction.response.defer(ephemeral=True, thinking=True)
            language = self.language_of(interaction)
            answering = self.answered(read(self.desk), language)
            reply = await self.illustrated(answering, language)
            await self.send(interaction, keep_private(reply, language))
        except Exception as error:  # a component has no other error hook
            await self.explain(interaction, error)

    async def share(self, interaction: Event, owner: int, read: Callable[[Desk], Question] | None) -> None:
        """Post a private answer for everybody: asked again, or as it is where it cannot be."""
        if await self._is_strangers(interaction, owner):
            return
        own, message = self.language_of(interaction), interaction.message
        language = self.spoken(interaction, hidden=False)
        try:
            assert message is not None  # components have one
            reply = await self._again(interaction, read, language) if read else Reply(message.embeds[0])
            if not interaction.response.is_done():
                await interaction.response.defer()
            await self.send(interaction, share_publicly(reply, message.content, owner, language))
            shared = after_sharing(message, own.say("share.done"))
            await interaction.edit_original_response(view=shared)
        except Exception as error:  # a component has no other error hook
            await self.explain(interaction, error)

    async def _is_strangers(self, interaction: Event, owner: int) -> bool:
        """Tell whether somebody else than its owner pressed a component, who is told so."""
        if interaction.user.id == owner:
            return False
        await self.send(interaction, mistake_reply(self.language_of(interaction), "mistake.owner"))
        return True

    async def _again(self, interaction: Event, read: Callable[[Desk], Question], language: Language) -> Reply:
        """Return the answer to a component's question."""
        question, readings = read(self.desk), readings_in(interaction.message, self.desk)
        answering = self.illustrated(self.answered(question, language, readings), language)
        return await self.announced(interaction, answering, thinking=False)

    async def explain(self, interaction: Event, error: Exception) -> None:
        """Tell the person about an error; an interaction that is over cannot be told anything."""
        reply = reply_to(error, self.language_of(interaction))
        try:
            await self.send(interaction, reply)
        except discord.HTTPException as refused:
            interaction.extras["outcome"] = Outcome.FAILURE
            log.warning("an error could not be told: %s", refused)

    async def send(self, interaction: Event, reply: Reply) -> None:
        """Send a reply as the answer, or after it when there is one already."""
        options = message_of(reply, interaction.user.id) | {"ephemeral": reply.private}
        interaction.extras["outcome"] = reply.outcome
        if interaction.response.is_done():
            await interaction.followup.send(**options)
        else:
            await interaction.response.send_message(**options)


async def _change(interaction: Event, **options: Any) -> None:  # noqa: ANN401 - discord.py's own
    """Change the message whose component was pressed."""
    if interaction.response.is_done():
        await interaction.edit_original_response(**options)
    else:
        await interaction.response.edit_message(**options)


def _is_private(message: discord.Message | None) -> bool:
    """Tell whether one person alone sees the message of a component."""
    return message is not None and message.flags.ephemeral
