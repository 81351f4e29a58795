"""The server in a thread of its own, for tests without a loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager

from .server import UpstreamServer


@contextmanager
def serving(*, tls: bool = False) -> Iterator[UpstreamServer]:
    """Run a server until the block ends."""
    started: Future[tuple[UpstreamServer, asyncio.AbstractEventLoop, asyncio.Event]] = Future()

    async def serve() -> None:
        ended = asyncio.Event()
        async with UpstreamServer(tls=tls) as server:
            started.set_result((server, asyncio.get_running_loop(), ended))
            await ended.wait()

    def run() -> None:
        try:
            asyncio.run(serve())
        except BaseException as error:
            if started.done():
                raise
            started.set_exception(error)

    thread = threading.Thread(target=run, name="upstream")
    thread.start()
    try:
        server, loop, ended = started.result()
        try:
            yield server
        finally:
            loop.call_soon_threadsafe(ended.set)
    finally:
        thread.join()
