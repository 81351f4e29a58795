"""Fetching from a real server on 127.0.0.1 that plays what upstreams do to their visitors."""

from __future__ import annotations

import asyncio
import gzip
import os
import threading
import tracemalloc
import urllib.request
import zlib
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from importlib.metadata import version
from pathlib import Path
from typing import Literal

import pytest
from aiohttp import ClientSession

from store.boards import Upstream
from store.errors import FetchFailed, Reason
from store.sources.addresses import dated, history, latest, resolve
from store.sources.commits import date_of
from store.sources.fetcher import Fetched, Fetcher, Pace, Validators, open_session
from tests.upstream import UpstreamServer, bomb, serving

PAGE = "| Rank | Model |\n|---|---|\n| 1 | 通义千问 |\n".encode()
QUICK = Pace(attempts=4, wait=0.005, longest=1.5, connect=1.0, stall=0.3, total=2.0)
LIMIT = 100_000


@pytest.fixture
async def server() -> AsyncIterator[UpstreamServer]:
    async with UpstreamServer() as server:
        yield server


@pytest.fixture
async def secure() -> AsyncIterator[UpstreamServer]:
    async with UpstreamServer(tls=True) as server:
        yield server


@pytest.fixture
async def session() -> AsyncIterator[ClientSession]:
    async with open_session() as session:
        yield session


@pytest.fixture
def into(tmp_path: Path) -> Path:
    folder = tmp_path / "incoming"
    folder.mkdir()
    return folder


@pytest.fixture
def fetcher(session: ClientSession) -> Fetcher:
    return Fetcher(session, pace=QUICK)


class Visitor:
    """Fetches from one server into one folder."""

    def __init__(self, fetcher: Fetcher, server: UpstreamServer, into: Path) -> None:
        self.fetcher, self.server, self.into = fetcher, server, into

    async def get(
        self, path: str = "/a.md", validators: Validators | None = None, limit: int = LIMIT
    ) -> Fetched:
        fetched = await self.fetcher.fetch(self.server.url + path, self.into, validators, limit)
        assert fetched is not None
        return fetched

    async def fail(self, path: str = "/a.md", limit: int = LIMIT) -> FetchFailed:
        """Fetch in vain, and see that nothing is left in the folder."""
        with pytest.raises(FetchFailed) as caught:
            async with asyncio.timeout(30):  # of the test's own, if the fetcher forgets its
                await self.fetcher.fetch(self.server.url + path, self.into, None, limit)
        assert list(self.into.iterdir()) == []
        return caught.value

    @property
    def attempts(self) -> int:
        return len(self.server.requests)


@pytest.fixture
def visitor(fetcher: Fetcher, server: UpstreamServer, into: Path) -> Visitor:
    return Visitor(fetcher, server, into)


# What goes well


async def test_a_document_is_stored_as_it_was_sent(visitor: Visitor, into: Path) -> None:
    visitor.server.put("/a.md", PAGE, etag='"1"', modified="Wed, 09 Jul 2025 10:00:00 GMT")
    fetched = await visitor.get()
    assert fetched.path.parent == into
    assert fetched.path.read_bytes() == PAGE
    assert fetched.size == len(PAGE)
    assert fetched.address == fetched.final == f"{visitor.server.url}/a.md"
    assert fetched.validators == Validators('"1"', "Wed, 09 Jul 2025 10:00:00 GMT")


async def test_the_bot_says_who_it_is_and_what_it_reads(visitor: Visitor) -> None:
    visitor.server.put("/a.md", PAGE)
    await visitor.get()
    headers = visitor.server.requests[0].headers
    assert (
        headers["User-Agent"] == f"bangdan/{version('bangdan')} (Discord bot for LLM leaderboards; aiohttp)"
    )
    assert "text/markdown" in headers["Accept"]
    assert headers["Accept-Encoding"] == "identity"
    assert not {"If-None-Match", "If-Modified-Since", "Cookie", "Authorization"} & set(headers)


