"""A board's history in steps, and what changed, asked of both databases."""

from __future__ import annotations

import json
from datetime import date

import pytest

from bot.desk import Desk
from bot.questions import ChangesQuestion
from bot.texts import Texts
from store.archive import Archive
from store.changes import Kind
from store.errors import NoSnapshot, OneSnapshot
from tests.console import Run
from tests.test_renames import NEWER, OLDER, STEADY, page

KEYS = ["board", "from", "to", "leader", "entered", "left"]
KEYS += ["new", "gone", "moved", "renamed", "prices", "bulk"]
THIRD = page("2026-01-03", ("comet-1", 1401, 10080), ("nova-2", 1390, 3000), STEADY)


def store(archive: Archive, *pages: bytes) -> None:
    for at, content in enumerate(pages):
        archive.intake.add(f"{at}.md", content, "test")


def test_the_shipped_boards_tell_five_new_models(archive: Archive) -> None:
    told = archive.changes("arena-text", date(2025, 7, 6))

    assert {each.standing.name for each in told.new} == {
        "Qwen3-32B",
        "Mistral-Small-2506",
        "Llama-3.1-Nemotron-Ultra-253B-v1",
        "Qwen3-30B-A3B",
        "Llama-4-Scout-17B-16E-Instruct",
    }
    assert len(told) == 5
    assert [each.key for each in archive.changing()] == ["arena-text"]


def test_the_same_rows_under_a_fresh_time_stamp_are_no_news(archive: Archive) -> None:
    store(archive, OLDER, NEWER, NEWER.replace(b"2026-01-02", b"2026-01-05"))

    assert len(archive.changes("arena-search", date(2026, 1, 2))) == 0
    told = archive.changes("arena-search")
    assert (told.newer.as_of and told.newer.as_of.date()) == date(2026, 1, 2)


def test_a_history_is_stepped_through_oldest_first_whatever_order_it_was_read_in(archive: Archive) -> None:
    store(archive, THIRD, OLDER, NEWER)
    steps = list(archive.history("arena-search"))

    assert [(each.older.as_of, each.newer.as_of) for each in steps] == [
        (steps[0].older.as_of, steps[1].older.as_of),
        (steps[0].newer.as_of, steps[1].newer.as_of),
    ]
    assert [len(each.renamed) for each in steps] == [1, 0]
    assert [[new.standing.name for new in each.new] for each in steps] == [[], ["nova-2"]]


def test_days_apart_are_compared_by_their_end_states(archive: Archive) -> None:
    gone_again = THIRD.replace(b"2026-01-03", b"2026-01-04").replace(
        b"|nova-2|1390|3000|", b"|nova-2|1391|3100|"
    )
    store(archive, OLDER, NEWER, THIRD, gone_again)
    told = archive.changes("arena-search", date(2026, 1, 1), date(2026, 1, 4))

    assert [each.standing.name for each in told.new] == ["nova-2"]
    assert archive.changes("arena-search", None, date(2026, 1, 2)).new == ()


def test_a_model_that_left_and_returns_is_not_new(archive: Archive) -> None:
    without = page("2026-01-02", STEADY)
    again = page("2026-01-03", ("meteor-alpha", 1400, 12000), STEADY)
    store(archive, OLDER, without, again)
    steps = list(archive.history("arena-search"))

    assert [len(each.gone) for each in steps] == [1, 0]
    assert [len(each.new) for each in steps] == [0, 0]


def test_what_a_person_decided_of_a_rename_is_what_changes_tell(archive: Archive) -> None:
    store(archive, OLDER, NEWER)
    (proposal,) = archive.renames.proposals()
    assert not archive.changes("arena-search").renamed[0].sure
    archive.renames.decide([proposal.id], accept=False)
    told = archive.changes("arena-search")

    assert (told.renamed, len(told.new), len(told.gone)) == ((), 1, 1)


def test_an_accepted_rename_is_sure(archive: Archive) -> None:
    store(archive, OLDER, NEWER)
    archive.renames.decide([each.id for each in archive.renames.proposals()], accept=True)

    assert archive.changes("arena-search").renamed[0].sure


def test_a_page_cut_short_is_one_line(archive: Archive) -> None:
    store(archive, OLDER, NEWER.replace(b"\n\n|", "\n\n## 前 2 名\n\n|".encode(), 1))
    told = archive.changes("arena-search")

    assert [each.kind for each in told.bulk] == [Kind.COVERAGE]
    assert told.gone == ()


def test_nothing_stored_and_nothing_to_compare_with_are_told_apart(archive: Archive) -> None:
    with pytest.raises(NoSnapshot):
        archive.changes("arena-search")
    with pytest.raises(NoSnapshot):
        archive.changes("arena-text", date(2024, 1, 1))
    store(archive, OLDER)
    with pytest.raises(OneSnapshot):
        archive.changes("arena-search")


