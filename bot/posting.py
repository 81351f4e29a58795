"""Posting: how a post reaches a channel, a forum or a person, and whether an earlier try had got through.

Every post has a nonce, which Discord keeps apart for some minutes; the buttons below it hold the nonce as
well, and so tell for ever whether it was sent.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import discord

from bot.access import Place, find_missing
from bot.pace import Pace
from bot.replies.bulletin import Bulletin
from bot.show import ShowButton, post_view
from store.news.values import LiveBoard, Pause, Subscription
from store.outbox.values import Delivery

log = logging.getLogger(__name__)

REMEMBERED = timedelta(minutes=2)
"""How long a nonce is relied on; Discord says that it keeps them for a few minutes."""
SLACK = timedelta(seconds=30)
"""How far our clock and Discord's may differ."""
SEARCHED = 200
"""Messages that are looked through for a post that may have been sent."""


class Refused(Exception):
    """A post cannot be sent, until whoever asked for it does something about it; carries the `pause`."""

    def __init__(self, pause: Pause) -> None:
        super().__init__(f"{pause.code} {pause.found}")
        self.pause = pause


class Poster:
    """Sends posts at a pace; every request to Discord waits for its turn."""

    def __init__(self, bot: discord.Client, pace: Pace, clock: Callable[[], datetime]) -> None:
        self._bot = bot
        self._pace = pace
        self._clock = clock

    async def post(self, delivery: Delivery, bulletin: Bulletin) -> int:
        """Send a post unless it was sent before, and return its message's id.

        Raises Refused, and discord's errors where another try may do better.
        """
        asked = delivery.subscription or delivery.live
        if asked is None:
            return await self._tell(delivery, bulletin)
        place = await self._place(asked)
        if delivery.live is not None and delivery.live.message is not None:
            edited = await self._edit(place, delivery.live.message, delivery, bulletin)
            if edited is not None:
                return edited
        if self._may_have_been_sent(delivery, place):
            found = await self._find(place, delivery)
            if found is not None:
                return await self._finish(found, delivery, bulletin)
        return await self._finish(await self._send(place, delivery, bulletin), delivery, bulletin)

    async def find(self, delivery: Delivery) -> int | None:
        """Return the message of an earlier try, None where there is none."""
        asked = delivery.subscription or delivery.live
        try:
            place = await self._place(asked) if asked else await self._person(delivery)
            found = await self._find(place, delivery)
        except Refused:
            return None
        return found.id if found else None

    def _may_have_been_sent(self, delivery: Delivery, place: object) -> bool:
        """Tell whether an earlier try may have got through of which its nonce alone would not tell."""
        if delivery.tried_at is None:
            return False
        return isinstance(place, discord.ForumChannel) or self._clock() - delivery.tried_at > REMEMBERED

    async def _place(self, asked: Subscription | LiveBoard) -> Place:
        """Return the channel.

        Raises Refused where it is gone or closed to the bot, and ConnectionError where its server is away.
        """
        place = self._bot.get_channel(asked.channel)
        if place is None:
            await self._pace.turn()
            try:
                place = await self._bot.fetch_channel(asked.channel)
            except discord.NotFound:
                raise Refused(Pause("gone")) from None
            except discord.Forbidden:
                raise Refused(Pause("forbidden", "view_channel")) from None
        if isinstance(place, discord.abc.PrivateChannel):
            raise Refused(Pause("gone"))
        if place.guild.me is None:  # as long as Discord has not told of the server
            raise ConnectionError(place.guild.id)
        missing = find_missing(place, asked)
        if missing is not None:
            raise Refused(Pause("forbidden", missing))
        return place

    async def _person(self, delivery: Delivery) -> discord.DMChannel:
        assert delivery.person is not None
        person = discord.Object(delivery.person)
        known = discord.utils.get(self._bot.private_channels, recipient__id=delivery.person)
        if isinstance(known, discord.DMChannel):
            return known
        await self._pace.turn()
        return await self._bot.create_dm(person)

    async def _tell(self, delivery: Delivery, bulletin: Bulletin) -> int:
        """Send a post to a person; where that is closed, to the channel where they asked for it."""
        try:
            direct = await self._person(delivery)
            sent = await self._find(direct, delivery) if self._may_have_been_sent(delivery, direct) else None
            return (sent or await self._send(direct, delivery, bulletin)).id
        except discord.Forbidden:
            watch = next((each for each in delivery.watches if each.channel and each.server), None)
            place = self._bot.get_channel(watch.channel) if watch and watch.channel else None
            if not isinstance(place, discord.abc.GuildChannel | discord.Thread):
                raise
            sent = await self._find(place, delivery) if self._may_have_been_sent(delivery, place) else None
            return (sent or await self._send(place, delivery, bulletin, to=delivery.person)).id

    async def _send(
        self, place: Place | discord.DMChannel, delivery: Delivery, bulletin: Bulletin, to: int | None = None
    ) -> discord.Message:
        await self._pace.turn()
        role = delivery.subscription.role if delivery.subscription else None
        options: dict[str, Any] = {
            "content": f"<@{to}>" if to else f"<@&{role}>" if role else None,
            "embeds": list(bulletin.embeds),
            "allowed_mentions": mentions(role=role, person=to),
        }
        view = post_view(bulletin, delivery.nonce)
        if view is not None:
            options["view"] = view
        if isinstance(place, discord.ForumChannel):
            tags = needed_tags(place)
            return (await place.create_thread(name=bulletin.title, applied_tags=tags, **options)).message
        if isinstance(place, discord.abc.Messageable):
            return await place.send(nonce=delivery.nonce, **options)
        raise Refused(Pause("gone"))  # a category, which takes no messages

    async def _edit(self, place: Place, message: int, delivery: Delivery, bulletin: Bulletin) -> int | None:
        """Bring a message up to date; None where it was deleted."""
        if isinstance(place, discord.Thread) and place.archived:  # where messages cannot be edited
            await self._pace.turn()
            await place.edit(archived=False)
        if not isinstance(place, discord.abc.Messageable):
            raise Refused(Pause("gone"))
        await self._pace.turn()
        partial = discord.PartialMessage(channel=place, id=message)
        try:
            view = post_view(bulletin, delivery.nonce)
            await partial.edit(embeds=list(bulletin.embeds), view=view, allowed_mentions=mentions())
        except discord.NotFound:
            return None
        return message

    async def _finish(self, message: discord.Message, delivery: Delivery, bulletin: Bulletin) -> int:
        """Pin a post, publish it or open its thread, as was asked for; none of that holds it back."""
        asked, channel, guild = delivery.subscription, message.channel, message.guild
        if delivery.live is not None and guild and channel.permissions_for(guild.me).pin_messages:
            await self._attempt(message.pin())
        if asked and asked.publish and isinstance(channel, discord.TextChannel) and channel.is_news():
            await self._attempt(message.publish())
        if asked and asked.thread and isinstance(channel, discord.TextChannel):
            await self._attempt(message.create_thread(name=bulletin.title))
        return message.id

    async def _attempt(self, request: Awaitable[object]) -> None:
        await self._pace.turn()
        try:
            await request
        except discord.DiscordException as error:  # it may have been done by an earlier try
            log.info("not pinned, published or threaded: %s", error)

    async def _find(self, place: Place | discord.DMChannel, delivery: Delivery) -> discord.Message | None:
        """Return the post of an earlier try."""
        since = (delivery.tried_at or delivery.due) - SLACK
        async for message in self._messages(place, since):
            if self._bot.user and message.author.id == self._bot.user.id and is_of(message, delivery):
                return message
        return None

    async def _messages(self, place: Any, since: datetime) -> AsyncIterator[discord.Message]:  # noqa: ANN401
        await self._pace.turn()
        if not isinstance(place, discord.ForumChannel):
            async for message in place.history(limit=SEARCHED, after=since):
                yield message
            return
        for thread in await place.guild.active_threads():
            mine = self._bot.user and thread.owner_id == self._bot.user.id
            if mine and thread.parent_id == place.id and (thread.created_at or since) >= since:
                await self._pace.turn()
                with contextlib.suppress(discord.NotFound):
                    yield await thread.fetch_message(thread.id)


def is_of(message: discord.Message, delivery: Delivery) -> bool:
    """Tell whether a message of ours is the post of a delivery."""
    marks = [
        ShowButton.__discord_ui_compiled_template__.fullmatch(each.custom_id or "")
        for row in message.components
        if isinstance(row, discord.ActionRow)
        for each in row.children
    ]
    if any(mark and mark["nonce"] == delivery.nonce for mark in marks):
        return True
    times = [each.timestamp for each in message.embeds]
    return not marks and any(each and abs(each - delivery.due) < timedelta(milliseconds=2) for each in times)


def needed_tags(forum: discord.ForumChannel) -> list[discord.ForumTag]:
    """Return the tag of a post in a forum that wants one: the first that is for everybody."""
    usable = sorted(forum.available_tags, key=lambda tag: tag.moderated)
    return usable[:1] if forum.flags.require_tag else []


def mentions(*, role: int | None = None, person: int | None = None) -> discord.AllowedMentions:
    """Return leave to mention one role or one person, and nobody else."""
    return discord.AllowedMentions(
        everyone=False,
        users=[discord.Object(person)] if person else False,
        roles=[discord.Object(role)] if role else False,
        replied_user=False,
    )
