"""What a test in another process can ask of this Discord, and let people do: HTTP on its own address."""

from __future__ import annotations

import time
from collections import Counter
from typing import Any

from aiohttp import web

from .channel import Channel
from .errors import ImpossibleActionError, Json
from .message import Message
from .rules import walk
from .server import DiscordApi
from .stream import Asker, Crowd, Stream


class Control:
    """The routes of one server; `askers` are those who use commands, one in each guild."""

    def __init__(self, api: DiscordApi, askers: list[Asker]) -> None:
        self.api = api
        self.askers = askers
        self._stream: Stream | None = None
        self._runner: web.AppRunner | None = None

    async def open(self) -> str:
        """Begin to listen, and return the address."""
        app, routes = web.Application(), (("state", self.state), ("places", self.places))
        for name, answer in (*routes, ("posts", self.posts), ("traffic", self.traffic)):
            app.router.add_get(f"/{name}", self._get(answer))
        app.router.add_post("/slash", self._slash)
        app.router.add_post("/crowd", self._let_crowd_ask)
        app.router.add_delete("/past", self._forget)
        app.router.add_post("/stream", self._start_stream)
        app.router.add_delete("/stream", self._stop_stream)
        app.router.add_post("/faults", self._add_fault)
        app.router.add_post("/gateway/{what}", self._disturb)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        return f"http://{host}:{port}"

    async def close(self) -> None:
        """Listen no more."""
        if self._stream:
            await self._stream.stop()
        if self._runner:
            await self._runner.cleanup()

    def _get(self, answer: Any) -> Any:
        async def handle(request: web.Request) -> web.Response:
            return web.json_response(answer(request.query))

        return handle

    def state(self, query: Any) -> Json:
        """Return how many sessions and messages there are: cheap, to be asked often."""
        gateway, posts = self.api.gateway, self.api.world.posts
        found: Json = {"connected": len(gateway.connected), "identified": gateway.identified}
        found |= {"posts": len(posts), "cpu": time.process_time(), "now": time.time()}
        return found | {"last": self.api.world.clock.made(posts[-1].id) if posts else None}

    def places(self, query: Any) -> list[Json]:
        """Return every channel of every guild, in the order in which they were made."""
        channels = self.api.world.channels.values()
        return [_place(channel) for channel in channels if channel.guild]

    def posts(self, query: Any) -> list[Json]:
        """Return the bot's messages outside of answers, also deleted ones, from the `first` on."""
        return [_post(message) for message in self.api.world.posts[int(query.get("first", 0)) :]]

    def traffic(self, query: Any) -> Json:
        """Return the requests by status, by route and by second, and what was broken.

        The seconds are without answers to interactions, to which the global limit does not apply.
        """
        requests, journal = self.api.journal.requests, self.api.journal
        routes = Counter(f"{request.method} {request.route}" for request in requests)
        statuses = Counter(str(request.status) for request in requests)
        limited = [request.at for request in requests if "{token}" not in request.route]
        seconds = Counter(int(at - limited[0]) for at in limited)
        found: Json = {"routes": routes, "statuses": statuses, "seconds": sorted(seconds.items())}
        broken = Counter(str(broken.code) for broken in journal.broken)
        examples = list(map(str, journal.broken[:20]))
        return found | {"broken": broken, "examples": examples, "mistakes": journal.mistakes[:20]}

    async def _slash(self, request: web.Request) -> web.Response:
        asked = await request.json()
        who, where = self.askers[asked.get("asker", 0) % len(self.askers)]
        try:
            answer = await who.slash(where, asked["command"], **asked.get("options", {}))
        except ImpossibleActionError as error:
            return web.json_response({"latency": None, "text": "", "broken": [str(error)]})
        shown = answer.interaction.original
        latency = answer.latency if answer.kind else None
        found: Json = {"latency": latency, "text": shown.text if shown else ""}
        return web.json_response(found | {"broken": list(map(str, answer.broken))})

    async def _let_crowd_ask(self, request: web.Request) -> web.Response:
        asked = await request.json()
        crowd = Crowd(self.askers, asked["command"], asked["options"], asked["times"], asked["at_once"])
        return web.json_response(await crowd.ask())

    async def _forget(self, request: web.Request) -> web.Response:
        self.api.world.forget()
        self.api.journal.requests.clear()
        return web.json_response({})

    async def _start_stream(self, request: web.Request) -> web.Response:
        asked = await request.json()
        self._stream = Stream(self.askers, asked["command"], asked["options"], asked["per_second"])
        self._stream.start()
        return web.json_response({})

    async def _stop_stream(self, request: web.Request) -> web.Response:
        stream, self._stream = self._stream, None
        if stream is None:
            return web.json_response(Stream((), "").report())
        await stream.stop()
        return web.json_response(stream.report())

    async def _add_fault(self, request: web.Request) -> web.Response:
        asked = await request.json()
        self.api.faults.add(asked.pop("method"), asked.pop("path"), **asked)
        return web.json_response({})

    async def _disturb(self, request: web.Request) -> web.Response:
        gateway = self.api.gateway
        known = {"drop": gateway.drop, "reconnect": gateway.reconnect, "invalidate": gateway.invalidate}
        known[request.match_info["what"]]()
        return web.json_response({})


def _place(channel: Channel) -> Json:
    parent = channel.parent.id if channel.parent else None
    known: Json = {"id": channel.id, "kind": channel.kind.name, "name": channel.name, "parent": parent}
    return known | {"guild": channel.guild.id if channel.guild else None}


def _post(message: Message) -> Json:
    channel, parts = message.channel, walk({"components": message.components})
    known: Json = {"id": message.id, "channel": channel.id, "nonce": message.nonce, "edits": message.edits}
    known |= {"content": message.content, "titles": [embed.get("title") for embed in message.embeds]}
    known["custom_ids"] = [part["custom_id"] for _, part in parts if part.get("custom_id")]
    known |= {"deleted": message.deleted, "published": message.published, "pings": sorted(message.pings)}
    known["notified"] = sorted(message.notified)
    known["recipient"] = channel.recipient.id if channel.recipient else None
    return known | {"time": message.world.clock.made(message.id)}
