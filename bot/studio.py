"""The studio: drawings become PNGs in one process of its own, and the last ones are kept.

The process starts with the first picture, and again where it broke. Neither it nor matplotlib is ever in the
bot's way: a picture that cannot be drawn in time is left out, and the answer says so.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
from collections import OrderedDict
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from bot.drawing.values import Drawing, digest_of
from bot.drawing.worker import begin, draw
from bot.replies.reply import Reply
from bot.texts import Language

log = logging.getLogger(__name__)

SECONDS = 5.0
"""The most that one picture may take."""
PATIENCE = 10.0
"""The most that an answer waits for its picture, behind others' and while the process starts."""
ROOM = 4 * 2**20
"""Bytes of pictures that are kept."""


class Undrawn(Exception):
    """A picture could not be drawn, or not in time."""


class Studio:
    """Draws pictures; used from one event loop at a time."""

    def __init__(self, seconds: float = SECONDS, patience: float = PATIENCE, room: int = ROOM) -> None:
        self._seconds = seconds
        self._patience = patience
        self._room = room
        self._pool: ProcessPoolExecutor | None = None
        self._kept: OrderedDict[str, bytes] = OrderedDict()

    async def illustrate(self, reply: Reply, language: Language) -> Reply:
        """Return an answer with its picture drawn, or saying that it could not be."""
        if reply.picture is None:
            return reply
        try:
            return reply.with_png(await self.draw(reply.picture.drawing, reply.picture.digest))
        except Undrawn as error:
            log.warning("a picture was not drawn: %s", error)
            return reply.with_note(language.say("picture.undrawn"))

    def find(self, reply: Reply) -> Reply | None:
        """Return an answer with its picture if that is kept, or if it has none, else None."""
        if reply.picture is None:
            return reply
        png = self._kept.get(reply.picture.digest)
        return None if png is None else reply.with_png(png)

    async def draw(self, drawing: Drawing, digest: str = "") -> bytes:
        """Return a drawing as a PNG, the one kept of the same content if there is; raises Undrawn.

        Its `digest` is found out where it is not given.
        """
        digest = digest or await asyncio.to_thread(digest_of, drawing)
        if digest in self._kept:
            self._kept.move_to_end(digest)
            return self._kept[digest]
        try:
            async with asyncio.timeout(self._patience):
                png = await self._draw(drawing)
        except TimeoutError:
            raise Undrawn("timeout") from None
        except Exception as error:  # whatever drawing it fails with, the words of the answer are right
            raise Undrawn(repr(error)) from error
        self._keep(digest, png)
        return png

    def close(self) -> None:
        """End the process."""
        self._end()

    def _end(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None

    async def _draw(self, drawing: Drawing) -> bytes:
        """Return a drawing as a PNG; where another one broke the process, in a new process."""
        try:
            return await self._submit(drawing)
        except BrokenProcessPool:
            return await self._submit(drawing)

    async def _submit(self, drawing: Drawing) -> bytes:
        pool = self._pool
        if pool is None:
            context = multiprocessing.get_context("spawn")  # a fork would copy threads' locks
            pool = self._pool = ProcessPoolExecutor(1, context, begin)
        try:
            return await asyncio.wrap_future(pool.submit(draw, drawing, self._seconds))
        except BrokenProcessPool:
            if self._pool is pool:
                self._end()
            raise

    def _keep(self, digest: str, png: bytes) -> None:
        self._kept[digest] = png
        while sum(map(len, self._kept.values())) > self._room:
            self._kept.popitem(last=False)
