"""What no rule can know of names: `seeds/aliases.toml`, whose own comments explain the fields."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any, Final, TypeVar

from store.errors import CatalogueError

FILE: Final = "aliases.toml"
_FIELDS: Final = {"prefixes", "noise", "words", "models"}

Tokens = tuple[str, ...]
Value = TypeVar("Value")


def _none() -> Mapping[Any, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Aliases:
    """The file, ready for use.

    `models` has the tokens of a model by the tokens of each of its other names, and `names` the
    other names themselves by the same tokens of the model; `words` has what names print by what
    people type; `prefixes` are vendors that names carry in front; `noise` says nothing.
    """

    models: Mapping[Tokens, Tokens] = field(default_factory=_none)
    names: Mapping[Tokens, tuple[str, ...]] = field(default_factory=_none)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=_none)
    prefixes: frozenset[str] = frozenset()
    noise: frozenset[str] = frozenset()


def read_aliases(
    folder: Traversable, fold: Callable[[str], str], tokens: Callable[[str, frozenset[str]], Tokens]
) -> Aliases:
    """Read the aliases of `folder`; raises CatalogueError when they contradict themselves.

    `fold` gives the form in which words compare, `tokens` what the rules make of a name.
    """
    try:
        file = tomllib.loads((folder / FILE).read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(FILE, "", str(error)) from error
    if unknown := file.keys() - _FIELDS:
        raise CatalogueError(FILE, min(unknown), "unknown field")
    prefixes = frozenset(map(fold, _list("prefixes", file.get("prefixes", []))))
    models, names = _models(file.get("models", {}), lambda name: tokens(name, prefixes))
    return Aliases(
        models=models,
        names=names,
        words=_words(file.get("words", {}), fold),
        prefixes=prefixes,
        noise=frozenset(map(fold, _list("noise", file.get("noise", [])))),
    )


def _models(
    entries: Mapping[str, object], tokens: Callable[[str], Tokens]
) -> tuple[dict[Tokens, Tokens], dict[Tokens, tuple[str, ...]]]:
    """Return the file's models by other name, and its other names by model."""
    models: dict[Tokens, Tokens] = {}
    names: dict[Tokens, tuple[str, ...]] = {}
    for name, others in entries.items():
        model = tokens(name)
        if not model or model in names:
            raise CatalogueError(FILE, name, "the same model twice, or none")
        names[model] = tuple(_list(name, others))
        for other in names[model]:
            alias = tokens(other)
            if alias == model:
                raise CatalogueError(FILE, name, f"the rules know {other!r} already")
            if models.setdefault(alias, model) != model:
                raise CatalogueError(FILE, name, f"{other!r} is another model's name, too")
    if chained := models.keys() & names.keys():
        raise CatalogueError(FILE, " ".join(min(chained)), "a model's name and another model's other name")
    return models, names


def _words(entries: Mapping[str, object], fold: Callable[[str], str]) -> dict[str, tuple[str, ...]]:
    """Return what names print, by what people type."""
    words: dict[str, tuple[str, ...]] = {}
    for printed, typed in entries.items():
        for word in map(fold, _list(printed, typed)):
            words[word] = (*words.get(word, ()), fold(printed))
    return words


def _list(entry: str, value: object) -> Iterable[str]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise CatalogueError(FILE, entry, "not a list of texts")
    return value
