"""What people are told when a question in their own words is not understood, or is another command's."""

from __future__ import annotations

import discord

from bot.replies.reply import NEUTRAL, Outcome, Reply
from bot.texts import Language


def confused_reply(language: Language) -> Reply:
    """Return what can be asked, with examples."""
    examples = [f"• {each}" for each in language.say("asking.examples").split("|")]
    said = "\n".join([language.say("asking.confused"), "", *examples, "", language.say("asking.commands")])
    embed = discord.Embed(description=said, colour=NEUTRAL)
    return Reply(embed, private=True, outcome=Outcome.MISTAKE)


def elsewhere_reply(language: Language) -> Reply:
    """Return that the command above has to be sent itself."""
    embed = discord.Embed(description=language.say("asking.elsewhere"), colour=NEUTRAL)
    return Reply(embed, private=True, outcome=Outcome.MISTAKE)
