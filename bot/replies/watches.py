"""What a person watches, and how to end it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import discord

from bot.replies.marks import clip, plain, safe
from bot.replies.pager import MENU_LIMIT
from bot.replies.panel import Panel, Pick, Press
from bot.replies.reply import NEUTRAL, Option
from bot.texts import Language
from store.boards import Catalogue
from store.news.values import Occasion, Watch


def watches_panel(
    watches: Sequence[Watch],
    page: int,
    names: Mapping[str, str],
    catalogue: Catalogue,
    language: Language,
) -> Panel:
    """Return a page of a person's watches, with a menu to remove one; `names` are those of models by key."""
    embed = discord.Embed(title=language.say("watches.title"), colour=NEUTRAL)
    if not watches:
        embed.description = language.say("watches.none")
        return Panel(embed)
    last = (len(watches) - 1) // MENU_LIMIT
    at = min(max(page, 0), last)
    shown = watches[at * MENU_LIMIT : (at + 1) * MENU_LIMIT]
    told = [(each, watch_text(each, names, catalogue, language)) for each in shown]
    embed.description = clip("\n".join(f"👀 {safe(text, 150)}" for _, text in told), 4000)
    options = tuple(Option(clip(plain(text), 100), f"w{each.id}") for each, text in told)
    controls: list[Press | Pick] = [Pick("unwatch", language.say("watches.remove"), options)]
    if last:
        controls.append(Press("watches", f"p{at - 1}", "◀", disabled=at == 0))
        controls.append(Press("watches", f"p{at + 1}", "▶", disabled=at == last))
    return Panel(embed, tuple(controls))


def watching_panel(watch: Watch, names: Mapping[str, str], catalogue: Catalogue, language: Language) -> Panel:
    """Return that a watch was set up, and how it will be told."""
    text = safe(watch_text(watch, names, catalogue, language), 200)
    where = "watches.where" if watch.server else "watches.here"
    embed = discord.Embed(
        title=language.say("watches.added"),
        description="\n".join((f"👀 **{text}**", "", language.say(where))),
        colour=NEUTRAL,
    )
    return Panel(embed, (Press("watches", "p0", language.say("watches.all")),))


def watch_text(watch: Watch, names: Mapping[str, str], catalogue: Catalogue, language: Language) -> str:
    """Return a watch in a line: model, board, occasion."""
    known = catalogue.boards.get(watch.board or "")
    board = known.title(language.tag) if known else watch.board or language.say("digest.everything")
    what = occasion_text(watch.occasion, watch.top, language)
    return f"{names.get(watch.model, watch.model)} · {board} · {what}"


def occasion_text(occasion: Occasion, top: int, language: Language) -> str:
    """Return an occasion in words; the first of its words in the catalogue."""
    said = language.words(f"when.{occasion}")[0]
    return f"{said} {top}" if occasion is Occasion.TOP else said
