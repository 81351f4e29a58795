"""The catalogues: every text exists in every language, is used, and says the same values."""

from __future__ import annotations

import ast
import os
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from string import Formatter
from types import SimpleNamespace
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from discord.app_commands import Command

import bot
import bot.texts
import store.refresh
from bot.client import Bangdan
from bot.replies.catalogue import COLUMNS
from bot.requests.languages import LanguageArgument, read_language
from bot.terminal import run_command
from bot.texts import Texts
from bot.tree import Tree, key_of
from store.archive import Archive
from store.errors import Damage, Reason
from store.ingest import Outcome
from store.values import Code, Flag
from tests.discord_api.command_rules import is_command_name

FOLDER = Path(bot.texts.__file__).parent
TAGS = sorted(file.stem for file in FOLDER.glob("*.po"))
TRANSLATIONS = [tag for tag in TAGS if tag != "en"]
DISCORD_DESCRIPTION, DISCORD_NAME = 100, 32
BECAUSE = ("exact", "same-name", "nickname", "words", "slip", "even", "family")
REFUSED = ("empty", "unknown", "none", "vague")


def catalogue_of(tag: str) -> Catalog:
    with (FOLDER / f"{tag}.po").open("rb") as file:
        return read_po(file, locale=tag, abort_invalid=True)


@cache
def sentences(tag: str) -> dict[str, tuple[str, ...]]:
    """Return every key with its forms."""
    found: dict[str, tuple[str, ...]] = {}
    for message in catalogue_of(tag):
        if message.id:
            key = message.id if isinstance(message.id, str) else message.id[0]
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
            assert isinstance(message.string, tuple), message.id
            assert len(message.string) == catalogue.num_plurals, message.id


@pytest.mark.parametrize(("tag", "charset"), [("zh_CN", "gb2312"), ("zh_TW", "big5")])
def test_a_kind_of_chinese_has_only_its_own_characters(tag: str, charset: str) -> None:
    for key, forms in sentences(tag).items():
        letters = re.sub(r"[^\u4e00-\u9fff]", "", "".join(forms))
        assert letters.encode(charset, "ignore").decode(charset) == letters, key


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
    for damage in Damage:
        assert f"damage.{damage}" in source
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


def test_no_reply_writes_a_day_by_hand() -> None:
    """Days that people read are their language's; only what they are to type is shown as 2025-07-06."""
    folder = Path(bot.__file__).parent
    for file in (*folder.glob("replies/*.py"), *folder.glob("verbs/*.py"), folder / "errors.py"):
        assert "%Y" not in file.read_text("utf-8"), file.name


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
    for menu in (payload for payload in payloads if payload not in slash):
        assert set(menu["name_localizations"]) == {tag.replace("_", "-") for tag in TRANSLATIONS}
        assert all(1 <= len(name) <= DISCORD_NAME for name in menu["name_localizations"].values())
    for described in [part for payload in slash for part in with_options(payload)]:
        localised = described["description_localizations"]
        assert set(localised) == {tag.replace("_", "-") for tag in TRANSLATIONS}
        for said in (described["description"], *localised.values()):
            assert 1 <= len(said) <= DISCORD_DESCRIPTION


async def test_every_command_and_option_has_a_name_in_every_language(shelf: Archive, texts: Texts) -> None:
    async with Bangdan(shelf, texts) as bot:
        await bot.load()
        named = {key_of(each, named=True): each.name for each in bot.tree.walk_commands()} | {
            key_of(option, named=True): option.display_name
            for command in bot.tree.walk_commands()
            if isinstance(command, Command)
            for option in command.parameters
        }
    for tag in TAGS:
        kept = {key: forms[0] for key, forms in sentences(tag).items() if key.startswith("name.")}
        assert set(kept) == set(named), tag
        assert all(map(is_command_name, kept.values())), tag
        beside = Counter((key.rpartition(".")[0], name) for key, name in kept.items())
        assert max(beside.values()) == 1, f"{tag}: {beside.most_common(1)}"
    assert {key: forms[0] for key, forms in sentences("en").items() if key in named} == named


@pytest.mark.parametrize("tag", TRANSLATIONS)
def test_an_option_has_one_name_in_all_commands(tag: str) -> None:
    own, source = sentences(tag), sentences("en")
    options = [key for key in own if key.startswith("name.") and key.count(".") > 1]
    names = {(source[key], own[key]) for key in options}
    assert len(names) == len({english for english, _ in names}), tag


def test_sentences_call_commands_and_options_as_the_reader_does(texts: Texts) -> None:
    chinese, literal = texts.languages["zh_CN"], Texts.load(renamed=False).languages["zh_CN"]
    assert "`榜单`" in chinese.say("rank.nowhere")
    assert "`/称呼 添加`" in chinese.say("alias.help")
    assert "/关注列表" in chinese.say("watch.footer")
    assert "`榜单:rele-open`" in chinese.count("rank.more", 2, board="rele-open")
    assert "discord.com/developers/applications" in chinese.say("trial.welcome")
    assert "`/alias add`" in literal.say("alias.help")


@pytest.mark.parametrize("tag", TRANSLATIONS)
def test_a_translation_names_the_commands_that_the_source_text_names(tag: str) -> None:
    """It writes them in English: what readers see is put in by `bot.texts.naming`."""
    own, source = sentences(tag), sentences("en")
    for key in source:
        if not key.startswith(("name.", "cli.", "ask.")):
            assert commands_in(own[key][-1]) == commands_in(source[key][-1]), key


def commands_in(sentence: str) -> set[str]:
    """Return the commands that a sentence names."""
    known = {forms[0] for key, forms in sentences("en").items() if re.fullmatch(r"name\.[^.]+", key)}
    return {name for name in re.findall(r"(?<![\w/.=])/([a-z][a-z-]*)", sentence) if name in known}


