"""An answer ready to be sent: its embed, its controls, and who may see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import chain
from typing import Any

import discord

from bot.drawing.values import Drawing, digest_of
from bot.questions import Question

FAMILY_COLOURS = {"arena": 0x4C7DFF, "rele": 0xE2574C}
NEUTRAL = 0x6D7B8D
ALERT = 0xF0A020

FIELD_LIMIT = 1024
LINE_LIMIT = FIELD_LIMIT - len("```\n\n```")
EMBED_LIMIT = 5500
"""Of Discord's 6,000 characters an embed, what a page uses; the rest is for page numbers."""


@dataclass(frozen=True, slots=True)
class Option:
    """One line of a menu: what it says, and the value that comes back."""

    label: str
    value: str
    detail: str | None = None
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """A button that shows another page of the answer; `role` is first, back, next or last."""

    question: Question
    role: str
    disabled: bool


@dataclass(frozen=True, slots=True)
class Switch:
    """A button that asks the question otherwise; `role` is what it changes: kind or theme."""

    question: Question
    role: str
    label: str


@dataclass(frozen=True, slots=True)
class Show:
    """A button that answers a question privately, to whoever presses it."""

    question: Question
    label: str


@dataclass(frozen=True, slots=True)
class Share:
    """A button that posts a private answer for everybody: asks again, or without a question as it is."""

    question: Question | None
    label: str


@dataclass(frozen=True, slots=True)
class Pages:
    """The label between the buttons: which page of how many."""

    text: str


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu that asks the question again with another value in `slot`.

    `slot` is `m0` to `m4` for a model, or what the menu refines: `board`, `field`, `date` or `since`.
    """

    question: Question
    slot: str
    prompt: str
    options: tuple[Option, ...]


Control = Turn | Switch | Show | Share | Pages | Menu


class Controls(tuple[Control, ...]):
    """The controls of an answer that is kept; `written` is what they are for Discord, once somebody asked."""

    written: list[dict[str, Any]] | None = None


class Outcome(Enum):
    """What became of a question."""

    ANSWER = "answer"
    MISTAKE = "mistake"
    """The person has to ask otherwise."""
    FAILURE = "failure"
    """It is not the person's fault."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that goes with an answer: what to draw, its file's name, and what it shows in words.

    `digest` is what identifies the drawing.
    """

    drawing: Drawing
    name: str
    alt: str
    digest: str = field(init=False)

    def __post_init__(self) -> None:
        """Identify the drawing where the answer is written, so that whoever sends it need not."""
        object.__setattr__(self, "digest", digest_of(self.drawing))


@dataclass(frozen=True, slots=True)
class Reply:
    """What is sent: one embed, a line above it and controls below it, who may see it, and a picture.

    `png` is the picture once it is drawn; `question` is what is answered, where that can be asked again.
    """

    embed: discord.Embed
    controls: tuple[Control, ...] = ()
    private: bool = False
    outcome: Outcome = Outcome.ANSWER
    heading: str = ""
    picture: Picture | None = None
    png: bytes | None = None
    question: Question | None = None

    def with_png(self, png: bytes) -> Reply:
        """Return the answer with its picture drawn."""
        assert self.picture is not None
        embed = self.embed.copy()
        embed.set_image(url=f"attachment://{self.picture.name}")
        return replace(self, embed=embed, png=png)

    def with_note(self, note: str) -> Reply:
        """Return the answer with a note at the end of its description."""
        embed = self.embed.copy()
        embed.description = "\n".join(filter(None, (embed.description, note)))
        return replace(self, embed=embed)


@dataclass(frozen=True, slots=True)
class Section:
    """One field of an answer, before it is known on which page it goes."""

    title: str
    lines: tuple[str, ...]


def paginate(head: discord.Embed, sections: Sequence[Section]) -> list[discord.Embed]:
    """Return embeds that hold all `sections`, each within Discord's limits; at least one embed.

    Every page repeats `head`. A section that is too long for one field goes on in the next, so
    nothing is cut off.
    """
    pages = [head.copy()]
    for section in sections:
        for at, value in enumerate(_values(section.lines)):
            title = section.title if at == 0 else "\u200b"
            page = pages[-1]
            if len(page) + len(title) + len(value) > EMBED_LIMIT or len(page.fields) == 25:
                page = head.copy()
                pages.append(page)
                title = section.title
            page.add_field(name=title[:256], value=value, inline=False)
    return pages


def _values(lines: Sequence[str]) -> list[str]:
    """Join lines into field values; a code block that is split is closed and opened again."""
    values: list[str] = []
    value, fenced = "", False
    for line in chain.from_iterable(map(_fold, lines)):
        closing = 4 if fenced else 0
        if value and len(value) + len(line) + 1 + closing > FIELD_LIMIT:
            values.append(value + ("\n```" if fenced else ""))
            value = "```" if fenced else ""
        value = f"{value}\n{line}" if value else line
        fenced ^= line.startswith("```")
    return [*values, value] if value else values


def _fold(line: str) -> list[str]:
    """Break a line that is longer than a field, where it has a space if it has one."""
    if len(line) <= LINE_LIMIT:
        return [line]
    at = line.rfind(" ", LINE_LIMIT // 2, LINE_LIMIT) + 1 or LINE_LIMIT
    return [line[:at], *_fold(line[at:])]
