"""A Discord in a process of its own, as a test sees it from outside."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from .errors import Json
from .running import BotProcess

ROOT = Path(__file__).parents[2]
PATIENCE = 900.0
"""Seconds that a crowd may take."""


@dataclass
class RemoteDiscord:
    """Starts `python -m tests.discord_api`; use it as an asynchronous context manager.

    distance: seconds that a request travels, each way. people: the users besides those who use commands,
    whose ids are in `person_ids` then. askers: those who use commands, in each guild.
    """

    channels: int = 1
    askers: int = 1
    people: int = 0
    distance: float = 0.0
    limited: bool = True
    api_url: str = ""
    gateway_url: str = ""
    token: str = ""
    person_ids: list[int] = field(default_factory=list)
    _control_url: str = ""

    async def __aenter__(self) -> RemoteDiscord:
        options = ["--channels", str(self.channels), "--people", str(self.people)]
        options += ["--askers", str(self.askers)]
        options += ["--distance", str(self.distance)] + ["--unlimited"] * (not self.limited)
        command, pipe = (sys.executable, "-m", "tests.discord_api", *options), asyncio.subprocess.PIPE
        self._process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdin=pipe, stdout=pipe)
        assert self._process.stdout
        told = json.loads(await self._process.stdout.readline())
        self.api_url, self.gateway_url, self.token = told["api_url"], told["gateway_url"], told["token"]
        self._control_url, self.person_ids = told["control_url"], told["people"]
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE))
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._session.close()
        with suppress(ProcessLookupError):
            if self._process.stdin:
                self._process.stdin.close()
            try:
                await asyncio.wait_for(self._process.wait(), 5.0)
            except TimeoutError:
                self._process.kill()
                await self._process.wait()

    @property
    def pid(self) -> int:
        """The process of this Discord."""
        return self._process.pid

    async def _ask(self, method: str, path: str, body: object = None) -> Any:
        async with self._session.request(method, f"{self._control_url}/{path}", json=body) as response:
            response.raise_for_status()
            return await response.json()

    async def state(self) -> Json:
        """Return `connected`, `identified`, `posts`, the time of the `last`, `cpu` seconds, and `now`."""
        found: Json = await self._ask("GET", "state")
        return found

    async def places(self) -> list[Json]:
        """Return every channel: `id`, `guild`, `kind`, `name`, `parent`."""
        found: list[Json] = await self._ask("GET", "places")
        return found

    async def posts(self, first: int = 0) -> list[Json]:
        """Return the bot's messages outside of answers, deleted ones too, in the order of their coming.

        Each has `id`, `channel`, `recipient`, `nonce`, `custom_ids`, `content`, `titles`, `pings`,
        `notified`, `time`, `edits`, `published`, `deleted`.
        """
        found: list[Json] = await self._ask("GET", f"posts?first={first}")
        return found

    async def traffic(self) -> Json:
        """Return `statuses`, `routes`, requests by `seconds`, rules `broken` with `examples`, `mistakes`."""
        found: Json = await self._ask("GET", "traffic")
        return found

    async def slash(self, command: str, options: Mapping[str, object] | None = None, asker: int = 0) -> Json:
        """Let somebody use a command; return its `latency` (None without an answer), `text`, `broken`."""
        asked = {"command": command, "options": dict(options or {}), "asker": asker}
        found: Json = await self._ask("POST", "slash", asked)
        return found

    async def crowd(
        self,
        command: str,
        *options: Mapping[str, object],
        times: int = 100,
        at_once: int = 100,
    ) -> Json:
        """Let people use a command at once; return `latencies`, `unanswered` and `seconds`, see `Crowd`."""
        asked: Json = {"command": command, "options": options or [{}], "times": times, "at_once": at_once}
        found: Json = await self._ask("POST", "crowd", asked)
        return found

    async def forget(self) -> None:
        """Let it forget what was asked and answered, so that a long run takes no more memory."""
        await self._ask("DELETE", "past")

    async def start_stream(
        self, command: str, options: Mapping[str, object] | None = None, *, per_second: float = 20.0
    ) -> None:
        """Let people begin to use a command steadily."""
        asked = {"command": command, "options": dict(options or {}), "per_second": per_second}
        await self._ask("POST", "stream", asked)

    async def stop_stream(self) -> Json:
        """Let them end; return `latencies`, `unanswered` and `impossible`."""
        found: Json = await self._ask("DELETE", "stream")
        return found

    async def add_fault(self, method: str, path: str, **how: object) -> None:
        """Let requests go wrong, see `Faults.add`."""
        await self._ask("POST", "faults", {"method": method, "path": path, **how})

    async def disturb(self, what: str) -> None:
        """Let the gateway `drop`, `reconnect` or `invalidate` its connections."""
        await self._ask("POST", f"gateway/{what}")

    async def spawn(self, *command: str, env: Mapping[str, str] | None = None) -> BotProcess:
        """Start a bot as a process of its own; its environment is that of `DiscordApi.spawn`."""
        addresses = {"DISCORD_API_URL": self.api_url, "DISCORD_GATEWAY_URL": self.gateway_url}
        around = {**os.environ, **addresses, "DISCORD_TOKEN": self.token, **(env or {})}
        return BotProcess(await asyncio.create_subprocess_exec(*command, env=around))

    async def wait_until_answered(
        self,
        bot: BotProcess,
        command: str,
        options: Mapping[str, object] | None = None,
        *,
        seconds: float = 60.0,
    ) -> None:
        """Wait until a bot answers a command; raises RuntimeError when it ends, or TimeoutError."""
        async with asyncio.timeout(seconds):
            while (
                not (await self.state())["connected"] or not (await self.slash(command, options))["latency"]
            ):
                if bot.process.returncode is not None:
                    raise RuntimeError(f"the bot's process ended with {bot.process.returncode}")
                await asyncio.sleep(0.05)