async def test_a_document_that_is_known_is_not_sent_again(visitor: Visitor, into: Path) -> None:
    visitor.server.put("/a.md", PAGE, etag='W/"1"', modified="Wed, 09 Jul 2025 10:00:00 GMT")
    known = (await visitor.get()).validators
    again = await visitor.fetcher.fetch(f"{visitor.server.url}/a.md", into, known, LIMIT)
    assert again is None
    assert visitor.server.requests[1].headers["If-None-Match"] == 'W/"1"'
    assert visitor.server.requests[1].headers["If-Modified-Since"] == "Wed, 09 Jul 2025 10:00:00 GMT"
    assert len(list(into.iterdir())) == 1


async def test_a_date_alone_tells_that_a_document_is_known(visitor: Visitor, into: Path) -> None:
    visitor.server.put("/a.md", PAGE, modified="Wed, 09 Jul 2025 10:00:00 GMT")
    known = (await visitor.get()).validators
    assert await visitor.fetcher.fetch(f"{visitor.server.url}/a.md", into, known, LIMIT) is None


async def test_a_document_that_changed_is_sent_again(visitor: Visitor) -> None:
    visitor.server.put("/a.md", PAGE, etag='"1"')
    known = (await visitor.get()).validators
    visitor.server.put("/a.md", PAGE + PAGE, etag='"2"')
    assert (await visitor.get(validators=known)).validators.etag == '"2"'


@pytest.mark.parametrize("etag", ['"' + "x" * 300 + '"', '"\u00e9"', '"a\tb"'])
async def test_a_validator_that_nobody_should_keep_is_left_out(visitor: Visitor, etag: str) -> None:
    visitor.server.put("/a.md", PAGE, etag=etag)
    assert (await visitor.get()).validators == Validators()


@pytest.mark.parametrize("content_type", ["text/plain", "application/octet-stream", "text/csv", None])
async def test_any_type_but_a_web_page_may_be_a_board(visitor: Visitor, content_type: str | None) -> None:
    visitor.server.put("/a.md", PAGE, content_type=content_type)
    assert (await visitor.get()).size == len(PAGE)


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
async def test_a_compressed_document_is_stored_as_it_was_before(visitor: Visitor, encoding: str) -> None:
    compressed = gzip.compress(PAGE) if encoding == "gzip" else zlib.compress(PAGE)
    visitor.server.put("/a.md", compressed, encoding=encoding)
    fetched = await visitor.get()
    assert fetched.path.read_bytes() == PAGE
    assert fetched.size == len(PAGE)


async def test_a_document_of_exactly_the_limit_is_taken(visitor: Visitor) -> None:
    visitor.server.put("/a.md", PAGE)
    assert (await visitor.get(limit=len(PAGE))).size == len(PAGE)


async def test_many_documents_are_fetched_at_once(visitor: Visitor) -> None:
    bodies = {f"/{number}.md": os.urandom(50_000 + number) for number in range(20)}
    for path, body in bodies.items():
        visitor.server.put(path, body).fail(path, 500, times=1)
    fetched = await asyncio.gather(*(visitor.get(path) for path in bodies))
    assert [each.path.read_bytes() for each in fetched] == list(bodies.values())
    assert visitor.attempts == 40


async def test_cookies_are_not_kept(visitor: Visitor) -> None:
    visitor.server.fail("/a.md", 404, headers={"Set-Cookie": "visitor=1; Path=/"})
    visitor.server.url = visitor.server.url.replace("127.0.0.1", "localhost")  # where aiohttp keeps them
    await visitor.fail()
    await visitor.fail()
    assert visitor.attempts == 2
    assert all("Cookie" not in request.headers for request in visitor.server.requests)


# What fails for good


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (404, Reason.MISSING),
        (410, Reason.MISSING),
        (401, Reason.REFUSED),
        (403, Reason.REFUSED),
        (418, Reason.REFUSED),
        (204, Reason.UNEXPECTED),
        (206, Reason.UNEXPECTED),
        (304, Reason.UNEXPECTED),
    ],
)
async def test_what_another_attempt_cannot_mend_is_asked_once(
    visitor: Visitor, status: int, reason: Reason
) -> None:
    visitor.server.fail("/a.md", status)
    failed = await visitor.fail()
    assert (failed.reason, failed.detail) == (reason, str(status))
    assert visitor.attempts == 1


