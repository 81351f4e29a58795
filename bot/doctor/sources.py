"""The upstreams: whether each can be reached."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from aiohttp import ClientSession

from bot.doctor.findings import Finding, Level
from bot.listing import reason_text
from bot.texts import Language
from store.boards import Catalogue, Upstream
from store.errors import FetchFailed, Reason
from store.sources.addresses import resolve
from store.sources.fetcher import open_session
from store.sources.reach import first_of, reach

CHECK = "sources"
SECONDS = 5.0
AWAY = frozenset({Reason.UNREACHABLE, Reason.TIMEOUT})


async def look_at_sources(
    catalogue: Catalogue, mirrors: Mapping[str, str], language: Language
) -> list[Finding]:
    """Return what each upstream that has an address answers; boards that are stored need none of them."""
    known = (resolve(each, mirrors) for each in catalogue.upstreams.values())
    asked = [(each, live.name) for each in known if each.base and (live := first_of(catalogue, each.key))]
    async with open_session() as session:
        failures = await asyncio.gather(*(_ask(session, upstream, name) for upstream, name in asked))
    if failures and all(each is not None and each.reason in AWAY for each in failures):
        return [Finding(Level.WARN, CHECK, "doctor.sources.offline", {"count": len(failures)})]
    return [
        _finding(upstream, failure, language) for (upstream, _), failure in zip(asked, failures, strict=True)
    ]


async def _ask(session: ClientSession, upstream: Upstream, name: str) -> FetchFailed | None:
    try:
        await reach(session, upstream, name, SECONDS)
    except FetchFailed as failure:
        return failure
    return None


def _finding(upstream: Upstream, failure: FetchFailed | None, language: Language) -> Finding:
    if failure is None:
        return Finding(Level.OK, CHECK, "doctor.sources.ok", {"source": upstream.key})
    reason = reason_text(f"fetch.{failure.reason}", failure.detail, language)
    return Finding(
        Level.WARN, CHECK, "doctor.sources.failed", {"source": upstream.key, "reason": reason.rstrip(".。")}
    )
