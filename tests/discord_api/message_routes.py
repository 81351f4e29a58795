"""Messages, publishing and pins (docs: resources/message)."""

from __future__ import annotations

from collections.abc import Sequence

from .channel import Channel, ChannelKind, Thread
from .errors import DOCS, Code, Json, Refusal, refuse
from .message import CROSSPOSTED, Message, Upload
from .message_rules import check_message
from .permissions import Permission
from .routing import Call, require, route
from .rules import Rule, about

NONCE_SECONDS = 300.0
PINS = 250
"""Pinned messages a channel may have (docs: resources/message#pin-message)."""
_CREATE = DOCS + "resources/message#create-message"
(_REFERENCE,) = about(_CREATE, Rule("message_reference", tuple, "REPLIES_UNKNOWN_MESSAGE"))
_LIST = "/channels/{channel_id}/messages"
_ONE = _LIST + "/{message_id}"
_PINS = _LIST + "/pins"


def needed(payload: Json, files: Sequence[Upload]) -> Permission:
    """Return the permissions that sending such a message takes."""
    needs = Permission.SEND_MESSAGES
    if payload.get("embeds"):
        needs |= Permission.EMBED_LINKS
    return needs | Permission.ATTACH_FILES if files else needs


@route("POST", _LIST)
def create_message(call: Call) -> Json:
    payload, bot = call.payload, call.world.bot
    channel = call.channel(needed(payload, call.files))
    if channel.kind is ChannelKind.FORUM:
        raise Refusal(Code.NOT_A_TEXT_CHANNEL, doc=_CREATE)
    if channel.recipient and (channel.recipient.dms_closed or channel.recipient.is_bot):
        raise Refusal(Code.CANNOT_SEND_TO_USER)
    locked = isinstance(channel, Thread) and channel.locked
    if locked and not channel.permissions(bot.id) & Permission.MANAGE_THREADS:
        raise Refusal(Code.THREAD_LOCKED)
    check_message(payload, call.files)
    if payload.get("enforce_nonce") and (same := _same_nonce(channel, str(payload.get("nonce")))):
        return same.payload()
    reference = _reference(channel, payload.get("message_reference") or {})
    return channel.post(bot, payload, call.files, reference=reference, kind=19 if reference else 0).payload()


def _same_nonce(channel: Channel, nonce: str) -> Message | None:
    world = channel.world
    for message in channel.messages:
        mine = message.author is world.bot and str(message.nonce) == nonce
        if mine and world.clock.age(message.id) <= NONCE_SECONDS:
            return message
    return None


def _reference(channel: Channel, reference: Json) -> Message | None:
    message = channel.history.get(int(reference.get("message_id", 0)))
    if reference and not message and reference.get("fail_if_not_exists") is not False:
        refuse([_REFERENCE.problem("message_reference")])
    return message


@route("GET", _LIST)
def list_messages(call: Call) -> list[Json]:
    channel, query = call.channel(Permission.READ_MESSAGE_HISTORY), call.query
    before, after = int(query.get("before", 1 << 63)), int(query.get("after", 0))
    limit = min(100, int(query.get("limit", 50)))
    found = [message for message in channel.messages if after < message.id < before]
    found = found[:limit] if "after" in query else found[-limit:]
    return [message.payload() for message in reversed(found)]


@route("PATCH", _ONE)
def edit_message(call: Call) -> Json:
    message = call.message(call.channel())
    if message.author is not call.world.bot:
        raise Refusal(Code.OTHERS_MESSAGE)
    check_message(call.payload, call.files, before=message)
    message.edit(call.payload, call.files)
    return message.payload()


@route("DELETE", _ONE)
def delete_message(call: Call) -> None:
    message = call.message(call.channel())
    if message.author is not call.world.bot:
        require(message.channel, Permission.MANAGE_MESSAGES)
    message.delete()


@route("POST", _ONE + "/crosspost")
def publish(call: Call) -> Json:
    channel = call.channel(Permission.SEND_MESSAGES)
    message = call.message(channel)
    if message.author is not call.world.bot:
        require(channel, Permission.MANAGE_MESSAGES)
    if channel.kind is not ChannelKind.NEWS:
        raise Refusal(Code.WRONG_CHANNEL_TYPE, "only announcement channels publish")
    if message.published:
        raise Refusal(Code.ALREADY_CROSSPOSTED)
    message.flags |= CROSSPOSTED
    return message.payload()


@route("GET", _PINS)
def list_pins(call: Call) -> Json:
    pins = call.channel(Permission.READ_MESSAGE_HISTORY).pins
    items = [{"pinned_at": message.pinned_at, "message": message.payload()} for message in pins]
    return {"items": items, "has_more": False}


@route("PUT", _PINS + "/{message_id}")
def pin(call: Call) -> None:
    message = call.message(call.channel(Permission.PIN_MESSAGES))
    if len(message.channel.pins) >= PINS and not message.pinned_at:
        raise Refusal(Code.TOO_MANY_PINS)
    message.pinned_at = message.pinned_at or call.world.clock.iso()
    message.channel.changed.fire()


@route("DELETE", _PINS + "/{message_id}")
def unpin(call: Call) -> None:
    message = call.message(call.channel(Permission.PIN_MESSAGES))
    message.pinned_at = None
    message.channel.changed.fire()


route("GET", _ONE)(lambda call: call.message(call.channel(Permission.READ_MESSAGE_HISTORY)).payload())