async def test_a_web_page_is_no_board(visitor: Visitor) -> None:
    visitor.server.put("/a.md", "<html>", content_type="Text/HTML; charset=utf-8")
    failed = await visitor.fail()
    assert (failed.reason, failed.detail) == (Reason.WEB_PAGE, "text/html")
    assert visitor.attempts == 1


async def test_a_length_above_the_limit_is_refused_before_reading(visitor: Visitor) -> None:
    visitor.server.stall("/a.md", b"", length=LIMIT + 1)
    failed = await visitor.fail()
    assert (failed.reason, failed.detail) == (Reason.TOO_LARGE, str(LIMIT))
    assert visitor.attempts == 1


async def test_a_body_without_end_stops_at_the_limit(visitor: Visitor) -> None:
    visitor.server.flood("/a.md")
    assert (await visitor.fail()).reason is Reason.TOO_LARGE
    assert visitor.attempts == 1


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
async def test_a_compressed_gigabyte_of_nothing_stops_early_in_little_memory(
    visitor: Visitor, encoding: Literal["gzip", "deflate"]
) -> None:
    body = bomb(encoding)
    assert len(body) < 2_000_000
    visitor.server.put("/a.md", body, encoding=encoding)
    tracemalloc.start()
    try:
        failed = await visitor.fail(limit=3_000_000)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert failed.reason is Reason.TOO_LARGE
    assert peak < 10_000_000


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
async def test_a_compressed_body_that_breaks_off_is_cut_short(visitor: Visitor, encoding: str) -> None:
    compressed = gzip.compress(PAGE) if encoding == "gzip" else zlib.compress(PAGE)
    visitor.server.put("/a.md", compressed[:-9], encoding=encoding)
    assert (await visitor.fail()).reason is Reason.TRUNCATED


async def test_a_compressed_document_may_have_several_parts_or_none(visitor: Visitor) -> None:
    visitor.server.put("/a.md", gzip.compress(PAGE) + gzip.compress(PAGE * 10_000), encoding="gzip")
    assert (await visitor.get(limit=10**6)).path.read_bytes() == PAGE * 10_001
    visitor.server.put("/a.md", b"", encoding="gzip")
    assert (await visitor.get()).size == 0


async def test_the_limit_counts_what_comes_out_of_compression(visitor: Visitor) -> None:
    visitor.server.put("/a.md", gzip.compress(PAGE * 100), encoding="gzip")
    assert (await visitor.get(limit=len(PAGE) * 100)).size == len(PAGE) * 100
    visitor.into = visitor.into.parent / "empty"
    visitor.into.mkdir()
    assert (await visitor.fail(limit=len(PAGE) * 100 - 1)).reason is Reason.TOO_LARGE


async def test_others_get_their_turn_while_a_large_document_comes_in(visitor: Visitor) -> None:
    turns = 0

    async def take_turns() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    visitor.server.put("/a.md", bomb(megabytes=64), encoding="gzip")
    task = asyncio.create_task(take_turns())
    await visitor.fail(limit=50_000_000)
    task.cancel()
    assert turns > 150


async def test_compression_that_cannot_be_undone_is_refused(visitor: Visitor) -> None:
    visitor.server.put("/a.md", PAGE, encoding="gzip").put("/b.md", PAGE, encoding="br")
    assert (await visitor.fail("/a.md")).reason is Reason.UNREADABLE
    failed = await visitor.fail("/b.md")
    assert (failed.reason, failed.detail) == (Reason.UNREADABLE, "br")
    assert visitor.attempts == 2


async def test_an_answer_that_is_no_http_is_unexpected(visitor: Visitor) -> None:
    visitor.server.say("/a.md", b"220 smtp.example ready\r\n\r\n")
    assert (await visitor.fail()).reason is Reason.UNEXPECTED


@pytest.mark.parametrize(
    "address",
    [
        "ftp://example.org/a.md",
        "https://",
        "https:///a.md",
        "http://[::1/a.md",
        "https://example.org:port/a.md",
        f"https://{'a' * 70}.{chr(0x2488)}/a.md",
        "file://mirror/a.md",
        "a\0b.md",
    ],
)
async def test_what_is_no_address_is_refused(fetcher: Fetcher, into: Path, address: str) -> None:
    with pytest.raises(FetchFailed) as caught:
        await fetcher.fetch(address, into, None, LIMIT)
    assert caught.value.reason is Reason.BAD_ADDRESS


