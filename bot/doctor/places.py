"""The channels that posts go to: whether the bot may post there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Sequence

import discord

from bot.access import Place, find_missing
from bot.doctor.findings import Finding, Level
from bot.replies.notices import permission_name
from bot.texts import Language
from store.news.values import LiveBoard, Subscription

CHECK = "permissions"
MOST = 100
"""Posts whose places are looked at."""

Asked = Subscription | LiveBoard


async def look_at_places(client: discord.Client, asked: Sequence[Asked], language: Language) -> list[Finding]:
    """Return where the bot cannot post, or that it can wherever it was asked to."""
    by_server: dict[int, list[Asked]] = defaultdict(list)
    for each in asked:
        by_server[each.server].append(each)
    found = [
        finding
        for server, ours in by_server.items()
        async for finding in _look_at_server(client, server, ours, language)
    ]
    if not found:
        return [Finding(Level.OK, CHECK, "doctor.places.ok", {"count": len(asked)})]
    return found


async def _look_at_server(
    client: discord.Client, server: int, asked: Sequence[Asked], language: Language
) -> AsyncIterator[Finding]:
    try:
        guild = await client.fetch_guild(server, with_counts=False)
        me = await guild.fetch_member(client.user.id if client.user else 0)
    except (discord.NotFound, discord.Forbidden):
        yield Finding(Level.WARN, CHECK, "doctor.places.removed", {"server": server})
        return
    for each in asked:
        told: dict[str, object] = {"server": server, "channel": each.channel}
        try:
            place = await _fetch(guild, each.channel)
        except discord.NotFound:
            yield Finding(Level.WARN, CHECK, "doctor.places.gone", told)
            continue
        except discord.Forbidden:
            missing: str | None = "view_channel"
        else:
            missing = find_missing(place, each, me)
        if missing is not None:
            named = permission_name(missing, language)
            yield Finding(Level.WARN, CHECK, "doctor.places.closed", {**told, "permission": named})


async def _fetch(guild: discord.Guild, channel: int) -> Place:
    """Return a channel; in place of a thread, whose permissions are its parent's, that parent."""
    place = await guild.fetch_channel(channel)
    return await guild.fetch_channel(place.parent_id) if isinstance(place, discord.Thread) else place
