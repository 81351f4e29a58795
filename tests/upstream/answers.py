"""What the server answers with: pages, and the troubles that befall some requests for them."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from aiohttp import web
from multidict import CIMultiDict, CIMultiDictProxy

Play = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]
"""Answers a request, or fails to."""


@dataclass(frozen=True)
class Request:
    """A request that the server saw: `path` with its query, decoded, and `at` in seconds of the loop."""

    method: str
    path: str
    headers: CIMultiDictProxy[str]
    at: float


@dataclass(frozen=True)
class Page:
    """A document that the server has; the body is sent as it is, whatever `headers` say of it."""

    body: bytes
    headers: CIMultiDict[str]

    async def play(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer with the page, or with 304 if it is what the client has."""
        status = 304 if self._is_known(request) else 200
        return web.Response(status=status, body=self.body if status == 200 else b"", headers=self.headers)

    def _is_known(self, request: web.BaseRequest) -> bool:
        """Compare as RFC 9110 says: the date only counts where no tag is asked for."""
        if "If-None-Match" in request.headers:
            tags = [tag.strip() for tag in request.headers["If-None-Match"].split(",")]
            return self.headers.get("ETag") in tags
        modified = self.headers.get("Last-Modified")
        return modified is not None and request.headers.get("If-Modified-Since") == modified


@dataclass
class Trouble:
    """What goes wrong with the next `times` requests, None for all."""

    play: Play
    times: int | None = None

    def befalls(self) -> bool:
        """Return whether it goes wrong once more, and count it."""
        if self.times is None:
            return True
        self.times -= 1
        return self.times >= 0


@dataclass
class Shelf:
    """What the server has at one path."""

    page: Page | None = None
    troubles: list[Trouble] = field(default_factory=list)

    async def play(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer with the first trouble in force, else with the page."""
        for trouble in self.troubles:
            if trouble.befalls():
                return await trouble.play(request)
        return await self.page.play(request) if self.page else web.Response(status=404, text="not here")


def saying(status: int, headers: dict[str, str]) -> Play:
    """Answer with nothing but a status."""

    async def play(request: web.BaseRequest) -> web.StreamResponse:
        return web.Response(status=status, text=f"{status}", headers=headers)

    return play


def sending(body: bytes, length: int | None) -> Play:
    """Send part of a body and then nothing; `length` is what its headers promise, if anything."""

    async def play(request: web.BaseRequest) -> web.StreamResponse:
        response = web.StreamResponse()
        response.content_length = length
        await response.prepare(request)
        await response.write(body)
        await asyncio.Event().wait()
        return response

    return play


def repeating(chunk: bytes) -> Play:
    """Send the same piece until nobody takes it any more."""

    async def play(request: web.BaseRequest) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(chunk)
            await asyncio.sleep(0)  # the client may be in the same loop

    return play


def writing(raw: bytes) -> Play:
    """Write bytes to the connection, no HTTP unless they are, and close it."""

    async def play(request: web.BaseRequest) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.write(raw)
        request.transport.close()
        return web.Response()

    return play


async def reset(request: web.BaseRequest) -> web.StreamResponse:
    """Cut the connection so that the client gets a reset, not an orderly end."""
    assert request.transport is not None
    connection = request.transport.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    request.transport.abort()
    return web.Response()


async def hang(request: web.BaseRequest) -> web.StreamResponse:
    """Never answer."""
    await asyncio.Event().wait()
    return web.Response()