@pytest.mark.parametrize("person", ["robot:hunter2@", "hunter2@"])
async def test_an_address_with_a_password_is_refused_and_not_repeated(
    fetcher: Fetcher, server: UpstreamServer, into: Path, person: str
) -> None:
    with pytest.raises(FetchFailed) as caught:
        await fetcher.fetch(server.url.replace("//", f"//{person}") + "/a.md", into, None, LIMIT)
    assert caught.value.reason is Reason.BAD_ADDRESS
    assert "hunter2" not in str(caught.value)
    assert server.requests == []


async def test_a_document_that_cannot_be_kept_is_our_own_fault(visitor: Visitor) -> None:
    visitor.server.put("/a.md", PAGE)
    visitor.into.rmdir()
    with pytest.raises(FetchFailed) as caught:
        await visitor.get()
    assert caught.value.reason is Reason.UNWRITABLE
    assert visitor.attempts == 1


def test_the_detail_of_a_failure_is_one_short_line() -> None:
    failed = FetchFailed(Reason.SERVER, "a\x1b[31m\nb\u202e" + "c" * 500)
    assert failed.detail.startswith("a [31m b c")
    assert len(failed.detail) == 120
    assert str(failed).isprintable()


# What passes


async def test_a_server_that_failed_once_is_asked_again(visitor: Visitor) -> None:
    visitor.server.put("/a.md", PAGE).fail("/a.md", 500, times=1)
    assert (await visitor.get()).size == len(PAGE)
    assert visitor.attempts == 2


async def test_a_server_that_always_fails_is_asked_four_times(visitor: Visitor) -> None:
    visitor.server.fail("/a.md", 503)
    failed = await visitor.fail()
    assert (failed.reason, failed.detail) == (Reason.SERVER, "503")
    assert visitor.attempts == 4


async def test_waits_grow_up_to_the_longest(
    session: ClientSession, server: UpstreamServer, into: Path
) -> None:
    server.fail("/a.md", 500)
    await Visitor(Fetcher(session, pace=Pace(attempts=3, wait=0.1)), server, into).fail()
    first, second, third = (request.at for request in server.requests)
    assert second - first >= 0.05, "at least half of the wait, the other half is chance"
    assert third - second >= 0.1
    # Without the longest it would be five seconds at least, which no visitor here waits.
    await Visitor(Fetcher(session, pace=Pace(attempts=2, wait=10, longest=0.05)), server, into).fail()


async def test_a_rate_limit_is_waited_out(visitor: Visitor) -> None:
    visitor.server.put("/a.md", PAGE).fail("/a.md", 429, times=1, retry_after=1)
    await visitor.get()
    first, second = visitor.server.requests
    assert second.at - first.at >= 1


async def test_a_rate_limit_may_end_at_a_date(visitor: Visitor) -> None:
    # HTTP's dates have no fractions: this is between 0.2 and 1.2 seconds from now.
    until = (datetime.now(UTC) + timedelta(seconds=1.2)).replace(microsecond=0)
    visitor.server.put("/a.md", PAGE)
    visitor.server.fail("/a.md", 429, times=1, retry_after=format_datetime(until, usegmt=True))
    await visitor.get()
    assert datetime.now(UTC) >= until
    assert visitor.attempts == 2


def an_hour_on() -> str:
    return format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)


@pytest.mark.parametrize(
    ("status", "headers", "seconds"),
    [
        (429, lambda: {"Retry-After": "3600"}, 3600),
        (429, lambda: {"Retry-After": an_hour_on()}, 3600),
        (429, lambda: {"Retry-After": "9" * 400}, 7 * 24 * 3600),
        (403, lambda: {"Retry-After": "3600"}, 3600),
        (
            403,
            lambda: {
                "X-RateLimit-Remaining": "0",
                "X-RateLimit-Reset": str(int(datetime.now(UTC).timestamp()) + 3600),
            },
            3600,
        ),
    ],
    ids=["seconds", "date", "absurd", "403", "GitHub"],
)
async def test_a_rate_limit_that_is_too_long_is_left_to_the_caller(
    visitor: Visitor, status: int, headers: Callable[[], dict[str, str]], seconds: float
) -> None:
    visitor.server.fail("/a.md", status, headers=headers())
    failed = await visitor.fail()
    assert failed.reason is Reason.RATE_LIMITED
    assert failed.retry_after == pytest.approx(seconds, abs=5)
    assert visitor.attempts == 1


