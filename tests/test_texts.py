"""The catalogues: every text exists in every language, is used, and says the same values."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

import bot
import bot.texts
import store.refresh
from bot.client import Bangdan
from bot.replies.catalogue import COLUMNS
from bot.texts import Texts
from store.archive import Archive
from store.errors import Reason
from store.ingest import Outcome
from store.values import Code, Flag

FOLDER = Path(bot.texts.__file__).parent
TAGS = sorted(file.stem for file in FOLDER.glob("*.po"))
TRANSLATIONS = [tag for tag in TAGS if tag != "en"]
DISCORD_DESCRIPTION, DISCORD_NAME = 100, 32
BECAUSE = ("exact", "same-name", "nickname", "words", "slip", "even", "family")
REFUSED = ("empty", "unknown", "none", "vague")


def catalogue_of(tag: str) -> Catalog:
    with (FOLDER / f"{tag}.po").open("rb") as file:
        return read_po(file, locale=tag, abort_invalid=True)


def sentences(tag: str) -> dict[str, tuple[str, ...]]:
    """Return every key with its forms."""
    found = {}
    for message in catalogue_of(tag):
        if message.id:
            key = message.id[0] if isinstance(message.id, tuple) else message.id
            forms = message.string if isinstance(message.string, tuple) else (message.string,)
            found[key] = tuple(map(str, forms))
    return found


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def keys_in_code() -> Iterator[tuple[str, str]]:
    """Find what code says: the constant keys, and the beginnings of those that are put together."""
    for file in (*Path(bot.__file__).parent.rglob("*.py"), Path(store.refresh.__file__)):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            match node:
                case ast.JoinedStr(values=[ast.Constant(value=str(begin)), *_]):
                    yield begin, "begins"
                case ast.Constant(value=str(text)):
                    yield text, "is"


def used_keys() -> set[str]:
    said = set(keys_in_code())
    exact = {text for text, how in said if how == "is"}
    begun = tuple(
        text for text, how in said if how == "begins" and re.fullmatch(r"[a-z]+\.(?:[a-z]+\.)*", text)
    )
    return {key for key in sentences("en") if key in exact or key.startswith(begun)}


@pytest.mark.parametrize("tag", TRANSLATIONS)
def test_a_translation_has_every_text_and_no_other(tag: str) -> None:
    assert set(sentences(tag)) == set(sentences("en"))
    assert all(all(forms) for forms in sentences(tag).values())


@pytest.mark.parametrize("tag", TAGS)
def test_every_text_names_only_values_that_the_source_text_names(tag: str) -> None:
    source = sentences("en")
    for key, forms in sentences(tag).items():
        for form in forms:
            assert placeholders(form) <= placeholders(" ".join(source[key])), key
    for key, forms in source.items():
        assert placeholders(forms[-1]) == placeholders(sentences(tag)[key][-1]), key


@pytest.mark.parametrize("tag", TAGS)
def test_a_catalogue_keeps_the_plural_forms_of_its_language(tag: str) -> None:
    catalogue = catalogue_of(tag)
    for message in catalogue:
        if message.pluralizable:
            assert len(message.string) == catalogue.num_plurals, message.id


def test_every_text_is_used() -> None:
    assert set(sentences("en")) - used_keys() == set()


def test_every_text_that_code_puts_together_exists() -> None:
    source = sentences("en")
    for code in Code:
        assert f"problem.{code}" in source
    for outcome in Outcome:
        assert f"ingest.{outcome}" in source
    for reason in Reason:
        assert f"fetch.{reason}" in source
    for column in COLUMNS:
        assert f"about.{column}" in source
    for flag in (Flag.NEW, Flag.PRELIMINARY):
        assert f"flag.{flag}" in source
    for because in BECAUSE + REFUSED:
        assert f"because.{because}" in source


def test_every_key_that_code_says_exists() -> None:
    source = sentences("en")
    for file in Path(bot.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Attribute(attr="say" | "count"), args=[ast.Constant(value=str(key)), *_]
                ):
                    assert key in source, f"{file.name}:{node.lineno}"


def test_no_code_holds_a_sentence() -> None:
    """Strings in code that read like a sentence are docstrings, log lines or nothing."""
    offenders = []
    for file in Path(bot.__file__).parent.rglob("*.py"):
        tree = ast.parse(file.read_text("utf-8"))
        spared = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        spared |= {
            id(argument)
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "log"
            for argument in node.args
        }
        offenders += [
            f"{file.name}:{node.lineno}: {node.value}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in spared
            and re.search(r"[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}|[\u4e00-\u9fff]{2,}", node.value)
        ]
    assert offenders == []


def with_options(described: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Give a command and everything in it that has a description."""
    yield described
    for option in described.get("options", ()):
        yield from with_options(option)


