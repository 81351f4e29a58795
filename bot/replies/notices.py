"""What whoever asked for posts is told when they cannot be sent any more."""

from __future__ import annotations

from datetime import datetime

import discord

from bot.replies.bulletin import Bulletin
from bot.replies.marks import safe
from bot.replies.reply import ALERT
from bot.texts import Language
from store.news.values import Pause
from store.outbox.values import Notice


def notice_bulletin(notice: Notice, language: Language, due: datetime) -> Bulletin:
    """Return that posts were paused, why, and what to do; its time stamp tells it from others."""
    said = language.say(
        f"notice.{notice.kind}", channel=f"<#{notice.channel}>", reason=pause_text(notice.pause, language)
    )
    title = language.say("notice.title")
    embed = discord.Embed(title=title, description=said, colour=ALERT, timestamp=due)
    embed.set_footer(text=language.say("notice.footer"))
    return Bulletin(title, (embed,))


def pause_text(pause: Pause, language: Language) -> str:
    """Return why nothing is posted."""
    found = permission_name(pause.found, language) if pause.code == "forbidden" else safe(pause.found)
    return language.say(f"pause.{pause.code}", found=found)


def permission_name(flag: str, language: Language) -> str:
    """Return what Discord calls a permission in its settings; one that is not known, by its flag."""
    key = f"permission.{flag}"
    said = language.say(key)
    return said if said != key else safe(flag.replace("_", " ").title())
