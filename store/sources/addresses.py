"""Addresses of documents: pure, from an upstream's templates and a board's name there.

An upstream's base is an address (`https://…`, or `http://…` where a person says so) or a folder with
the same names below it (`/data/mirror`, `./mirror`, `file:///data/mirror`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from store.boards import Upstream
from store.errors import FetchFailed, Reason

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)


def resolve(upstream: Upstream, mirrors: Mapping[str, str]) -> Upstream:
    """Return `upstream` with its base replaced by that of `mirrors`, if they have its key.

    A mirror has no `dated`: its commits are not those of the place it copies. An empty base, here or in
    the catalogue, means that the upstream is not asked.
    """
    base = mirrors.get(upstream.key, upstream.base).strip()
    return upstream if base == upstream.base else replace(upstream, base=base, dated="")


def latest(upstream: Upstream, name: str) -> str:
    """Return the address or path of what board `name` says now; raises FetchFailed (BAD_ADDRESS)."""
    return _place(upstream, upstream.latest, name)


def history(upstream: Upstream, name: str, part: int = 0, parts: int = 1) -> str:
    """Return the address or path of one part, from 0, of all that board `name` ever said.

    Raises FetchFailed (BAD_ADDRESS), also where there is no history.
    """
    if not upstream.history:
        raise FetchFailed(Reason.BAD_ADDRESS, upstream.key)
    return _place(upstream, upstream.history, name, part=part, parts=parts)


def dated(upstream: Upstream, name: str) -> str | None:
    """Return the address of the commits of board `name`, None where there are none.

    Raises FetchFailed (BAD_ADDRESS).
    """
    return upstream.dated.format(name=quote(_check(name))) if upstream.dated else None


def scheme_of(place: str) -> str:
    """Return the scheme of an address in lower case, or an empty text for a path."""
    found = _SCHEME.match(place)
    return found[1].lower() if found else ""


def path_of(place: str) -> Path:
    """Return the path of a place that is no web address; raises FetchFailed (BAD_ADDRESS)."""
    scheme = scheme_of(place)
    if not scheme:
        return Path(place)
    parts = urlsplit(place)
    # In `file://mirror/boards` the first folder would be taken for a host.
    if scheme != "file" or parts.netloc not in ("", "localhost"):
        raise FetchFailed(Reason.BAD_ADDRESS, scheme)
    return Path(unquote(parts.path))


def _place(upstream: Upstream, template: str, name: str, **numbers: int) -> str:
    _check(name)
    if not upstream.base:
        raise FetchFailed(Reason.BAD_ADDRESS, upstream.key)
    if scheme_of(upstream.base) in ("http", "https"):
        return f"{upstream.base.rstrip('/')}/{template.format(name=quote(name), **numbers)}"
    return str(path_of(upstream.base) / template.format(name=name, **numbers))


def _check(name: str) -> str:
    """Return `name`, which may have slashes but never leads out of its folder."""
    outside = any(part in ("", ".", "..") for part in name.split("/"))
    if outside or "\\" in name or not name.isprintable():
        raise FetchFailed(Reason.BAD_ADDRESS, name)
    return name
