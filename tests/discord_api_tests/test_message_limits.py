"""What a message may be, shown by sending what it may not; test_sizes.py has the sizes."""

from collections.abc import Mapping
from pathlib import Path

import discord
import pytest
from discord.http import HTTPClient, Route, handle_message_parameters

from tests.discord_api import Channel, DiscordApi
from tests.discord_api_tests.bots import refused
from tests.discord_api_tests.sizes import FIELD, Payload, button, embed, row, select


def options(*values: str) -> list[Payload]:
    return [{"label": "a", "value": value} for value in values]


def layout(*parts: Mapping[str, object], **more: object) -> Payload:
    return {"flags": 1 << 15, "components": list(parts), **more}


TEXT = {"type": 10, "content": "t"}
IN_ROW = "components.0.components.0"
REFUSED = [
    ("embeds", {"embeds": [{"description": "x" * 3001}] * 2}),
    ("embeds.0.description", {"embeds": [{"color": 1}]}),
    ("embeds.0.fields.0.name", embed(fields=[{**FIELD, "name": ""}])),
    ("embeds.0.fields.0.value", embed(fields=[{"name": "n"}])),
    ("embeds.0.color", embed(color=0x1000000)),
    ("embeds.0.url", embed(url="no url")),
    ("embeds.0.image.url", embed(image={"url": "file:///etc/passwd"})),
    ("embeds.0.timestamp", embed(timestamp="yesterday")),
    ("components.0.components", row(select(), button())),
    ("components.0.components.1.custom_id", row(button(), button())),
    (IN_ROW, row(button(label=""))),
    (f"{IN_ROW}.custom_id", row({"type": 2, "style": 1, "label": "b"})),
    (f"{IN_ROW}.url", row(button(url="https://a.b"))),
    (f"{IN_ROW}.style", row(button(style=7))),
    (f"{IN_ROW}.emoji.name", row(button(emoji={"name": "smile"}))),
    (f"{IN_ROW}.options", row(select(options=[]))),
    (f"{IN_ROW}.options.1.value", row(select(*options("a", "a")))),
    (f"{IN_ROW}.max_values", row(select(max_values=2))),
    (f"{IN_ROW}.max_values", row(select(max_values=26, options=options(*map(str, range(25)))))),
    ("components.0.type", layout({"type": 2, "style": 1, "label": "b", "custom_id": "a"})),
    ("components.0.type", {"content": "c", "components": [TEXT]}),
    ("flags", layout(TEXT, content="c")),
    ("allowed_mentions", {"content": "c", "allowed_mentions": {"parse": ["users"], "users": ["1"]}}),
    ("message_reference", {"content": "c", "message_reference": {"message_id": "1"}}),
]
ALLOWED: list[Payload] = [
    {"embeds": [{"description": "x" * 4096, "footer": {"text": "y" * 1904}}]},
    embed(
        fields=[{"name": "n" * 100, "value": "v"}] * 25, timestamp="2025-01-01T00:00:00+00:00", color=0xFFFFFF
    ),
    row(*(button(custom_id=str(number), label="x" * 80) for number in range(5))),
    row(select(options=options(*map(str, range(25))), max_values=25, placeholder="x" * 150)),
    row(button(emoji={"name": "👍"}, label=None)),
    layout(*[TEXT] * 40),
    layout({"type": 17, "components": [{"type": 9, "components": [TEXT], "accessory": button()}]}),
    {"content": "c", "allowed_mentions": {"parse": []}},
]


def send(channel: Channel) -> Route:
    return Route("POST", "/channels/{channel_id}/messages", channel_id=channel.id)


@pytest.mark.parametrize(
    ("path", "payload"), REFUSED, ids=lambda value: value if isinstance(value, str) else ""
)
async def test_refused(
    api: DiscordApi, http: HTTPClient, channel: Channel, path: str, payload: Payload
) -> None:
    with pytest.raises(discord.HTTPException, match=f"In {path}: ") as refused:
        await http.request(send(channel), json=payload)
    assert (refused.value.status, refused.value.code) == (400, 50035)
    assert path in [broken.path for broken in api.broken]
    assert all(broken.doc.startswith("https://discord.com/developers/docs/") for broken in api.broken)
    assert channel.messages == []


@pytest.mark.parametrize("payload", ALLOWED, ids=range(len(ALLOWED)))
async def test_allowed(api: DiscordApi, http: HTTPClient, channel: Channel, payload: Payload) -> None:
    await http.request(send(channel), json=payload)
    assert api.broken == []


async def test_an_empty_message(http: HTTPClient, channel: Channel) -> None:
    with refused(50006):
        await http.request(send(channel), json={"content": "  "})


async def test_an_edit_must_leave_something(http: HTTPClient, channel: Channel) -> None:
    sent = await http.request(send(channel), json={"content": "c"})
    route = Route("PATCH", "/channels/{channel_id}/messages/{id}", channel_id=channel.id, id=sent["id"])
    with refused(50006):
        await http.request(route, json={"content": None})
    with pytest.raises(discord.HTTPException, match="In content"):
        await http.request(route, json={"content": "x" * 2001})
    assert channel.messages[0].content == "c"


async def test_files(api: DiscordApi, http: HTTPClient, channel: Channel, tmp_path: Path) -> None:
    (tmp_path / "big").write_bytes(bytes(10 * 1024 * 1024 + 1))
    with handle_message_parameters(file=discord.File(tmp_path / "big")) as params:
        with pytest.raises(discord.HTTPException) as refused:
            await http.send_message(channel.id, params=params)
        assert (refused.value.status, refused.value.code) == (413, 40005)
    (tmp_path / "small").write_bytes(b"12")
    with (
        handle_message_parameters(
            files=[discord.File(tmp_path / "small") for _ in range(11)], content="c"
        ) as params,
        pytest.raises(discord.HTTPException, match="In attachments: Must be 10 or fewer"),
    ):
        await http.send_message(channel.id, params=params)


async def test_the_same_nonce_is_the_same_message(
    api: DiscordApi, http: HTTPClient, channel: Channel
) -> None:
    payload = {"content": "digest", "nonce": "1", "enforce_nonce": True}
    first = await http.request(send(channel), json=payload)
    again = await http.request(send(channel), json=payload)
    assert first["id"] == again["id"]
    assert len(channel.messages) == 1
    await http.request(send(channel), json={**payload, "enforce_nonce": False})
    assert len(channel.messages) == 2
    api.clock.advance(600)
    assert (await http.request(send(channel), json=payload))["id"] != first["id"], "only for some minutes"


async def test_json_that_is_none(http: HTTPClient, channel: Channel) -> None:
    with refused(50109):
        await http.request(send(channel), data="{", headers={"Content-Type": "application/json"})
