"""Threads and forum posts (docs: topics/threads)."""

from __future__ import annotations

from .channel import REQUIRE_TAG, ChannelKind, Thread
from .errors import DOCS, Code, Json, NotModelledError, Refusal, refuse
from .message_routes import needed
from .message_rules import check_message
from .permissions import Permission
from .routing import Call, require, route
from .rules import about, examine, lengths, number, one_of

THREAD = about(
    DOCS + "resources/channel#start-thread-from-message",
    *lengths("", name=(1, 100), needed=True),
    one_of("auto_archive_duration", (60, 1440, 4320, 10080)),
)
_PAGE = about(DOCS + "resources/channel#list-public-archived-threads", number("limit", 2, 100))
_THREADED = {
    ChannelKind.TEXT: ChannelKind.PUBLIC_THREAD,
    ChannelKind.NEWS: ChannelKind.NEWS_THREAD,
    ChannelKind.FORUM: ChannelKind.PUBLIC_THREAD,
}


@route("PATCH", "/channels/{channel_id}")
def edit_thread(call: Call) -> Json:
    thread, payload = call.channel(), call.payload
    if not isinstance(thread, Thread):
        raise NotModelledError("editing a channel that is no thread")
    if "locked" in payload or thread.owner_id != call.world.bot.id:
        require(thread, Permission.MANAGE_THREADS)
    refuse([*examine({"name": thread.name, **payload}, THREAD)])
    for key in ("name", "locked"):
        setattr(thread, key, payload.get(key, getattr(thread, key)))
    if payload.get("archived", thread.archived) != thread.archived:
        thread.archive(archived=payload["archived"])
    thread.applied_tags = list(map(int, payload.get("applied_tags", thread.applied_tags)))
    thread.tell("UPDATE")
    return thread.payload()


@route("POST", "/channels/{channel_id}/messages/{message_id}/threads")
def start_from_message(call: Call) -> Json:
    channel = call.channel(Permission.CREATE_PUBLIC_THREADS)
    message = call.message(channel)
    if channel.kind not in _THREADED:
        raise Refusal(Code.WRONG_CHANNEL_TYPE)
    if message.id in call.world.channels:
        raise Refusal(Code.THREAD_EXISTS)
    refuse([*examine(call.payload, THREAD)])
    return channel.start_thread(call.world.bot, call.payload, _THREADED[channel.kind], message.id).payload()


@route("POST", "/channels/{channel_id}/threads")
def start(call: Call) -> Json:
    channel, payload, bot = call.channel(), call.payload, call.world.bot
    if channel.kind not in _THREADED:
        raise Refusal(Code.WRONG_CHANNEL_TYPE)
    kind = ChannelKind(payload.get("type", _THREADED[channel.kind]))
    private = kind is ChannelKind.PRIVATE_THREAD
    problems = [*examine(payload, THREAD)]
    if channel.kind is not ChannelKind.FORUM:
        require(channel, Permission.CREATE_PRIVATE_THREADS if private else Permission.CREATE_PUBLIC_THREADS)
        refuse(problems)
        return channel.start_thread(bot, payload, kind).payload()
    message = payload.get("message") or {}
    require(channel, needed(message, call.files))
    tags = about(
        THREAD[0].doc,
        *lengths("", applied_tags=(0, 5)),
        one_of("applied_tags.*", set(map(str, channel.tags))),
    )
    refuse([*problems, *examine(payload, tags)])
    if channel.flags & REQUIRE_TAG and not payload.get("applied_tags"):
        raise Refusal(Code.TAG_REQUIRED)
    check_message(message, call.files, at="message")
    thread = channel.start_thread(bot, payload, kind)
    message = {key: value for key, value in message.items() if key not in ("nonce", "enforce_nonce")}
    first = thread.post(bot, message, call.files, message_id=thread.id)
    return thread.payload() | {"message": first.payload()}


@route("GET", "/guilds/{guild_id}/threads/active")
def list_active(call: Call) -> Json:
    guild, bot = call.guild(), call.world.bot.id
    seen = [thread for thread in guild.threads if thread.permissions(bot) & Permission.VIEW_CHANNEL]
    return {"threads": [thread.payload() for thread in reversed(seen)], "members": []}


@route("GET", "/channels/{channel_id}/threads/archived/public")
def list_archived(call: Call) -> Json:
    channel, limit = call.channel(Permission.READ_MESSAGE_HISTORY), int(call.query.get("limit", 50))
    refuse([*examine({"limit": limit}, _PAGE)])
    below = [thread for thread in call.world.channels.values() if thread.parent is channel]
    found = [thread for thread in below if isinstance(thread, Thread) and thread.archived]
    found = [thread for thread in found if thread.kind is not ChannelKind.PRIVATE_THREAD]
    found.sort(key=lambda thread: thread.archive_changed, reverse=True)
    if before := call.query.get("before"):
        found = [thread for thread in found if thread.archive_changed < before]
    shown = [thread.payload() for thread in found[:limit]]
    return {"threads": shown, "members": [], "has_more": len(found) > limit}
