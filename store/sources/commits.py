"""When a document last changed, from the commits of the place that publishes it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from store.errors import FetchFailed, Reason
from store.sources.fetcher import Fetcher

_LIMIT = 1024 * 1024


async def date_of(fetcher: Fetcher, address: str, into: Path) -> datetime | None:
    """Return the time of the newest commit in UTC, None when there is no commit.

    The answer at `address` is that of GitHub's "List commits" (docs.github.com/rest/commits/commits).
    It passes through a file in the folder `into`. Raises FetchFailed, with the reason UNEXPECTED when the
    answer is another.
    """
    fetched = await fetcher.fetch(address, into, None, _LIMIT)
    if fetched is None:
        raise FetchFailed(Reason.UNEXPECTED)
    try:
        content = fetched.path.read_bytes()
    finally:
        fetched.path.unlink()
    try:
        commits = json.loads(content)
        return _newest(commits) if commits != [] else None
    except (ValueError, LookupError, TypeError, OverflowError, RecursionError) as error:
        raise FetchFailed(Reason.UNEXPECTED, type(error).__name__) from error


def _newest(commits: object) -> datetime:
    """Return the time of the first of `commits`; raises whatever comes of another shape."""
    if not isinstance(commits, list):
        raise TypeError
    date = datetime.fromisoformat(commits[0]["commit"]["committer"]["date"])
    if date.tzinfo is None:
        raise ValueError
    return date.astimezone(UTC)
