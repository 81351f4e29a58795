"""The parts of a name, each with what it tells.

A name is words and figures. Figures are exact: another version, size or date is another model.
Words name a family, tell one of its members, or say little; what each kind weighs when it is
missing from what a person typed is decided in `ranking`.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache
from typing import Final

from store.names.normal import normal


class Kind(IntEnum):
    """What a token tells of a model."""

    NAME = 0
    """A family or a name of its own: `qwen`, `nemotron`, `lightning`."""
    VERSION = 1
    """`2.5`, `r1`, `4o`, `v3`."""
    SIZE = 2
    """Parameters or experts: `72b`, `8x7b`, `a22b`, `128e`."""
    TIER = 3
    """A member of a family: `mini`, `pro`, `sonnet`."""
    TASK = 4
    """What a member is made for: `coder`, `vision`, `search`."""
    EFFORT = 5
    """How long it thinks: `thinking`, `high`."""
    BUILD = 6
    """Its numeric format: `fp8`, `bf16`."""
    CONTEXT = 7
    """`32k`."""
    STAGE = 8
    """`preview`, `beta`, `latest`."""
    DATE = 9
    """`@20250326`, `@0324`, `@2507`, as `normal` marks them."""
    REVISION = 10
    """`001`."""
    TUNING = 11
    """That it is made to follow instructions, as every model on a board: `instruct`, `chat`, `it`."""


_WORDS: Final = {
    Kind.TIER: "mini nano micro tiny small medium large xl max plus pro ultra turbo turbos lite flash air "
    "fast instant opus sonnet haiku maverick scout lightning standard super base core advanced premier",
    Kind.TASK: "coder code codex math vl vision omni audio image video live search grounding research "
    "distill long text agent web",
    Kind.EFFORT: "thinking nothinking reasoning noreasoning high xhigh low minimal none",
    Kind.BUILD: "fp8 fp16 bf16 fp4 nvfp4 int4 int8 awq gptq gguf",
    Kind.STAGE: "preview exp experimental beta alpha latest prerelease api app online free",
    Kind.TUNING: "instruct chat it hf",
}
_KINDS: Final = {word: kind for kind, words in _WORDS.items() for word in words.split()}

# One spelling for words that boards write in several ways; negations are one word with theirs.
SPELLINGS: Final = {
    "think": "thinking",
    "thinker": "thinking",
    "nothink": "nothinking",
    "reason": "reasoning",
    "vlm": "vl",
    "instr": "instruct",
    "inst": "instruct",
}
NEGATIONS: Final = frozenset({"no", "non", "not", "without"})
NEGATED: Final = {"thinking": "nothinking", "reasoning": "noreasoning"}

_SIZE: Final = re.compile(r"(?:\d+x|[ae])?\d+(?:\.\d+)?b|\d+e")
_CONTEXT: Final = re.compile(r"\d+[km]")
_REVISION: Final = re.compile(r"0\d\d")
_FIGURE: Final = re.compile(r"[a-z]?\d+(?:\.\d+)*[a-z]{0,2}")
_PIECES: Final = re.compile(
    r"@\d+"
    r"|(?:nv)?fp\d+|bf16|int\d"
    r"|[a-z](?=\d)(?:\d+x|\d+\.|)\d+(?:\.\d+)*(?:[a-z]{1,2}(?![a-z\d]))?(?![a-z\d])"
    r"|\d+(?:\.\d+)*(?:x\d+)?(?:\.\d+)?[a-z]{0,2}(?![a-z\d.])"
    r"|[a-z]{2,}(?=\d+(?:\.\d+)*(?:[a-z]{0,2})(?![a-z\d]))"
    r"|[a-z\d]*[a-z][a-z\d]*"
    r"|\d+(?:\.\d+)*"
    r"|[^\Wa-z\d_]+"
)


def tokens_of(text: str) -> tuple[str, ...]:
    """Return the tokens of `text`: `Llama-3_1-70B` has `llama`, `3.1`, `70b`."""
    return tokens_in(normal(text))


def tokens_in(text: str) -> tuple[str, ...]:
    """Return the tokens of `text`, which is in the normal form."""
    found: list[str] = []
    for piece in _PIECES.findall(text):
        word = SPELLINGS.get(piece, piece)
        if word in NEGATED and found and found[-1] in NEGATIONS:
            found[-1] = NEGATED[word]
        else:
            found.append(word)
    return tuple(found)


def joined(text: str) -> str:
    """Return the tokens of `text` in one piece: the form in which words of several are looked up."""
    return "".join(tokens_of(text))


@lru_cache(maxsize=8192)
def kind_of(token: str) -> Kind:
    """Return what `token` tells."""
    if token in _KINDS:
        return _KINDS[token]
    if token[0] == "@":
        return Kind.DATE
    for pattern, kind in ((_REVISION, Kind.REVISION), (_SIZE, Kind.SIZE), (_CONTEXT, Kind.CONTEXT)):
        if pattern.fullmatch(token):
            return kind
    return Kind.VERSION if _FIGURE.fullmatch(token) else Kind.NAME
