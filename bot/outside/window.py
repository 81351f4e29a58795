"""The window: `/healthz` and `/metrics` of a running bot, for those who watch it."""

from __future__ import annotations

import json
import logging
import platform
from collections.abc import Iterator
from http import HTTPStatus
from importlib.metadata import version
from typing import TYPE_CHECKING

from bot.outside import exposition
from bot.outside.figures import build_lines, condition_lines, gateway_lines
from bot.outside.health import Connections, Examiner
from bot.outside.server import Page, Server
from store.condition import Condition

if TYPE_CHECKING:
    from bot.client import Bangdan

log = logging.getLogger(__name__)


class Window:
    """Shows one bot to those who ask at an address such as `127.0.0.1:9464`, from its start to its end."""

    def __init__(self, bot: Bangdan, address: str) -> None:
        self._bot = bot
        host, _, port = address.rpartition(":")
        self._place = host.strip("[]"), int(port)
        self._connections = Connections()
        self._connections.watch(bot)
        self._examiner = Examiner(bot, self._connections)
        self._server = Server({"/healthz": self.healthz, "/metrics": self.metrics})

    async def open(self) -> str | None:
        """Begin to show it, and return the address, None where that is taken: the bot works all the same."""
        try:
            host, port = await self._server.open(*self._place)
        except OSError as error:
            log.warning("no /healthz and /metrics at %s:%d: %s", *self._place, error.strerror)
            return None
        log.info("/healthz and /metrics at http://%s:%d", f"[{host}]" if ":" in host else host, port)
        return f"http://{f'[{host}]' if ':' in host else host}:{port}"

    async def close(self) -> None:
        """Stop showing it."""
        await self._server.close()

    async def healthz(self) -> Page:
        """Return whether all is well, and if not, why."""
        health = await self._examiner.examine()
        told = {
            "status": "ok" if health.well else "failing",
            "reasons": health.reasons,
            "database": health.database,
            "gateway": health.gateway,
        }
        status = HTTPStatus.OK if health.well else HTTPStatus.SERVICE_UNAVAILABLE
        return Page(status, "application/json", json.dumps(told) + "\n")

    async def metrics(self) -> Page:
        """Return every figure."""
        lines = self._lines(await self._examiner.condition())
        return Page(HTTPStatus.OK, exposition.TYPE, "\n".join(lines) + "\n")

    def _lines(self, condition: Condition | None) -> Iterator[str]:
        say = self._bot.texts.source.say
        yield from build_lines(version("bangdan"), platform.python_version(), say)
        yield from self._bot.door.figures.lines(say)
        yield from condition_lines(condition, say)
        yield from gateway_lines(self._examiner.latencies(), say)
