"""Fetches documents from upstreams: over HTTP, with patience and without trust, or from a folder."""

from __future__ import annotations

import asyncio
import random
import ssl
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from aiohttp import ClientResponse, ClientSession, ClientTimeout, DummyCookieJar, TCPConnector
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt

from store.errors import FetchFailed, Reason
from store.sources.addresses import path_of, scheme_of
from store.sources.download import Download, Fetched, Validators
from store.sources.exchange import answering, translating, web_address
from store.sources.folder import copy
from store.sources.inflation import Inflater
from store.sources.verdict import encoding_of, judge

__all__ = ["Fetched", "Fetcher", "Pace", "Validators", "open_session"]

_PASSING = frozenset(
    {Reason.UNREACHABLE, Reason.TIMEOUT, Reason.TRUNCATED, Reason.RATE_LIMITED, Reason.SERVER}
)
_ACCEPT = "text/markdown, text/csv, application/vnd.apache.parquet, application/json, */*;q=0.5"
_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Pace:
    """How often and how long an upstream is tried; all but `attempts` are seconds.

    The wait before another attempt grows from `wait` to `longest`, by chance shorter; an upstream that
    asks for a longer one than `longest` is left alone. An attempt has `total` seconds, in which `connect`
    may pass until there is a connection, and `stall` without a byte.
    """

    attempts: int = 4
    wait: float = 1.0
    longest: float = 60.0
    connect: float = 10.0
    stall: float = 30.0
    total: float = 600.0


def open_session(trust: ssl.SSLContext | None = None) -> ClientSession:
    """Return a session that keeps no cookies; whoever asked for it closes it.

    `trust` tells whose certificates count, if not those that the system trusts.
    """
    return ClientSession(connector=TCPConnector(ssl=trust or True), cookie_jar=DummyCookieJar())


class Fetcher:
    """Fetches documents with a `session` of its caller's; any number at once."""

    def __init__(self, session: ClientSession, *, pace: Pace | None = None) -> None:
        self._session = session
        self._pace = pace or Pace()
        self._timeout = ClientTimeout(sock_connect=self._pace.connect, sock_read=self._pace.stall)
        self._headers = {
            "User-Agent": f"bangdan/{version('bangdan')} (Discord bot for LLM leaderboards; aiohttp)",
            "Accept": _ACCEPT,
            # So that the length is known before and a document cut short is noticed; parquet gains nothing.
            "Accept-Encoding": "identity",
        }

    async def fetch(
        self, address: str, into: Path, validators: Validators | None, limit: int
    ) -> Fetched | None:
        """Fetch the document at an address or path into a new file in the folder `into`.

        Returns None when it still is as `validators` say. Raises FetchFailed, at once or after the attempts
        that a passing failure is worth, and leaves no file then.
        """
        if scheme_of(address) not in ("http", "https"):
            return await copy(path_of(address), into, validators, limit)
        retrying = AsyncRetrying(
            stop=stop_after_attempt(self._pace.attempts),
            retry=retry_if_exception(self._passes),
            wait=self._wait,
            reraise=True,
        )
        return await retrying(self._attempt, address, into, validators, limit)

    async def _attempt(
        self, address: str, into: Path, validators: Validators | None, limit: int
    ) -> Fetched | None:
        conditions = validators.conditions() if validators else {}
        headers = {**self._headers, **conditions}
        with translating():
            async with (
                asyncio.timeout(self._pace.total),
                answering(self._session, web_address(address), headers, self._timeout) as response,
            ):
                if response.status == 304 and conditions:
                    return None
                judge(response.status, response.headers, limit)
                with Download(into, limit) as download:
                    async with aclosing(_pieces(response)) as pieces:
                        async for piece in pieces:
                            download.write(piece)
                    final = str(response.url.with_query(None).with_fragment(None))
                    return download.finish(address, final, Validators.of(response.headers))

    def _passes(self, error: BaseException) -> bool:
        """Return whether another attempt may succeed, and soon enough."""
        return (
            isinstance(error, FetchFailed)
            and error.reason in _PASSING
            and (error.retry_after or 0.0) <= self._pace.longest
        )

    def _wait(self, state: RetryCallState) -> float:
        """Return the seconds until the next attempt: what the upstream asked for, and a bit of chance."""
        error = state.outcome.exception() if state.outcome else None
        asked = error.retry_after if isinstance(error, FetchFailed) else None
        longest = min(self._pace.wait * 2 ** (state.attempt_number - 1), self._pace.longest)
        return (asked or 0.0) + random.uniform(longest / 2, longest)


async def _pieces(response: ClientResponse) -> AsyncGenerator[bytes, None]:
    """Give the document piece by piece, as it comes in; raises FetchFailed when it breaks off."""
    inflater = Inflater(encoding_of(response.headers))
    async for chunk in response.content.iter_chunked(_CHUNK):
        for piece in inflater.inflate(chunk):
            yield piece
            # A quick upstream would keep the loop from everybody else, and from our own timeout.
            await asyncio.sleep(0)
    inflater.finish()