@pytest.mark.parametrize("retry_after", ["soon", "-5", "", "Wed, 99 Foo 2025 10:00:00 GMT", "0"])
async def test_a_rate_limit_without_a_time_is_tried_at_the_usual_pace(
    visitor: Visitor, retry_after: str
) -> None:
    visitor.server.fail("/a.md", 429, retry_after=retry_after)
    failed = await visitor.fail()
    assert failed.reason is Reason.RATE_LIMITED
    assert not failed.retry_after
    assert visitor.attempts == 4


async def test_a_server_under_repair_says_when_to_come_back(visitor: Visitor) -> None:
    visitor.server.fail("/a.md", 503, retry_after=7200)
    failed = await visitor.fail()
    assert (failed.reason, failed.retry_after) == (Reason.SERVER, 7200)
    assert visitor.attempts == 1


async def test_a_body_that_is_cut_short_is_asked_for_again(visitor: Visitor) -> None:
    visitor.server.put("/a.md", PAGE).cut("/a.md", PAGE[:20], len(PAGE), times=1)
    assert (await visitor.get()).path.read_bytes() == PAGE
    assert visitor.attempts == 2
    assert len(list(visitor.into.iterdir())) == 1


async def test_a_body_that_is_always_cut_short_is_a_failure(visitor: Visitor) -> None:
    visitor.server.cut("/a.md", PAGE[:20], len(PAGE))
    assert (await visitor.fail()).reason is Reason.TRUNCATED
    assert visitor.attempts == 4


async def test_chunks_without_an_end_are_cut_short_too(visitor: Visitor) -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    visitor.server.say("/a.md", head + b"5\r\nabcde\r\n")
    assert (await visitor.fail()).reason is Reason.TRUNCATED


async def test_a_connection_that_breaks_is_tried_again(visitor: Visitor) -> None:
    visitor.server.put("/a.md", PAGE).reset("/a.md", times=1).say("/a.md", b"", times=1)
    assert (await visitor.get()).size == len(PAGE)
    visitor.server.put("/b.md", PAGE).reset("/b.md")
    with pytest.raises(FetchFailed) as caught:
        await visitor.get("/b.md")
    assert caught.value.reason is Reason.UNREACHABLE
    assert len(visitor.server.seen("/b.md")) >= 4  # aiohttp itself repeats a request on a used connection


async def test_a_place_that_is_not_there_is_unreachable(fetcher: Fetcher, into: Path) -> None:
    async with UpstreamServer() as gone:
        address = gone.url
    for nowhere in (address, "http://no-such-host.invalid"):
        with pytest.raises(FetchFailed) as caught:
            await fetcher.fetch(f"{nowhere}/a.md", into, None, LIMIT)
        assert caught.value.reason is Reason.UNREACHABLE


@pytest.fixture
def hasty(session: ClientSession, server: UpstreamServer, into: Path) -> Visitor:
    """A visitor that soon loses patience with silence."""
    pace = Pace(attempts=2, wait=0.005, longest=0.005, stall=0.1)
    return Visitor(Fetcher(session, pace=pace), server, into)


async def test_an_answer_that_never_comes_is_a_timeout(hasty: Visitor) -> None:
    hasty.server.hang("/a.md")
    assert (await hasty.fail()).reason is Reason.TIMEOUT
    assert hasty.attempts == 2


async def test_a_body_that_stalls_is_a_timeout(hasty: Visitor) -> None:
    hasty.server.stall("/a.md", PAGE[:20], length=len(PAGE))
    assert (await hasty.fail()).reason is Reason.TIMEOUT
    assert hasty.attempts == 2


async def test_a_body_that_never_pauses_is_a_timeout_too(session: ClientSession, hasty: Visitor) -> None:
    hasty.fetcher = Fetcher(session, pace=Pace(attempts=2, wait=0.005, total=0.3))
    hasty.server.flood("/a.md", b"x" * 10)
    assert (await hasty.fail(limit=10**12)).reason is Reason.TIMEOUT
    assert hasty.attempts == 2


