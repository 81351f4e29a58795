"""Messages, publishing and pins (docs: resources/message)."""

from __future__ import annotations

from collections.abc import Sequence

from .channel import Channel, ChannelKind, Thread
from .errors import DOCS, Code, Json, Refusal, refuse
from .message import CROSSPOSTED, Message, Upload
from .message_rules import check_message
from .permissions import Permission
from .routing import Call, require, route
from .rules import Rule, about, examine, number

NONCE_SECONDS = 300.0
PINS = 250
"""Pinned messages a channel may have (docs: resources/message#pin-message)."""
_CREATE = DOCS + "resources/message#create-message"
(_REFERENCE,) = about(_CREATE, Rule("message_reference", tuple, "REPLIES_UNKNOWN_MESSAGE"))
_PAGE = about(
    DOCS + "resources/message#get-channel-messages",
    *(number(key, 0, (1 << 63) - 1) for key in ("around", "before", "after")),
    number("limit", 1, 100),
)
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
    if channel.recipient and not channel.recipient.reachable:
        raise Refusal(Code.NO_MUTUAL_GUILDS)
    locked = isinstance(channel, Thread) and channel.locked
    if locked and not channel.permissions(bot.id) & Permission.MANAGE_THREADS:
        raise Refusal(Code.THREAD_LOCKED)
    check_message(payload, call.files)
    nonce = payload.get("nonce")
    if payload.get("enforce_nonce") and nonce is not None and (same := _same_nonce(call, str(nonce))):
        return same.created_payload()
    reference = _reference(channel, payload.get("message_reference") or {})
    message = channel.post(bot, payload, call.files, reference=reference, kind=19 if reference else 0)
    if nonce is not None:
        call.world.nonces[str(nonce)] = message
    return message.created_payload()


def _same_nonce(call: Call, nonce: str) -> Message | None:
    """Return the bot's last message with a nonce, in whatever channel, if it is still there and recent."""
    same = call.world.nonces.get(nonce)
    return same if same and not same.deleted and call.world.clock.age(same.id) <= NONCE_SECONDS else None


def _reference(channel: Channel, reference: Json) -> Message | None:
    message = channel.history.get(int(reference.get("message_id", 0)))
    if reference and not message and reference.get("fail_if_not_exists") is not False:
        refuse([_REFERENCE.problem("message_reference")])
    return message


@route("GET", _LIST)
def list_messages(call: Call) -> list[Json]:
    channel, query = call.channel(), {key: _number(value) for key, value in call.query.items()}
    refuse([*examine(query, _PAGE)])
    if not channel.permissions(call.world.bot.id) & Permission.READ_MESSAGE_HISTORY:
        return []
    messages, limit = channel.messages, query.get("limit", 50)
    older = [message for message in messages if message.id < query.get("before", 1 << 63)]
    if around := query.get("around"):
        middle = sum(message.id < around for message in messages)
        found = messages[max(0, middle - limit // 2) : middle + limit - limit // 2]
    elif "after" in query:
        found = [message for message in messages if message.id > query["after"]][:limit]
    else:
        found = older[-limit:]
    return [message.payload() for message in reversed(found)]


def _number(value: str) -> int:
    """Return a number of a query, -1 for what is none."""
    return int(value) if value.isdecimal() else -1


@route("PATCH", _ONE)
def edit_message(call: Call) -> Json:
    message = call.message(call.channel())
    if message.author is not call.world.bot:
        raise Refusal(Code.OTHERS_MESSAGE)
    if isinstance(message.channel, Thread) and message.channel.archived:
        raise Refusal(Code.THREAD_ARCHIVED)
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
    message.tell("MESSAGE_UPDATE", message.payload())
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
