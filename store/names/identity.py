"""Which model a printed name is: rules first, then what `seeds/aliases.toml` knows.

A printed name becomes a key by its tokens: case, separators, brackets, marks, the way dates and
versions are written, a path and a vendor in front do not tell models apart. Everything else does.
A wrong merge is worse than a missed one, so the rules remove only what never distinguishes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import blake2s
from importlib.resources.abc import Traversable
from typing import Final

from store.names.aliases import Aliases, Tokens, read_aliases
from store.names.normal import plain, separate, without_path
from store.names.tokens import Kind, joined, kind_of, tokens_in

_MARKS: Final = re.compile(r"\(\s*(?:new|新)\s*\)|☛.*|<[^>]*>")
_CLAUDE: Final = frozenset({"opus", "sonnet", "haiku"})
_VARIANT: Final = frozenset({Kind.EFFORT, Kind.BUILD, Kind.DATE, Kind.REVISION, Kind.TUNING})

# These words are efforts of some families and members of others (`qwen2.5-max`, `mistral-medium`).
_EFFORTS: Final = {
    "max": frozenset({"claude", "deepseek", "gemini", "glm", "grok", "kimi", "muse"}),
    "medium": frozenset({"claude", "gemini", "gpt", "grok", "o1", "o3", "o4"}),
}


@dataclass(frozen=True, slots=True)
class Identity:
    """A model: `key` is its stable slug; `family` is one for its dated, tuned, effort and build variants."""

    key: str
    family: str


@dataclass(frozen=True)
class Identities:
    """The identities of printed names, by rules and by `aliases`."""

    aliases: Aliases = field(default_factory=Aliases)

    @classmethod
    def read(cls, folder: Traversable) -> Identities:
        """Read the aliases of `folder`; raises CatalogueError when they contradict themselves."""
        return cls(read_aliases(folder, joined, ruled))

    def identify(self, printed: str) -> Identity:
        """Return the identity of a name as a board printed it."""
        tokens = self.tokens(printed)
        if not tokens:
            return _unnamed(printed)
        return Identity(slug(tokens), slug(family(tokens)))

    def tokens(self, name: str) -> Tokens:
        """Return the tokens of the model that `name` is; they differ for different models."""
        tokens = ruled(name, self.aliases.prefixes)
        return self.aliases.models.get(tokens, tokens)


def _unnamed(printed: str) -> Identity:
    """Return the identity of a name of marks only, which the rules cannot read: no other has it."""
    digest = blake2s(printed.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
    return Identity(f"unnamed-{digest}", f"unnamed-{digest}")


def ruled(name: str, prefixes: frozenset[str] = frozenset()) -> Tokens:
    """Return the tokens of `name` as the rules alone make them."""
    return canonical(tokens_in(bare(name)), prefixes)


def bare(name: str) -> str:
    """Return `name` in the normal form, without a board's marks and the path in front."""
    return separate(without_path(_MARKS.sub(" ", plain(name)).strip()))


def canonical(tokens: Tokens, prefixes: frozenset[str]) -> Tokens:
    """Return `tokens` without vendors in front, and in the order that has won where a vendor changed it."""
    while len(tokens) > 1 and tokens[0] in prefixes and kind_of(tokens[1]) is Kind.NAME:
        tokens = tokens[1:]
    if len(tokens) > 2 and tokens[0] == "claude" and tokens[1] in _CLAUDE:
        if kind_of(tokens[2]) is Kind.VERSION:
            return (tokens[0], tokens[2], tokens[1], *tokens[3:])
    elif "it" in tokens and tokens[0] == "gemma":  # the untuned Gemma models are on no board
        return tuple(token for token in tokens if token != "it")
    return tokens


def slug(tokens: Tokens) -> str:
    """Return `tokens` as one word."""
    return "-".join(tokens).replace("@", "")


def family(tokens: Tokens) -> Tokens:
    """Return `tokens` without those that only tell variants of a model apart."""
    kept = [
        token
        for before, token in zip(("", *tokens), tokens, strict=False)
        if not (
            kind_of(token) in _VARIANT
            or tokens[0] in _EFFORTS.get(token, ())
            or (kind_of(token) is Kind.CONTEXT and kind_of(before or "?") is Kind.EFFORT)
        )
    ]
    return tuple(kept) or tokens