async def test_any_changed_word_of_a_command_changes_their_digest(shelf: Archive, texts: Texts) -> None:
    async with Bangdan(shelf, texts) as bot:
        await bot.load()
        assert isinstance(bot.tree, Tree)
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


@pytest.mark.parametrize(("wanted", "tag"), [("zh-TW", "zh_TW"), ("zh-HK", "zh_TW"), ("zh-SG", "zh_CN")])
def test_chinese_is_answered_in_the_script_that_its_readers_write(
    texts: Texts, wanted: str, tag: str
) -> None:
    assert texts.choose((wanted, "en-US")).tag == tag


def test_a_kind_of_chinese_that_is_not_there_is_answered_in_the_one_that_is(texts: Texts) -> None:
    simplified = Texts({tag: each for tag, each in texts.languages.items() if tag != "zh_TW"})
    assert simplified.choose(("zh-TW", "en-US")).tag == "zh_CN"


def test_numbers_days_and_plurals_are_written_as_the_language_does(texts: Texts) -> None:
    english, chinese, taiwan = (texts.languages[tag] for tag in ("en", "zh_CN", "zh_TW"))
    moment = datetime(2025, 7, 9, 11, 44, 37, tzinfo=UTC)

    assert english.count("score.votes", 18386) == "18,386 votes"
    assert english.count("score.votes", 1) == "1 vote"
    assert chinese.count("score.votes", 18386) == "18,386 票"
    assert english.moment(moment) == "Jul 9, 2025, 11:44 UTC"
    assert chinese.moment(moment) == taiwan.moment(moment) == "2025年7月9日 11:44 UTC"
    assert english.moment(moment.replace(hour=23)) == "Jul 9, 2025, 23:44 UTC"
    assert english.moment(datetime(2025, 5, 18, tzinfo=UTC)) == "May 18, 2025"


def test_values_are_never_read_as_placeholders(texts: Texts) -> None:
    assert texts.source.say("mistake.model", typed="{0.__class__}") == "I know no model called {0.__class__}."


async def test_a_new_catalogue_is_a_new_language_everywhere(shelf: Archive, tmp_path: Path) -> None:
    """A translator touches nothing else: here, German is the source text with three sentences of its own."""
    for tag in TAGS:
        (tmp_path / f"{tag}.po").write_bytes((FOLDER / f"{tag}.po").read_bytes())
    german = (FOLDER / "en.po").read_text("utf-8").replace('"Language: en', '"Language: de')
    for english, translated in (
        ('msgid "name.rank"\nmsgstr "rank"', 'msgid "name.rank"\nmsgstr "rang"'),
        ('msgstr "Any name of the model, such as qwq-32b"', 'msgstr "Irgendein Name des Modells"'),
        ('"{n} votes"', '"{n} Stimmen"'),
    ):
        assert english in german
        german = german.replace(english, translated)
    (tmp_path / "de.po").write_text(german, "utf-8")
    texts = Texts.load(tmp_path)
    language = texts.choose(("de", "en-US"))

    assert language.tag == "de"
    assert language.count("score.votes", 18386) == "18.386 Stimmen"
    assert language.day(datetime(2025, 7, 9, tzinfo=UTC)) == "09.07.2025"
    assert "`/rang`" in language.say("profile.nowhere")
    assert read_language("Deutsch", texts) is read_language("german", texts) is language
    async with Bangdan(shelf, texts) as bot:
        await bot.load()
        translator = bot.tree.translator
        assert translator is not None
        payload = await bot.tree.get_command("rank").get_translated_payload(bot.tree, translator)
        assert payload["name_localizations"]["de"] == "rang"
        assert payload["options"][0]["description_localizations"]["de"] == "Irgendein Name des Modells"
        assert (await run_command(bot, "/rang qwq-32b", "de")).messages[0]["embeds"][0]["title"] == "QwQ-32B"
        asking: Any = SimpleNamespace(client=bot)
        offered = await LanguageArgument().autocomplete(asking, "")
    assert "Deutsch" in {each.name for each in offered}


def umask() -> int:
    """Return which rights new files of this process lack."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_catalogues_are_compiled_once_until_somebody_changes_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written, kept = tmp_path / "texts", tmp_path / "kept"
    written.mkdir()
    for tag in TAGS:
        (written / f"{tag}.po").write_bytes((FOLDER / f"{tag}.po").read_bytes())
    monkeypatch.setattr("sys.pycache_prefix", str(kept))
    monkeypatch.setattr("sys.dont_write_bytecode", False)

    first = Texts.load(written)
    compiled = {file: file.stat().st_mtime_ns for file in kept.rglob("*.mo")}
    assert {file.stem for file in compiled} == set(TAGS)
    assert all(file.stat().st_mode & 0o444 == 0o444 & ~umask() for file in compiled), (
        "whoever runs it reads it"
    )
    assert Texts.load(written).source.say("name.rank") == first.source.say("name.rank")
    assert {file: file.stat().st_mtime_ns for file in kept.rglob("*.mo")} == compiled
    assert "/top" in Texts.load(written, renamed=False).languages["zh_CN"].say("mistake.model.help")

    source = written / "en.po"
    changed = source.read_text("utf-8").replace(
        'msgid "name.rank"\nmsgstr "rank"', 'msgid "name.rank"\nmsgstr "stand"'
    )
    source.write_text(changed, "utf-8")
    assert Texts.load(written).source.say("name.rank") == "stand"


def test_catalogues_are_read_where_nothing_can_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr("sys.pycache_prefix", str(tmp_path / "file"))
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    assert Texts.load().source.say("name.rank") == "rank"
