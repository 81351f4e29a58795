"""What is delivered when a board's content changes: planned in the transaction that stores it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, exists, or_, select

from store.boards import Catalogue
from store.news.comparisons import read_comparison
from store.news.contents import current_contents, read_contents
from store.news.live_boards import read_live_boards
from store.news.occasions import find_events
from store.news.schedule import SETTLING, next_time
from store.news.subscriptions import read_subscriptions
from store.news.tables import live_boards, subscriptions, told, watches
from store.news.values import LiveBoard, Rhythm, Subscription
from store.news.watches import read_watches
from store.outbox.slots import Slot, add_steps, any_slot, plan, planned_subjects
from store.outbox.values import KEPT, PATIENCE, Kind

FOREVER = timedelta(days=36500)
GOING_ON = subscriptions.c.pause_code.is_(None)


def plan_news(
    connection: Connection, catalogue: Catalogue, board: str, older: int | None, newer: int, now: datetime
) -> None:
    """Plan all that follows from a board's content being snapshot `newer`, which was `older` before."""
    about_it = exists().where(told.c.subscription_id == subscriptions.c.id, told.c.board == board)
    asked = or_(about_it, subscriptions.c.everything)
    plan_digests(connection, read_subscriptions(connection, and_(asked, GOING_ON)), now)
    shown = and_(live_boards.c.board == board, live_boards.c.pause_code.is_(None))
    plan_live_boards(connection, read_live_boards(connection, shown), now)
    if older is not None:
        plan_watches(connection, catalogue, board, older, newer, now)


def plan_digests(connection: Connection, wanted: Iterable[Subscription], now: datetime) -> None:
    """Plan the next post of each subscription, unless one is planned already."""
    asked = tuple(wanted)
    planned = planned_subjects(connection, Kind.DIGEST, [each.id for each in asked])
    slots = []
    for each in asked:
        if each.id not in planned:
            day, due = next_time(each.schedule, now)
            name = f"{day} {due:%H:%M}"  # the time of day may be changed after the day's post
            slots.append(Slot(Kind.DIGEST, each.id, name, due, due + PATIENCE))
    plan(connection, slots)


def plan_next(connection: Connection, numbers: Collection[int], now: datetime) -> None:
    """Plan the next posts of subscriptions that have something to tell already, or post on quiet days too.

    At once there is no quiet day: the next time is always now.
    """
    asked = read_subscriptions(connection, and_(subscriptions.c.id.in_(numbers), GOING_ON)) if numbers else ()
    daily = {each.id for each in asked if each.quiet and each.schedule.rhythm is not Rhythm.AT_ONCE}
    news = find_news(connection, [each for each in asked if each.id not in daily])
    plan_digests(connection, [each for each in asked if each.id in daily or news[each.id]], now)


def plan_live_boards(connection: Connection, wanted: Iterable[LiveBoard], now: datetime) -> None:
    """Plan that messages are brought up to date, which never comes too late."""
    asked = {each.id for each in wanted}
    needed = asked - planned_subjects(connection, Kind.LIVE, asked)
    plan(connection, [Slot(Kind.LIVE, each, any_slot(now), now, now + FOREVER) for each in needed])


def plan_watches(
    connection: Connection, catalogue: Catalogue, board: str, older: int, newer: int, now: datetime
) -> None:
    """Plan that people are told what they watch, if it happened."""
    wanted = read_watches(connection, or_(watches.c.board.is_(None), watches.c.board == board))
    contents = read_contents(connection, catalogue, [older, newer]) if wanted else {}
    if len(contents) < 2:
        return
    both = read_comparison(connection, catalogue, contents[older], contents[newer])
    happened: dict[object, bool] = {}  # many watch the same models
    about: dict[int, list[int]] = defaultdict(list)
    for each in wanted:
        same = (each.model, each.occasion, each.top)
        if same not in happened:
            happened[same] = bool(find_events(each, both))
        if happened[same]:
            about[each.user].append(each.id)
    steps = {user: [older, newer, theirs] for user, theirs in about.items()}
    added, due = add_steps(connection, Kind.WATCH, steps), now + SETTLING
    new = {user: {"steps": [step]} for user, step in steps.items() if user not in added}
    plan(
        connection,
        [Slot(Kind.WATCH, user, any_slot(now), due, due + KEPT, content) for user, content in new.items()],
    )


def find_news(
    connection: Connection, wanted: Iterable[Subscription]
) -> Mapping[int, tuple[tuple[int | None, int], ...]]:
    """Return, by subscription, the contents told last and said now of its boards that differ."""
    asked = {each.id: each for each in wanted}
    contents = current_contents(connection) if asked else {}
    last: dict[int, dict[str, int | None]] = {number: {} for number in asked}
    for row in connection.execute(select(told).where(told.c.subscription_id.in_(asked))):
        last[row.subscription_id][row.board] = row.snapshot_id
    return {
        number: tuple(
            (last[number].get(board), content)
            for board, content in contents.items()
            if (board in last[number] or not asked[number].boards) and last[number].get(board) != content
        )
        for number in asked
    }
