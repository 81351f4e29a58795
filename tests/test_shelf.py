"""Answers that are kept: never one that does not hold any more, on both engines."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

import seeds
from bot.desk import Desk
from bot.questions import ChangesQuestion, CompareQuestion, Question, RankQuestion, TopQuestion
from bot.replies.reply import Reply
from bot.texts import Texts
from store.archive import Archive
from store.filters import Filter
from store.nicknames import Nickname
from tests.test_course import page
from tests.test_renames import NEWER, OLDER

NOVA, COMET = ("nova-2", 1300.0), ("comet-1", 1200.0)
TOP = TopQuestion("arena-search", "rating")


class Visitor:
    """Somebody who asks a desk whose clock can be set."""

    def __init__(self, archive: Archive, texts: Texts) -> None:
        self.archive = archive
        self.now = datetime(2026, 1, 3, tzinfo=UTC)
        self.language = texts.source
        self.desk = Desk(archive, lambda: self.now)

    def add(self, *pages: bytes) -> None:
        """Store pages, as this process does."""
        for content in pages:
            self.archive.intake.add("search.md", content, "test")
        self.desk.refresh()

    def ask(self, question: Question = TOP) -> Reply:
        """Ask off the event loop."""
        return self.desk.answer(question, self.language)

    def read(self, question: Question = TOP) -> str:
        """Return all that an answer says."""
        return str(self.ask(question).embed.to_dict())

    def kept(self, question: Question = TOP) -> Reply | None:
        """Ask for what is kept."""
        return self.desk.kept(question, self.language)


@pytest.fixture
def visitor(archive: Archive, texts: Texts) -> Visitor:
    visitor = Visitor(archive, texts)
    visitor.add(page("2026-01-01", NOVA, COMET))
    return visitor


def elsewhere(archive: Archive) -> Archive:
    """Return the same database as another process has it."""
    return Archive.open(archive.engine.url.render_as_string(hide_password=False), seeds.FOLDER)


def test_what_was_answered_is_kept_and_the_same(visitor: Visitor) -> None:
    assert visitor.kept() is None
    told = visitor.read()

    assert visitor.read() == told
    kept = visitor.kept()
    assert kept is not None
    assert str(kept.embed.to_dict()) == told


def test_a_page_of_this_process_is_told_at_once(visitor: Visitor) -> None:
    visitor.ask()
    visitor.archive.intake.add("search.md", page("2026-01-02", ("nova-2", 1444), COMET), "test")

    assert visitor.kept() is None
    assert "1444" in visitor.read()


def test_a_page_of_another_process_is_told_with_the_next_look_at_the_database(visitor: Visitor) -> None:
    visitor.ask()
    other = elsewhere(visitor.archive)
    other.intake.add("search.md", page("2026-01-02", ("nova-2", 1444), COMET), "test")
    other.close()

    assert "1444" in visitor.read()
    kept = visitor.kept()
    assert kept is not None
    assert "1444" in str(kept.embed.to_dict())


def test_what_is_kept_is_not_given_without_a_look_for_longer_than_a_moment(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.ask()
    monkeypatch.setattr("bot.shelf.time.monotonic", lambda: 10**9)

    assert visitor.kept() is None


def test_an_undated_page_that_is_read_again_is_the_current_one_again(visitor: Visitor) -> None:
    board = TopQuestion("arena-vision", "rating")
    one, two = (
        page(None, (name, 1300)).replace("搜索".encode(), "视觉".encode()) for name in ("aa-1", "bb-2")
    )
    for content in (one, two):
        visitor.archive.intake.add("vision.md", content, "test", board="arena-vision")
    visitor.desk.refresh()
    assert "bb-2" in visitor.read(board)
    visitor.archive.intake.add("vision.md", one, "test", board="arena-vision")

    assert visitor.kept(board) is None
    assert "aa-1" in visitor.read(board)


def test_a_page_in_quarantine_is_told_when_it_is_accepted_and_not_before(visitor: Visitor) -> None:
    many = [(f"model-{number}", 1500.0 - number) for number in range(40)]
    visitor.add(page("2026-01-02", *many))
    before = visitor.read()
    visitor.archive.intake.add("search.md", page("2026-01-03", *many[:8]), "test")
    (held,) = visitor.archive.upkeep.held()
    assert visitor.read() == before
    visitor.archive.intake.decide(held.id, accept=True)

    assert visitor.kept() is None
    assert "8 models" in visitor.read()


def test_an_accepted_rename_is_told_at_once(visitor: Visitor) -> None:
    for content in (OLDER, NEWER):
        visitor.archive.intake.add("a.md", content, "test")
    visitor.desk.refresh()
    older, newer = (visitor.desk.reference.resolve(each).model for each in ("meteor-alpha", "comet-1"))
    assert older is not None
    assert newer is not None
    question = RankQuestion(older.key)
    before = visitor.read(question)
    proposed = [each.id for each in visitor.archive.renames.proposals() if each.older == "meteor-alpha"]
    visitor.archive.renames.decide(proposed, accept=True)
    visitor.desk.refresh()

    assert visitor.kept(question) is None
    assert visitor.read(question) != before


def test_a_nickname_changes_no_number_and_leaves_nothing_old(visitor: Visitor) -> None:
    told = visitor.read()
    visitor.archive.name_model(1, Nickname("boss", "nova-2"), 1)
    visitor.desk.refresh()

    assert visitor.read() == told
    assert visitor.desk.reference.resolve("boss", 1).model is not None


def test_a_page_that_grows_old_is_warned_of_on_the_day_and_not_before(visitor: Visitor) -> None:
    visitor.now = datetime(2026, 1, 8, tzinfo=UTC)
    fresh = visitor.read()
    visitor.now += timedelta(seconds=1)
    old = visitor.read()
    visitor.now += timedelta(days=1)

    assert "days old" not in fresh
    assert "7 days old" in old
    assert "8 days old" in visitor.read()


def test_every_language_and_reading_has_its_own_answer(visitor: Visitor, texts: Texts) -> None:
    visitor.ask()
    other = visitor.desk.answer(TOP, texts.languages["zh_CN"])
    question = RankQuestion("nova-2")
    visitor.ask(question)
    doubted = visitor.desk.answer(question, visitor.language, {"m0": ["nova-2", "comet-1"]})

    assert other.embed.title != visitor.ask().embed.title
    assert doubted.controls != visitor.ask(question).controls


def test_whoever_adds_to_an_answer_adds_to_their_own(visitor: Visitor) -> None:
    told = visitor.read()
    lent = visitor.ask()
    lent.embed.description = "mine"

    assert visitor.read() == told


@pytest.mark.parametrize(
    "question", [ChangesQuestion("arena-search"), TopQuestion("arena-search", "rating", only=Filter(new=3))]
)
def test_what_depends_on_more_than_the_pages_is_not_kept(visitor: Visitor, question: Question) -> None:
    visitor.add(page("2026-01-02", ("nova-2", 1310), COMET))
    visitor.ask(question)

    assert visitor.kept(question) is None


def test_a_comparison_and_a_past_day_are_kept_apart(visitor: Visitor) -> None:
    visitor.add(page("2026-01-02", ("nova-2", 1444), COMET))
    now, then = (CompareQuestion(("nova-2", "comet-1"), on) for on in (None, date(2026, 1, 1)))

    assert "1444" in visitor.read(now)
    assert "1444" not in visitor.read(then)
    assert "1444" in visitor.read(now)


def test_what_is_kept_is_bounded(visitor: Visitor) -> None:
    for count in range(1, 300):
        visitor.ask(TopQuestion("arena-search", "rating", count))

    assert visitor.kept(TopQuestion("arena-search", "rating", 1)) is None
    assert visitor.kept(TopQuestion("arena-search", "rating", 299)) is not None
