"""The forms of a model's names, as the index keeps them: tokens, and what each weighs when unsaid."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from store.names.tokens import Kind, kind_of

# What it costs a model that a person did not type one of its tokens. Tuning, dates and revisions
# hardly tell models apart, a family's further names do; versions, sizes and tiers cost alike, so
# that models of a family without a plain member are equal and the boards decide between them.
_WEIGHTS: Final = {
    Kind.NAME: 2.0,
    Kind.VERSION: 2.0,
    Kind.SIZE: 2.0,
    Kind.TIER: 2.0,
    Kind.TASK: 2.0,
    Kind.EFFORT: 1.0,
    Kind.BUILD: 1.0,
    Kind.CONTEXT: 0.5,
    Kind.STAGE: 0.8,
    Kind.DATE: 0.4,
    Kind.REVISION: 0.4,
    Kind.TUNING: 0.2,
}
_HEAD: Final = 0.5
_CHATTY: Final = 1.0  # `chat` beside a size is tuning; `gpt-5-chat` is a member of its own
_UNTHOUGHT: Final = 0.3  # `x-no-thinking` is as much the plain `x` as the one that thinks
_CORE: Final = frozenset({Kind.NAME, Kind.VERSION, Kind.SIZE, Kind.TIER, Kind.TASK})


class Form(NamedTuple):
    """One name of a model.

    `model` is its place in the index, `weights` what each token weighs, `core` the tokens that tell
    members of a family apart, `generation` the first figure of the version: 0 for a version of its
    own kind as `r1`, None without one. `known` tells that only aliases.toml and no board has the name.
    """

    model: int
    tokens: tuple[str, ...]
    weights: tuple[float, ...]
    core: tuple[str, ...]
    generation: int | None
    known: bool

    @property
    def head(self) -> str:
        """The token that names the family."""
        return self.tokens[0]


def form(model: int, tokens: tuple[str, ...], *, known: bool = False) -> Form:
    """Return the form of a name that has `tokens`."""
    figures = tuple(map(figure, tokens))
    kinds = _kinds(figures)
    core = (token for token, kind in zip(figures, kinds, strict=True) if kind in _CORE)
    return Form(
        model, figures, _weights(figures, kinds), tuple(sorted(set(core))), _generation(figures, kinds), known
    )


def figure(token: str) -> str:
    """Return `token` in the form in which figures are equal: `2.0` is `2`."""
    return token[:-2] if token.endswith(".0") else token


def _kinds(tokens: tuple[str, ...]) -> list[Kind]:
    """Return the kinds of `tokens`; a `v1` behind a size or a version is a revision."""
    kinds = [kind_of(token) for token in tokens]
    for place, token in enumerate(tokens):
        if token[0] == "v" and kinds[place] is Kind.VERSION:
            before = kinds[1:place]
            if Kind.SIZE in before or Kind.VERSION in before:
                kinds[place] = Kind.REVISION
    return kinds


def _generation(tokens: tuple[str, ...], kinds: list[Kind]) -> int | None:
    if Kind.VERSION not in kinds:
        return None
    figures = re.match(r"v?(\d+)", tokens[kinds.index(Kind.VERSION)])
    return int(figures[1]) if figures else 0


def _weights(tokens: tuple[str, ...], kinds: list[Kind]) -> tuple[float, ...]:
    weights = [_WEIGHTS[kind] for kind in kinds]
    weights[0] = min(weights[0], _HEAD)
    sizes = [place for place, kind in enumerate(kinds) if kind is Kind.SIZE]
    for place in sizes[1:]:
        weights[place] = 0.05  # the active parameters or experts beside the first size
    for place, token in enumerate(tokens):
        if token == "nothinking":
            weights[place] = _UNTHOUGHT
        elif token == "chat" and not sizes:
            weights[place] = _CHATTY
    return tuple(weights)
