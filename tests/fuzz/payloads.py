"""Twisted and shaken payloads, put to the real bot over the loopback Discord.

What people can do (any text in any option, buttons of any past) must be answered within Discord's limits.
What only a broken Discord would send need not be; the bot lives on and answers the next person.
"""

from __future__ import annotations

import asyncio
import copy
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from typing import Any

import seeds
from bot.client import Bangdan
from bot.texts import Texts
from store.archive import Archive
from tests.discord_api import Answer, Channel, DiscordApi, Member, Message, Permission, wait_for_answer
from tests.discord_api.channel import ChannelKind
from tests.discord_api.errors import Code
from tests.discord_api.interaction import Interaction
from tests.discord_api.interaction import Kind as Action
from tests.discord_api.message_rules import BUTTON
from tests.discord_api.ratelimits import ANY_ROUTE
from tests.discord_api.world import Event
from tests.fuzz.mutations import SPICES, shake, twist
from tests.fuzz.running import Kind, Put
from tests.fuzz.wholeness import check_whole
from tests.fuzz.words import TYPED
from tests.inspection import HOSTILE, NUMBERS, ORDINARY, Suggested, store_the_worst

LONGEST_ID = 100
"""Characters of a custom_id, which the bot itself has made."""
SENTENCES = ("failure.unforeseen", "failure.database")
NAMES = ("qwq-32b", "gpt-4o", "qwen", "claude opus 4", "~12345678", "deepseek")
PATIENT = ("POST /channels/{channel_id}/messages",)


class Salon:
    """The bot in a server with people who do strange things."""

    def __init__(self, api: DiscordApi, texts: Texts) -> None:
        self.api, self.texts, self.world = api, texts, api.world
        self.kept: list[Message] = []
        self.events: list[Event] = []
        self.guild = api.add_guild("fuzz")
        managers = self.guild.add_role("managers", Permission.MANAGE_GUILD)
        self.channel = self.guild.add_text_channel("models")
        self.people = [self.guild.add_member(each, roles=[managers], locale=each) for each in LOCALES]
        self.quiet = api.add_user("quiet")
        api.add_guild("elsewhere").add_member(self.quiet)
        for route in PATIENT:
            api.ratelimits.limits[route] = ANY_ROUTE

    async def begin(self) -> None:
        """Use every command once, to have messages with buttons and an example of each event."""
        publish = self.world.publish

        def keep(event: Event) -> None:
            self.events.append(event)
            publish(event)

        self.world.publish = keep
        alice = self.people[0]
        for command, several in ORDINARY.items():
            options = {name: each for name, each in several[0].items() if not isinstance(each, Suggested)}
            answer = await alice.slash(self.channel, command, **options)
            if answer.check().message.components:
                self.kept.append(answer.message)
        self._stir()
        self.world.publish = publish

    def _stir(self) -> None:
        """Let things happen to channels, roles and messages."""
        other = self.guild.add_text_channel("other")
        role = self.guild.add_role("some")
        message = self.people[0].send(other, "hello")
        thread = other.start_thread(self.people[0].user, {"name": "t"}, ChannelKind.PUBLIC_THREAD)
        thread.archive()
        message.delete()
        other.purge([self.people[0].send(other, "one"), self.people[0].send(other, "two")])
        self.guild.change_role(role, mentionable=True)
        self.guild.delete_role(role)
        other.delete()
        self.guild.go_down()
        self.guild.come_back()

    def judge(self, said: str, answer: Answer) -> None:
        """Raise AssertionError where an answer breaks a rule, notifies somebody or is an excuse."""
        assert not answer.broken, f"{said:.500}: {answer.explain()}"
        if answer.interaction.kind is Action.AUTOCOMPLETE or answer.interaction.modal is not None:
            return
        assert not answer.message.pings, f"{said:.500} notifies {answer.message.pings}"
        for key in SENTENCES:
            for language in self.texts.languages.values():
                assert language.say(key) not in answer.message.text, f"{said:.500}: {language.say(key)}"

    async def still_answers(self) -> None:
        """Raise AssertionError unless a person elsewhere is answered."""
        answer = await self.quiet.slash(self.quiet.dm, "rank", model="qwq-32b")
        assert "1333" in answer.check().message.text


