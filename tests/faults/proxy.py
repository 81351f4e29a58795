"""A way to a database server that can be cut, closed or blocked, while the server itself goes on.

    with Proxy.before(url) as proxy:
        engine = make_engine(proxy.through(url))
        proxy.cut()                       # as when the server restarts
        proxy.refuse()                    # as when it is stopped
        proxy.block()                     # as when it hangs: connections are taken, and nothing comes back
        proxy.allow()

It has a thread and a loop of its own, since those that it serves may block theirs.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from contextlib import suppress
from types import TracebackType
from typing import Any, Self, TypeVar

from sqlalchemy import make_url

T = TypeVar("T")


class Proxy:
    """A TCP proxy on 127.0.0.1; a context manager whose methods may be called from any thread."""

    def __init__(self, host: str = "127.0.0.1", port: int = 5432) -> None:
        self._there = host, port
        self._port = 0
        self._server: asyncio.Server | None = None
        self._flowing = asyncio.Event()
        self._open: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="proxy")

    @classmethod
    def before(cls, url: str) -> Self:
        """Return a proxy before the server of a database's address."""
        address = make_url(url)
        return cls(address.host or "127.0.0.1", address.port or 5432)

    def through(self, url: str) -> str:
        """Return the address of a database through this proxy."""
        return make_url(url).set(host="127.0.0.1", port=self._port).render_as_string(hide_password=False)

    def cut(self) -> None:
        """End all connections."""
        self._run(self._cut())

    def refuse(self) -> None:
        """End all connections and take no others."""
        self._run(self._refuse())

    def block(self) -> None:
        """Take connections, and let nothing through in either direction."""
        self._loop.call_soon_threadsafe(self._flowing.clear)

    def allow(self) -> None:
        """Let everything through again."""
        self._run(self._allow())

    def __enter__(self) -> Self:
        self._thread.start()
        self.allow()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._run(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def _cut(self) -> None:
        for each in self._open:
            each.transport.abort()

    async def _refuse(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        await self._cut()

    async def _allow(self) -> None:
        self._flowing.set()
        if self._server is None:
            self._server = await asyncio.start_server(self._serve, "127.0.0.1", self._port)
            self._port = self._server.sockets[0].getsockname()[1]

    async def _close(self) -> None:
        await self._refuse()
        self._flowing.set()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.wait(others, timeout=1.0) if others else None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        with suppress(OSError):
            await self._flowing.wait()
            there, back = await asyncio.open_connection(*self._there)
            self._open.add(back)
            await asyncio.gather(self._flow(reader, back), self._flow(there, writer))
            self._open.discard(back)
        self._open.discard(writer)
        writer.transport.abort()

    async def _flow(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass on what comes until it ends, and then the end."""
        with suppress(OSError):
            while piece := await reader.read(65536):
                await self._flowing.wait()
                writer.write(piece)
                await writer.drain()
        writer.transport.abort()
