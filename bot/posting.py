"""Posting: how a post reaches a channel, a forum or a person, and whether an earlier try had got through.

Every post has a nonce, which Discord keeps apart for some minutes; the buttons below it hold the nonce as
well, and so tell for ever whether it was sent.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import discord

from bot.access import Place, find_missing
from bot.pace import Pace
from bot.replies.bulletin import Bulletin
from bot.show import post_view
from bot.traces import Traces
from store.news.values import LiveBoard, Pause, Subscription
from store.outbox.shares import EVERYTHING, Share
from store.outbox.values import Delivery

log = logging.getLogger(__name__)

REMEMBERED = timedelta(minutes=2)
"""How long a nonce is relied on; Discord says that it keeps them for a few minutes."""
CLOSED = timedelta(hours=24)
"""How long a person whose direct messages are closed is not tried there again."""


class Refused(Exception):
    """A post cannot be sent, until whoever asked for it does something about it; carries the `pause`."""

    def __init__(self, pause: Pause) -> None:
        super().__init__(f"{pause.code} {pause.found}")
        self.pause = pause


class Poster:
    """Sends posts at a pace; every request to Discord waits for its turn.

    Of servers outside its `share` Discord tells this process nothing: there it is asked, and what it refuses
    is what is not allowed.
    """

    def __init__(
        self, bot: discord.Client, pace: Pace, clock: Callable[[], datetime], share: Share = EVERYTHING
    ) -> None:
        self._bot = bot
        self._pace = pace
        self._clock = clock
        self._share = share
        self._traces = Traces(bot, pace)
        self._closed: dict[int, datetime] = {}

    async def post(self, delivery: Delivery, bulletin: Bulletin) -> int:
        """Send a post unless it was sent before, and return its message's id.

        Raises Refused, and discord's errors where another try may do better.
        """
        asked = delivery.subscription or delivery.live
        if asked is None:
            return await self._tell(delivery, bulletin)
        place = await self._place(asked.channel, asked)
        if delivery.live is not None and delivery.live.message is not None:
            edited = await self._edit(place, delivery.live.message, delivery, bulletin)
            if edited is not None:
                return edited
        if self._may_have_been_sent(delivery, place):
            found = await self._traces.find(place, delivery)
            if found is not None:
                return await self._finish(found, delivery, bulletin)
        return await self._finish(await self._send(place, delivery, bulletin), delivery, bulletin)

    async def find(self, delivery: Delivery) -> int | None:
        """Return the message of an earlier try, None where there is none."""
        asked = delivery.subscription or delivery.live
        try:
            place = await self._place(asked.channel, asked) if asked else await self._person(delivery)
            found = await self._traces.find(place, delivery)
        except Refused:
            return None
        return found.id if found else None

    def _may_have_been_sent(self, delivery: Delivery, place: object) -> bool:
        """Tell whether an earlier try may have got through of which its nonce alone would not tell."""
        if delivery.tried_at is None:
            return False
        return isinstance(place, discord.ForumChannel) or self._clock() - delivery.tried_at > REMEMBERED

    async def _place(self, channel: int, asked: Subscription | LiveBoard | None = None) -> Place:
        """Return the channel.

        Raises Refused where it is gone or closed to the bot, and ConnectionError where its server is away.
        """
        place = self._bot.get_channel(channel)
        if place is None:
            await self._pace.turn()
            try:
                place = await self._bot.fetch_channel(channel)
            except discord.NotFound:
                raise Refused(Pause("gone")) from None
            except discord.Forbidden:
                raise Refused(Pause("forbidden", "view_channel")) from None
        if isinstance(place, discord.abc.PrivateChannel):
            raise Refused(Pause("gone"))
        if myself_in(place.guild) is None:
            if self._share.has(place.guild.id):  # Discord has not told of the server yet
                raise ConnectionError(place.guild.id)
            return place  # what the bot may do there, only the process of its shard knows
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
        person, now = delivery.person or 0, self._clock()
        if self._closed.get(person, now) <= now:
            try:
                return await self._send_once(await self._person(delivery), delivery, bulletin)
            except discord.Forbidden:
                self._closed = {each: until for each, until in self._closed.items() if until > now}
                self._closed[person] = now + CLOSED
        watch = next((each for each in delivery.watches if each.channel and each.server), None)
        if watch is None or watch.channel is None:
            raise Refused(Pause("closed"))
        try:
            place = await self._place(watch.channel)
            return await self._send_once(place, delivery, bulletin, to=person)
        except (Refused, discord.Forbidden):
            raise Refused(Pause("closed")) from None

    async def _send_once(
        self, place: Place | discord.DMChannel, delivery: Delivery, bulletin: Bulletin, to: int | None = None
    ) -> int:
        sent = await self._traces.find(place, delivery) if self._may_have_been_sent(delivery, place) else None
        return (sent or await self._send(place, delivery, bulletin, to)).id

    async def _send(
        self, place: Place | discord.DMChannel, delivery: Delivery, bulletin: Bulletin, to: int | None = None
    ) -> discord.Message:
        await self._pace.turn()
        asked = delivery.subscription.role if delivery.subscription else None
        role = asked if asked and place.guild and place.guild.get_role(asked) else None  # unless deleted
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
        posted = discord.PartialMessage(channel=place, id=message)
        try:
            view = post_view(bulletin, delivery.nonce)
            await posted.edit(embeds=list(bulletin.embeds), view=view, allowed_mentions=mentions())
        except discord.NotFound:
            return None
        return message

    async def _finish(self, message: discord.Message, delivery: Delivery, bulletin: Bulletin) -> int:
        """Pin a post, publish it or open its thread, as was asked for; none of that holds it back."""
        asked, channel, guild = delivery.subscription, message.channel, message.guild
        me = myself_in(guild) if guild else None
        if delivery.live is not None and (me is None or channel.permissions_for(me).pin_messages):
            await self._attempt(message.pin)
        if asked and asked.publish and isinstance(channel, discord.TextChannel) and channel.is_news():
            await self._attempt(message.publish)
        if asked and asked.thread and isinstance(channel, discord.TextChannel):
            await self._attempt(partial(message.create_thread, name=bulletin.title))
        return message.id

    async def _attempt(self, request: Callable[[], Awaitable[object]]) -> None:
        await self._pace.turn()
        try:
            await request()
        except discord.DiscordException as error:  # it may have been done by an earlier try
            log.info("not pinned, published or threaded: %s", error)


def myself_in(guild: discord.Guild) -> discord.Member | None:
    """Return the bot as a member, None where Discord tells this process nothing of the server."""
    return guild.me


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