async def test_every_word_of_every_command_is_in_every_language(shelf: Archive, texts: Texts) -> None:
    async with Bangdan(shelf, texts) as bot:
        await bot.load()
        translator = bot.tree.translator
        assert translator is not None
        payloads = [
            await each.get_translated_payload(bot.tree, translator) for each in bot.tree.get_commands()
        ]
    slash = [payload for payload in payloads if payload["type"] == 1]
    assert not any(payload.get("name_localizations") for payload in slash), "names are the same for all"
    for menu in (payload for payload in payloads if payload not in slash):
        assert set(menu["name_localizations"]) == {tag.replace("_", "-") for tag in TRANSLATIONS}
        assert all(1 <= len(name) <= DISCORD_NAME for name in menu["name_localizations"].values())
    for described in [each for payload in slash for each in (payload, *payload["options"])]:
        localised = described["description_localizations"]
        assert set(localised) == {tag.replace("_", "-") for tag in TRANSLATIONS}
        for said in (described["description"], *localised.values()):
            assert 1 <= len(said) <= DISCORD_DESCRIPTION


async def test_any_changed_word_of_a_command_changes_their_digest(shelf: Archive, texts: Texts) -> None:
    async with Bangdan(shelf, texts) as bot:
        await bot.load()
        before = await bot.tree.digest()
        assert await bot.tree.digest() == before
        bot.tree.get_command("rank").description = "another description"
        assert await bot.tree.digest() != before


@pytest.mark.parametrize(
    ("wanted", "tag"),
    [
        (("zh-CN", "en-US", "en"), "zh_CN"),
        (("en-US", "zh-CN", "zh_CN"), "en"),
        (("en-GB",), "en"),
        (("fr", "zh-CN", "en"), "zh_CN"),
        (("fr", None, "zh-CN"), "zh_CN"),
        (("fr", "de", "nonsense!"), "en"),
        ((None, None, ""), "en"),
    ],
)
def test_the_language_is_the_persons_else_the_servers_else_the_settings(
    texts: Texts, wanted: tuple[str | None, ...], tag: str
) -> None:
    assert texts.choose(wanted).tag == tag


def test_a_kind_of_chinese_that_is_not_there_is_answered_in_the_one_that_is(texts: Texts) -> None:
    assert texts.choose(("zh-TW", "en-US")).locale.language == "zh"


def test_numbers_days_and_plurals_are_written_as_the_language_does(texts: Texts) -> None:
    english, chinese = texts.languages["en"], texts.languages["zh_CN"]
    moment = datetime(2025, 7, 9, 11, 44, 37, tzinfo=UTC)

    assert english.count("score.votes", 18386) == "18,386 votes"
    assert english.count("score.votes", 1) == "1 vote"
    assert chinese.count("score.votes", 18386) == "18,386 票"
    assert english.moment(moment) == "Jul 9, 2025, 11:44 UTC"
    assert chinese.moment(moment) == "2025年7月9日 11:44 UTC"
    assert english.moment(datetime(2025, 5, 18, tzinfo=UTC)) == "May 18, 2025"


def test_values_are_never_read_as_placeholders(texts: Texts) -> None:
    assert texts.source.say("mistake.model", typed="{0.__class__}") == "I know no model called {0.__class__}."
