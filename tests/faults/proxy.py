"""A way to a database server that can be cut, closed or blocked, while the server itself goes on.

    async with Proxy() as proxy:          # to 127.0.0.1:5432
        engine = make_engine(proxy.through(url))
        proxy.cut()                       # as when the server restarts
        await proxy.refuse()              # as when it is stopped
        proxy.block()                     # as when it hangs: connections are taken, and nothing comes back
        await proxy.allow()
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from types import TracebackType
from typing import Any, Self

from sqlalchemy import make_url


class Proxy:
    """A TCP proxy on 127.0.0.1; use it as an asynchronous context manager."""

    def __init__(self, host: str = "127.0.0.1", port: int = 5432) -> None:
        self._there = host, port
        self._port = 0
        self._server: asyncio.Server | None = None
        self._flowing = asyncio.Event()
        self._open: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()

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
        for each in self._open:
            each.transport.abort()

    async def refuse(self) -> None:
        """End all connections and take no others."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self.cut()

    def block(self) -> None:
        """Take connections, and let nothing through in either direction."""
        self._flowing.clear()

    async def allow(self) -> None:
        """Let everything through again."""
        self._flowing.set()
        if self._server is None:
            self._server = await asyncio.start_server(self._serve, "127.0.0.1", self._port)
            self._port = self._server.sockets[0].getsockname()[1]

    async def __aenter__(self) -> Self:
        await self.allow()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.refuse()
        for each in self._tasks:
            each.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self._open.add(writer)
        try:
            await self._flowing.wait()
            there, back = await asyncio.open_connection(*self._there)
            self._open.add(back)
            try:
                await _either(self._flow(reader, back), self._flow(there, writer))
            finally:
                self._open.discard(back)
                back.transport.abort()
        except OSError:
            pass
        finally:
            self._open.discard(writer)
            self._tasks.discard(task)
            writer.transport.abort()

    async def _flow(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while piece := await reader.read(65536):
            await self._flowing.wait()
            writer.write(piece)
            await writer.drain()


async def _either(*flows: Coroutine[Any, Any, None]) -> None:
    """Go on until one direction ends; then the other does, too."""
    tasks = [asyncio.ensure_future(each) for each in flows]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for each in tasks:
            each.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
