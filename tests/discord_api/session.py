"""The gateway's connections, and the sessions that outlive them (docs: events/gateway#sessions)."""

from __future__ import annotations

import asyncio
import json
import secrets
import zlib
from contextlib import suppress
from dataclasses import dataclass, field

from aiohttp import web

from .errors import Json
from .world import Event, World

MESSAGE_CONTENT = 1 << 15


class Connection:
    """One WebSocket; messages are sent in order by a task of its own, `delay` seconds apart.

    They are compressed if the client asks for zlib-stream; discord.py reads plain text whatever it asked for.
    """

    def __init__(self, socket: web.WebSocketResponse, request: web.BaseRequest, delay: float) -> None:
        self.socket = socket
        self.session: Session | None = None
        self.request = request
        self._delay = delay
        self._zlib = zlib.compressobj(1) if request.query.get("compress") == "zlib-stream" else None
        self._outbox: asyncio.Queue[str] = asyncio.Queue()
        self.writer = asyncio.create_task(self._write())

    def send(self, op: int, data: object = None) -> None:
        self.send_text(json.dumps({"op": op, "d": data, "s": None, "t": None}))

    def send_text(self, text: str) -> None:
        self._outbox.put_nowait(text)

    async def _write(self) -> None:
        with suppress(ConnectionError):
            while True:
                text = await self._outbox.get()
                if self._delay:
                    await asyncio.sleep(self._delay)
                if self._zlib:
                    data = self._zlib.compress(text.encode()) + self._zlib.flush(zlib.Z_SYNC_FLUSH)
                    await self.socket.send_bytes(data)
                else:
                    await self.socket.send_str(text)
                self._outbox.task_done()

    async def close(self, code: int) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._outbox.join(), 1.0)
        await self.socket.close(code=code)


@dataclass(eq=False)
class Session:
    """One shard's session; it outlives its connection until it is resumed or invalidated."""

    shard: tuple[int, int]
    intents: int
    connection: Connection | None = None
    id: str = field(default_factory=lambda: secrets.token_hex(16))
    resumed: int = 0
    sent: list[str] = field(default_factory=list, repr=False)

    def covers(self, guild_id: int | None) -> bool:
        number, count = self.shard
        return ((guild_id or 0) >> 22) % count == number

    def deliver(self, event: Event) -> None:
        """Send an event if the shard covers and wants it."""
        if self.covers(event.guild_id) and (not event.intents or event.intents & self.intents):
            hidden = event.hide and not self.intents & MESSAGE_CONTENT
            self.dispatch(event.name, event.written_hidden if hidden else event.written)

    def dispatch(self, name: str, written: str) -> None:
        """Send a dispatch under the next number, or keep it for a RESUME; its data is JSON already."""
        self.sent.append(f'{{"op": 0, "s": {len(self.sent) + 1}, "t": "{name}", "d": {written}}}')
        if self.connection:
            self.connection.send_text(self.sent[-1])

    def greet(self, world: World) -> None:
        """Send READY, and GUILD_CREATE for each guild of the shard."""
        guilds = [guild for guild in world.guilds.values() if guild.installed and self.covers(guild.id)]
        ready: Json = {"v": 10, "user": world.bot.payload(), "session_id": self.id, "shard": list(self.shard)}
        ready |= {"resume_gateway_url": world.gateway_url, "private_channels": []}
        ready["guilds"] = [{"id": str(guild.id), "unavailable": True} for guild in guilds]
        ready["application"] = {"id": str(world.application_id), "flags": 0}
        self.dispatch("READY", json.dumps(ready))
        for guild in guilds:
            self.dispatch("GUILD_CREATE", json.dumps(guild.create_payload() | {"unavailable": False}))
