"""What a server is told, and how to change that: subscriptions and live boards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import discord
from babel import Locale

from bot.replies.figures import enumerate_some
from bot.replies.marks import clip, plain, safe
from bot.replies.notices import pause_text
from bot.replies.pager import MENU_LIMIT
from bot.replies.panel import Panel, Pick, Press
from bot.replies.reply import ALERT, NEUTRAL, Option
from bot.replies.requests import interest_text, schedule_text
from bot.texts import Language
from store.boards import Catalogue
from store.news.values import LiveBoard, Rhythm, Subscription
from store.outbox.values import Record, State

NAMED = 5
LINE_LIMIT = 900
GOOD = 0x3BA55D


@dataclass(frozen=True, slots=True)
class Asked:
    """All that a server asked for, with what became of it last and when it is told next."""

    subscriptions: Sequence[Subscription]
    live_boards: Sequence[LiveBoard]
    records: Mapping[int, Record]
    next_posts: Mapping[int, datetime]


def list_panel(asked: Asked, page: int, catalogue: Catalogue, language: Language) -> Panel:
    """Return a page of all that a server asked for, with a menu to choose one of it."""
    everything: list[Subscription | LiveBoard] = [*asked.subscriptions, *asked.live_boards]
    embed = discord.Embed(title=language.say("subscriptions.title"), colour=NEUTRAL)
    if not everything:
        embed.description = language.say("subscriptions.none")
        return Panel(embed)
    last = (len(everything) - 1) // MENU_LIMIT
    at = min(max(page, 0), last)
    shown = everything[at * MENU_LIMIT : (at + 1) * MENU_LIMIT]
    embed.description = clip("\n".join(_line(each, asked, catalogue, language) for each in shown), 4000)
    options = tuple(Option(clip(_label(each, catalogue, language), 100), subject_of(each)) for each in shown)
    controls: list[Press | Pick] = [Pick("open", language.say("subscriptions.choose"), options)]
    if last:
        controls.append(Press("list", f"p{at - 1}", "◀", disabled=at == 0))
        controls.append(Press("list", f"p{at + 1}", "▶", disabled=at == last))
    return Panel(embed, tuple(controls))


def subscription_panel(
    asked: Subscription, record: Record | None, due: datetime | None, catalogue: Catalogue, language: Language
) -> Panel:
    """Return one subscription with all its terms, and the buttons to manage it."""
    say = language.say
    embed = discord.Embed(
        title=clip(say("subscription.title", boards=_boards(asked, catalogue, language)), 256),
        colour=ALERT if asked.pause else GOOD,
    )
    terms = [
        ("where", f"<#{asked.channel}>"),
        ("when", schedule_text(asked.schedule, language)),
        ("what", interest_text(asked.interest, catalogue, language)),
        ("language", language_name(asked.language)),
        ("role", f"<@&{asked.role}>" if asked.role else ""),
        ("extras", _extras(asked, language)),
        ("state", _state(asked, due, language)),
        ("last", record_text(record, language) if record else ""),
    ]
    embed.description = "\n".join(
        say("subscription.term", name=say(f"subscription.{key}"), value=value)
        for key, value in terms
        if value
    )
    subject = subject_of(asked)
    buttons = (
        Press("test", subject, say("panel.test")),
        _switch(asked, language),
        Press("edit", subject, say("panel.edit")),
        Press("remove", subject, say("panel.remove"), danger=True),
        Press("list", "p0", say("panel.list")),
    )
    return Panel(embed, buttons)


def live_panel(asked: LiveBoard, catalogue: Catalogue, language: Language) -> Panel:
    """Return one live board, and the buttons to manage it."""
    say = language.say
    embed = discord.Embed(
        title=clip(say("live.title", board=_label(asked, catalogue, language)), 256),
        colour=ALERT if asked.pause else GOOD,
        description=say("live.where", channel=f"<#{asked.channel}>", count=asked.count),
    )
    if asked.pause:
        embed.description = f"{embed.description}\n⏸️ {pause_text(asked.pause, language)}"
    elif asked.message:
        url = f"https://discord.com/channels/{asked.server}/{asked.channel}/{asked.message}"
        embed.description = f"{embed.description}\n{say('live.link', url=url)}"
    remove = Press("remove", subject_of(asked), say("panel.remove"), danger=True)
    return Panel(embed, (_switch(asked, language), remove, Press("list", "p0", say("panel.list"))))


def _switch(asked: Subscription | LiveBoard, language: Language) -> Press:
    """Return the button that pauses, or lets go on."""
    action = "resume" if asked.pause else "pause"
    return Press(action, subject_of(asked), language.say(f"panel.{action}"))


def removed_panel(language: Language) -> Panel:
    """Return that something was removed, with the way back to the list."""
    embed = discord.Embed(description=language.say("panel.removed"), colour=NEUTRAL)
    return Panel(embed, (Press("list", "p0", language.say("panel.list")),))


def subject_of(asked: Subscription | LiveBoard) -> str:
    """Return what a button calls it: `d12` for a digest, `l5` for a live board."""
    return f"{'d' if isinstance(asked, Subscription) else 'l'}{asked.id}"


def record_text(record: Record, language: Language) -> str:
    """Return what became of the last post."""
    day = f"<t:{int((record.done_at or record.due).timestamp())}:R>"
    known = record.state in (State.SENT, State.QUIET, State.LATE)
    return language.say(f"record.{record.state}" if known else "record.failed", when=day)


def language_name(tag: str) -> str:
    """Return what a language calls itself; where it has several scripts, with its own: 繁體中文."""
    locale = Locale.parse(tag)
    return str(locale.languages.get(f"{locale.language}_{locale.script}") or locale.display_name)


def _line(each: Subscription | LiveBoard, asked: Asked, catalogue: Catalogue, language: Language) -> str:
    mark = "⏸️" if each.pause else "📌" if isinstance(each, LiveBoard) else "🔔"
    line = f"{mark} <#{each.channel}> · **{safe(_title(each, catalogue, language))}**"
    if each.pause:
        return f"{line} · {pause_text(each.pause, language)}"
    if isinstance(each, LiveBoard):
        return line
    return f"{line} · {schedule_text(each.schedule, language)}"


def _label(each: Subscription | LiveBoard, catalogue: Catalogue, language: Language) -> str:
    when = f" · {schedule_text(each.schedule, language)}" if isinstance(each, Subscription) else ""
    return plain(_title(each, catalogue, language) + when)


def _title(each: Subscription | LiveBoard, catalogue: Catalogue, language: Language) -> str:
    if isinstance(each, Subscription):
        return _boards(each, catalogue, language)
    board = catalogue.boards[each.board].title(language.tag) if each.board in catalogue.boards else each.board
    known = catalogue.dimensions.get(each.dimension)
    whole = each.board in catalogue.boards and catalogue.boards[each.board].score == each.dimension
    return board if whole else f"{known.title(language.tag) if known else each.dimension} · {board}"


def _boards(asked: Subscription, catalogue: Catalogue, language: Language) -> str:
    titles = [
        plain(catalogue.boards[key].title(language.tag)) if key in catalogue.boards else key
        for key in asked.boards
    ]
    return enumerate_some(titles, NAMED, language) if titles else language.say("digest.everything")


def _extras(asked: Subscription, language: Language) -> str:
    wanted = (("quiet", asked.quiet), ("thread", asked.thread), ("publish", asked.publish))
    return " · ".join(language.say(f"subscription.{key}") for key, given in wanted if given)


def _state(asked: Subscription, due: datetime | None, language: Language) -> str:
    if asked.pause:
        return f"⏸️ {pause_text(asked.pause, language)}"
    if due is None:
        timed = asked.schedule.rhythm is not Rhythm.AT_ONCE
        return language.say("subscription.waits.timed" if timed else "subscription.waits")
    return language.say("subscription.due", when=f"<t:{int(due.timestamp())}:f>")
