"""Twisted words: names, questions, what is typed into options, what buttons hold, and settings.

Each gives an answer or a sentence that says why not, which Discord takes.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any

import seeds
from bot.arguments import find_board, find_model, read_day
from bot.desk import Desk
from bot.errors import reply_to
from bot.message import message_of
from bot.mistakes import Mistake
from bot.questions import (
    ChangesQuestion,
    CompareQuestion,
    HistoryQuestion,
    NicknamesQuestion,
    ProfileQuestion,
    Question,
    RankQuestion,
    TopQuestion,
    Unreadable,
    ValueQuestion,
)
from bot.refinement import choose
from bot.replies.reply import Reply
from bot.requests.boards import complete_boards, read_boards
from bot.requests.interests import Filters
from bot.requests.languages import read_language
from bot.requests.occasions import read_occasion
from bot.requests.times import read_schedule, suggest_times
from bot.requests.wishes import complete_filter
from bot.requests.zones import zones_of
from bot.settings import WrongSettings, read_settings
from bot.since import read_since
from bot.texts import Texts
from bot.understanding import Asking
from bot.wanted import find_openness, find_vendors, read_new, read_price, read_size, read_wanted
from bot.writing import write
from store.archive import Archive
from store.errors import DatabaseUnavailable, StoreError
from store.filters import Filter, Openness
from tests.discord_api.errors import Refusal
from tests.discord_api.message_rules import check_message
from tests.fuzz.mutations import twist
from tests.fuzz.running import Kind, Put
from tests.fuzz.wholeness import count_rows
from tests.inspection import HOSTILE, store_the_worst

QUESTIONS = Path(__file__).parents[1] / "cases" / "questions"
TYPED = (
    *("2025-07-06", "2025年7月6日", "yesterday", "7d", "上周", "3 days ago", "9:00", "Monday 9am", "早上9点"),
    *("at once", "周一 18:00", "Asia/Shanghai", "北京", "UTC+8", "top 10, openai", "前十", "major", "开源"),
    *("all", "法律", "arena text", "law, code", "law open alibaba 70B 30d", "阿里, 智谱", "open", "70B"),
    *("$1", "¥2.5", "30d", "enters the top 3", "被超过", "English", "中文", "rele-open", "20b"),
)
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class Counter:
    """A desk with an archive that holds the worst, and what is asked there."""

    archive: Archive
    texts: Texts

    @cached_property
    def desk(self) -> Desk:
        return Desk(self.archive, lambda: NOW, self.texts.source)

    @cached_property
    def names(self) -> list[str]:
        return [model.name for model in self.desk.reference.models.values()]

    @cached_property
    def questions(self) -> list[str]:
        texts = [file.read_text("utf-8") for file in sorted(QUESTIONS.glob("*.tsv"))]
        return [line.partition("\t")[0] for text in texts for line in text.splitlines() if line.strip()]

    @cached_property
    def readers(self) -> tuple[Callable[[str], Any], ...]:
        """What reads the words of options."""
        desk, texts = self.desk, self.texts
        reference, language = desk.reference, texts.source
        filters, zones = Filters(reference.traits, texts), zones_of(texts)
        return (
            read_day,
            lambda typed: read_since(typed, texts, date(2026, 1, 1)),
            lambda typed: read_schedule(typed, texts),
            lambda typed: suggest_times(typed, texts, language),
            zones.find,
            filters.read,
            lambda typed: complete_filter(typed, filters),
            lambda typed: read_boards(typed, reference.fields, texts),
            lambda typed: complete_boards(typed, reference.fields, texts, language),
            lambda typed: read_wanted(desk, typed),
            lambda typed: find_board(desk, typed),
            lambda typed: find_vendors(desk, typed),
            lambda typed: find_openness(desk, typed),
            lambda typed: read_size(desk, typed),
            lambda typed: read_price(desk, typed),
            lambda typed: read_new(desk, typed),
            lambda typed: read_occasion(typed, texts),
            lambda typed: read_language(typed, texts),
        )

    def judge(self, reply: Reply) -> None:
        """Raise AssertionError where Discord would refuse a reply, or it is an excuse."""
        options = message_of(reply, 2**63 - 1)
        view = options.get("view")
        sent = {"embeds": [options["embed"].to_dict()], "content": options.get("content")}
        sent |= {"components": view.to_components()} if view is not None else {}
        try:
            check_message(sent, [])
        except Refusal as refusal:
            raise AssertionError("; ".join(map(str, refusal.broken("a reply")))) from refusal
        for language in self.texts.languages.values():
            for key in ("failure.unforeseen", "failure.database"):
                assert language.say(key) not in str(sent), "an excuse"

    def refuse(self, error: Exception) -> None:
        """Raise what is no mistake of the person's; else judge what they are told."""
        if not isinstance(error, (Mistake, StoreError, Unreadable)) or isinstance(error, DatabaseUnavailable):
            raise error
        self.judge(reply_to(error, self.texts.source))


@contextmanager
def counter(folder: Path) -> Iterator[Counter]:
    """Give a counter; what is asked there may change nothing."""
    with closing(Archive.open(f"sqlite:///{folder / 'bangdan.db'}", seeds.FOLDER)) as archive:
        store_the_worst(archive)
        before = count_rows(archive.engine)
        yield Counter(archive, Texts.load())
        assert count_rows(archive.engine) == before, "something was written"


