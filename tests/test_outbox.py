"""The outbox: what is planned with a page, who may send it, and what is told next; on both engines."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, insert, text

from store.archive import Archive
from store.database import writing
from store.errors import TooManyRequests
from store.gate import Reading
from store.ingest import check_reading, store_table
from store.news.subscriptions import SERVER_LIMIT
from store.news.tables import watches
from store.news.values import LiveBoard, Occasion, Pause, Rhythm, Schedule, Watch
from store.outbox.values import End, Kind, State
from store.parse import parse
from store.registry import Registry
from tests.newsroom import BOARD, CHANNEL, MORNING, OWNER, REST, SERVER, Newsroom, make_subscription
from tests.test_renames import page

NINE = MORNING.replace(hour=9)
AT_ONCE = Schedule(Rhythm.AT_ONCE)


@pytest.fixture
def room(archive: Archive) -> Newsroom:
    room = Newsroom.of(archive)
    room.lead(1, 1380)
    return room


def test_a_page_plans_the_next_digest_in_its_own_transaction(room: Newsroom) -> None:
    room.subscribe()
    assert room.outbox.next_due() is None
    room.lead(2, 1480)

    assert room.outbox.next_due() == NINE
    assert room.outbox.claim(10) == ()
    room.clock.move(hours=1)
    delivery = room.claim()
    (step,) = delivery.steps
    assert delivery.kind is Kind.DIGEST
    assert delivery.tried_at is None
    assert step.older is not None
    assert (step.older.as_of, step.newer.as_of) == (
        datetime(2026, 1, 1, tzinfo=UTC),
        datetime(2026, 1, 2, tzinfo=UTC),
    )


def test_a_page_that_could_not_be_stored_plans_nothing(room: Newsroom) -> None:
    room.subscribe()
    with pytest.raises(KeyboardInterrupt):
        store_and_crash(room, page("2026-01-02", ("nova-2", 1500, 3000), ("comet-1", 1400, 10_000)))

    assert room.outbox.next_due() is None


def store_and_crash(room: Newsroom, content: bytes) -> None:
    """Store a page, and crash before its transaction ends."""
    reading = Reading(parse("x.md", content, room.archive.catalogue), "test")
    ((board, table),), notes = check_reading(room.archive.catalogue, reading, room.clock())
    with writing(room.archive.engine) as connection:
        registry = Registry(connection, room.archive.catalogue, room.archive.identities)
        store_table(connection, registry, reading, board, table, notes, room.clock())
        assert connection.scalar(text("SELECT count(*) FROM deliveries")) == 1
        raise KeyboardInterrupt


def test_the_same_rows_under_a_fresh_time_stamp_plan_nothing(room: Newsroom) -> None:
    room.subscribe()
    room.lead(1, 1380)
    room.store(5, ("nova-2", 1380, 3001), *REST)

    assert room.outbox.next_due() is None


def test_an_older_page_that_comes_late_is_no_news(room: Newsroom) -> None:
    room.lead(10, 1480)
    room.subscribe()
    room.lead(5, 1420)

    assert room.outbox.next_due() is None


def test_several_pages_before_the_time_make_one_digest_of_all_of_it(room: Newsroom) -> None:
    room.subscribe()
    for day in (2, 3, 4):
        room.lead(day, 1400 + day)
    room.clock.move(hours=1)

    (step,) = room.claim().steps
    assert step.older is not None
    assert [step.older.as_of.day, step.newer.as_of.day] == [1, 4]


def test_what_was_told_is_not_told_again_and_what_comes_is_planned_for_the_next_day(room: Newsroom) -> None:
    room.subscribe()
    room.lead(2, 1480)
    room.clock.move(hours=1)
    room.sent(room.claim(), 99)

    assert room.outbox.next_due() is None
    room.lead(3, 1500)
    assert room.outbox.next_due() == NINE + timedelta(days=1)
    room.clock.move(days=1)
    (step,) = room.claim().steps
    assert step.older is not None
    assert step.older.as_of is not None
    assert step.older.as_of.day == 2


def test_a_page_that_comes_while_a_digest_is_being_sent_is_told_by_the_next(room: Newsroom) -> None:
    room.subscribe()
    room.lead(2, 1480)
    room.clock.move(hours=1)
    delivery = room.claim()
    room.lead(3, 1500)
    room.sent(delivery, 99)

    assert room.outbox.next_due() == NINE + timedelta(days=1)


@pytest.mark.parametrize("at_once", [True, False])
def test_a_later_digest_waits_until_the_one_before_is_done(room: Newsroom, at_once: bool) -> None:
    room.subscribe(schedule=AT_ONCE if at_once else Schedule())
    room.lead(2, 1480)
    room.clock.move(hours=1)
    first = room.claim()
    room.lead(3, 1500)
    room.clock.move(seconds=40)
    assert room.outbox.claim(10) == ()
    room.end(first, State.PLANNED, wait=timedelta(minutes=5), code="failed")
    room.clock.move(seconds=290)
    assert room.outbox.claim(10) == ()
    room.clock.move(seconds=20)
    again = room.claim()

    assert again.nonce == first.nonce
    assert again.steps == first.steps
    assert again.tried_at is not None
    assert again.tries == 2


def test_a_claim_is_one_process_s_own_until_its_lease_runs_out(room: Newsroom) -> None:
    room.subscribe()
    room.lead(2, 1480)
    room.clock.move(hours=1)
    first, other = room.claim(), room.other_process()
    room.clock.move(seconds=59)
    assert other.claim(10) == ()
    assert other.next_due() == NINE + timedelta(seconds=60)
    room.clock.move(seconds=2)
    (taken,) = other.claim(10)

    assert (taken.nonce, taken.steps, taken.tried_at) == (first.nonce, first.steps, NINE)
    room.sent(first, 1)  # too late: it is not its own any more
    assert room.archive.requests.records(Kind.DIGEST, [1]) == {}
    other.record([End(taken, State.SENT, 2)])
    assert room.archive.requests.records(Kind.DIGEST, [1])[1].message == 2


def test_two_processes_never_claim_the_same(room: Newsroom) -> None:
    for number in range(40):
        room.subscribe(channel=100 + number, server=number)
    room.lead(2, 1480)
    room.clock.move(hours=1)
    claimed: list[int] = []

    def drain(name: str) -> None:
        outbox = room.other_process(name)
        while found := outbox.claim(3):
            claimed.extend(each.id for each in found)
            outbox.record([End(each, State.SENT, each.id) for each in found])

    processes = [threading.Thread(target=drain, args=(name,)) for name in "abc"]
    for each in processes:
        each.start()
    for each in processes:
        each.join()
    drain("d")  # whoever found all others locked has stopped early
    assert len(claimed) == len(set(claimed)) == 40


def test_a_digest_six_hours_late_is_skipped_and_its_news_come_with_the_next(room: Newsroom) -> None:
    room.subscribe()
    room.lead(2, 1480)
    room.clock.move(hours=7)
    delivery = room.claim()
    assert delivery.late
    room.end(delivery, State.LATE)

    assert room.archive.requests.records(Kind.DIGEST, [1])[1].state is State.LATE
    assert room.outbox.next_due() == NINE + timedelta(days=1)
    room.clock.move(days=1)
    (step,) = room.claim().steps
    assert step.older is not None
    assert step.older.as_of is not None
    assert step.older.as_of.day == 1


def test_a_digest_less_late_is_sent(room: Newsroom) -> None:
    room.subscribe()
    room.lead(2, 1480)
    room.clock.move(hours=6, minutes=59)

    assert not room.claim().late


def test_news_at_once_wait_for_the_other_boards_of_a_refresh(room: Newsroom) -> None:
    room.subscribe(schedule=AT_ONCE)
    room.lead(2, 1480)
    room.lead(3, 1490)

    assert room.outbox.next_due() == MORNING + timedelta(seconds=30)
    room.clock.move(seconds=30)
    assert len(room.outbox.claim(10)) == 1


def test_a_weekly_digest_goes_out_on_its_day(room: Newsroom) -> None:
    room.subscribe(schedule=Schedule(Rhythm.WEEKLY, 18 * 60, "Asia/Shanghai", weekday=4))
    room.lead(2, 1480)

    assert room.outbox.next_due() == datetime(2026, 3, 6, 10, 0, tzinfo=UTC)


def test_who_wants_quiet_days_told_is_told_every_day(room: Newsroom) -> None:
    room.subscribe(quiet=True)
    for day in range(3):
        assert room.outbox.next_due() == NINE + timedelta(days=day)
        room.clock.now = NINE + timedelta(days=day)
        delivery = room.claim()
        assert delivery.steps == ()
        room.sent(delivery, day + 1)


def test_a_subscription_to_everything_hears_of_boards_that_are_new(room: Newsroom) -> None:
    room.subscribe(boards=())
    room.archive.intake.add("v.md", VISION, "test")
    room.clock.move(hours=1)
    delivery = room.claim()

    assert [(each.older, each.newer.board.key) for each in delivery.steps] == [(None, "arena-vision")]
    room.end(delivery, State.QUIET)
    assert room.outbox.next_due() is None


def test_a_paused_subscription_is_planned_nothing_and_goes_on_with_what_it_missed(room: Newsroom) -> None:
    asked = room.subscribe()
    room.lead(2, 1480)
    room.archive.requests.set_pause(asked, Pause("person"))
    assert room.outbox.next_due() is None
    room.lead(3, 1500)
    assert room.outbox.next_due() is None
    room.archive.requests.set_pause(asked, None)

    assert room.outbox.next_due() == NINE
    room.clock.move(hours=1)
    (step,) = room.claim().steps
    assert step.older is not None
    assert step.older.as_of is not None
    assert step.older.as_of.day == 1


def test_giving_up_pauses_with_the_reason_and_tells_who_subscribed(room: Newsroom) -> None:
    asked = room.subscribe(language="zh_CN")
    room.lead(2, 1480)
    room.clock.move(hours=1)
    room.end(room.claim(), State.FAILED, pause=Pause("forbidden", "embed_links"))

    (stored,) = room.archive.requests.subscriptions(SERVER)
    assert stored.pause == Pause("forbidden", "embed_links")
    told = room.claim()
    assert (told.kind, told.person, told.notice and told.notice.pause) == (Kind.NOTICE, OWNER, stored.pause)
    assert told.notice is not None
    assert (told.notice.channel, told.notice.language) == (CHANNEL, "zh_CN")
    room.sent(told, 5)
    room.archive.requests.set_pause(asked, None)
    assert room.outbox.next_due() == NINE + timedelta(days=1)


def test_what_is_removed_while_it_is_sent_harms_nothing(room: Newsroom) -> None:
    asked = room.subscribe()
    room.lead(2, 1480)
    room.clock.move(hours=1)
    delivery = room.claim()
    room.archive.requests.unsubscribe(asked.id)
    room.sent(delivery, 1)
    room.clock.move(hours=1)

    assert room.outbox.claim(10) == ()
    assert room.archive.requests.subscriptions(SERVER) == ()


def test_a_changed_subscription_is_planned_anew(room: Newsroom) -> None:
    asked = room.subscribe()
    room.lead(2, 1480)
    changed = make_subscription(id=asked.id, schedule=Schedule(minute=20 * 60), boards=(BOARD, "arena-text"))
    room.archive.requests.change(changed)

    assert room.outbox.next_due() == MORNING.replace(hour=20)
    (stored,) = room.archive.requests.subscriptions(SERVER)
    assert stored.boards == (BOARD, "arena-text")


def test_a_server_has_so_many_subscriptions_and_no_more(room: Newsroom) -> None:
    for _ in range(SERVER_LIMIT):
        room.subscribe()

    with pytest.raises(TooManyRequests):
        room.subscribe()


def test_a_live_board_is_planned_when_asked_for_when_it_changes_and_when_it_is_deleted(
    room: Newsroom,
) -> None:
    wanted = LiveBoard(SERVER, CHANNEL, OWNER, BOARD, "arena-rating", 10)
    pinned = room.archive.requests.pin(wanted)
    first = room.claim()
    assert first.live == pinned
    room.sent(first, 77)
    room.lead(2, 1480)
    second = room.claim()
    assert second.live is not None
    assert second.live.message == 77
    room.sent(second, 77)
    assert room.outbox.next_due() is None

    assert room.archive.requests.revive([76]) == 0
    assert room.archive.requests.revive([76, 77]) == 1
    assert room.claim().kind is Kind.LIVE
    assert room.archive.requests.pin(wanted).id == pinned.id


def test_a_person_hears_of_what_they_watch_once_for_all_that_happened(room: Newsroom) -> None:
    requests = room.archive.requests
    requests.watch(Watch(OWNER, "comet-1", Occasion.OVERTAKEN, board=BOARD))
    requests.watch(Watch(OWNER, "nova-2", Occasion.TOP, top=1))
    requests.watch(Watch(44, "comet-1", Occasion.CHEAPER))
    room.lead(2, 1480)
    assert room.outbox.next_due() == MORNING + timedelta(seconds=30)
    room.clock.move(minutes=1)
    told = room.claim()

    assert (told.kind, told.person) == (Kind.WATCH, OWNER)
    assert {each.model for each in told.watches} == {"comet-1", "nova-2"}
    assert room.archive.requests.unwatch(OWNER, told.watches[0].id)
    assert not room.archive.requests.unwatch(44, told.watches[1].id)


def test_a_watch_that_is_gone_is_not_told(room: Newsroom) -> None:
    watch = room.archive.requests.watch(Watch(OWNER, "comet-1"))
    room.lead(2, 1480)
    room.archive.requests.unwatch(OWNER, watch.id)
    room.clock.move(minutes=1)

    assert room.outbox.claim(10) == ()
    assert room.outbox.next_due() is None


def test_a_rename_that_is_accepted_takes_watches_along(room: Newsroom) -> None:
    room.store(2, ("nova-2", 1380, 3001), ("meteor-9", 1400, 10_050), *REST[1:])
    room.archive.requests.watch(Watch(OWNER, "meteor-9"))
    room.archive.renames.decide([each.id for each in room.archive.renames.proposals()], accept=True)

    (watch,) = room.archive.requests.watches(OWNER)
    assert watch.model == "comet-1"


def test_old_records_are_forgotten_after_two_months(room: Newsroom) -> None:
    room.subscribe()
    room.lead(2, 1480)
    room.clock.move(hours=1)
    room.sent(room.claim(), 9)
    assert room.outbox.forget_old() == 0
    room.clock.move(days=61)
    assert room.outbox.forget_old() == 1


def test_nothing_is_told_at_once_of_a_quiet_time(room: Newsroom) -> None:
    room.subscribe(schedule=AT_ONCE, quiet=True)
    assert room.outbox.next_due() is None
    room.lead(2, 1480)
    room.clock.move(minutes=1)
    room.sent(room.claim(), 1)

    assert room.outbox.next_due() is None


def test_a_time_that_is_changed_to_later_the_same_day_is_a_time_of_its_own(room: Newsroom) -> None:
    asked = room.subscribe()
    room.lead(2, 1480)
    room.clock.move(hours=1)
    room.sent(room.claim(), 1)
    room.archive.requests.change(make_subscription(id=asked.id, schedule=Schedule(minute=20 * 60)))
    room.lead(3, 1500)

    assert room.outbox.next_due() == MORNING.replace(hour=20)


@pytest.mark.parametrize("quiet", [True, False])
def test_a_digest_that_failed_is_followed_by_the_next_day_s(room: Newsroom, quiet: bool) -> None:
    room.subscribe(quiet=quiet)
    room.lead(2, 1480)
    room.clock.move(hours=1)
    room.end(room.claim(), State.FAILED, code="failed")

    assert room.outbox.next_due() == NINE + timedelta(days=1)
    room.clock.move(days=1)
    assert len(room.claim().steps) == 1


@pytest.mark.parametrize("state", [State.LATE, State.FAILED])
def test_news_at_once_that_come_too_late_or_fail_wait_for_others(room: Newsroom, state: State) -> None:
    room.subscribe(schedule=AT_ONCE)
    room.lead(2, 1480)
    room.clock.move(hours=7)
    room.end(room.claim(), state)
    assert room.outbox.next_due() is None
    room.lead(3, 1500)
    room.clock.move(minutes=1)

    (step,) = room.claim().steps
    assert step.older is not None
    assert step.older.as_of is not None
    assert step.older.as_of.day == 1


def test_a_board_that_is_taken_away_while_its_news_are_sent_stays_away(room: Newsroom) -> None:
    room.archive.intake.add("v.md", VISION, "test")
    asked = room.subscribe(boards=(BOARD, "arena-vision"))
    room.lead(2, 1480)
    room.clock.move(hours=1)
    delivery = room.claim()
    room.archive.requests.change(make_subscription(id=asked.id, boards=("arena-vision",)))
    room.sent(delivery, 1)

    (stored,) = room.archive.requests.subscriptions(SERVER)
    assert stored.boards == ("arena-vision",)


def test_what_was_put_off_is_not_sent_once_it_is_paused(room: Newsroom) -> None:
    asked = room.subscribe()
    room.lead(2, 1480)
    room.clock.move(hours=1)
    room.end(room.claim(), State.PLANNED, wait=timedelta(minutes=5), code="unreachable")
    room.archive.requests.set_pause(asked, Pause("person"))
    room.clock.move(minutes=6)
    delivery = room.claim()
    assert delivery.late  # which leaves to find out whether the first try had got through
    room.end(delivery, State.LATE)
    assert room.outbox.next_due() is None
    room.archive.requests.set_pause(asked, None)

    assert room.outbox.next_due() == NINE + timedelta(days=1)


def test_a_live_board_is_not_claimed_with_what_it_said_before_a_page_that_is_being_stored(
    room: Newsroom,
) -> None:
    if room.archive.engine.dialect.name == "sqlite":
        pytest.skip("whoever writes to SQLite is alone")
    room.archive.requests.pin(LiveBoard(SERVER, CHANNEL, OWNER, BOARD, "arena-rating", 10))
    reading = Reading(
        parse("x.md", page("2026-01-02", ("nova-2", 1480, 3001), *REST), room.archive.catalogue), "test"
    )
    ((board, table),), notes = check_reading(room.archive.catalogue, reading, room.clock())
    with writing(room.archive.engine) as connection:
        registry = Registry(connection, room.archive.catalogue, room.archive.identities)
        store_table(connection, registry, reading, board, table, notes, room.clock())
        early = room.other_process().claim(10)

    assert early == ()
    assert room.claim().kind is Kind.LIVE


def test_what_comes_after_a_try_that_may_have_got_through_is_told_by_another_delivery(room: Newsroom) -> None:
    room.archive.requests.pin(LiveBoard(SERVER, CHANNEL, OWNER, BOARD, "arena-rating", 10))
    room.archive.requests.watch(Watch(44, "comet-1"))
    room.lead(2, 1480)
    room.clock.move(minutes=1)
    for each in room.outbox.claim(10):
        room.end(each, State.PLANNED, wait=timedelta(minutes=5), code="unreachable")
    room.lead(3, 1380)
    room.lead(4, 1490)
    room.clock.move(minutes=6)
    first = room.outbox.claim(10)
    for each in first:
        room.sent(each, each.id)
    second = room.outbox.claim(10)

    assert {each.kind for each in first} == {each.kind for each in second} == {Kind.LIVE, Kind.WATCH}
    assert [len(each.steps) for each in (*first, *second) if each.kind is Kind.WATCH] == [1, 1]


def test_many_watches_of_few_models_hold_nobody_up(room: Newsroom) -> None:
    with writing(room.archive.engine) as connection:
        model = connection.scalar(text("SELECT id FROM models WHERE key = 'comet-1'"))
        rows = [
            {"user": user, "model_id": model, "occasion": "any", "top": 10, "language": "en"}
            for user in range(3000)
        ]
        connection.execute(insert(watches), [row | {"created_at": room.clock()} for row in rows])
    statements: list[str] = []
    event.listen(room.archive.engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
    room.lead(2, 1480)

    assert len(statements) < 200
    room.clock.move(minutes=1)
    assert len(room.outbox.claim(5000)) == 3000


def test_whoever_subscribed_a_channel_that_is_deleted_is_told_once(room: Newsroom) -> None:
    room.subscribe()
    room.subscribe()
    room.subscribe(by=44, language="zh_CN")
    room.archive.requests.set_pause(room.subscribe(by=55), Pause("person"))
    room.archive.requests.pause_channel(CHANNEL, Pause("gone"))
    room.archive.requests.pause_channel(CHANNEL, Pause("gone"))
    told = room.outbox.claim(10)

    assert [(each.kind, each.person) for each in told] == [(Kind.NOTICE, OWNER), (Kind.NOTICE, 44)]
    assert [each.notice and (each.notice.channel, each.notice.language) for each in told] == [
        (CHANNEL, "en"),
        (CHANNEL, "zh_CN"),
    ]


def test_a_change_of_terms_does_not_undo_a_pause(room: Newsroom) -> None:
    asked = room.subscribe()
    room.archive.requests.set_pause(asked, Pause("forbidden", "embed_links"))
    room.archive.requests.change(make_subscription(id=asked.id, language="zh_CN"))

    (stored,) = room.archive.requests.subscriptions(SERVER)
    assert (stored.language, stored.pause) == ("zh_CN", Pause("forbidden", "embed_links"))


VISION = """# 视觉榜单

> 排名更新时间: 2026-01-02

|排名(UB)|模型名|分数|票数|
|---|---|---|---|
|1|nova-2|1200|5000|
|2|comet-1|1100|5000|
""".encode()
