"""The Markdown and HTML inside a cell or heading, and the text that remains without them.

Only what boards use is known: links, footnotes, `☛` links, tags, emphasis, escapes and entities.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass

from store.values import Flag

_LINK = re.compile(
    r"(?P<gap>\s*)(?P<image>!?)\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])*)\]"
    r"\((?P<url>(?:[^()]|\([^()]*\))*)\)"
)
_SUPERSCRIPT = re.compile(r"\s*<sup\b[^<>]*>[^<>]*</sup>", re.I)
_FOOTNOTE = re.compile(r"(?:<sup>)?(?:[\s\d*†‡↗^]*|\[\d+\])(?:</sup>)?", re.I)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_EMPHASIS = re.compile(r"(\*\*\*|\*\*|\*|__|~~|`)(.+)\1")
_NEW = re.compile(r"\s*[(（]\s*new\s*[)）]|\s*🆕", re.I)
_TRY_IT = re.compile(r"☛?\s*(?:去体验|去试用|立即体验|在线体验)|☛.*")
_MARKED = frozenset("[]<>*_~`\\&!☛")


@dataclass(frozen=True, slots=True)
class Label:
    """A model's cell: what is printed as its name, where it links to and what is marked on it."""

    text: str
    url: str | None = None
    flags: frozenset[Flag] = frozenset()


def read_plain(cell: str) -> str:
    """Return what a person sees of `cell`, in one line without invisible characters."""
    text = cell
    if not _MARKED.isdisjoint(text):
        text = _LINK.sub(lambda match: "" if match["image"] else match["gap"] + match["text"], text)
        text = _strip_marks(text)
    return squeeze(text)


def read_label(cell: str) -> Label:
    """Return the name in `cell` without links, footnotes and marks; its brackets stay.

    The first link counts, whether it is the name itself, a footnote behind it or one to try it.
    """
    urls: list[str] = []
    flags: set[Flag] = set()
    text = cell
    if not _MARKED.isdisjoint(text):
        text = _LINK.sub(lambda match: _take_link(match, urls, flags), text)
        text = _strip_marks(text)
        text, tries = _TRY_IT.subn("", text)
        if tries:
            flags.add(Flag.TRY_IT)
    text, news = _NEW.subn("", text)
    if news:
        flags.add(Flag.NEW)
    return Label(squeeze(text), urls[0] if urls else None, frozenset(flags))


def squeeze(text: str) -> str:
    """Return `text` with single spaces and without control, bidirectional and zero-width characters."""
    if not text.isprintable():
        text = "".join(_visible(character) for character in text)
    return " ".join(text.split())


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cf" or (category == "Cc" and not character.isspace()):
        return ""
    return " " if character.isspace() else character


def _take_link(match: re.Match[str], urls: list[str], flags: set[Flag]) -> str:
    """Return what remains of a link: of a footnote nothing, nor the gap before it, since text may stick."""
    if match["image"]:
        return ""
    if match["url"].strip():
        urls.append(squeeze(match["url"]).split()[0].strip("<>"))
    if _FOOTNOTE.fullmatch(match["text"]):
        return ""
    if _TRY_IT.fullmatch(match["text"]):
        flags.add(Flag.TRY_IT)
        return ""
    return f"{match['gap']}{match['text']}"


def _strip_marks(text: str) -> str:
    text = _SUPERSCRIPT.sub("", text)
    text = _TAG.sub(lambda match: " " if match[0][1:3].lower() == "br" else "", text)
    text = text.strip()
    while match := _EMPHASIS.fullmatch(text):
        text = match[2]
    if "\\" in text:
        text = _ESCAPE.sub(r"\1", text)
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text) if "&" in text else text
