"""Bots that are broken on purpose, each in one thing that users would meet."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import discord
from discord import app_commands

from bot.client import Bangdan
from bot.desk import Desk
from bot.errors import reply_to
from bot.form import make_item
from bot.questions import NONE, Question, Readings
from bot.replies.layout import arrange
from bot.replies.mistakes import mistake_reply
from bot.replies.reply import Control, Reply, Turn
from bot.texts import Language
from bot.view import ARROWS

Asked = discord.Interaction[Any]


class TooManyChoices(Bangdan):
    """Offers 26 choices."""

    async def load(self) -> None:
        await super().load()
        rank = self.tree.get_command("rank")
        assert isinstance(rank, app_commands.Command)

        @rank.autocomplete("model")
        async def complete(interaction: Asked, typed: str) -> list[app_commands.Choice[str]]:
            return [app_commands.Choice(name=str(number), value=str(number)) for number in range(26)]


class Blocking(Bangdan):
    """Blocks the event loop for longer than Discord waits."""

    async def respond(
        self, interaction: Asked, question: Question, readings: Readings = NONE, **options: Any
    ) -> None:
        time.sleep(4)
        await super().respond(interaction, question, readings, **options)


class Late(Bangdan):
    """Forgets to announce an answer that takes long."""

    async def respond(
        self, interaction: Asked, question: Question, readings: Readings = NONE, **options: Any
    ) -> None:
        await asyncio.sleep(3.1)
        await super().respond(interaction, question, readings, **options)


class TooLong(Bangdan):
    """Sends embeds of 6,001 characters."""

    async def send(self, interaction: Asked, reply: Reply) -> None:
        embed = discord.Embed(description="x" * 4000).set_footer(text="y" * 2001)
        await super().send(interaction, replace(reply, embed=embed))


class Loud(Bangdan):
    """Forgets to say that nobody is notified."""

    async def setup_hook(self) -> None:
        self.allowed_mentions = None
        await super().setup_hook()


class Echoing(Bangdan):
    """Repeats hostile text where it notifies."""

    async def send(self, interaction: Asked, reply: Reply) -> None:
        everybody = discord.AllowedMentions.all()
        await interaction.response.send_message("@everyone", embed=reply.embed, allowed_mentions=everybody)


class Handmade(Bangdan):
    """Makes what is below its answers by itself."""

    async def send(self, interaction: Asked, reply: Reply) -> None:
        options: dict[str, Any] = {"embed": reply.embed, "ephemeral": reply.private}
        if reply.heading:
            options["content"] = reply.heading
        if reply.controls:
            options["view"] = self.build(reply, interaction.user.id)
        if interaction.response.is_done():
            await interaction.followup.send(**options)
        else:
            await interaction.response.send_message(**options)

    def build(self, reply: Reply, owner: int) -> discord.ui.View:
        view = discord.ui.View(timeout=None)
        for control in arrange(reply.controls):
            view.add_item(self.item(control, owner))
        return view

    def item(self, control: Control, owner: int) -> discord.ui.Item[Any]:
        return make_item(control, owner)


class Forgetful(Handmade):
    """Does not register its components, which then live until the next start."""

    async def load(self) -> None:
        await super().load()
        for kind in tuple(self._connection._view_store._dynamic_items.values()):
            self.remove_dynamic_items(kind)


class RandomIds(Handmade):
    """Gives buttons identifiers that only the running process knows."""

    def item(self, control: Control, owner: int) -> discord.ui.Item[Any]:
        if not isinstance(control, Turn):
            return super().item(control, owner)
        button = discord.ui.Button[discord.ui.View](emoji=ARROWS[control.role], disabled=control.disabled)
        button.callback = self.turning(control.question, owner)  # type: ignore[method-assign, assignment]
        return button

    def turning(self, question: Question, owner: int) -> Callable[[Asked], Any]:
        async def turn(interaction: Asked) -> None:
            language = self.language_of(interaction)
            if interaction.user.id != owner:
                await self.send(interaction, mistake_reply(language, "mistake.owner"))
            else:
                reply = await self.ask(self.desk.answer, question, language, NONE)
                await interaction.response.edit_message(embed=reply.embed, view=self.build(reply, owner))

        return turn


class Open(Bangdan):
    """Lets anybody turn the pages of others."""

    async def press(self, interaction: Asked, owner: int, read: Callable[[Desk], Question]) -> None:
        await super().press(interaction, interaction.user.id, read)


class Mute(Bangdan):
    """Says nothing of errors."""

    async def explain(self, interaction: Asked, error: Exception) -> None:
        pass


class Indiscreet(Bangdan):
    """Shows everybody the mistakes of one."""

    async def explain(self, interaction: Asked, error: Exception) -> None:
        reply = reply_to(error, self.language_of(interaction))
        await self.send(interaction, replace(reply, private=False))


class Gossiping(Bangdan):
    """Answers everybody who asked for a private answer."""

    def private_by(self, interaction: Asked, private: bool | None) -> bool:
        return False


class Selfish(Bangdan):
    """Shares an answer with whoever shares it."""

    async def share(self, interaction: Asked, owner: int, read: Callable[[Desk], Question] | None) -> None:
        await interaction.response.defer()
        await interaction.followup.send("shared", ephemeral=True)


class Monolingual(Bangdan):
    """Speaks English to everybody."""

    def language_of(self, interaction: Asked) -> Language:
        return self.texts.source


class Stammering(Bangdan):
    """Answers twice."""

    async def respond(
        self, interaction: Asked, question: Question, readings: Readings = NONE, **options: Any
    ) -> None:
        await super().respond(interaction, question, readings, **options)
        interaction.response._response_type = None
        await super().respond(interaction, question, readings, **options)


class Promising(Bangdan):
    """Announces an answer that never comes."""

    async def respond(
        self, interaction: Asked, question: Question, readings: Readings = NONE, **options: Any
    ) -> None:
        await interaction.response.defer(thinking=True)


class Failing(Bangdan):
    """Fails where it should answer."""

    async def respond(
        self, interaction: Asked, question: Question, readings: Readings = NONE, **options: Any
    ) -> None:
        raise RuntimeError("on purpose")


class Unregistered(Bangdan):
    """Does not tell Discord of its commands."""

    async def sync_commands(self) -> None:
        pass


class Wordy(Bangdan):
    """Describes a command in more words than Discord takes."""

    async def sync_commands(self) -> None:
        about = self.tree.get_command("about")
        assert isinstance(about, app_commands.Command)
        about.description = "x" * 101
        await super().sync_commands()


class Grown(Bangdan):
    """Has a command that the inspection does not know."""

    async def load(self) -> None:
        await super().load()

        @self.tree.command(description="-")
        async def news(interaction: Asked) -> None: ...
