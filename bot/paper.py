"""Messages drawn in a terminal with rich: Discord's own Markdown, as far as our answers use it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from rich.box import ROUNDED
from rich.console import Console, Group
from rich.panel import Panel
from rich.style import Style
from rich.text import Text

from bot.replies.marks import printable

_INLINE = re.compile(
    r"\\(?P<escaped>[^0-9A-Za-z\s])"
    r"|\*\*(?P<bold>(?:\\.|[^\\])+?)\*\*"
    r"|\*(?P<slanted>(?:\\.|[^\\*])+?)\*"
    r"|`(?P<code>[^`]+)`"
    r"|\[(?P<text>(?:\\.|[^\]\\])*)\]\((?P<url>[^)\s]+)\)"
)
_WIDTH = 100


def draw(console: Console, message: Mapping[str, Any]) -> None:
    """Print a message as Discord would show it, its buttons and menus as a line each."""
    message = _cleaned(message)
    if message["content"]:
        console.print(marked(message["content"]))
    for embed in message["embeds"]:
        console.print(_panel(embed))
    for row in message["components"]:
        line = _controls(row)
        if line:
            console.print(line)


def _cleaned(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Return a message without anything that a terminal could obey."""
    match value:
        case str():
            return printable(value)
        case Mapping():
            return {key: _cleaned(each) for key, each in value.items()}
        case list() | tuple():
            return [_cleaned(each) for each in value]
    return value


def marked(text: str, style: str = "") -> Text:
    """Return Discord Markdown as styled text: bold, italics (dim), code, links, escapes and code blocks."""
    drawn = Text(style=style)
    fenced = False
    for at, line in enumerate(text.split("\n")):
        if line.startswith("```"):
            fenced = not fenced
            continue
        if at and drawn:
            drawn.append("\n")
        drawn.append(Text(line, style="cyan") if fenced else _inline(line, ""))
    return drawn


def _inline(line: str, style: str) -> Text:
    drawn, at = Text(style=style), 0
    for match in _INLINE.finditer(line):
        drawn.append(line[at : match.start()])
        at = match.end()
        if match["escaped"]:
            drawn.append(match["escaped"])
        elif match["bold"]:
            drawn.append(_inline(match["bold"], "bold"))
        elif match["slanted"]:
            drawn.append(_inline(match["slanted"], "dim"))
        elif match["code"]:
            drawn.append(match["code"], style="cyan")
        else:
            linked = _inline(match["text"], "")
            linked.stylize(Style(link=match["url"], underline=True))
            drawn.append(linked)
    drawn.append(line[at:])
    return drawn


def _panel(embed: Mapping[str, Any]) -> Panel:
    parts: list[Text] = []
    if embed.get("description"):
        parts += [marked(embed["description"]), Text()]
    for at, field in enumerate(embed.get("fields", ())):
        if field["name"]:
            parts.append(Text(field["name"], style="bold underline"))
        elif at:  # what was too long for one of Discord's fields goes on
            parts.pop()
        parts += [marked(field["value"]), Text()]
    if embed.get("footer"):
        parts += [Text(embed["footer"]["text"], style="dim"), Text()]
    title = Text(embed.get("title", ""), style=Style(bold=True, link=embed.get("url")))
    colour = f"#{embed.get('color') or 0x808080:06x}"
    body = Group(*parts[:-1])
    return Panel(
        body, title=title, title_align="left", border_style=colour, box=ROUNDED, width=min(_WIDTH, 100)
    )


def _controls(row: Mapping[str, Any]) -> Text | None:
    drawn = Text("  ").join(Text(label, style="reverse") for label in _labels(row))
    return drawn if drawn.plain else None


def _labels(row: Mapping[str, Any]) -> Iterator[str]:
    for each in row.get("components", ()):
        if "options" in each:
            yield f" {each.get('placeholder', '')} ▾ "
            yield from (f" {option['label']} " for option in each["options"] if not option.get("default"))
        else:
            yield f" {each.get('label') or (each.get('emoji') or {}).get('name', '')} "
