"""A Discord for tests: REST API v10 and gateway on 127.0.0.1, with Discord's own limits, faults and people.

    async with DiscordApi() as discord_api:
        guild = discord_api.add_guild(locale="zh-CN")
        channel = guild.add_text_channel("general")
        alice = guild.add_member("alice", locale="zh-CN")
        async with discord_api.run(client):  # or discord_api.spawn("python", "-m", "bot")
            answer = await alice.slash(channel, "rank", model="qwq-32b")
            assert "QwQ" in answer.check().message.text
            answer = await alice.click(answer.message, label="Next")

The real discord.py connects over a real socket; nothing is patched but the two addresses it talks to.
README.md shows people, limits and faults, and what this Discord does not have.
"""

from .answers import Answer, Choice, Modal, wait_for_answer
from .channel import Channel, ChannelKind, Thread
from .clock import Clock
from .driver import Person
from .errors import Broken, Code, ImpossibleActionError, Request
from .guild import Guild
from .interaction import Interaction, Response
from .message import Attachment, Message, Upload
from .people import Member, User
from .permissions import Permission, Role
from .ratelimits import Limit
from .running import BotProcess
from .server import DiscordApi

__all__ = [
    "Answer",
    "Attachment",
    "BotProcess",
    "Broken",
    "Channel",
    "ChannelKind",
    "Choice",
    "Clock",
    "Code",
    "DiscordApi",
    "Guild",
    "ImpossibleActionError",
    "Interaction",
    "Limit",
    "Member",
    "Message",
    "Modal",
    "Permission",
    "Person",
    "Request",
    "Response",
    "Role",
    "Thread",
    "Upload",
    "User",
    "wait_for_answer",
]