async def test_what_stalled_once_is_fetched_after_all(hasty: Visitor) -> None:
    hasty.server.put("/a.md", PAGE).stall("/a.md", PAGE[:20], times=1)
    assert (await hasty.get()).path.read_bytes() == PAGE
    assert len(list(hasty.into.iterdir())) == 1


@pytest.mark.parametrize("trouble", ["hang", "stall", "fail"])
async def test_a_cancelled_fetch_leaves_no_file(
    session: ClientSession, server: UpstreamServer, into: Path, trouble: str
) -> None:
    visitor = Visitor(Fetcher(session), server, into)
    {
        "hang": lambda: server.hang("/a.md"),
        "stall": lambda: server.stall("/a.md", PAGE),
        "fail": lambda: server.fail("/a.md", 500, retry_after=30),
    }[trouble]()
    task = asyncio.create_task(visitor.get())
    while not server.requests or (trouble == "stall" and not list(into.iterdir())):
        await asyncio.sleep(0.005)
    await asyncio.sleep(0.02)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert list(into.iterdir()) == []
    assert visitor.attempts == 1


# Redirects


@pytest.fixture
async def trusting(secure: UpstreamServer) -> AsyncIterator[Fetcher]:
    async with open_session(secure.trust()) as session:
        yield Fetcher(session, pace=QUICK)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_to_https_is_followed(
    trusting: Fetcher, server: UpstreamServer, secure: UpstreamServer, into: Path, status: int
) -> None:
    server.redirect("/a.md", f"{secure.url}/sub/b.md?signature=secret", status=status)
    secure.redirect("/sub/b.md", "c.md?signature=secret").put("/sub/c.md", PAGE, etag='"c"')
    fetched = await trusting.fetch(f"{server.url}/a.md", into, None, LIMIT)
    assert fetched is not None
    assert fetched.path.read_bytes() == PAGE
    assert fetched.address == f"{server.url}/a.md"
    assert fetched.final == f"{secure.url}/sub/c.md", "the signature is nobody's business"
    assert secure.requests[-1].path == "/sub/c.md?signature=secret"
    assert await trusting.fetch(f"{server.url}/a.md", into, fetched.validators, LIMIT) is None


@pytest.mark.parametrize(
    ("location", "detail"),
    [
        ("http://evil.example/a.md", "evil.example"),
        ("http://169.254.169.254/latest/meta-data", "169.254.169.254"),
        ("/b.md", "127.0.0.1"),
        ("//evil.example/b.md", "evil.example"),
        ("file:///etc/passwd", "file"),
        ("javascript:alert(1)", "javascript"),
        ("https://robot:hunter2@evil.example/", "evil.example"),
        ("https://", "https"),
        ("http://[::1", ""),
        ("", "127.0.0.1"),
    ],
)
async def test_a_redirect_to_anything_but_https_is_refused(
    visitor: Visitor, location: str, detail: str
) -> None:
    visitor.server.redirect("/a.md", location)
    failed = await visitor.fail()
    assert (failed.reason, failed.detail) == (Reason.REDIRECT, detail)
    assert visitor.attempts == 1


async def test_a_redirect_from_https_to_http_is_refused(
    trusting: Fetcher, server: UpstreamServer, secure: UpstreamServer, into: Path
) -> None:
    secure.redirect("/a.md", f"{server.url}/a.md")
    with pytest.raises(FetchFailed) as caught:
        await trusting.fetch(f"{secure.url}/a.md", into, None, LIMIT)
    assert caught.value.reason is Reason.REDIRECT
    assert server.requests == []


async def test_a_redirect_that_leads_nowhere_ends(
    trusting: Fetcher, secure: UpstreamServer, into: Path
) -> None:
    secure.redirect("/a.md", "/a.md")
    with pytest.raises(FetchFailed) as caught:
        await trusting.fetch(f"{secure.url}/a.md", into, None, LIMIT)
    assert (caught.value.reason, caught.value.detail) == (Reason.REDIRECT, "127.0.0.1")
    assert len(secure.requests) == 6


