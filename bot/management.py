"""Management: what the buttons of panels do with subscriptions, live boards and watches.

A server's own are for members with Manage Server, which is checked at every press; a person's watches are
theirs.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import discord
from discord.app_commands import MissingPermissions

from bot.access import check_place
from bot.answering import PATIENCE
from bot.dialogue import EditDialogue
from bot.mistakes import Gone, PlaceUnusable
from bot.panel import is_subject, panel_view
from bot.posting import Refused
from bot.questions import Unreadable
from bot.replies.mistakes import mistake_reply
from bot.replies.nicknames import done_reply
from bot.replies.panel import Panel
from bot.replies.reply import Outcome
from bot.replies.subscriptions import Asked, list_panel, live_panel, removed_panel, subscription_panel
from bot.replies.watches import watches_panel
from bot.texts import Language
from store.errors import DatabaseUnavailable
from store.news.values import LiveBoard, Pause, Subscription
from store.outbox.values import Kind

if TYPE_CHECKING:
    from bot.client import Bangdan

Event = discord.Interaction[Any]
Step = Callable[[Event, str], Coroutine[Any, Any, Panel | None]]
T = TypeVar("T")

NAMED = ("help",)  # whose subject is a command; of all else it is a letter and a number


class Management:
    """Shows panels, and does what is pressed on them."""

    def __init__(self, bot: Bangdan) -> None:
        self._bot = bot
        self._requests = bot.archive.requests
        self._managers: dict[str, Step] = {
            "list": self._list,
            "open": self._open,
            "pause": self._pause,
            "resume": self._resume,
            "test": self._test,
            "edit": self._edit,
            "remove": self._remove,
            "reset": bot.decisions.reset,
            "prefer": bot.decisions.open,
        }
        self._persons: dict[str, Step] = {"watches": self._watches, "unwatch": self._unwatch}
        self._persons |= {"help": bot.guide.open, "example": bot.guide.run}

    async def press(self, interaction: Event, owner: int, action: str, subject: str) -> None:
        """Do what a button or menu says, and show what became of it in the same message."""
        try:
            if interaction.user.id != owner:
                await self._bot.send(interaction, mistake_reply(self._language(interaction), "mistake.owner"))
                return
            step = self._persons.get(action) or self._managers.get(action)
            if step is None or not (action in NAMED or is_subject(subject)):
                raise Unreadable(f"{action} {subject}")
            if action in self._managers and not interaction.permissions.manage_guild:
                raise MissingPermissions(["manage_guild"])
            own = action in ("edit", "test", "example")  # these answer by themselves
            doing = step(interaction, subject)
            panel = await (doing if own else self.in_time(interaction, doing))
            if panel is not None:
                await self._replace(interaction, panel)
        except Exception as error:  # a component has no other error hook
            await self._bot.explain(interaction, error)

    async def show(self, interaction: Event, panel: Panel) -> None:
        """Answer a command with a panel, privately."""
        interaction.extras["outcome"] = Outcome.ANSWER
        view = panel_view(panel, interaction.user.id) if panel.controls else discord.utils.MISSING
        if interaction.response.is_done():
            await interaction.followup.send(embed=panel.embed, view=view, ephemeral=True)
        else:
            await interaction.response.send_message(embed=panel.embed, view=view, ephemeral=True)

    async def answer(self, interaction: Event, working: Coroutine[Any, Any, Panel]) -> None:
        """Answer a command with the panel that comes of it, in time."""
        await self.show(interaction, await self.in_time(interaction, working))

    async def in_time(self, interaction: Event, working: Coroutine[Any, Any, T]) -> T:
        """Return what comes of it; tell Discord in time when others hold the database for long."""
        command = interaction.type is discord.InteractionType.application_command
        return await self._bot.announced(interaction, working, thinking=command, hidden=True)

    async def soon(self, working: Coroutine[Any, Any, T]) -> T:
        """Return what comes of a question in time for a dialogue, which cannot be announced.

        Raises DatabaseUnavailable.
        """
        task = asyncio.ensure_future(working)
        ready, _ = await asyncio.wait({task}, timeout=PATIENCE)
        if not ready:
            task.cancel()
            raise DatabaseUnavailable("", TimeoutError.__name__)
        return await task

    async def subscribe(self, interaction: Event, wanted: Subscription) -> Panel:
        """Store a subscription unless there is the same, and return its panel."""
        known = await self.find_same(wanted)
        stored = await self._bot.ask(self._requests.subscribe, wanted) if known is None else known
        said = "subscription.known" if known else "subscription.added"
        return (await self.panel_of(interaction, stored)).saying(said, self._language(interaction))

    async def _replace(self, interaction: Event, panel: Panel) -> None:
        """Show a panel in place of the one that was pressed."""
        view = panel_view(panel, interaction.user.id)
        if interaction.response.is_done():
            await interaction.edit_original_response(embed=panel.embed, view=view)
        else:
            await interaction.response.edit_message(embed=panel.embed, view=view)

    async def list(self, interaction: Event, page: int = 0) -> Panel:
        """Return all that a server asked for."""
        server = _server(interaction)
        digests = await self._bot.ask(self._requests.subscriptions, server)
        lives = await self._bot.ask(self._requests.live_boards, server)
        asked = Asked(digests, lives, {}, {})
        return list_panel(asked, page, self._bot.archive.catalogue, self._language(interaction))

    async def find_same(self, wanted: Subscription) -> Subscription | None:
        """Return a server's subscription to the same, whoever asked for it; two would post all twice."""
        own = await self._bot.ask(self._requests.subscriptions, wanted.server)
        return next(
            (each for each in own if replace(each, id=wanted.id, by=wanted.by, pause=None) == wanted), None
        )

    async def panel_of(self, interaction: Event, asked: Subscription | LiveBoard) -> Panel:
        """Return the panel of a subscription or a live board."""
        catalogue, language = self._bot.archive.catalogue, self._language(interaction)
        if isinstance(asked, LiveBoard):
            return live_panel(asked, catalogue, language)
        records = await self._bot.ask(self._requests.records, Kind.DIGEST, [asked.id])
        due = await self._bot.ask(self._requests.next_posts, [asked.id])
        return subscription_panel(asked, records.get(asked.id), due.get(asked.id), catalogue, language)

    async def watches(self, interaction: Event, page: int = 0) -> Panel:
        """Return what a person watches."""
        watched = await self._bot.ask(self._requests.watches, interaction.user.id)
        names = {key: model.name for key, model in self._bot.desk.reference.models.items()}
        catalogue = self._bot.archive.catalogue
        return watches_panel(watched, page, names, catalogue, self._language(interaction))

    async def change(self, interaction: Event, wanted: Subscription) -> None:
        """Store a subscription anew, and show it where its panel is; what became of it meanwhile stays."""
        if not interaction.permissions.manage_guild:
            raise MissingPermissions(["manage_guild"])
        await self._replace(interaction, await self.in_time(interaction, self._change(interaction, wanted)))

    async def _change(self, interaction: Event, wanted: Subscription) -> Panel:
        known = await self._asked(interaction, f"d{wanted.id}")
        await self._bot.ask(self._requests.change, wanted)
        return await self.panel_of(interaction, replace(wanted, pause=known.pause))

    async def _list(self, interaction: Event, subject: str) -> Panel:
        return await self.list(interaction, int(subject[1:]))

    async def _open(self, interaction: Event, subject: str) -> Panel:
        return await self.panel_of(interaction, await self._asked(interaction, subject))

    async def _pause(self, interaction: Event, subject: str) -> Panel:
        return await self._set_pause(interaction, subject, Pause("person"))

    async def _resume(self, interaction: Event, subject: str) -> Panel:
        check_place(interaction, await self._asked(interaction, subject))  # or it is paused again at once
        panel = await self._set_pause(interaction, subject, None)
        self._bot.postroom.wake()
        return panel

    async def _set_pause(self, interaction: Event, subject: str, pause: Pause | None) -> Panel:
        asked = await self._asked(interaction, subject)
        await self._bot.ask(self._requests.set_pause, asked, pause)
        return await self.panel_of(interaction, replace(asked, pause=pause))

    async def _remove(self, interaction: Event, subject: str) -> Panel:
        asked = await self._asked(interaction, subject)
        live = isinstance(asked, LiveBoard)
        await self._bot.ask(self._requests.unpin if live else self._requests.unsubscribe, asked.id)
        return removed_panel(self._language(interaction))

    async def _test(self, interaction: Event, subject: str) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        asked = await self._asked(interaction, subject)
        if not isinstance(asked, Subscription):
            raise Unreadable(subject)
        spoken = self._bot.texts.choose((asked.language,))
        try:
            message = await self._bot.postroom.test(asked, spoken.say("panel.test.mark"))
        except Refused as refused:
            raise PlaceUnusable(asked.channel, refused.pause.found or "view_channel") from refused
        language = self._language(interaction)
        url = f"https://discord.com/channels/{asked.server}/{asked.channel}/{message}"
        said = ("panel.tested", {"url": url}) if message else ("panel.nothing", {})
        await self._bot.send(interaction, done_reply(language, said[0], **said[1]))

    async def _edit(self, interaction: Event, subject: str) -> None:
        asked = await self.soon(self._asked(interaction, subject))
        if not isinstance(asked, Subscription):
            raise Unreadable(subject)
        await interaction.response.send_modal(EditDialogue(self._bot, asked, self._language(interaction)))

    async def _watches(self, interaction: Event, subject: str) -> Panel:
        return await self.watches(interaction, int(subject[1:]))

    async def _unwatch(self, interaction: Event, subject: str) -> Panel:
        await self._bot.ask(self._requests.unwatch, interaction.user.id, int(subject[1:]))
        return await self.watches(interaction)

    async def _asked(self, interaction: Event, subject: str) -> Subscription | LiveBoard:
        """Return what a button is about, if it is this server's; raises Gone."""
        server, number = _server(interaction), int(subject[1:])
        own: tuple[Subscription | LiveBoard, ...] = (
            await self._bot.ask(self._requests.subscriptions, server)
            if subject[0] == "d"
            else await self._bot.ask(self._requests.live_boards, server)
        )
        found = next((each for each in own if each.id == number), None)
        if found is None:
            raise Gone(subject)
        return found

    def _language(self, interaction: Event) -> Language:
        return self._bot.language_of(interaction)


def _server(interaction: Event) -> int:
    if interaction.guild_id is None:
        raise MissingPermissions(["manage_guild"])
    return interaction.guild_id
