"""The gateway: HELLO, IDENTIFY, READY, heartbeats, RESUME, and faults on demand (docs: events/gateway)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator

from aiohttp import WSMsgType, web

from .clock import Signal
from .errors import Json
from .session import MESSAGE_CONTENT, Connection, Session
from .world import Event, World

HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID, HELLO, ACK = 1, 2, 6, 7, 9, 10, 11
KNOWN_INTENTS = (1 << 26) - 1
PRIVILEGED = 1 << 1 | 1 << 8 | MESSAGE_CONTENT
"""Intents an application must be granted (docs: events/gateway#privileged-intents)."""
RESUMABLE_SECONDS = 120.0
"""Seconds after which a session without a connection is forgotten; Discord does not say how many."""


class _CloseError(Exception):
    def __init__(self, code: int, why: str) -> None:
        self.code = code
        super().__init__(f"gateway closed with {code}: {why}")


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
        self.identified = 0
        self.changed = Signal()
        self._connections: set[Connection] = set()
        world.publish = self._publish

    @property
    def connected(self) -> list[Session]:
        """The sessions that have a connection now."""
        return [session for session in self.sessions.values() if session.connection]

    async def wait_until_connected(self, shards: int = 1, *, seconds: float = 60.0) -> None:
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
                if session.connection is None:
                    self._forget(session, 0 if socket.close_code in (1000, 1001) else RESUMABLE_SECONDS)
            self.changed.fire()
        return socket

    def _forget(self, session: Session, seconds: float) -> None:
        """Forget a session that is not resumed within so many seconds."""
        if not seconds:
            self.sessions.pop(session.id, None)
            return
        left = session.resumed
        later = asyncio.get_running_loop().call_later
        later(seconds, lambda: self._forget(session, 0) if session.resumed == left else None)

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
        self.identified += 1
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
        session.dispatch("RESUMED", "{}")