async def test_five_redirects_are_not_too_many(trusting: Fetcher, secure: UpstreamServer, into: Path) -> None:
    for hop in range(5):
        secure.redirect(f"/{hop}", f"/{hop + 1}")
    secure.put("/5", PAGE)
    assert await trusting.fetch(f"{secure.url}/0", into, None, LIMIT)


async def test_a_certificate_that_nobody_knows_is_refused(
    fetcher: Fetcher, secure: UpstreamServer, into: Path
) -> None:
    secure.put("/a.md", PAGE)
    with pytest.raises(FetchFailed) as caught:
        await fetcher.fetch(f"{secure.url}/a.md", into, None, LIMIT)
    assert caught.value.reason is Reason.INSECURE
    assert caught.value.detail
    assert secure.requests == []


# Folders


async def test_a_file_is_copied_once_and_again_when_it_changed(fetcher: Fetcher, into: Path) -> None:
    source = into.parent / "a b.md"
    source.write_bytes(PAGE)
    first = await fetcher.fetch(str(source), into, None, LIMIT)
    assert first is not None
    assert first.path.read_bytes() == PAGE
    assert (first.address, first.size) == (str(source), len(PAGE))
    assert await fetcher.fetch(source.as_uri(), into, first.validators, LIMIT) is None
    source.write_bytes(PAGE[::-1])
    os.utime(source, ns=(1, 1))  # the same size at another time
    second = await fetcher.fetch(str(source), into, first.validators, LIMIT)
    assert second is not None
    assert second.path.read_bytes() == PAGE[::-1]


@pytest.fixture
def strange(tmp_path: Path) -> dict[str, Path]:
    for name in ("folder", "large", "pipe", "file"):
        if name == "pipe":
            os.mkfifo(tmp_path / name)
        elif name == "folder":
            (tmp_path / name).mkdir()
        else:
            (tmp_path / name).write_bytes(bytes(LIMIT + 1))
    return {
        "missing": tmp_path / "missing",
        "below": tmp_path / "file" / "below",
        "folder": tmp_path / "folder",
        "pipe": tmp_path / "pipe",
        "large": tmp_path / "large",
    }


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("missing", Reason.MISSING),
        ("below", Reason.MISSING),
        ("folder", Reason.UNREADABLE),
        ("pipe", Reason.UNREADABLE),
        ("large", Reason.TOO_LARGE),
    ],
)
async def test_what_is_no_document_is_not_copied(
    fetcher: Fetcher, into: Path, strange: dict[str, Path], name: str, reason: Reason
) -> None:
    with pytest.raises(FetchFailed) as caught:
        await fetcher.fetch(str(strange[name]), into, None, LIMIT)
    assert caught.value.reason is reason
    assert list(into.iterdir()) == []


# Addresses

DATASET = Upstream(
    key="dataset",
    base="https://example.org/main",
    latest="{name}/latest.parquet",
    history="{name}/full-{part:05}-of-{parts:05}.parquet",
    dated="https://api.example.org/commits?path=boards/{name}&per_page=1",
    every_hours=6,
    limit=LIMIT,
)


def test_names_are_quoted_in_addresses_and_not_in_folders() -> None:
    assert latest(DATASET, "文/a b&?#%.md") == (
        "https://example.org/main/%E6%96%87/a%20b%26%3F%23%25.md/latest.parquet"
    )
    assert dated(DATASET, "a&b") == "https://api.example.org/commits?path=boards/a%26b&per_page=1"
    for base in ("/data/my mirror", "file:///data/my%20mirror/", "file://localhost/data/my%20mirror"):
        mirror = resolve(DATASET, {"dataset": base})
        assert latest(mirror, "文/a b") == "/data/my mirror/文/a b/latest.parquet"
    assert latest(resolve(DATASET, {"dataset": "./mirror"}), "a") == "mirror/a/latest.parquet"


def test_a_history_has_parts() -> None:
    assert history(DATASET, "text").endswith("/text/full-00000-of-00001.parquet")
    assert history(DATASET, "text", 1, 2).endswith("/text/full-00001-of-00002.parquet")


