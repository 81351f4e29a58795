"""The table of routes, and what a handler gets to see of a request."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from aiohttp import web

from .channel import Channel, Thread
from .errors import Code, Json, Refusal
from .guild import Guild
from .interaction import Interaction
from .message import Message, Upload
from .permissions import NONE, Permission
from .world import World

API = "/api/v10"
_MAJOR = ("channel_id", "guild_id", "webhook_id", "interaction_id", "token")


class Route(NamedTuple):
    """A method and path template with its handler; a token in the path takes the place of the bot's."""

    method: str
    template: str
    handler: Handler
    pattern: re.Pattern[str]

    @property
    def name(self) -> str:
        return f"{self.method} {self.template}"

    @property
    def open(self) -> bool:
        return "{token}" in self.template

    def major(self, params: dict[str, str]) -> str:
        """Return the major parameters, each of which has its own count (docs: topics/rate-limits)."""
        return "+".join(params[key] for key in _MAJOR if key in params)


@dataclass
class Call:
    """One request, parsed; `interaction` is the one its token belongs to, `items` a JSON list."""

    world: World
    params: dict[str, str]
    query: dict[str, str]
    files: list[Upload]
    payload: Json = field(default_factory=dict)
    items: list[Json] = field(default_factory=list)
    interaction: Interaction | None = None

    def id(self, name: str) -> int:
        """Return an identifier of the path; 0, which nothing has, when it is not a number."""
        value = self.params[name]
        return int(value) if value.isdecimal() else 0

    def channel(self, needs: Permission = NONE) -> Channel:
        """Return the channel of the path; refuses with 10003, 50001 or 50013."""
        channel = self.world.channels.get(self.id("channel_id"))
        if channel is None:
            raise Refusal(Code.UNKNOWN_CHANNEL)
        require(channel, needs)
        return channel

    def message(self, channel: Channel) -> Message:
        """Return the message of the path; refuses with 10008."""
        message = channel.history.get(self.id("message_id"))
        if message is None:
            raise Refusal(Code.UNKNOWN_MESSAGE)
        return message

    def guild(self, needs: Permission = NONE) -> Guild:
        """Return the guild of the path; refuses with 10004 where the bot is not, or with 50013."""
        guild = self.world.guilds.get(self.id("guild_id"))
        if guild is None or not guild.installed:
            raise Refusal(Code.UNKNOWN_GUILD)
        if missing := needs & ~guild.permissions(self.world.bot.id):
            raise Refusal(Code.MISSING_PERMISSIONS, f"in the guild, the bot lacks {missing!r}")
        return guild


def require(channel: Channel, needs: Permission) -> None:
    """Refuse with 50001 or 50013 what the bot may not do in a channel."""
    has = channel.permissions(channel.world.bot.id)
    if not has & Permission.VIEW_CHANNEL:
        raise Refusal(Code.MISSING_ACCESS, f"the bot does not see #{channel.name}")
    if isinstance(channel, Thread) and Permission.SEND_MESSAGES in needs:
        needs = needs & ~Permission.SEND_MESSAGES | Permission.SEND_MESSAGES_IN_THREADS
    if missing := needs & ~has:
        raise Refusal(Code.MISSING_PERMISSIONS, f"in #{channel.name} the bot lacks {missing!r}")


Handler: TypeAlias = Callable[[Call], Json | list[Json] | None]
ROUTES: list[Route] = []
"""Every route; literal paths go before parameters."""


def route(method: str, *templates: str) -> Callable[[Handler], Handler]:
    """Register the decorated handler for routes; parameters are written `{channel_id}`."""

    def register(handler: Handler) -> Handler:
        for template in templates:
            pattern = re.compile(re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", template))
            ROUTES.append(Route(method, template, handler, pattern))
        ROUTES.sort(key=lambda route: route.template.replace("{", "~"))
        return handler

    return register


def find(method: str, path: str) -> tuple[Route, dict[str, str]] | None:
    """Return the route of a path, and its parameters."""
    for known in ROUTES:
        if known.method == method and (found := known.pattern.fullmatch(path)):
            return known, found.groupdict()
    return None


async def read_body(request: web.BaseRequest) -> tuple[object, list[Upload]]:
    """Return a request's JSON, None if it is not JSON, and its files (docs: reference#uploading-files)."""
    body, files = await request.content.read(), []
    kind = request.headers.get("Content-Type", "")
    if kind.startswith("multipart/"):
        parts = list(split_parts(body, kind.partition("boundary=")[2].strip('"')))
        body = next((data for name, _, data in parts if name == "payload_json"), b"")
        files = [Upload(file or "unknown", data) for name, file, data in parts if name != "payload_json"]
    try:
        return json.loads(body or b"{}"), files
    except ValueError:
        return None, files


def split_parts(body: bytes, boundary: str) -> Iterator[tuple[str, str, bytes]]:
    """Give the parts of a form, each with its name and its file's name (RFC 7578).

    At once and by hand, since aiohttp's own reader takes longer than all else that an answer costs.
    """
    mark = b"\r\n--" + boundary.encode()
    for part in (b"\r\n" + body).split(mark)[1:-1]:
        head, _, data = part.partition(b"\r\n\r\n")
        said = dict(_PARAMETER.findall(head.decode()))
        yield said.get("name", ""), said.get("filename", ""), data


_PARAMETER = re.compile(r'\b(name|filename)="([^"]*)"')
