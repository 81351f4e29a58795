"""Discord's rules for messages, embeds, components and modals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from .errors import DOCS, RECEIVING, Code, Json, NotModelledError, Problem, Refusal, refuse
from .rules import Rule, Rules, about, examine, lengths, number, one_of, required, rule, unique, url, walk

if TYPE_CHECKING:
    from .message import Message, Upload

ROW, BUTTON, STRING_SELECT, TEXT_INPUT, TEXT, LABEL = 1, 2, 3, 4, 10, 18
SELECTS = (3, 5, 6, 7, 8)
LINK = 5
COMPONENTS_V2 = 1 << 15
FILE_BYTES = 10 * 1024 * 1024
"""Bytes a file may have without boosts (docs: reference#uploading-files)."""
_MESSAGE = DOCS + "resources/message#create-message"
_MENTIONS = DOCS + "resources/message#allowed-mentions-object"
_EMBED = DOCS + "resources/message#embed-object-embed-limits"
_COMPONENT = DOCS + "components/reference"
_NOT_MODELLED = ("poll", "sticker_ids")


def _embed_size(embeds: list[Json]) -> int:
    """Return the code points Discord counts: title, description, field names and values, footer, author."""
    texts = []
    for embed in embeds:
        texts += [embed.get("title"), embed.get("description")]
        texts += [(embed.get("footer") or {}).get("text"), (embed.get("author") or {}).get("name")]
        texts += [item.get(key) for item in embed.get("fields") or () for key in ("name", "value")]
    return sum(len(text.strip()) for text in texts if isinstance(text, str))


def _is_timestamp(stamp: str) -> bool:
    try:
        return bool(datetime.fromisoformat(stamp))
    except ValueError:
        return False


def _agrees(mentions: Json) -> bool:
    return not any(kind in (mentions.get("parse") or ()) and mentions.get(kind) for kind in mentions)


def _emoji(path: str) -> Rule:
    holds = lambda emoji: emoji.get("id") or not (emoji.get("name") or "a").isascii()  # noqa: E731
    return rule(path, holds, "COMPONENT_INVALID_EMOJI", at="name")


def _fits_row(inner: list[Json]) -> bool:
    return len(inner) < 2 or all(part.get("type") not in SELECTS for part in inner)


def _enough(select: Json) -> bool:
    return (select.get("max_values") or 1) <= len(select.get("options") or "a")


_TOO_LONG = "Embed size exceeds maximum size of 6000"
_EITHER = "BUTTON_COMPONENT_CUSTOM_ID_OR_URL"
_SHOWN = ("title", "description", "fields", "footer", "author", "image", "thumbnail")
MESSAGE: Rules = (
    *about(_MESSAGE, *lengths("", content=(0, 2000), embeds=(0, 10), attachments=(0, 10), nonce=(0, 25))),
    *about(
        _MENTIONS,
        one_of("allowed_mentions.parse.*", ("users", "roles", "everyone")),
        *lengths("allowed_mentions", users=(0, 100), roles=(0, 100)),
        rule("allowed_mentions", _agrees, "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE"),
    ),
    *about(
        _EMBED,
        required("embeds.*", lambda embed: not any(map(embed.get, _SHOWN)), "description"),
        *lengths("embeds.*", title=(0, 256), description=(0, 4096), fields=(0, 25)),
        *lengths("embeds.*.fields.*", name=(1, 256), value=(1, 1024), needed=True),
        *lengths("embeds.*.footer", text=(0, 2048), needed=True),
        *lengths("embeds.*.author", name=(0, 256), needed=True),
        number("embeds.*.color", 0, 0xFFFFFF),
        url("embeds.*.url", "http", "https"),
        url("embeds.*.author.url", "http", "https"),
        url("embeds.*.image.url", "http", "https", "attachment"),
        url("embeds.*.thumbnail.url", "http", "https", "attachment"),
        rule("embeds.*.timestamp", _is_timestamp, "DATE_TIME_TYPE_PARSE"),
        rule("embeds", lambda embeds: _embed_size(embeds) <= 6000, "MAX_EMBED_SIZE_EXCEEDED", _TOO_LONG),
    ),
)
LEGACY = about(
    _COMPONENT + "#legacy-message-component-behavior",
    *lengths("", components=(0, 5)),
    one_of("components.*.type", (ROW,)),
)
_LEGACY_FIELDS = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
LAYOUT = about(
    _COMPONENT + "#component-reference",
    one_of("components.*.type", (ROW, 9, TEXT, 12, 13, 14, 17)),
    rule("", lambda v: not (v.get("content") or v.get("embeds")), _LEGACY_FIELDS, at="flags"),
)
_SELECT = about(
    _COMPONENT + "#string-select",
    *lengths("", custom_id=(1, 100), needed=True),
    *lengths("", placeholder=(0, 150)),
    number("min_values", 0, 25),
    number("max_values", 1, 25),
)
COMPONENTS: dict[int, Rules] = {kind: _SELECT for kind in SELECTS} | {
    ROW: about(
        _COMPONENT + "#action-row",
        *lengths("", components=(1, 5), needed=True),
        one_of("components.*.type", (BUTTON, *SELECTS)),
        rule("components", _fits_row, "COMPONENT_LAYOUT_WIDTH_EXCEEDED"),
    ),
    BUTTON: about(
        _COMPONENT + "#button",
        one_of("style", range(1, 6), needed=True),
        *lengths("", label=(0, 80), custom_id=(1, 100), url=(1, 512)),
        url("url", "http", "https", "discord"),
        _emoji("emoji"),
        required("", lambda v: v.get("style") != LINK, "custom_id"),
        required("", lambda v: v.get("style") == LINK, "url"),
        rule("", lambda v: not (v.get("custom_id") and v.get("url")), _EITHER, at="url"),
        rule("", lambda v: v.get("label") or v.get("emoji"), "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED"),
    ),
    STRING_SELECT: _SELECT
    + about(
        _COMPONENT + "#string-select-select-option-structure",
        *lengths("", options=(1, 25), needed=True),
        *lengths("options.*", label=(1, 100), value=(1, 100), needed=True),
        *lengths("options.*", description=(0, 100)),
        _emoji("options.*.emoji"),
        unique("options", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "value", at=".value"),
        rule("", _enough, "SELECT_COMPONENT_MAX_VALUES_EXCEEDS_OPTIONS", at="max_values"),
    ),
}
MODAL = about(
    RECEIVING + "#interaction-response-object-modal",
    *lengths("", title=(1, 45), custom_id=(1, 100), components=(1, 5), needed=True),
    one_of("components.*.type", (ROW, TEXT, LABEL)),
)
MODAL_COMPONENTS = COMPONENTS | {
    ROW: about(
        _COMPONENT + "#text-input",
        one_of("components.*.type", (TEXT_INPUT,)),
        *lengths("components.*", label=(1, 45), needed=True),
    ),
    LABEL: about(
        _COMPONENT + "#label",
        *lengths("", label=(1, 45), needed=True),
        *lengths("", description=(0, 100)),
        required("", lambda v: True, "component"),
        one_of("component.type", (TEXT_INPUT, *SELECTS)),
        rule("component", lambda v: not v.get("disabled"), "COMPONENT_DISABLED_IN_MODAL", at="disabled"),
    ),
    TEXT_INPUT: about(
        _COMPONENT + "#text-input",
        *lengths("", custom_id=(1, 100), needed=True),
        *lengths("", placeholder=(0, 100), value=(0, 4000)),
        number("min_length", 0, 4000),
        number("max_length", 1, 4000),
    ),
}
_ANATOMY = _COMPONENT + "#anatomy-of-a-component-custom-id"
_TWICE = Rule("", tuple, "COMPONENT_CUSTOM_ID_DUPLICATED", doc=_ANATOMY)


def _in_components(holder: Json, rules: dict[int, Rules], at: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, component in walk(holder, at):
        yield from examine(component, rules.get(component.get("type", 0), ()), place)
        custom_id = component.get("custom_id")
        if custom_id in seen:
            yield _TWICE.problem(f"{place}.custom_id")
        seen |= {custom_id} if custom_id else set()


def check_message(
    payload: Json, files: Sequence[Upload], *, before: Message | None = None, at: str = ""
) -> None:
    """Refuse a message, or the edit of `before`, as Discord would; `at` is its place in the request.

    Raises NotModelledError for polls and stickers, which this server does not have.
    """
    if unknown := [key for key in _NOT_MODELLED if payload.get(key)]:
        raise NotModelledError(f"a message with {unknown[0]}")
    for file in files:
        if len(file.data) > FILE_BYTES:
            why = f"a file of {len(file.data)} bytes, {FILE_BYTES} allowed"
            raise Refusal(Code.FILE_TOO_LARGE, why, doc=DOCS + "reference#uploading-files")
    layout = ((payload.get("flags") or 0) | (before.flags if before else 0)) & COMPONENTS_V2
    new = {**payload, "attachments": payload.get("attachments") or files}
    problems = examine(new, (*MESSAGE, *(LAYOUT if layout else LEGACY)), at)
    refuse([*problems, *_in_components(payload, COMPONENTS, at)])
    after = (before.shown() if before else {}) | payload
    empty = not ((after.get("content") or "").strip() or after.get("embeds") or files)
    if empty and not (before and after.get("attachments")) and not (layout and after.get("components")):
        raise Refusal(Code.EMPTY_MESSAGE, doc=_MESSAGE)


def check_modal(modal: Json, at: str) -> None:
    """Refuse a dialogue as Discord would."""
    refuse([*examine(modal, MODAL, at), *_in_components(modal, MODAL_COMPONENTS, at)])