@asynccontextmanager
async def open_names(folder: Path) -> AsyncIterator[Put]:
    with counter(folder) as at:

        async def put(random: Random) -> None:
            typed = twist(random, random.choice([*at.names, *HOSTILE]), at.names)
            for choice in at.desk.reference.names.complete(typed, ()):
                assert choice.key in at.desk.reference.models
            try:
                find_model(at.desk, typed, None)
            except Mistake as mistake:
                at.refuse(mistake)

        yield put


@asynccontextmanager
async def open_questions(folder: Path) -> AsyncIterator[Put]:
    with counter(folder) as at:
        asking = Asking(at.desk, at.texts)
        languages = sorted(at.texts.languages)

        async def put(random: Random) -> None:
            text = twist(random, random.choice(at.questions), [*at.names[:40], *at.questions[:40]], most=2000)
            at.judge(asking.answer(text, at.texts.languages[random.choice(languages)]))

        yield put


@asynccontextmanager
async def open_typed(folder: Path) -> AsyncIterator[Put]:
    with counter(folder) as at:

        async def put(random: Random) -> None:
            typed = twist(random, random.choice([*TYPED, *HOSTILE]), TYPED)
            try:
                random.choice(at.readers)(typed)
            except Exception as error:
                at.refuse(error)

        yield put


@asynccontextmanager
async def open_buttons(folder: Path) -> AsyncIterator[Put]:
    """Ask what the buttons of answers hold, twisted."""
    with counter(folder) as at:
        desk, languages = at.desk, list(at.texts.languages.values())

        async def put(random: Random) -> None:
            held = write(a_question(random, desk))
            held = held if random.random() < 0.1 else twist(random, held, TAGS, most=80)
            try:
                question = desk.read(held)
                if random.random() < 0.3:
                    slot, value = random.choice(SLOTS), twist(random, write(a_question(random, desk))[-9:])
                    question = choose(desk, question, slot, value)
                reply = desk.answer(question, random.choice(languages))
            except Exception as error:
                at.refuse(error)
            else:
                at.judge(reply)

        yield put


TAGS = (
    *("0", "1", "99", "-1", "10", ".", "..", "~", "20250706", "00010101", "99991231"),
    *("O", "S1", "Dzz", "N9", "r.", "t."),
)
SLOTS = ("board", "m0", "m1", "m4", "m9", "", "x")


def a_question(random: Random, desk: Desk) -> Question:
    """Return a question that a button might hold."""
    model = list(desk.reference.models)
    field = random.choice(desk.reference.fields.fields)
    board, on = field.board.key, random.choice([None, date(2025, 7, 9), date(2025, 7, 1)])
    only = random.choice([Filter(), Filter(openness=Openness.OPEN, size=70.0), Filter(new=30)])
    page = random.choice([0, 0, 1, 7])
    several = tuple(random.sample(model, random.randint(2, 4)))
    made: list[Question] = [
        RankQuestion(several[0], random.choice([None, board]), on, page),
        TopQuestion(board, field.dimension.key, random.choice([1, 10, 25]), on, page, only),
        CompareQuestion(several, on, page),
        ChangesQuestion(board, on, page),
        HistoryQuestion(several, board, on, random.random() < 0.5),
        ValueQuestion(board, field.dimension.key),
        ProfileQuestion(several[0], page),
        NicknamesQuestion(random.randrange(2**63), page),
    ]
    return random.choice(made)


GOOD = {
    "DISCORD_TOKEN": "MTIzNDU2Nzg5MDEy.GhIjKl.nobody-may-read-this",
    "DATABASE_URL": "postgresql+psycopg://me:hunter2@127.0.0.1/db",
    "BANGDAN_LANGUAGE": "zh-CN",
    "BANGDAN_LOG_LEVEL": "INFO",
    "BANGDAN_DISCORD_API": "http://127.0.0.1:80/api/v10",
    "BANGDAN_DISCORD_GATEWAY": "ws://localhost:80/",
    "BANGDAN_TRIAL_PORT": "8787",
    "BANGDAN_LEASE": "60",
    "BANGDAN_REFRESH": "false",
    "BANGDAN_UPSTREAMS": "dataset=https://mirror.example rele=file:///srv/rele",
}
OTHERS = tuple(each for key, each in GOOD.items() if key not in ("DISCORD_TOKEN", "DATABASE_URL"))


@asynccontextmanager
async def open_settings(_folder: Path) -> AsyncIterator[Put]:
    """Read settings: they are understood, or refused without quoting what may be a secret."""

    async def put(random: Random) -> None:
        key = random.choice(sorted(GOOD))
        given = GOOD | {key: twist(random, GOOD[key], OTHERS)}
        try:
            settings = read_settings(given)
        except WrongSettings as error:
            told = f"{error} {error.problems}"
            assert "nobody-may" not in told, "the token is told"
            assert "hunter2" not in told, "the password is told"
        else:
            assert "nobody-may" not in repr(settings), "the token is told"

    yield put


KINDS = (
    Kind("names", 22, open_names),
    Kind("questions", 15, open_questions),
    Kind("typed", 15, open_typed),
    Kind("buttons", 14, open_buttons),
    Kind("settings", 3, open_settings),
)