def test_a_mirror_replaces_the_base_and_has_no_commits() -> None:
    mirror = resolve(DATASET, {"dataset": "http://127.0.0.1:8000/", "rele": "/elsewhere"})
    assert latest(mirror, "text") == "http://127.0.0.1:8000/text/latest.parquet"
    assert dated(mirror, "text") is None
    assert resolve(DATASET, {"rele": "/elsewhere"}) is DATASET


@pytest.mark.parametrize("base", ["https://example.org/main", "/data/mirror"])
@pytest.mark.parametrize(
    "name", ["..", "../a", "a/../../b", "/etc/passwd", "a//b", ".", "", "a\\b", "a\0b", "a\nb"]
)
def test_a_name_never_leads_out_of_its_folder(base: str, name: str) -> None:
    upstream = resolve(DATASET, {"dataset": base})
    for place in (latest, history):
        with pytest.raises(FetchFailed, match="bad-address"):
            place(upstream, name)


def test_an_upstream_without_a_base_or_a_history_has_no_address() -> None:
    with pytest.raises(FetchFailed, match="bad-address"):
        latest(resolve(DATASET, {"dataset": ""}), "text")


# Commits

COMMITS = "/commits?path=boards/开源 a.md&per_page=1"


async def ask(visitor: Visitor, answer: str | bytes) -> datetime | None:
    visitor.server.put(COMMITS, answer, content_type="application/json; charset=utf-8")
    upstream = Upstream(
        "rele",
        "https://example.org",
        "",
        "",
        f"{visitor.server.url}/commits?path=boards/{{name}}&per_page=1",
        24,
        LIMIT,
    )
    address = dated(upstream, "开源 a.md")
    assert address is not None
    return await date_of(visitor.fetcher, address, visitor.into)


@pytest.mark.parametrize("printed", ["2025-07-09T10:11:12Z", "2025-07-09T18:11:12+08:00"])
async def test_the_newest_commit_tells_when_a_document_changed(visitor: Visitor, printed: str) -> None:
    found = await ask(visitor, f'[{{"sha": "1", "commit": {{"committer": {{"date": "{printed}"}}}}}}, {{}}]')
    assert found == datetime(2025, 7, 9, 10, 11, 12, tzinfo=UTC)
    assert found.tzinfo is UTC
    assert list(visitor.into.iterdir()) == []


async def test_no_commits_tell_nothing(visitor: Visitor) -> None:
    assert await ask(visitor, "[]") is None


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "{}",
        "null",
        "[1]",
        "[{}]",
        "not json",
        b"\xff\xfe\xff",
        "[" * 200_000,
        '[{"commit": null}]',
        '[{"commit": {"committer": {"date": 5}}}]',
        '[{"commit": {"committer": {"date": "yesterday"}}}]',
        '[{"commit": {"committer": {"date": "2025-07-09T10:11:12"}}}]',
        '[{"commit": {"committer": {"date": "0001-01-01T00:00:00+14:00"}}}]',
    ],
    ids=lambda answer: repr(answer[:60]),
)
async def test_another_answer_than_commits_is_unexpected(visitor: Visitor, answer: str | bytes) -> None:
    with pytest.raises(FetchFailed) as caught:
        await ask(visitor, answer)
    assert caught.value.reason is Reason.UNEXPECTED
    assert list(visitor.into.iterdir()) == []


async def test_an_answer_of_many_megabytes_is_no_list_of_commits(visitor: Visitor) -> None:
    with pytest.raises(FetchFailed) as caught:
        await ask(visitor, b" " * 2_000_000 + b"[]")
    assert caught.value.reason is Reason.TOO_LARGE


# The server itself


@pytest.fixture
def beside() -> Iterator[UpstreamServer]:
    with serving() as server:
        yield server


def test_the_server_also_serves_tests_without_a_loop(beside: UpstreamServer) -> None:
    beside.put("/a.md", PAGE).hang("/b.md")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"{beside.url}/a.md", timeout=5) as answer:
        assert answer.read() == PAGE
    assert [request.path for request in beside.seen("/a.md")] == ["/a.md"]
    with pytest.raises(TimeoutError):
        opener.open(f"{beside.url}/b.md", timeout=0.05)
    assert any(thread.name == "upstream" for thread in threading.enumerate())
