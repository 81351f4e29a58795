"""The smallest HTTP server: it answers GET for a few paths and nothing else, and holds on to nobody.

aiohttp's own would cost the bot 3 MB of memory for two pages.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

log = logging.getLogger(__name__)

LARGEST = 8 * 1024
"""Bytes of a request's head."""
SECONDS = 10.0
"""The most that a request and its answer may take together."""
MOST = 16
"""Requests that are answered at once; more are turned away."""


@dataclass(frozen=True, slots=True)
class Page:
    """An answer: its status, the type of its body, and the body."""

    status: HTTPStatus
    type: str
    body: str


Pages = Mapping[str, Callable[[], Awaitable[Page]]]


class Server:
    """Serves pages by their paths."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._server: asyncio.Server | None = None
        self._busy = 0

    async def open(self, host: str, port: int) -> tuple[str, int]:
        """Begin to serve, and return where; raises OSError."""
        self._server = await asyncio.start_server(self._serve, host, port, limit=LARGEST)
        bound = self._server.sockets[0].getsockname()
        return str(bound[0]), int(bound[1])

    async def close(self) -> None:
        """Stop."""
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._busy += 1
        try:
            async with asyncio.timeout(SECONDS):
                writer.write(_written(*await self._answer(reader)))
                await writer.drain()
        except (OSError, EOFError):  # whoever asked is gone, or too slow
            pass
        except Exception:
            log.exception("page")
        finally:
            self._busy -= 1
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    async def _answer(self, reader: asyncio.StreamReader) -> tuple[Page, bool]:
        """Return the answer, and whether it has a body."""
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except asyncio.LimitOverrunError:
            return _refusal(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE), True
        method, _, rest = head.split(b"\r\n", 1)[0].decode("latin-1").partition(" ")
        target, _, version = rest.partition(" ")
        page = self._pages.get(target.partition("?")[0])
        if not version.startswith("HTTP/1."):
            return _refusal(HTTPStatus.BAD_REQUEST), True
        if page is None:
            return _refusal(HTTPStatus.NOT_FOUND), method != "HEAD"
        if method not in ("GET", "HEAD"):
            return _refusal(HTTPStatus.METHOD_NOT_ALLOWED), True
        if self._busy > MOST:
            return _refusal(HTTPStatus.SERVICE_UNAVAILABLE), method != "HEAD"
        return await page(), method != "HEAD"


def _refusal(status: HTTPStatus) -> Page:
    return Page(status, "text/plain; charset=utf-8", f"{status.phrase}\n")


def _written(page: Page, whole: bool) -> bytes:
    """Return an answer as it goes over the wire."""
    body = page.body.encode()
    head = (
        f"HTTP/1.1 {page.status.value} {page.status.phrase}",
        f"Content-Type: {page.type}",
        f"Content-Length: {len(body)}",
        *("Cache-Control: no-store", "X-Content-Type-Options: nosniff", "Connection: close", "", ""),
    )
    return "\r\n".join(head).encode() + (body if whole else b"")
