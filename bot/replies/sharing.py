"""Answers for one person alone, and how they are shared."""

from __future__ import annotations

from dataclasses import replace

from bot.replies.reply import Outcome, Reply, Share
from bot.texts import Language


def keep_private(reply: Reply, language: Language) -> Reply:
    """Return an answer for whoever asked alone, with a button that shares it.

    What is private anyway (a mistake, what concerns nobody else) has no such button.
    """
    if reply.private or reply.outcome is not Outcome.ANSWER:
        return replace(reply, private=True)
    share = Share(reply.question, language.say("share.button"))
    return replace(reply, private=True, controls=(*reply.controls, share))


def share_publicly(reply: Reply, heading: str, person: int, language: Language) -> Reply:
    """Return an answer for everybody, under its heading and who shared it."""
    shared = language.say("share.by", person=f"<@{person}>")
    return replace(reply, private=False, heading="\n".join(filter(None, (heading, shared))))
