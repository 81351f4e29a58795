"""The README, in each language: what it shows is there, and what it tells people to type is answered."""

from __future__ import annotations

import re
import shlex
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from discord import app_commands

from bot.client import Bangdan
from bot.line import read_command
from bot.replies.reply import Outcome
from bot.settings import WRITTEN
from bot.terminal import run_command
from bot.texts import Texts
from bot.tree import Tree, key_of
from store.archive import Archive
from tests.console import Run

Command = app_commands.Command[Any, ..., Any]
ROOT = Path(__file__).parent.parent
READMES = {"README.md": "en", "README.zh-CN.md": "zh-CN"}
PAGES = sorted(str(each.relative_to(ROOT)) for each in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_CODE = re.compile(r"`([^`\n]+)`")
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SETTING = re.compile(r"\b(?:BANGDAN_[A-Z_]+|DATABASE_URL|DISCORD_TOKEN)\b")
_SERVERS_ONLY = {
    "subscribe",
    "subscriptions",
    "pin-board",
    "alias add",
    "alias remove",
    "alias list",
    "settings",
}

pytestmark = pytest.mark.parametrize("file", READMES)


def text_of(file: str) -> str:
    return (ROOT / file).read_text("utf-8")


def signatures(text: str) -> Iterator[str]:
    """Give the commands of the tables' first column, as they stand there."""
    for line in text.splitlines():
        if line.startswith("| `/"):
            yield from (code for code in _CODE.findall(line.split("|")[1]) if code.startswith("/"))


def examples(text: str) -> set[str]:
    """Return the command lines in sentences, and in the second column of tables."""
    prose = _FENCE.sub("", text)
    lines = [line.split("|", 2)[2] if line.startswith("| `/") else line for line in prose.splitlines()]
    return {code for line in lines for code in _CODE.findall(line) if re.match(r"/\w", code)}


def blocks(text: str, kind: str) -> Iterator[str]:
    """Give the lines of code blocks of a kind, without comments."""
    for found, body in _FENCE.findall(text):
        if found == kind:
            yield from (line for line in body.splitlines() if line.strip())


def commands_of(bot: Bangdan) -> dict[str, Command]:
    """Return the commands that people type, by their English names."""
    return {
        each.qualified_name: each
        for each in bot.tree.walk_commands()
        if isinstance(each, app_commands.Command)
    }


def read_name(bot: Bangdan, line: str) -> tuple[Command, list[str]]:
    """Return the command that a line begins with, by its name in any language, and its other words."""
    assert isinstance(bot.tree, Tree)
    known, words = bot.tree.named(bot.texts), line.removeprefix("/").split()
    for length in (2, 1):
        found = known.get(" ".join(words[:length]))
        if isinstance(found, app_commands.Command):
            return found, words[length:]
    raise AssertionError(f"{line} is no command")


@pytest.fixture
async def bot(shelf: Archive, texts: Texts) -> AsyncIterator[Bangdan]:
    bot = Bangdan(shelf, texts)
    async with bot:
        await bot.load()
        yield bot


async def test_every_command_is_told_of_with_its_options(bot: Bangdan, file: str) -> None:
    language = bot.texts.choose((READMES[file],))
    told: dict[str, list[str]] = {}
    for signature in signatures(text_of(file)):
        command, words = read_name(bot, signature)
        told.setdefault(command.qualified_name, []).extend(words)
    known = commands_of(bot)
    assert set(told) == set(known)
    bracketed = set(re.findall(r"\[[^\s\[\]]+\]", " ".join(_CODE.findall(text_of(file)))))
    for name, command in known.items():
        named = {language.say(key_of(each, named=True)): each for each in command.parameters}
        written = {option if each.required else f"[{option}]" for option, each in named.items()}
        assert set(told[name]) <= written, name
        private = f"[{language.say('name.option.private')}]"
        assert written <= {*told[name], *bracketed, private}, name


async def test_what_people_are_told_to_type_is_answered(bot: Bangdan, file: str) -> None:
    lines = sorted(examples(text_of(file)))
    assert lines
    for line in lines:
        command, words = read_name(bot, line)
        needs_more = any(each.required for each in command.parameters) and not words
        if command.qualified_name not in _SERVERS_ONLY and not needs_more:  # else it only names a command
            sent = await run_command(bot, line, READMES[file])
            assert sent.outcome is Outcome.ANSWER, line


async def test_what_servers_are_told_to_type_is_a_command(bot: Bangdan, file: str) -> None:
    lines = [line for line in blocks(text_of(file), "") if line.startswith("/")]
    assert lines
    for line in lines:
        read_command(bot, line.split("  ")[0])


def test_what_is_told_for_a_terminal_is_answered(bangdan: Run, file: str) -> None:
    lines = [line for line in blocks(text_of(file), "sh") if line.startswith("bangdan ask ")]
    assert lines
    for line in lines:
        done = bangdan(*shlex.split(line, comments=True)[1:])
        assert done.returncode == 0, line + done.stdout + done.stderr


def test_every_command_is_pictured_in_the_language_of_the_page(bot: Bangdan, file: str) -> None:
    shown = {Path(each).name for each in _LINK.findall(text_of(file))}
    assert {f"{name.replace(' ', '-')}.{READMES[file]}.png" for name in commands_of(bot)} <= shown


def test_settings_and_targets_that_it_names_exist(file: str) -> None:
    assert set(_SETTING.findall(text_of(file))) <= set(WRITTEN)
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"\bmake (\w+)\b", " ".join(_CODE.findall(text_of(file))))) <= targets


def test_everything_it_links_to_is_there(file: str) -> None:
    for page in {file, *PAGES}:
        for link in _LINK.findall(text_of(page)):
            if "://" not in link and not link.startswith("#"):
                assert ((ROOT / page).parent / link.partition("#")[0]).exists(), f"{page}: {link}"
