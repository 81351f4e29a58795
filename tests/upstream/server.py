"""The server: pages and troubles by path, and a record of every request."""

from __future__ import annotations

import asyncio
import ssl
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

import trustme
from aiohttp import web
from multidict import CIMultiDict

from .answers import Page, Play, Request, Shelf, Trouble, hang, repeating, reset, saying, sending, writing


@cache
def _authority() -> trustme.CA:
    """Return the authority of all servers of this process; keys take their time to make."""
    return trustme.CA()


@cache
def _certificate() -> trustme.LeafCert:
    return _authority().issue_cert("127.0.0.1")


class UpstreamServer:
    """An upstream of your own on 127.0.0.1; an asynchronous context manager.

    `put` gives it pages. What goes wrong goes before them, in the order in which it was told, with as many
    requests as `times` says, or with all. Paths are decoded; one with a query only fits that query.
    All may be called from any thread, at any time.
    """

    def __init__(self, *, tls: bool = False) -> None:
        self.requests: list[Request] = []
        self.url = ""
        self._shelves: defaultdict[str, Shelf] = defaultdict(Shelf)
        self._authority = _authority() if tls else None
        # Who hangs up ends the request too, so that no trouble outlives its test.
        self._runner = web.ServerRunner(
            web.Server(self._serve, handler_cancellation=True), shutdown_timeout=0.01
        )

    def put(
        self,
        path: str,
        body: bytes | str,
        *,
        etag: str | None = None,
        modified: str | None = None,
        content_type: str | None = "text/plain; charset=utf-8",
        encoding: str | None = None,
    ) -> Self:
        """Publish a page, in place of what was there and of its troubles; an `encoding` is only claimed."""
        given = {
            "ETag": etag,
            "Last-Modified": modified,
            "Content-Type": content_type,
            "Content-Encoding": encoding,
        }
        headers = CIMultiDict({name: value for name, value in given.items() if value is not None})
        content = body.encode() if isinstance(body, str) else body
        self._shelves[path] = Shelf(Page(content, headers))
        return self

    def remove(self, path: str) -> Self:
        """Have nothing there any more, which is a 404."""
        self._shelves.pop(path, None)
        return self

    def fail(
        self,
        path: str,
        status: int,
        *,
        times: int | None = None,
        retry_after: float | str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Self:
        """Answer with a status, and with `headers` if any."""
        asked = {} if retry_after is None else {"Retry-After": str(retry_after)}
        return self.trouble(path, saying(status, {**asked, **(headers or {})}), times)

    def redirect(self, path: str, to: str, *, status: int = 302, times: int | None = None) -> Self:
        """Send clients elsewhere."""
        return self.trouble(path, saying(status, {"Location": to}), times)

    def hang(self, path: str, *, times: int | None = None) -> Self:
        """Take requests and never answer."""
        return self.trouble(path, hang, times)

    def stall(self, path: str, body: bytes, *, length: int | None = None, times: int | None = None) -> Self:
        """Send the beginning of a body, of which `length` bytes are promised, and then no more."""
        return self.trouble(path, sending(body, length), times)

    def flood(self, path: str, chunk: bytes = bytes(65536), *, times: int | None = None) -> Self:
        """Send a body without end."""
        return self.trouble(path, repeating(chunk), times)

    def cut(self, path: str, body: bytes, length: int, *, times: int | None = None) -> Self:
        """Promise `length` bytes, send `body`, and hang up."""
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n"
        return self.say(path, head.encode() + body, times=times)

    def say(self, path: str, raw: bytes, *, times: int | None = None) -> Self:
        """Send bytes as they are in place of an answer, and hang up."""
        return self.trouble(path, writing(raw), times)

    def reset(self, path: str, *, times: int | None = None) -> Self:
        """Reset the connection."""
        return self.trouble(path, reset, times)

    def trouble(self, path: str, play: Play, times: int | None = None) -> Self:
        """Let `play` answer requests."""
        self._shelves[path].troubles.append(Trouble(play, times))
        return self

    def seen(self, path: str) -> list[Request]:
        """Return the requests for a path so far, with any query unless it has one."""
        return [each for each in self.requests if path in (each.path, each.path.partition("?")[0])]

    def trust(self) -> ssl.SSLContext:
        """Return a context that trusts this server, and nobody else."""
        context = ssl.create_default_context()
        self._authorities().configure_trust(context)
        return context

    def write_authority(self, folder: Path) -> Path:
        """Write the authority that a subprocess is to trust; returns the file."""
        path = folder / "authority.pem"
        self._authorities().cert_pem.write_to_path(path)
        return path

    async def __aenter__(self) -> Self:
        context = None
        if self._authority is not None:
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            _certificate().configure_cert(context)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0, ssl_context=context).start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"{'https' if context else 'http'}://{host}:{port}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()

    def _authorities(self) -> trustme.CA:
        assert self._authority is not None, "this server speaks http; say UpstreamServer(tls=True)"
        return self._authority

    async def _serve(self, request: web.BaseRequest) -> web.StreamResponse:
        full = request.rel_url.human_repr()
        at = asyncio.get_running_loop().time()
        self.requests.append(Request(request.method, full, request.headers, at))
        shelf = self._shelves.get(full) or self._shelves.get(request.path) or Shelf()
        return await shelf.play(request)
