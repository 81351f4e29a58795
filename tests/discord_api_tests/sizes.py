"""Sizes that Discord limits: where they are measured, the most they may be, and a payload of any such size.

test_sizes.py sends each at its limit and one beyond; tests/test_limits.py measures what our bot sends.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

Payload = dict[str, Any]


class Size(NamedTuple):
    """A length of a text or list at a path, `*` being any item; `make` returns a payload of such a length."""

    path: str
    most: int
    make: Callable[[int], Payload]


def embed(**parts: object) -> Payload:
    """Return a message with an embed."""
    return {"embeds": [{"title": "t", **parts}]}


def row(*parts: Mapping[str, object]) -> Payload:
    """Return a message with a row of components."""
    return {"content": "c", "components": [{"type": 1, "components": list(parts)}]}


def button(**parts: object) -> Payload:
    """Return a button."""
    return {"type": 2, "style": 1, "label": "b", "custom_id": "id", **parts}


def select(*options: Mapping[str, object], **parts: object) -> Payload:
    """Return a select menu."""
    return {"type": 3, "custom_id": "s", "options": options or [{"label": "a", "value": "a"}], **parts}


def command(*options: Mapping[str, object], **parts: object) -> Payload:
    """Return a slash command."""
    return {"type": 1, "name": "rank", "description": "d", "options": list(options), **parts}


def option(**parts: object) -> Payload:
    """Return a text option."""
    return {"type": 3, "name": "model", "description": "d", **parts}


def choices(count: int, **parts: object) -> list[Payload]:
    """Return that many choices."""
    return [{"name": f"n{number}", "value": f"v{number}", **parts} for number in range(count)]


FIELD = {"name": "n", "value": "v"}
PART = "components.*.components.*"
MESSAGE_SIZES = (
    Size("content", 2000, lambda size: {"content": "x" * size}),
    Size("nonce", 25, lambda size: {"content": "c", "nonce": "x" * size}),
    Size("allowed_mentions.users", 100, lambda n: {"content": "c", "allowed_mentions": {"users": ["1"] * n}}),
    Size("allowed_mentions.roles", 100, lambda n: {"content": "c", "allowed_mentions": {"roles": ["1"] * n}}),
    Size("embeds", 10, lambda count: {"embeds": [{"title": "t"}] * count}),
    Size("embeds.*.title", 256, lambda size: embed(title="x" * size)),
    Size("embeds.*.description", 4096, lambda size: embed(description="x" * size)),
    Size("embeds.*.fields", 25, lambda count: embed(fields=[FIELD] * count)),
    Size("embeds.*.fields.*.name", 256, lambda size: embed(fields=[{**FIELD, "name": "x" * size}])),
    Size("embeds.*.fields.*.value", 1024, lambda size: embed(fields=[{**FIELD, "value": "x" * size}])),
    Size("embeds.*.footer.text", 2048, lambda size: embed(footer={"text": "x" * size})),
    Size("embeds.*.author.name", 256, lambda size: embed(author={"name": "x" * size})),
    Size(
        "components",
        5,
        lambda count: {
            "content": "c",
            "components": [row(button(custom_id=str(n)))["components"][0] for n in range(count)],
        },
    ),
    Size("components.*.components", 5, lambda count: row(*(button(custom_id=str(n)) for n in range(count)))),
    Size(f"{PART}.label", 80, lambda size: row(button(label="x" * size))),
    Size(f"{PART}.custom_id", 100, lambda size: row(button(custom_id="x" * size))),
    Size(
        f"{PART}.url",
        512,
        lambda size: row({"type": 2, "style": 5, "label": "b", "url": "https://a.b/".ljust(size, "x")}),
    ),
    Size(f"{PART}.placeholder", 150, lambda size: row(select(placeholder="x" * size))),
    Size(
        f"{PART}.options",
        25,
        lambda count: row(select(*({"label": "a", "value": str(n)} for n in range(count)))),
    ),
    Size(f"{PART}.options.*.label", 100, lambda size: row(select({"label": "x" * size, "value": "a"}))),
    Size(f"{PART}.options.*.value", 100, lambda size: row(select({"label": "a", "value": "x" * size}))),
    Size(
        f"{PART}.options.*.description",
        100,
        lambda size: row(select({"label": "a", "value": "a", "description": "x" * size})),
    ),
)
COMMAND_SIZES = (
    Size("name", 32, lambda size: command(name="x" * size)),
    Size("description", 100, lambda size: command(description="x" * size)),
    Size("name_localizations.*", 32, lambda size: command(name_localizations={"zh-CN": "排" * size})),
    Size(
        "description_localizations.*", 100, lambda size: command(description_localizations={"de": "x" * size})
    ),
    Size("options", 25, lambda count: command(*(option(name=f"o{n}") for n in range(count)))),
    Size("options.*.name", 32, lambda size: command(option(name="x" * size))),
    Size("options.*.description", 100, lambda size: command(option(description="x" * size))),
    Size("options.*.choices", 25, lambda count: command(option(choices=choices(count)))),
    Size("options.*.choices.*.name", 100, lambda size: command(option(choices=choices(1, name="x" * size)))),
    Size(
        "options.*.choices.*.value", 100, lambda size: command(option(choices=choices(1, value="x" * size)))
    ),
)
SUGGESTION_SIZES = (
    Size("choices", 25, lambda count: {"choices": choices(count)}),
    Size("choices.*.name", 100, lambda size: {"choices": choices(1, name="x" * size)}),
    Size("choices.*.value", 100, lambda size: {"choices": choices(1, value="x" * size)}),
)
