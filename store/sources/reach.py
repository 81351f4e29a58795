"""Whether upstreams can be reached, told without fetching a document."""

from __future__ import annotations

from aiohttp import ClientSession, ClientTimeout

from store.boards import Catalogue, Live, Upstream
from store.errors import FetchFailed, Reason
from store.sources.addresses import latest, path_of, scheme_of
from store.sources.exchange import answering, translating, web_address
from store.sources.verdict import judge

_HEADERS = {"Accept-Encoding": "identity"}


def first_of(catalogue: Catalogue, upstream: str) -> Live | None:
    """Return the first document that a board has in an upstream, None where no board has any."""
    lives = (live for board in catalogue.boards.values() for live in board.live)
    return next((live for live in lives if live.upstream == upstream), None)


async def reach(session: ClientSession, upstream: Upstream, name: str, seconds: float) -> None:
    """Ask an upstream for a document, and leave it at the first of the answer.

    Raises FetchFailed.
    """
    address = latest(upstream, name)
    if scheme_of(address) not in ("http", "https"):
        if not path_of(address).exists():
            raise FetchFailed(Reason.MISSING, path_of(address).name)
        return
    with translating():
        timeout = ClientTimeout(total=seconds)
        async with answering(session, web_address(address), _HEADERS, timeout) as response:
            judge(response.status, response.headers, upstream.limit)
