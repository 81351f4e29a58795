"""Callbacks, original responses and follow-ups (docs: interactions/receiving-and-responding)."""

from __future__ import annotations

from .command_rules import check_suggestions
from .errors import RECEIVING, Code, Json, Refusal, refuse
from .interaction import Interaction, Kind, Response
from .message import EPHEMERAL, LOADING, Message
from .message_rules import check_message, check_modal
from .routing import Call, route
from .rules import Rule, about

USER_INSTALL_FOLLOWUPS = 5
"""Follow-ups where only the user has installed the application (docs: #create-followup-message)."""
_DOC = RECEIVING + "#interaction-response-object"
_MESSAGE = "/webhooks/{webhook_id}/{token}/messages/{message_id}"
(_TYPE,) = about(_DOC, Rule("type", tuple, "INTERACTION_RESPONSE_TYPE_INVALID"))
_UPDATES = {Response.UPDATE, Response.DEFERRED_UPDATE}
_POSSIBLE = {
    Kind.COMMAND: {Response.MESSAGE, Response.DEFERRED_MESSAGE, Response.MODAL},
    Kind.AUTOCOMPLETE: {Response.CHOICES},
    Kind.COMPONENT: set(Response) - {Response.CHOICES},
    Kind.MODAL: set(Response) - {Response.CHOICES, Response.MODAL},
}


@route("POST", "/interactions/{interaction_id}/{token}/callback")
def callback(call: Call) -> Json | None:
    interaction, kind = call.interaction, call.payload.get("type")
    if interaction is None or interaction.id != call.id("interaction_id"):
        raise Refusal(Code.UNKNOWN_INTERACTION, doc=_DOC)
    if interaction.response is not None:
        raise Refusal(Code.ALREADY_ACKNOWLEDGED, doc=_DOC)
    if interaction.overdue:
        raise Refusal(Code.UNKNOWN_INTERACTION, "answered after more than 3 seconds", doc=_DOC)
    if kind not in _POSSIBLE[interaction.kind] - (set() if interaction.message else _UPDATES):
        refuse([_TYPE.problem("type")])
    response = Response(int(kind or 0))
    _answer(call, interaction, response, call.payload.get("data") or {})
    interaction.acknowledge(response)
    if call.query.get("with_response") not in ("1", "true", "True"):
        return None
    about_it: Json = {"id": str(interaction.id), "type": int(interaction.kind)}
    resource: Json = {"type": int(response)}
    if original := interaction.original:
        about_it |= {"response_message_id": str(original.id), "response_message_loading": original.loading}
        about_it["response_message_ephemeral"] = original.ephemeral
        resource |= {"message": original.payload()} if interaction.completed else {}
    return {"interaction": about_it, "resource": resource}


def _answer(call: Call, interaction: Interaction, response: Response, data: Json) -> None:
    message, files = interaction.message, call.files
    if response is Response.CHOICES:
        choices = data.get("choices") or []
        check_suggestions(choices, _focused_type(interaction.data["options"]), "data")
        interaction.choices = choices
    elif response is Response.MODAL:
        check_modal(data, "data")
        interaction.modal = data
    elif message and response in _UPDATES:
        if message.deleted:
            raise Refusal(Code.UNKNOWN_MESSAGE, "it was deleted meanwhile")
        if response is Response.UPDATE:
            check_message(data, files, before=message, at="data")
            message.edit(data, files)
        interaction.original = message
    elif response is Response.DEFERRED_MESSAGE:
        flags = LOADING | (data.get("flags") or 0) & EPHEMERAL
        post = interaction.channel.post
        interaction.original = post(call.world.bot, {}, interaction=interaction, flags=flags, kind=20)
    else:
        check_message(data, files, at="data")
        interaction.original = _post(call, interaction, data)


def _focused_type(options: list[Json]) -> int:
    for option in options:
        if option.get("focused"):
            return int(option["type"])
        if inner := _focused_type(option.get("options") or []):
            return inner
    return 0


def _post(call: Call, interaction: Interaction, payload: Json) -> Message:
    first = interaction.original is None and interaction.kind is not Kind.COMPONENT
    return interaction.channel.post(
        call.world.bot,
        payload,
        call.files,
        interaction=interaction,
        reference=interaction.original or interaction.message,
        kind=20 if first else 0,
    )


def _interaction(call: Call) -> Interaction:
    if call.interaction is None or call.id("webhook_id") != call.world.application_id:
        raise Refusal(Code.UNKNOWN_WEBHOOK)
    if call.interaction.expired:
        raise Refusal(Code.INVALID_WEBHOOK_TOKEN, "the token is older than 15 minutes", doc=_DOC)
    if call.interaction.response is None:
        raise Refusal(Code.UNKNOWN_WEBHOOK, "the interaction has not been answered")
    return call.interaction


def _message(call: Call) -> tuple[Interaction, Message]:
    interaction = _interaction(call)
    known = {str(message.id): message for message in interaction.followups}
    if interaction.original:
        known |= {"@original": interaction.original, str(interaction.original.id): interaction.original}
    message = known.get(call.params["message_id"])
    if message is None or message.deleted:
        raise Refusal(Code.UNKNOWN_MESSAGE)
    return interaction, message


@route("POST", "/webhooks/{webhook_id}/{token}")
def follow_up(call: Call) -> Json | None:
    interaction = _interaction(call)
    original, followups = interaction.original, interaction.followups
    if original and original.loading and not original.deleted:
        check_message(call.payload, call.files, before=original)
        original.edit({key: value for key, value in call.payload.items() if key != "flags"}, call.files)
        message = original
    else:
        check_message(call.payload, call.files)
        if "0" not in interaction.owners and len(followups) >= USER_INSTALL_FOLLOWUPS:
            raise Refusal(Code.TOO_MANY_FOLLOWUPS)
        message = _post(call, interaction, call.payload)
        followups.append(message)
    interaction.complete()
    return message.payload() if call.query.get("wait", "1") in ("1", "true", "True") else None


@route("PATCH", _MESSAGE)
def edit_message(call: Call) -> Json:
    interaction, message = _message(call)
    check_message(call.payload, call.files, before=message)
    message.edit(call.payload, call.files)
    interaction.complete()
    return message.payload()


@route("DELETE", _MESSAGE)
def delete_message(call: Call) -> None:
    interaction, message = _message(call)
    message.delete()
    interaction.complete()


route("GET", _MESSAGE)(lambda call: _message(call)[1].payload())
