"""A command as a line of text, `/top field:law count:5` in any language, to what Discord would send."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from typing import Any

from discord import AppCommandOptionType, app_commands

from bot.client import Bangdan
from bot.texts import Texts
from bot.tree import Tree, key_of


class Misused(Exception):
    """The caller's words are no command; `key` names the sentence, `values` what to put in."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


def read_command(bot: Bangdan, line: str) -> tuple[app_commands.Command[Any, ..., Any], dict[str, Any]]:
    """Return the command that a line names, in any language, and its options' values; raises Misused."""
    words = _split(line)
    known = {each.qualified_name: each for each in bot.tree.walk_commands()}
    if not words or not words[0].removeprefix("/"):
        raise Misused("ask.empty", commands=_listed(known))
    tree = bot.tree
    assert isinstance(tree, Tree)
    spelt = tree.named(bot.texts)
    name = words.pop(0).removeprefix("/")
    while words and f"{name} {words[0]}" in spelt:
        name = f"{name} {words.pop(0)}"
    command = spelt.get(name)
    if not isinstance(command, app_commands.Command):
        raise Misused("ask.unknown", command=name, commands=_listed(known))
    return command, _options(command, words, bot.texts)


def _split(line: str) -> list[str]:
    try:
        return shlex.split(line)
    except ValueError:  # a lone quotation mark is a letter like any other
        return line.split()


def _listed(known: Mapping[str, object]) -> str:
    return ", ".join(f"/{name}" for name in sorted(known))


def _options(
    command: app_commands.Command[Any, ..., Any], words: Sequence[str], texts: Texts
) -> dict[str, Any]:
    parameters = {each.display_name: each for each in command.parameters}
    spelt = {
        name: each.display_name
        for each in command.parameters
        for name in (*texts.names(key_of(each, named=True).partition(".")[2]), each.name, each.display_name)
    }
    switch = AppCommandOptionType.boolean  # these are only given by name, such as `private:yes`
    wordy = {name: each for name, each in parameters.items() if each.type is not switch}
    given: dict[str, str] = {}
    loose: list[str] = []
    for word in words:
        name, colon, value = word.partition(":")
        if colon and name in spelt:
            given[spelt[name]] = value
        elif loose and _goes_on(word, wordy, given, len(loose)):
            loose[-1] = f"{loose[-1]} {word}"
        else:
            loose.append(word)
    free = [name for name in wordy if name not in given]
    if len(wordy) == 1:  # a question in people's own words
        loose = [" ".join(loose)] if loose else []
    told = {"command": command.qualified_name, "options": _usage(command)}
    if len(loose) > len(free):
        raise Misused("ask.many", word=loose[len(free)], **told)
    given |= dict(zip(free, loose, strict=False))
    missing = [name for name, each in parameters.items() if each.required and name not in given]
    if missing:
        raise Misused("ask.missing", option=missing[0], **told)
    return {name: _value(parameters[name], value) for name, value in given.items()}


def _goes_on(
    word: str, parameters: Mapping[str, app_commands.Parameter], given: Mapping[str, str], at: int
) -> bool:
    """Tell whether a word goes on the one before it, since it cannot be the number that is due."""
    free = [each for name, each in parameters.items() if name not in given]
    due = free[at] if at < len(free) else None
    return due is not None and due.type is AppCommandOptionType.integer and not word.lstrip("+-").isdecimal()


def _value(parameter: app_commands.Parameter, value: str) -> Any:  # noqa: ANN401 - JSON
    try:
        match parameter.type:
            case AppCommandOptionType.integer:
                return int(value)
            case AppCommandOptionType.number:
                return float(value)
            case AppCommandOptionType.boolean:
                return {"true": True, "yes": True, "false": False, "no": False}[value.casefold()]
    except (ValueError, KeyError):
        raise Misused("ask.value", option=parameter.display_name, value=value) from None
    return value


def _usage(command: app_commands.Command[Any, ..., Any]) -> str:
    parameters = command.parameters
    return " ".join(each.display_name if each.required else f"[{each.display_name}]" for each in parameters)
