"""Faults on demand: what goes wrong between a bot and Discord, for the requests a test names."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import web

from .ratelimits import too_many


def reply(status: int, body: object, headers: dict[str, str] | None = None) -> web.Response:
    """Return a JSON answer; a body of None makes it an empty 204."""
    if body is None:
        return web.Response(status=204, headers=headers)
    # exactly this type: discord.py parses nothing that names a charset
    headers = {**(headers or {}), "Content-Type": "application/json"}
    return web.Response(status=status, body=json.dumps(body).encode(), headers=headers)


@dataclass(eq=False)
class Fault:
    """What goes wrong, see `Faults.add`; `hits` counts how often it did."""

    method: str
    pattern: re.Pattern[str]
    times: int | None = 1
    status: int = 0
    code: int = 0
    retry_after: float = 0.1
    delay: float = 0.0
    never: bool = False
    drop: bool = False
    after: bool = False
    hits: int = 0


@dataclass
class Faults:
    """The faults in force; the first that matches a request is taken."""

    all: list[Fault] = field(default_factory=list)
    closing: asyncio.Event = field(default_factory=asyncio.Event)

    def add(
        self,
        method: str,
        path: str,
        *,
        times: int | None = 1,
        status: int = 0,
        code: int = 0,
        retry_after: float = 0.1,
        delay: float = 0.0,
        never: bool = False,
        drop: bool = False,
        after: bool = False,
    ) -> Fault:
        """Let requests go wrong; `*` in `path` stands for one segment, `**` for any number.

        times: how many requests, None for all. status: answer this instead, with a JSON error `code`; 429
        comes with `retry_after` and `Via`. delay: seconds to wait first. never: no answer until the server
        closes. drop: cut the connection. after: do what was asked, and only then go wrong.
        """
        parts = re.split(r"(\*\*|\*)", path)
        pattern = re.compile("".join({"*": "[^/]+", "**": ".*"}.get(part, re.escape(part)) for part in parts))
        fault = Fault(method, pattern, times, status, code, retry_after, delay, never, drop, after)
        self.all.append(fault)
        return fault

    def clear(self) -> None:
        """End all faults."""
        self.all.clear()

    async def answer(
        self, request: web.BaseRequest, path: str, handle: Callable[[], web.Response]
    ) -> web.Response:
        """Answer a request as the fault that befalls it says, if any; `handle` answers it rightly."""
        for fault in self.all:
            spent = fault.times is not None and fault.hits >= fault.times
            if not spent and fault.method == request.method and fault.pattern.fullmatch(path):
                break
        else:
            return handle()
        fault.hits += 1
        await asyncio.sleep(fault.delay)
        right = handle() if fault.after or not (fault.never or fault.drop or fault.status) else None
        if fault.never:
            await self.closing.wait()
        if (fault.never or fault.drop) and request.transport:
            request.transport.abort()
        if fault.status == 429:
            headers, body = too_many(fault.retry_after, "shared")
            return reply(429, body, headers)
        if fault.status:
            return reply(fault.status, {"message": f"{fault.status}: on demand", "code": fault.code})
        return right or web.Response(status=500)