LOCALES = ("en-US", "zh-CN", "zh-TW", "fr")


@asynccontextmanager
async def salon(folder: Path) -> AsyncIterator[Salon]:
    """Give a salon with a running bot, whose database is whole at the end."""
    archive = Archive.open(f"sqlite:///{folder / 'bangdan.db'}", seeds.FOLDER)
    store_the_worst(archive)
    texts = Texts.load()
    async with DiscordApi() as api:
        at = Salon(api, texts)
        async with api.run(Bangdan(archive, texts, guild_ready_timeout=0.02)):
            await at.begin()
            yield at
    check_whole(archive.engine)
    archive.close()


@asynccontextmanager
async def open_commands(folder: Path) -> AsyncIterator[Put]:
    """Let people use commands, and type into their options."""
    async with salon(folder) as at:
        commands = dict(_options(at))

        async def put(random: Random) -> None:
            command = random.choice(sorted(ORDINARY))
            who, known = random.choice(at.people), commands[command]
            usual = ORDINARY[command][0]
            given = {name: each for name, each in usual.items() if not isinstance(each, Suggested)}
            for option in random.sample(known, min(len(known), random.randint(1, 2))):
                given |= _fill(random, option)
            completed = [each["name"] for each in known if each.get("autocomplete") and each["name"] in given]
            if completed and random.random() < 0.4:
                name = random.choice(completed)
                answer = await who.autocomplete(at.channel, command, name, given[name])
            else:
                answer = await who.slash(at.channel, command, **given)
            at.judge(f"/{command} {given}", answer)

        yield put


