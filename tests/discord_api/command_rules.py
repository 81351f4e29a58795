"""Discord's rules for application commands, at registration and in autocompletion."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from .errors import DOCS, Code, Json, Problem, Refusal, refuse
from .rules import Rule, Rules, about, examine, join, length, lengths, one_of, rule, unique

SUB_COMMAND, SUB_COMMAND_GROUP = 1, 2
STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT = range(3, 12)
SLASH, USER_MENU, MESSAGE_MENU = 1, 2, 3
MOST_COMMANDS = {SLASH: 100, USER_MENU: 15, MESSAGE_MENU: 15}
"""Commands of one scope (docs: interactions/application-commands#registering-a-command)."""
_TAGS = (
    "bg cs da de el en-GB en-US es-419 es-ES fi fr hi hr hu id it ja ko lt nl no pl pt-BR ro ru sv-SE th tr "
    "uk vi zh-CN zh-TW"
)
LOCALES = frozenset(_TAGS.split())
"""Every locale Discord knows (docs: reference#locales)."""
_COMMAND = DOCS + "interactions/application-commands#application-command-object"
_NAMING = _COMMAND + "-application-command-naming"
_OPTION = _COMMAND + "-application-command-option-structure"
_CHOICE = _COMMAND + "-application-command-option-choice-structure"
_SUBS = {SUB_COMMAND, SUB_COMMAND_GROUP}
_VALUES: dict[int, tuple[type, ...]] = {STRING: (str,), INTEGER: (int,), NUMBER: (int, float)}


def is_command_name(name: str) -> bool:
    r"""Tell whether a slash command or option may be called `name`.

    Discord's pattern is ``^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$``, in lower case where there is one.
    """
    return 1 <= len(name) <= 32 and name == name.lower() and all(map(_in_name, name))


def _in_name(char: str) -> bool:
    marked = unicodedata.name(char, "").startswith(("DEVANAGARI", "THAI"))
    return marked or char in "-_'" or unicodedata.category(char)[0] in "LN"


def _size(part: Json) -> int:
    """Return what Discord counts of a command: names, descriptions, values, each in its longest locale."""
    size = len(part["value"]) if isinstance(part.get("value"), str) else 0
    for key in ("name", "description"):
        size += max(map(len, [part.get(key) or "", *(part.get(f"{key}_localizations") or {}).values()]))
    return size + sum(_size(inner) for key in ("options", "choices") for inner in part.get(key) or ())


def _kinds(holder: Json) -> set[object]:
    return {option.get("type") for option in holder.get("options") or ()}


def _sub_commands_fit(option: Json) -> bool:
    kinds = _kinds(option)
    return kinds <= {SUB_COMMAND} if option.get("type") == SUB_COMMAND_GROUP else not kinds & _SUBS


def _required_too_late(options: list[Json]) -> Iterator[str]:
    optional = False
    for index, option in enumerate(options):
        if optional and option.get("required"):
            yield str(index)
        optional |= option.get("type") not in _SUBS and not option.get("required")


def _wrong_values(option: Json) -> Iterator[str]:
    right = _VALUES.get(option.get("type", 0), ())
    for index, choice in enumerate(option.get("choices") or ()):
        value = choice.get("value")
        if not isinstance(value, right) or isinstance(value, bool):
            yield f"choices.{index}.value"


_IN_LOCALES = LOCALES.__contains__
_LOCALE, _NAME = "LOCALIZATION_INVALID_LOCALE", "APPLICATION_COMMAND_INVALID_NAME"
_TOO_LARGE = "Command exceeds maximum size (8000)"
_TYPES = "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"
ANY = about(
    _NAMING,
    *lengths("", name=(1, 32), needed=True),
    length("name_localizations.*", 1, 32),
    length("description_localizations.*", 1, 100),
    rule("name_localizations.@", _IN_LOCALES, _LOCALE),
    rule("description_localizations.@", _IN_LOCALES, _LOCALE),
)
NAMED: Rules = (
    *ANY,
    *about(
        _NAMING, rule("name", is_command_name, _NAME), rule("name_localizations.*", is_command_name, _NAME)
    ),
    *about(
        _OPTION,
        *lengths("", description=(1, 100), needed=True),
        *lengths("", options=(0, 25)),
        Rule("options", _required_too_late, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID"),
        unique("options", "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATED", "name", at=".name"),
    ),
)
COMMAND = NAMED + about(
    _COMMAND,
    rule("", lambda v: _kinds(v) <= _SUBS or not _kinds(v) & _SUBS, _TYPES, at="options"),
    rule("", lambda command: _size(command) <= 8000, "APPLICATION_COMMAND_TOO_LARGE", _TOO_LARGE),
)
_NO_DESCRIPTION = "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_NOT_ALLOWED"
MENU = ANY + about(_COMMAND, rule("description", lambda text: not text, _NO_DESCRIPTION))
CHOICES = about(
    _CHOICE,
    *lengths("", choices=(0, 25)),
    *lengths("choices.*", name=(1, 100), needed=True),
    *lengths("choices.*", value=(0, 100)),
    length("choices.*.name_localizations.*", 1, 100),
    rule("choices.*.name_localizations.@", _IN_LOCALES, _LOCALE),
    Rule("", _wrong_values, "APPLICATION_COMMAND_OPTIONS_CHOICES_TYPE_INVALID"),
)
_NOT_BOTH = "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID"
OPTION: Rules = (
    *NAMED,
    *CHOICES,
    *about(
        _OPTION,
        one_of("type", range(SUB_COMMAND, ATTACHMENT + 1), needed=True),
        rule("", _sub_commands_fit, _TYPES, at="options"),
        rule("", lambda v: not (v.get("autocomplete") and v.get("choices")), _NOT_BOTH, at="autocomplete"),
    ),
)
SCOPE = about(_COMMAND, unique("", "APPLICATION_COMMANDS_DUPLICATE_NAME", "type", "name"))


def _in_options(holder: Json, at: str) -> Iterator[Problem]:
    for index, option in enumerate(holder.get("options") or ()):
        place = join(at, f"options.{index}")
        yield from examine(option, OPTION, place)
        yield from _in_options(option, place)


def _in_command(command: Json, at: str) -> Iterator[Problem]:
    yield from examine(command, COMMAND if command.get("type", SLASH) == SLASH else MENU, at)
    yield from _in_options(command, at)


def check_commands(commands: list[Json]) -> None:
    """Refuse a whole scope's commands as Discord would, with 30032 or 50035."""
    for kind, most in MOST_COMMANDS.items():
        if sum(command.get("type", SLASH) == kind for command in commands) > most:
            raise Refusal(Code.TOO_MANY_COMMANDS, doc=_COMMAND)
    problems = [p for index, command in enumerate(commands) for p in _in_command(command, str(index))]
    refuse([*problems, *examine(commands, SCOPE)])


def check_suggestions(choices: list[Json], kind: int, at: str) -> None:
    """Refuse the answer to an autocompletion of an option of that type."""
    refuse([*examine({"type": kind, "choices": choices}, CHOICES, at)])
