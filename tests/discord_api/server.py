"""The server: one HTTP and gateway endpoint on 127.0.0.1 around a world."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

from aiohttp import web

from . import interaction_routes, message_routes, place_routes, thread_routes  # noqa: F401
from .clock import Clock
from .errors import Code, NotModelledError, Refusal, Request
from .faults import Faults, reply
from .gateway import Gateway
from .message import Upload
from .ratelimits import RateLimits
from .routing import API, Call, Route, find, read_body
from .running import BotProcess, pointed_at, running
from .world import World

if TYPE_CHECKING:
    from discord import Client

C = TypeVar("C", bound="Client")


class DiscordApi:
    """A Discord of your own on 127.0.0.1, to which the real, unpatched discord.py connects.

    Use it as an asynchronous context manager. `privileged` grants privileged intents (a sum of bits), and
    `shards` is what /gateway/bot recommends. Leaving the context raises AssertionError when the bot used a
    route, or a part of Discord, that this server does not have.

    `add_guild` and `add_user` make its world. `journal` has every request, `broken` every rule the bot broke
    in whatever it did; `patience` says how long people wait; `faults`, `ratelimits`, `gateway` make trouble.
    `distance` is the seconds a request and its answer travel, each; a bot that is killed meanwhile never
    learns what became of it.
    """

    def __init__(
        self,
        *,
        token: str = "loopback-token",
        privileged: int = 0,
        shards: int = 1,
        clock: Clock | None = None,
    ) -> None:
        self.token = token
        self.clock = clock or Clock()
        self.world = World(self.clock)
        self.world.shards = shards
        self.add_guild, self.add_user = self.world.add_guild, self.world.add_user
        self.add_group = self.world.add_group
        self.journal, self.patience = self.world.journal, self.world.patience
        self.broken = self.journal.broken
        self.gateway = Gateway(self.world, token, privileged)
        self.ratelimits = RateLimits(self.clock)
        self.faults = Faults()
        self.api_url = ""
        self.distance = 0.0
        self._runner = web.ServerRunner(web.Server(self._serve))

    @property
    def gateway_url(self) -> str:
        """Where clients find the gateway."""
        return self.world.gateway_url

    def check(self) -> None:
        """Raise AssertionError with every rule the bot broke, if it broke any."""
        if self.broken:
            raise AssertionError("\n".join(map(str, self.broken)))

    async def __aenter__(self) -> DiscordApi:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.world.cdn_url, self.world.gateway_url = f"http://{host}:{port}", f"ws://{host}:{port}/"
        self.api_url = self.world.cdn_url + API
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.faults.closing.set()
        await self.gateway.close()
        await self._runner.cleanup()
        if self.journal.mistakes:
            mistakes = "the bot used what this server does not have: " + "; ".join(self.journal.mistakes)
            if error is None:
                raise AssertionError(mistakes)
            error.add_note(mistakes)

    @contextmanager
    def point(self) -> Iterator[None]:
        """Let all discord.py clients of this process talk to this server, and undo it after."""
        with pointed_at(self.api_url, self.gateway_url):
            yield

    @asynccontextmanager
    async def run(self, client: C, *, seconds: float = 60.0) -> AsyncIterator[C]:
        """Run a client in this process until the block ends; it is ready when the block begins."""
        with self.point():
            async with running(client, self.token, seconds):
                yield client

    @asynccontextmanager
    async def spawn(
        self, *command: str, env: dict[str, str] | None = None, shards: int = 1, seconds: float = 60.0
    ) -> AsyncIterator[BotProcess]:
        """Run a bot as a process of its own until the block ends; its shards are connected when it begins.

        It finds the addresses and token in DISCORD_API_URL, DISCORD_GATEWAY_URL and DISCORD_TOKEN. Raises
        RuntimeError when it ends too early, or TimeoutError.
        """
        addresses = {"DISCORD_API_URL": self.api_url, "DISCORD_GATEWAY_URL": self.gateway_url}
        env = {**os.environ, **addresses, "DISCORD_TOKEN": self.token, **(env or {})}
        before = frozenset(self.gateway.sessions)
        process = BotProcess(await asyncio.create_subprocess_exec(*command, env=env))
        try:
            async with asyncio.timeout(seconds):
                while sum(session.id not in before for session in self.gateway.connected) < shards:
                    if process.process.returncode is not None:
                        raise RuntimeError(f"the bot's process ended with {process.process.returncode}")
                    await asyncio.sleep(0.005)
            yield process
        finally:
            await process.stop()

    async def _serve(self, request: web.BaseRequest) -> web.StreamResponse:
        if request.path == "/":
            return await self.gateway.accept(request)
        if request.path.startswith("/attachments/"):
            file = self.world.files.get(int(request.path.split("/")[3]))
            return web.Response(body=file.data) if file else web.Response(status=404)
        if self.ratelimits.banned:
            text = "error code: 1015: You are being rate limited"
            return web.Response(status=429, text=text, headers={"Retry-After": "600"})
        payload, files = await read_body(request)
        path = request.raw_path.partition("?")[0].removeprefix(API)
        if self.distance:
            await asyncio.sleep(self.distance)
        response = await self.faults.answer(
            request, path, lambda: self._answer(request, path, payload, files)
        )
        if self.distance:
            await asyncio.sleep(self.distance)
        self.ratelimits.note(response.status, response.headers.get("X-RateLimit-Scope"))
        return response

    def _answer(
        self, request: web.BaseRequest, path: str, payload: object, files: list[Upload]
    ) -> web.Response:
        found = find(request.method, path)
        if found is None:
            self.journal.mistakes.append(f"unknown route {request.method} {path}")
            return reply(404, {"message": "404: Not Found", "code": 0})
        route, params = found
        status, headers, body = (
            429,
            *self.ratelimits.count(route.name, route.major(params), exempt=route.open),
        )
        if body is None:
            call = Call(self.world, params, dict(request.query), files)
            call.interaction = self.world.interactions.get(params.get("token", ""))
            authorized = route.open or request.headers.get("Authorization") == f"Bot {self.token}"
            status, body = self._handle(call, route, payload, authorized)
        sent = payload if isinstance(payload, dict) else {"items": payload}
        now, seen = time.monotonic(), 204 if body is None else status
        self.journal.requests.append(Request(request.method, path, route.template, sent, seen, now))
        return reply(status, body, headers)

    def _handle(self, call: Call, route: Route, payload: object, authorized: bool) -> tuple[int, Any]:
        try:
            if not authorized:
                raise Refusal(Code.UNAUTHORIZED, "wrong token")
            if not isinstance(payload, dict | list):
                raise Refusal(Code.INVALID_JSON)
            call.payload, call.items = (payload, []) if isinstance(payload, dict) else ({}, payload)
            return 200, route.handler(call)
        except Refusal as refusal:
            broken = refusal.broken(route.name)
            self.broken.extend(broken)
            if call.interaction:
                call.interaction.broken += broken
                call.interaction.changed.fire()
            return refusal.code.status, refusal.body()
        except NotModelledError as error:
            self.journal.mistakes.append(f"{error} in {route.name}")
            return 400, {"message": f"this server does not have {error}", "code": 0}
        except Exception as error:
            self.journal.mistakes.append(f"{error!r} from the server itself in {route.name} with {payload!r}")
            return 400, {"message": f"the loopback Discord failed: {error!r}", "code": 0}