def test_an_undated_board_is_compared_in_the_order_of_reading(archive: Archive) -> None:
    undated = [each.partition(b"> ")[0] + b"|" + each.partition(b"\n\n|")[2] for each in (OLDER, THIRD)]
    store(archive, *undated)
    told = archive.changes("arena-search")

    assert told.newer.as_of is None
    assert [each.standing.name for each in told.new] == ["nova-2"]


def test_an_undated_page_that_was_read_later_makes_no_new_model_known(archive: Archive) -> None:
    undated = THIRD.partition(b"> ")[0] + b"|" + THIRD.partition(b"\n\n|")[2]
    store(archive, OLDER, NEWER, undated, THIRD.replace(b"|nova-2|1390|", b"|nova-2|1391|"))

    told = archive.changes("arena-search", date(2026, 1, 2))

    assert [each.standing.name for each in told.new] == ["nova-2"]


def test_the_answer_is_the_same_in_every_language_and_says_when_nothing_happened(
    archive: Archive, texts: Texts
) -> None:
    desk = Desk(archive)
    for language in texts.languages.values():
        told = desk.answer(ChangesQuestion(), language)
        quiet = desk.answer(ChangesQuestion("arena-text", date(2025, 7, 9)), language)
        assert "Mistral-Small-2506" in (told.embed.fields[0].value or "")
        assert quiet.embed.fields == []
    assert "Nothing has changed since Jul 9, 2025" in (
        desk.answer(ChangesQuestion("arena-text", date(2025, 7, 9)), texts.source).embed.description or ""
    )


def test_the_command_line_prints_one_object_for_a_board_with_exactly_its_keys(bangdan: Run) -> None:
    done = bangdan("changes", "--board", "arena", "--from", "2025-07-06", "--to", "2025-07-09", "--json")
    told = json.loads(done.stdout)

    assert list(told) == KEYS
    assert (told["board"], told["leader"], len(told["new"])) == ("arena-text", None, 5)
    assert (told["from"], told["to"]) == ("2025-07-06T11:41:11Z", "2025-07-09T11:44:37Z")
    assert told["new"][0]["name"] == "Qwen3-32B"


def test_the_command_line_without_a_board_tells_of_each_that_changed(bangdan: Run) -> None:
    (told,) = json.loads(bangdan("changes", "--json").stdout)

    assert told["board"] == "arena-text"
    assert "Qwen3-32B" in bangdan("changes").stdout
    assert "Nothing has changed" in bangdan("changes", "--from", "2025-07-09").stdout


def test_the_command_line_reads_days_as_the_command_does(bangdan: Run) -> None:
    assert "Nothing has changed" in bangdan("changes", "--from", "yesterday").stdout
    assert bangdan("changes", "--from", "2025年7月6日", "--to", "2025/7/9", "--json").stdout == (
        bangdan("changes", "--from", "2025-07-06", "--to", "20250709", "--json").stdout
    )
    unread = bangdan("changes", "--from", "some day")
    assert (unread.returncode, unread.stderr) == (
        2,
        "some day is no day I can read. Write it like 2025-07-06.\n",
    )


def test_the_command_line_says_what_there_is_nothing_of(bangdan: Run) -> None:
    empty = bangdan("changes", "--board", "arena-search")
    single = bangdan("changes", "--board", "rele-open")
    before = bangdan("changes", "--board", "arena-text", "--from", "2024-01-01")
    backwards = bangdan("changes", "--from", "2025-07-09", "--to", "2025-07-06")
    unknown = bangdan("changes", "--board", "nonsense")
    nowhere = bangdan("changes", "--from", "2024-01-01")

    assert [each.returncode for each in (empty, single, before, backwards, unknown, nowhere)] == [
        1,
        1,
        1,
        2,
        2,
        1,
    ]
    assert "Nothing is stored of arena-search" in empty.stderr
    assert "Only one content of rele-open" in single.stderr
    assert "as old as Jan 1, 2024" in before.stderr
    assert "is later than" in backwards.stderr
    assert "as of 2024-01-01: that is too long ago" in nowhere.stderr


def test_json_has_every_part_of_a_board_that_changed_much(
    bangdan: Run, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("pages")
    for name, content in (("a.md", OLDER), ("b.md", NEWER), ("c.md", THIRD)):
        (folder / name).write_bytes(content)
    bangdan("ingest", str(folder))
    told = json.loads(bangdan("changes", "--board", "arena-search", "--from", "2026-01-01", "--json").stdout)

    assert told["renamed"] == [
        {"kind": "model", "before": "meteor-alpha", "after": "comet-1", "certain": False}
    ]
    assert [(each["name"], each["rank"], each["certain"]) for each in told["new"]] == [("nova-2", 2, True)]
