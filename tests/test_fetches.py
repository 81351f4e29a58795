"""When a board is due: its usual rhythm, sooner after a failure, later if its upstream asks for that."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from store.boards import Catalogue, Live
from store.fetches import Fetch, due_boards, fail, succeed

NOW = datetime(2026, 8, 3, 12, tzinfo=UTC)
TEXT = Live("dataset", "text_style_control")


def is_due(catalogue: Catalogue, state: Fetch, after: timedelta) -> bool:
    return "arena-text" in [board.key for board in due_boards(catalogue, (state,), NOW + after, {})]


def tried() -> Fetch:
    return succeed(Fetch("arena-text", TEXT, NOW), NOW)


def test_a_board_never_tried_is_due_and_comes_before_the_others(catalogue: Catalogue) -> None:
    due = due_boards(catalogue, (tried(),), NOW + timedelta(days=2), {})

    assert due[-1].key == "arena-text"
    assert {board.key for board in due} == {board.key for board in catalogue.boards.values() if board.live}


def test_after_a_success_it_waits_its_usual_time(catalogue: Catalogue) -> None:
    assert not is_due(catalogue, tried(), timedelta(hours=5, minutes=59))
    assert is_due(catalogue, tried(), timedelta(hours=6))


def test_after_a_failure_it_is_tried_sooner(catalogue: Catalogue) -> None:
    failed = fail(tried(), NOW, "fetch.server", "500", None)

    assert not is_due(catalogue, failed, timedelta(minutes=59))
    assert is_due(catalogue, failed, timedelta(hours=1))
    assert failed.succeeded_at == NOW


def test_an_upstream_that_wants_to_be_left_alone_is_obeyed(catalogue: Catalogue) -> None:
    failed = fail(tried(), NOW, "fetch.rate-limited", "429", 10 * 3600.0)

    assert not is_due(catalogue, failed, timedelta(hours=9))
    assert is_due(catalogue, failed, timedelta(hours=10))
    assert succeed(failed, NOW).not_before is None


def test_only_the_preferred_source_sets_the_time(catalogue: Catalogue) -> None:
    other = replace(tried(), live=Live("page", "arena-text.md"))

    assert is_due(catalogue, other, timedelta(0))


def test_a_source_without_an_address_is_passed_over(catalogue: Catalogue) -> None:
    """With the data set turned off and no address for the pages, the release sets the time."""
    known = (replace(tried(), live=Live("release", "lmarena_text.csv")),)
    off = {"dataset": ""}

    def due(after: timedelta) -> list[str]:
        return [board.key for board in due_boards(catalogue, known, NOW + after, off)]

    assert "arena-text" not in due(timedelta(hours=23))
    assert "arena-text" in due(timedelta(hours=24))
    assert "arena-document" not in due(timedelta(days=9)), "nothing is left that publishes it"
