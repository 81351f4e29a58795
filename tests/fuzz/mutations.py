"""Mutations: real bytes, texts and payloads, damaged as a `random.Random` decides."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

SPLINTERS = (
    *("|", "\n", "> ", "# ", "    ", "```\n", "\\", "- ", "\r", '"', "<!--", "\u202e", "±", "１", "……", "/%"),
    *("9", "-", "\n\n", "<html>", "北京", ",", "\t", "\x00", "\ufeff", "1e999", "nan", "2999-12-31"),
)
"""Pieces that mean something to those who read documents."""
BROKEN = (b"", b"\xff", b"\xc3", b"\x00\x00", b"PAR1", b"\xef\xbb\xbf")
SPICES = (
    *("@everyone", "<@1>", "<@&1>", "**", "`", "```", "||", "](https://evil.example)", "\u202e", "\u200b"),
    *("\x00", "\ud800", "🏴\u200d☠️", "ﬃ", "İ", "ß", "²", "１２", "٣", "Ⅷ", "字" * 40, "a" * 90),
    *("'; DROP TABLE boards; --", "%s", "{}", "{0.__class__}", "../..", ":", ".", "~", "-", "_", "/", "  "),
    *("\n", "\u3000", "e\u0301" * 9, "0", "-1", "1e309", "99999999999999999999", "3.", ".5", "２０２５"),
    *("一百", "$", "¥", "B", "%"),
)
"""Pieces that mean something to those who read what people type, or to Discord."""
VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 2**53, 2**70, 1.5, float("1e308"), "", "0", "x", "\u202e" * 30, "字" * 6000),
    *([], {}, [None], [[]], {"id": None}, {"": {}}, "2025-02-30T99:99:99", "\ud800"),
)
"""Values that take the place of others in payloads."""
SPANS = (0, 1, 2, 7, 9, 40, 60, 300, 400)


def damage(random: Random, content: bytes, pieces: Sequence[bytes] = ()) -> bytes:
    """Return a document in which some bytes are lost, doubled or others."""
    pieces = pieces or (*BROKEN, *(each.encode() for each in SPLINTERS))
    for _ in range(random.randint(1, 4)):
        begin = random.randint(0, len(content))
        end = min(len(content), begin + random.choice(SPANS))
        piece = random.choice([b"", content[begin:end] * 2, random.choice(pieces), random.randbytes(3)])
        content = content[:begin] + piece + content[end:]
    return content


def cut(random: Random, content: bytes) -> bytes:
    """Return the beginning of a document."""
    return content[: random.randint(0, len(content))]


def twist(random: Random, text: str, others: Sequence[str] = (), most: int = 6000) -> str:
    """Return a text with some of it lost, doubled, turned around or mixed with `others`."""
    for _ in range(random.randint(1, 4)):
        begin = random.randint(0, len(text))
        end = min(len(text), begin + random.choice((0, 1, 1, 2, 5, 20)))
        span = text[begin:end]
        choices = ["", span * 2, span[::-1], span.swapcase(), random.choice(SPICES)]
        choices.append(chr(random.randrange(1, 0x3000)))
        choices += [random.choice(others)] if others else []
        text = text[:begin] + random.choice(choices) + text[end:]
    return text[:most]


def shake(random: Random, payload: Any) -> Any:
    """Return a payload in which some values are others, of other types, or missing."""
    shaken = copy.deepcopy(payload)
    for _ in range(random.randint(1, 3)):
        spots = list(_spots(shaken))
        if not spots:
            break
        holder, key = random.choice(spots)
        value = holder[key]
        if isinstance(holder, dict) and random.random() < 0.25:
            del holder[key]
        elif isinstance(value, str) and random.random() < 0.5:
            holder[key] = twist(random, value)
        else:
            holder[key] = copy.deepcopy(random.choice(VALUES))
    return shaken


def _spots(value: Any) -> Iterator[tuple[Any, Any]]:
    """Give every place in a payload, with what holds it."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in list(items):
        yield value, key
        yield from _spots(each)
