"""One HTTP exchange: a request, the redirects it meets, and the answer as it comes in."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager

from aiohttp import (
    ClientConnectionError,
    ClientConnectorCertificateError,
    ClientError,
    ClientPayloadError,
    ClientResponse,
    ClientSession,
    ClientSSLError,
    ClientTimeout,
    InvalidURL,
)
from yarl import URL

from store.errors import FetchFailed, Reason

REDIRECTS = 5
"""Redirects that are followed; GitHub's releases take two, Hugging Face one."""

_REDIRECTING = frozenset({301, 302, 303, 307, 308})


def web_address(text: str) -> URL:
    """Return an http or https address; raises FetchFailed (BAD_ADDRESS), also when it has a password."""
    try:
        url = URL(text)
    except ValueError:
        raise FetchFailed(Reason.BAD_ADDRESS) from None  # without the address, which may hold a secret
    if url.scheme not in ("http", "https") or not url.host:
        raise FetchFailed(Reason.BAD_ADDRESS, url.scheme)
    if url.user is not None or url.password is not None:
        raise FetchFailed(Reason.BAD_ADDRESS, url.host)
    return url


@asynccontextmanager
async def answering(
    session: ClientSession, url: URL, headers: Mapping[str, str], timeout: ClientTimeout
) -> AsyncIterator[ClientResponse]:
    """Give the answer of `url` after redirects, with its body still to be read and inflated.

    Raises FetchFailed.
    """
    for _ in range(REDIRECTS + 1):
        async with session.get(
            url,
            headers=headers,
            timeout=timeout,
            allow_redirects=False,
            auto_decompress=False,
            raise_for_status=False,
        ) as response:
            if response.status not in _REDIRECTING:
                yield response
                return
            url = _target(url, response.headers.get("Location", ""))
    raise FetchFailed(Reason.REDIRECT, url.host or "")


@contextmanager
def translating() -> Iterator[None]:
    """Turn every error of the network into FetchFailed."""
    try:
        yield
    except TimeoutError as error:  # first, since aiohttp's are connection errors as well
        raise FetchFailed(Reason.TIMEOUT) from error
    except ClientSSLError as error:
        raise FetchFailed(Reason.INSECURE, _flaw(error)) from error
    except ClientPayloadError as error:
        raise FetchFailed(Reason.TRUNCATED) from error
    except (ClientConnectionError, OSError) as error:
        detail = getattr(error, "strerror", None) or type(error).__name__
        raise FetchFailed(Reason.UNREACHABLE, detail) from error
    except InvalidURL:
        raise FetchFailed(Reason.BAD_ADDRESS) from None
    except ClientError as error:
        raise FetchFailed(Reason.UNEXPECTED, type(error).__name__) from error


def _target(url: URL, location: str) -> URL:
    """Return where a redirect from `url` leads; raises FetchFailed (REDIRECT) unless that is https."""
    try:
        target = url.join(URL(location))
        usable = bool(location and target.host) and target.user is None and target.password is None
    except ValueError:
        raise FetchFailed(Reason.REDIRECT) from None
    if not usable or target.scheme != "https":
        raise FetchFailed(Reason.REDIRECT, target.host or target.scheme)
    return target


def _flaw(error: ClientSSLError) -> str:
    """Return what is wrong with a certificate, in OpenSSL's words."""
    cause = error.certificate_error if isinstance(error, ClientConnectorCertificateError) else error.os_error
    return str(getattr(cause, "verify_message", None) or getattr(cause, "reason", None) or "")