def _options(at: Salon) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return every registered command with its options, sub-commands by their whole name."""
    found = []
    for command in at.world.commands.values():
        subs = [option for option in command["options"] if option["type"] == 1]
        found += [(f"{command['name']} {sub['name']}", sub.get("options") or []) for sub in subs]
        found += [] if subs else [(command["name"], command["options"])]
    return found


def _fill(random: Random, option: dict[str, Any]) -> dict[str, Any]:
    """Return a strange value for an option, which Discord would let a person send."""
    name, kind = option["name"], option["type"]
    if option.get("choices"):
        return {}
    if kind == 3:
        text = twist(random, random.choice([*TYPED, *NAMES, *HOSTILE]), [*NAMES, *SPICES])
        least, most = option.get("min_length") or 1, option.get("max_length") or 6000
        text = text[:most]
        return {name: text} if len(text) >= least else {}
    if kind == 4:
        least, most = option.get("min_value"), option.get("max_value")
        number = random.choice([*NUMBERS, random.randint(-30, 30)])
        fits = (least is None or number >= least) and (most is None or number <= most)
        return {name: number} if fits else {}
    return {name: random.random() < 0.5} if kind == 5 else {}


@asynccontextmanager
async def open_presses(folder: Path) -> AsyncIterator[Put]:
    """Let people press buttons and choose from menus whose custom_id is another than the bot made."""
    async with salon(folder) as at:

        async def put(random: Random) -> None:
            message, who = random.choice(at.kept), random.choice(at.people)
            parts = message.buttons + message.selects
            part = random.choice(parts)
            before = part["custom_id"]
            begin, _, rest = before.partition(":")
            others = [each["custom_id"].partition(":")[2] for each in parts]
            custom_id = (
                before if random.random() < 0.1 else f"{begin}:{twist(random, rest, others)}"[:LONGEST_ID]
            )
            payload = message.payload()
            components = _replaced(payload["components"], before, custom_id)
            data = {"component_type": part["type"], "custom_id": custom_id, "id": part.get("id", 1)}
            if part["type"] != BUTTON:
                value = random.choice(part["options"])["value"]
                data["values"] = [twist(random, value, most=100) or "x"]
            action = _Pressed(at, who, message, data, components)
            answer = await wait_for_answer(action.send())
            at.judge(custom_id, answer)

        yield put


def _replaced(components: list[dict[str, Any]], before: str, custom_id: str) -> list[dict[str, Any]]:
    """Return components of which one has another custom_id."""
    changed = copy.deepcopy(components)
    for row in changed:
        for part in row["components"]:
            if part.get("custom_id") == before:
                part["custom_id"] = custom_id
    return changed


class _Pressed:
    """A press on a component of a message that the bot is told to have had other components."""

    def __init__(
        self, at: Salon, who: Member, message: Message, data: dict[str, Any], components: list[dict[str, Any]]
    ) -> None:
        self.at, self.who, self.message, self.data, self.components = at, who, message, data, components

    def send(self) -> Interaction:
        world, channel = self.at.world, self.message.channel
        seen = copy.copy(self.message)  # each press answers by itself, since they go on side by side
        about = (world.clock.snowflake(), Action.COMPONENT, self.who.user, channel, self.data, seen)
        pressed = Interaction(world, *about, created=world.clock.now())
        world.interactions[pressed.token] = pressed
        payload = pressed.payload()
        payload["message"] = payload["message"] | {"components": self.components}
        world.tell("INTERACTION_CREATE", payload, channel.guild)
        return pressed


@asynccontextmanager
async def open_messages(folder: Path) -> AsyncIterator[Put]:
    """Let people write to the bot alone."""
    async with salon(folder) as at:

        async def put(random: Random) -> None:
            text = random.choice([*TYPED, *NAMES, *HOSTILE, *ASKED])
            text = twist(random, text, [*NAMES, *SPICES], most=2000)
            writer = at.api.add_user(f"w{at.world.clock.snowflake()}")
            at.guild.add_member(writer)
            writer.send(writer.dm, text)
            reply = await _reply_in(writer.dm)
            assert not reply.pings, f"{text:.300} notifies"
            for key in SENTENCES:
                assert at.texts.source.say(key) not in reply.text, f"{text:.300}: {key}"

        yield put
        at.api.check()


ASKED = (
    "where does qwq-32b stand?",
    "法律最强的开源模型",
    "compare gpt-4o and qwq-32b",
    "what changed in a week",
)


async def _reply_in(channel: Channel) -> Message:
    async with asyncio.timeout(10):
        while True:
            for message in channel.messages:
                if message.author.is_bot:
                    return message
            await channel.changed.until(lambda: len(channel.history) > 1, 1.0)


@asynccontextmanager
async def open_menus(folder: Path) -> AsyncIterator[Put]:
    """Let people use the menu of messages that say anything."""
    async with salon(folder) as at:
        name = at.texts.source.say("menu.mentions")

        async def put(random: Random) -> None:
            text = twist(
                random, random.choice([*TYPED, *NAMES, *HOSTILE, *ASKED]), [*NAMES, *SPICES], most=2000
            )
            alice = at.people[0]
            answer = await alice.context_menu(at.channel, name, alice.send(at.channel, text))
            at.judge(f"the menu of {text!r}", answer)

        yield put


@asynccontextmanager
async def open_events(folder: Path) -> AsyncIterator[Put]:
    """Let a broken Discord tell the bot nonsense; it lives on."""
    async with salon(folder) as at:

        async def put(random: Random) -> None:
            event = random.choice(at.events)
            data = event.data
            if event.name == "INTERACTION_CREATE":
                kept = {key: data[key] for key in ("id", "token", "application_id")}
                at.world.interactions.pop(data["token"], None)
                data = shake(random, {key: each for key, each in data.items() if key not in kept}) | kept
            else:
                data = shake(random, data)
            at.world.publish(Event(event.name, data, at.guild.id))
            if random.random() < 0.1:
                await at.still_answers()

        yield put
        await at.still_answers()
        limits = [each for each in at.api.broken if each.code is Code.INVALID_FORM_BODY]
        assert not limits, "\n".join(map(str, limits[:5]))


KINDS = (
    Kind("commands", 3, open_commands, width=10),
    Kind("presses", 4, open_presses, width=10),
    Kind("messages", 2, open_messages, width=10),
    Kind("menus", 1, open_menus, width=10),
    Kind("events", 3, open_events, width=5),
)
