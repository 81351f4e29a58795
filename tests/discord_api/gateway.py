"""The gateway: HELLO, IDENTIFY, READY, heartbeats, RESUME, and faults on demand (docs: events/gateway)."""

from __future__ import annotations

import asyncio
import json
import secrets
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from .clock import Signal
from .errors import Json
from .world import Event, World

HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID, HELLO, ACK = 1, 2, 6, 7, 9, 10, 11
KNOWN_INTENTS, MESSAGE_CONTENT = (1 << 26) - 1, 1 << 15
PRIVILEGED = 1 << 1 | 1 << 8 | MESSAGE_CONTENT
"""Intents an application must be granted (docs: events/gateway#privileged-intents)."""
_HIDDEN: Json = {"content": "", "embeds": [], "attachments": [], "components": []}


class _CloseError(Exception):
    def __init__(self, code: int, why: str) -> None:
        self.code = code
        super().__init__(f"gateway closed with {code}: {why}")


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
            hidden = _HIDDEN if event.hide and not self.intents & MESSAGE_CONTENT else {}
            self.dispatch(event.name, event.data | hidden)

    def dispatch(self, name: str, data: Json) -> None:
        """Send a dispatch under the next number, or keep it for a RESUME."""
        self.sent.append(json.dumps({"op": 0, "s": len(self.sent) + 1, "t": name, "d": data}))
        if self.connection:
            self.connection.send_text(self.sent[-1])

    def greet(self, world: World) -> None:
        """Send READY, and GUILD_CREATE for each guild of the shard."""
        guilds = [guild for guild in world.guilds.values() if guild.installed and self.covers(guild.id)]
        ready: Json = {"v": 10, "user": world.bot.payload(), "session_id": self.id, "shard": list(self.shard)}
        ready |= {"resume_gateway_url": world.gateway_url, "private_channels": []}
        ready["guilds"] = [{"id": str(guild.id), "unavailable": True} for guild in guilds]
        ready["application"] = {"id": str(world.application_id), "flags": 0}
        self.dispatch("READY", ready)
        for guild in guilds:
            self.dispatch("GUILD_CREATE", guild.create_payload() | {"unavailable": False})


class Gateway:
    """All sessions and connections of the application.

    `read_delay` and `write_delay` make the server slow, in seconds a message; `acknowledge` off makes it a
    zombie that answers no heartbeat. `privileged` are the privileged intents the application was granted.
    """

    def __init__(self, world: World, token: str, privileged: int) -> None:
        self.world = world
        self.token = token
        self.privileged = privileged
        self.heartbeat_seconds = 41.25
        self.acknowledge = True
        self.read_delay = 0.0
        self.write_delay = 0.0
        self.sessions: dict[str, Session] = {}
        self.closed_with: list[str] = []
        self.changed = Signal()
        self._connections: set[Connection] = set()
        world.publish = self._publish

    @property
    def connected(self) -> list[Session]:
        """The sessions that have a connection now."""
        return [session for session in self.sessions.values() if session.connection]

    async def wait_until_connected(self, shards: int = 1, *, seconds: float = 10.0) -> None:
        """Wait until that many shards are connected; raises TimeoutError."""
        if not await self.changed.until(lambda: len(self.connected) >= shards, seconds):
            raise TimeoutError(f"not {shards} shards connected in {seconds} s; closed: {self.closed_with}")

    def _publish(self, event: Event) -> None:
        for session in self.sessions.values():
            session.deliver(event)

    def drop(self) -> None:
        """Cut all connections without a goodbye."""
        for connection in self._bound():
            if connection.request.transport:
                connection.request.transport.abort()

    def reconnect(self) -> None:
        """Ask all clients to reconnect and resume (op 7)."""
        for connection in self._bound():
            connection.send(RECONNECT)

    def invalidate(self, *, resumable: bool = False) -> None:
        """Tell all clients that their session is invalid (op 9); unless resumable it is forgotten."""
        for connection in self._bound():
            connection.send(INVALID, resumable)
            if not resumable and connection.session:
                self.sessions.pop(connection.session.id, None)

    def _bound(self) -> Iterator[Connection]:
        """Yield the connections of sessions, which at once stop to take new events."""
        for session in self.connected:
            connection, session.connection = session.connection, None
            assert connection is not None
            yield connection

    async def close(self) -> None:
        """Close all connections, as when Discord goes away."""
        for connection in list(self._connections):
            await connection.close(1001)

    async def accept(self, request: web.BaseRequest) -> web.WebSocketResponse:
        """Serve one connection until it ends."""
        socket = web.WebSocketResponse(compress=False, max_msg_size=0)
        await socket.prepare(request)
        connection = Connection(socket, request, self.write_delay)
        self._connections.add(connection)
        try:
            await self._converse(connection)
        except _CloseError as error:
            self.closed_with.append(str(error))
            await connection.close(error.code)
        finally:
            self._connections.discard(connection)
            connection.writer.cancel()
            await asyncio.gather(connection.writer, return_exceptions=True)
            if session := connection.session:
                session.connection = None if session.connection is connection else session.connection
                if socket.close_code in (1000, 1001) and session.connection is None:
                    self.sessions.pop(session.id, None)
            self.changed.fire()
        return socket

    async def _converse(self, connection: Connection) -> None:
        connection.send(HELLO, {"heartbeat_interval": int(self.heartbeat_seconds * 1000)})
        async for frame in connection.socket:
            if self.read_delay:
                await asyncio.sleep(self.read_delay)
            try:
                if frame.type is not WSMsgType.TEXT:
                    raise ValueError("not a text message")
                message = json.loads(frame.data)
                self._handle(connection, message["op"], message.get("d"))
            except (ValueError, KeyError, TypeError) as error:
                raise _CloseError(4002, f"{error!r} in {frame.data!r}") from error

    def _handle(self, connection: Connection, op: int, data: Json) -> None:
        if op == HEARTBEAT:
            if self.acknowledge:
                connection.send(ACK)
        elif op not in (IDENTIFY, RESUME):
            self.world.journal.mistakes.append(f"unknown gateway op {op}")
        elif connection.session:
            raise _CloseError(4005, "already identified")
        elif data["token"] != self.token:
            raise _CloseError(4004, "authentication failed")
        else:
            self._identify(connection, data) if op == IDENTIFY else self._resume(connection, data)
            self.changed.fire()

    def _identify(self, connection: Connection, data: Json) -> None:
        number, count = data.get("shard") or (0, 1)
        intents = data["intents"]
        if not 0 <= number < count:
            raise _CloseError(4010, f"invalid shard {number} of {count}")
        if intents & ~KNOWN_INTENTS:
            raise _CloseError(4013, f"invalid intents {intents}")
        if intents & PRIVILEGED & ~self.privileged:
            raise _CloseError(4014, f"disallowed intents {intents & PRIVILEGED & ~self.privileged:#x}")
        session = connection.session = Session((number, count), intents, connection)
        self.sessions[session.id] = session
        session.greet(self.world)

    def _resume(self, connection: Connection, data: Json) -> None:
        session = self.sessions.get(data["session_id"])
        if session is None:
            connection.send(INVALID, False)
            return
        if data["seq"] > len(session.sent):
            raise _CloseError(4007, f"invalid sequence {data['seq']}")
        connection.session, session.connection = session, connection
        session.resumed += 1
        for text in session.sent[data["seq"] :]:
            connection.send_text(text)
        session.dispatch("RESUMED", {})
