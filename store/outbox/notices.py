"""Notices: whoever asked for posts is told that they were paused."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from store.news.values import LiveBoard, Pause, Subscription
from store.outbox.slots import Slot, any_slot, plan
from store.outbox.values import KEPT, Kind, Notice


def plan_notices(
    connection: Connection, asked: Iterable[Subscription | LiveBoard], pause: Pause, now: datetime
) -> None:
    """Plan to tell whoever asked for what was paused, of one kind in a channel once."""
    told: dict[tuple[Kind, int, int], Notice] = {}
    for each in asked:
        kind = Kind.DIGEST if isinstance(each, Subscription) else Kind.LIVE
        notice = Notice(kind, each.server, each.channel, pause, each.language)
        told.setdefault((kind, each.by, each.channel), notice)
    plan(
        connection,
        [
            Slot(Kind.NOTICE, person, any_slot(now), now, now + KEPT, _pack(notice))
            for (_, person, _), notice in told.items()
        ],
    )


def read_notice(content: Any) -> Notice:  # noqa: ANN401 - JSON
    """Return a notice from JSON values."""
    return Notice(
        kind=Kind(content["kind"]),
        server=content["server"],
        channel=content["channel"],
        pause=Pause(content["code"], content["found"]),
        language=content["language"],
    )


def _pack(notice: Notice) -> dict[str, Any]:
    return {
        "kind": notice.kind,
        "server": notice.server,
        "channel": notice.channel,
        "code": notice.pause.code,
        "found": notice.pause.found,
        "language": notice.language,
    }
