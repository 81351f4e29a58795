"""Quick questions: what people ask leads to the right command, and never to a wrong model."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.asking.grammar import Grammar
from bot.asking.understood import Understood
from bot.asking.vocabulary import Vocabulary
from bot.desk import Desk
from store.archive import Archive
from store.nicknames import Nickname
from tests.databases import SqliteMaker
from tests.inspection import HOSTILE

TODAY = date(2026, 11, 22)
CASES = Path(__file__).parent / "cases" / "questions"
COMMANDS = {"rank", "top", "compare", "changes", "history", "value", "model", "boards", "about"}


def questions(file: str) -> list[tuple[str, str, dict[str, str]]]:
    """Return the questions of a file, each with its command (`-` for none) and options."""
    with (CASES / f"{file}.tsv").open(encoding="utf-8", newline="") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines]
    return [
        (asked, command, dict(each.split("=", 1) for each in options.split(";") if each))
        for asked, command, options in rows
    ]


ALL = [each for file in ("seen", "unseen", "later", "strangers", "typed") for each in questions(file)]


@pytest.fixture(scope="module")
def grammar(sqlite_maker: SqliteMaker) -> Grammar:
    with sqlite_maker.archive() as archive:
        return Grammar(Vocabulary.load(), archive.reference(), archive.identities.aliases.words)


@pytest.mark.parametrize(("asked", "command", "options"), ALL, ids=[each[0] for each in ALL])
def test_a_question_leads_to_its_command(
    grammar: Grammar, asked: str, command: str, options: dict[str, str]
) -> None:
    understood = grammar.understand(asked, TODAY)
    assert understood == (None if command == "-" else Understood(command, options))


def test_there_are_many_questions_and_they_ask_for_everything() -> None:
    assert len({asked for asked, _, _ in ALL}) == len(ALL) >= 150
    assert {command for _, command, _ in ALL} == COMMANDS | {"-"}


@pytest.mark.parametrize(
    ("asked", "model"),
    [
        ("where does gpt-4o stand", "gpt-4o"),
        ("claude怎么样", "claude"),
        ("where is llama 5", "llama 5"),
        ("how good is qwen 9 max", "qwen 9 max"),
        ("is gpt-9 any good", "gpt-9"),
        ("rank of deepseek-r1-0914", "deepseek-r1-0914"),
    ],
)
def test_a_name_that_is_unsure_or_unknown_stays_as_it_was_typed(
    grammar: Grammar, asked: str, model: str
) -> None:
    """The command itself offers the choice, or says that it knows no such model."""
    assert grammar.understand(asked, TODAY) == Understood("rank", {"model": model})


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        ("法律最强的开源模型", "/top field:法律 openness:open"),
        (
            "is grok 3 better than claude opus 4?",
            '/compare first:Grok-3-Preview-02-24 second:"Claude Opus 4 (20250514)"',
        ),
        ("有哪些榜单", "/boards"),
    ],
)
def test_what_was_understood_is_a_line_that_a_person_can_type(
    grammar: Grammar, asked: str, line: str
) -> None:
    understood = grammar.understand(asked, TODAY)
    assert understood is not None
    assert understood.line == line


@pytest.mark.parametrize("typed", [*HOSTILE, "", "?", "。" * 300, "best " * 100, "vs " * 200, "1" * 500])
def test_hostile_text_is_not_a_question_or_asks_for_what_is_in_it(grammar: Grammar, typed: str) -> None:
    understood = grammar.understand(typed, TODAY)
    assert understood is None or understood.command in COMMANDS


def test_a_servers_own_names_are_understood_there_alone(shelf: Archive) -> None:
    shelf.name_model(7, Nickname("镇群之宝", "qwq-32b"), 1)
    desk, asked = Desk(shelf), "镇群之宝和deepseek-r1谁强"

    assert desk.understand(asked, 7) == Understood("compare", {"first": "QwQ-32B", "second": "DeepSeek-R1"})
    elsewhere = desk.understand(asked, 8)
    assert elsewhere is None or "QwQ-32B" not in elsewhere.options.values()


words = st.sampled_from([word for asked, _, _ in ALL for word in asked.split()])
mixed = st.lists(st.one_of(words, st.text(max_size=5)), max_size=12).map(" ".join)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@example("2月30日以来")
@example("since 2025-13-45")
@example("top 0")
@given(st.one_of(st.text(), mixed))
def test_any_text_is_answered(grammar: Grammar, typed: str) -> None:
    understood = grammar.understand(typed, TODAY)
    assert understood is None or understood.line.startswith(f"/{understood.command}")


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("法律最強的開源模型", "法律最强的开源模型"),
        ("qwq-32b 和 deepseek-r1 誰數學好", "qwq-32b 和 deepseek-r1 谁数学好"),
        ("14B 以下醫療最強的開源模型", "14B 以下医疗最强的开源模型"),
        ("阿里的模型誰最強", "阿里的模型谁最强"),
        ("昨天有什麼變化", "昨天有什么变化"),
        ("上週有什麼變動", "上周有什么变动"),
        ("哪個模型性價比最高", "哪个模型性价比最高"),
        ("qwq-32b 排第幾", "qwq-32b 排第几"),
        ("qwq-32b 的歷史走勢", "qwq-32b 的历史走势"),
        ("介紹一下 deepseek-r1", "介绍一下 deepseek-r1"),
        ("不超過 14B 的開源模型", "不超过 14B 的开源模型"),
    ],
)
def test_traditional_characters_ask_what_simplified_ones_do(
    grammar: Grammar, traditional: str, simplified: str
) -> None:
    understood = grammar.understand(traditional, TODAY)
    assert understood is not None
    assert understood == grammar.understand(simplified, TODAY)


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("法律 CP 值最高的模型", "value"),
        ("cp值最高的模型", "value"),
        ("這週有什麼變化", "changes"),
        ("輝達最強的模型", "top"),
        ("有哪些排行榜", "boards"),
        ("這些資料從哪裡來", "about"),
        ("deepseek-r1 的授權", "model"),
    ],
)
def test_words_of_taiwan_are_understood(grammar: Grammar, typed: str, command: str) -> None:
    understood = grammar.understand(typed, TODAY)
    assert understood is not None
    assert understood.command == command


@pytest.mark.parametrize(("typed", "field"), [("文件榜前三", "文件榜"), ("寫程式最厲害的模型", "写程式")])
def test_what_taiwan_calls_boards_and_domains_is_found(grammar: Grammar, typed: str, field: str) -> None:
    understood = grammar.understand(typed, TODAY)
    assert understood is not None
    assert understood.options["field"] == field
