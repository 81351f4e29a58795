"""Rules of payloads as data, and the one walker that holds a payload to them.

A rule names the places it is about by a path: `embeds.*.title` is the title of every embed, `*` any item of
a list or object, `@` any key of an object. What is absent or null breaks a rule only if it is `needed`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from .errors import Json, Problem

Holds: TypeAlias = Callable[[Any], object]
_REQUIRED = "This field is required"


@dataclass(frozen=True)
class Rule:
    """What Discord demands at a path; `faults` returns the paths below it where a value breaks the rule."""

    path: str
    faults: Callable[[Any], Iterable[str]]
    code: str
    text: str = ""
    needed: bool = False
    doc: str = ""

    @cached_property
    def steps(self) -> list[str]:
        """The path's parts."""
        return list(filter(None, self.path.split(".")))

    def is_kept(self, value: Any) -> bool:
        """Tell whether the value of one place keeps the rule."""
        return not self.needed if value is None else not any(True for _ in self.faults(value))

    def problem(self, path: str) -> Problem:
        """Return the breach of this rule at a place."""
        return Problem(path, self.code, self.text or self.code.replace("_", " ").capitalize(), self.doc)


Rules: TypeAlias = tuple[Rule, ...]


def about(doc: str, *rules: Rule) -> Rules:
    """Return the rules with their place in Discord's documentation."""
    return tuple(replace(rule, doc=doc) for rule in rules)


def rule(path: str, holds: Holds, code: str, text: str = "", at: str = "", needed: bool = False) -> Rule:
    """Return the rule that `holds`; a breach is reported at the field `at` below the path."""
    return Rule(path, lambda value: () if holds(value) else (at,), code, text, needed)


def required(path: str, when: Holds, at: str) -> Rule:
    """Return the rule that an object has the field `at` when the object is such."""
    return rule(path, lambda value: value.get(at) or not when(value), "BASE_TYPE_REQUIRED", _REQUIRED, at=at)


def length(path: str, least: int, most: int, *, needed: bool = False) -> Rule:
    """Return the rule of a length, of a text in code points or of a list."""
    code, text = "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length."
    if least:
        code, text = "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length."

    def holds(value: object) -> bool:
        return least <= len(value if isinstance(value, list | dict) else str(value)) <= most

    return rule(path, holds, code, text, needed=needed)


def lengths(path: str, /, *, needed: bool = False, **fields: tuple[int, int]) -> Rules:
    """Return the rules of the lengths of an object's fields."""
    return tuple(length(join(path, name), *ends, needed=needed) for name, ends in fields.items())


def number(path: str, least: int, most: int) -> Rule:
    """Return the rule of a whole number."""
    text = f"int value should be between {least} and {most}."
    return rule(path, lambda v: isinstance(v, int) and least <= v <= most, "NUMBER_TYPE_MAX", text)


def one_of(path: str, values: Collection[object], *, needed: bool = False) -> Rule:
    """Return the rule that a value is one of a set."""
    text = f"Value must be one of {{{', '.join(map(str, values))}}}."
    return rule(path, values.__contains__, "BASE_TYPE_CHOICES", text, needed=needed)


def url(path: str, *schemes: str) -> Rule:
    """Return the rule that a text is an absolute URL of one of the schemes."""

    def holds(value: object) -> bool:
        if not isinstance(value, str) or len(value) > 2048 or " " in value:
            return False
        parts = urlsplit(value)
        return parts.scheme in schemes and bool(parts.netloc)

    return rule(path, holds, "URL_TYPE_INVALID_URL")


def unique(path: str, code: str, *keys: str, at: str = "") -> Rule:
    """Return the rule that no two items of a list agree in all `keys`."""

    def faults(items: list[Json]) -> Iterator[str]:
        seen = set()
        for index, item in enumerate(items):
            key = tuple(str(item.get(name)) for name in keys)
            if key in seen:
                yield f"{index}{at}"
            seen.add(key)

    return Rule(path, faults, code)


def places(value: Any, path: list[str], at: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every place a path leads to, with its value; a last key that is absent has the value None."""
    if not path:
        yield at, value
        return
    key, rest = path[0], path[1:]
    found: Iterable[tuple[object, Any]] = ()
    if key == "*":
        found = value.items() if isinstance(value, dict) else enumerate(value or ())
    elif key == "@":
        found = ((name, name) for name in value or ())
    elif isinstance(value, dict) and (not rest or value.get(key) is not None):
        found = ((key, value.get(key)),)
    for name, inner in found:
        yield from places(inner, rest, join(at, str(name)))


def reach(value: Any, path: Sequence[str]) -> list[Any]:
    """Return the values of all places that a path leads to; quicker than `places`, since it names none."""
    found, last = [value], len(path) - 1
    for at, key in enumerate(path):
        if key == "*":
            holders = (each.values() if isinstance(each, dict) else each or () for each in found)
            found = [*chain.from_iterable(holders)]
        elif key == "@":
            found = [name for each in found for name in each or ()]
        else:
            objects = [each for each in found if isinstance(each, dict)]
            found = [each.get(key) for each in objects if at == last or each.get(key) is not None]
    return found


def join(*paths: str) -> str:
    """Return paths one below the other."""
    return ".".join(filter(None, paths))


def examine(payload: Any, rules: Rules, at: str = "") -> Iterator[Problem]:
    """Yield every breach of the rules; `at` is the payload's own place in the request."""
    for one in rules:
        if all(map(one.is_kept, reach(payload, one.steps))):
            continue
        for place, value in places(payload, one.steps, at):
            if value is not None:
                for below in one.faults(value):
                    yield one.problem(join(place, below))
            elif one.needed:
                yield replace(one, code="BASE_TYPE_REQUIRED", text=_REQUIRED).problem(place)


def walk(holder: Json, at: str = "") -> Iterator[tuple[str, Json]]:
    """Yield every component below a message, modal or component with its place, outer ones first."""
    inner = [(f"components.{index}", part) for index, part in enumerate(holder.get("components") or ())]
    inner += [(key, holder[key]) for key in ("accessory", "component") if holder.get(key)]
    for name, part in inner:
        yield join(at, name), part
        yield from walk(part, join(at, name))
