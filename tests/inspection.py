"""Everything people do with the bot, and what must hold whatever they do.

`inspect_bot` is what the bot passes and what every broken bot of test_breaking.py fails. It knows the bot
only as people do: by what Discord has registered and by what comes back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.texts import Texts
from store.archive import Archive
from tests.discord_api import Answer, Channel, Choice, DiscordApi, Member, Message, Permission
from tests.discord_api.ratelimits import ANY_ROUTE

Start = Callable[[], AbstractAsyncContextManager[object]]
"""Starts the bot anew; it runs until the block ends."""
Options = dict[str, Any]


@dataclass(frozen=True)
class Suggested:
    """The first suggestion for what is typed; the only way to a name that is longer than an option."""

    typed: str


NASTY = "@everyone **[x](https://evil.example)** `||<@1>\u202e" + "模型" * 40
HOSTILE = (NASTY, " ", "\x00\u202e", "```]( <@&1>", "'; DROP TABLE boards; --", "字" * 6000)
NUMBERS = (-(2**53) + 1, 0, 26, 2**53 - 1)
"""The least and the largest number that Discord lets people type, and two next to the bot's own ends."""
LOCALES = {"en-US": "Arena Text", "zh-CN": "Arena 文本榜", "zh-TW": "Arena 文字榜", "fr": "Arena Text"}
"""Languages of people, and what a board is called in the language they are answered in."""
_IN_CHANNELS, _AFTER_ANSWERS = "/channels/{channel_id}/messages", "/webhooks/{webhook_id}/{token}"
_EDITS = (_IN_CHANNELS + "/{message_id}", _AFTER_ANSWERS + "/messages/{message_id}")
MESSAGES = (_IN_CHANNELS, _AFTER_ANSWERS, *_EDITS)
"""The routes that carry messages, besides the first answers."""
EXCUSES = ("failure.unforeseen", "failure.database", "failure.old", "mistake.permission")
"""What these people may never be told: each of them may do what they do, and nothing is out of order."""

FILTERED: Options = {
    "field": "法律 open",
    "vendor": "阿里, 智谱, DeepSeek",
    "openness": "open",
    "max-size": "70B",
    "new": "30d",
    "count": 1,
}
ORDINARY: dict[str, tuple[Options, ...]] = {
    "rank": (
        {"model": "qwq-32b"},
        {"model": "gpt-4o"},
        {"model": "qwq-32b", "board": "arena-text", "date": "2025-07-09"},
        {"model": Suggested("7@")},
    ),
    "top": ({}, {"field": "法律", "count": 25}, {"field": "阿里"}, {"board": "rele-open"}, FILTERED),
    "compare": (
        {"first": "qwq-32b", "second": "gpt-4o"},
        {"first": "qwen", "second": "llama"},
        {"first": Suggested("7@"), "second": Suggested("8@"), "third": "gpt-4o", "fourth": "o3-mini"},
    ),
    "history": (
        {"model": "qwq-32b"},
        {"model": "qwen", "model2": "llama", "model3": "gpt-4o", "board": "arena", "since": "2025-07-01"},
        {
            "model": Suggested("7@"),
            "model2": Suggested("8@"),
            "model3": Suggested("9@"),
            "model4": "gpt-4o",
            "model5": "o3-mini",
        },
    ),
    "changes": ({}, {"board": "arena-text", "since": "2025-07-06"}),
    "ask": (
        {"question": "法律最强的开源模型"},
        {"question": "qwq-32b 和 gpt-4o 谁数学好"},
        {"question": "what's new in the arena"},
    ),
    "model": ({"model": "qwq-32b"}, {"model": "gpt-4o"}, {"model": Suggested("7@")}),
    "value": ({}, {"field": "20b"}, {"field": "law"}),
    "boards": ({},),
    "about": ({},),
    "watch": (
        {"model": "qwq-32b"},
        {"model": Suggested("7@"), "board": "arena-text", "when": "enters the top 3"},
        {"model": "gpt-4o", "when": "被超过"},
    ),
    "watches": ({},),
    "subscribe": (
        {},
        {"board": "all", "time": "周一 18:00", "timezone": "北京", "filter": "top 10, openai", "quiet": True},
    ),
    "subscriptions": ({},),
    "pin-board": ({}, {"board": "法律", "count": 25}),
    "help": ({}, *({"command": name} for name in ("top", "alias", "subscribe", "提问"))),
    "settings": ({}, {"board": "arena-text", "timezone": "北京", "privacy": False}),
    "alias add": ({"name": "镇群之宝", "model": "qwq-32b"},),
    "alias list": ({},),
    "alias remove": ({"name": "镇群之宝"},),
}
"""What people usually ask of each command, in the order they would; with it the longest answers there are."""


MENUS = {
    "Rank models mentioned here": (
        "qwq-32b or gpt-4o? And hunyuan-large",
        "QwQ-32B, DeepSeek-R1, Gemini-2.5-Pro, qwen-max, 通义千问2.5-72B",
    )
}
"""What people usually ask by the menu of a message, and the messages that they ask it of."""

DANGER = 4
"""Discord's style of buttons that cannot be undone."""
PRIVATE = {"alias", "subscribe", "subscriptions", "pin-board", "watch", "watches", "settings", "help"}
"""Commands whose answers are nobody else's business."""


def store_the_worst(archive: Archive) -> None:
    """Store a board of three hundred hostile names, longer than any real one."""
    written = NASTY.replace("|", r"\|")
    rows = "".join(f"|{n}|{n}{written}|{100 - n / 4}|{n / 4}|\n" for n in range(1, 301))
    page = f"# 开源大模型排行榜\n\n|排名|大模型|总分|法律|\n|---|---|---|---|\n{rows}"
    archive.intake.add("nasty.md", page.encode(), "test", as_of=datetime(2026, 1, 1, tzinfo=UTC))


@dataclass
class Inspection:
    """One visit of people to the bot; `kept` are the answers with something to press.

    `untouched` are those that nobody presses before the bot is started again, for a press may mend them.
    """

    api: DiscordApi
    texts: Texts
    channel: Channel
    managers: dict[str, Member]
    """People of each locale who may use every command."""
    kept: list[tuple[str, Message]] = field(default_factory=list)
    untouched: list[tuple[str, Message]] = field(default_factory=list)

    @property
    def alice(self) -> Member:
        return self.managers["en-US"]

    async def ask(
        self, who: Member, command: str, options: Options, *, where: Channel | None = None
    ) -> Answer:
        """Use a command; its answer must be right in whatever is asked."""
        chosen = {name: await self.choose(who, command, name, value) for name, value in options.items()}
        answer = await who.slash(where or self.channel, command, **chosen)
        self.judge(f"/{command} {options} in {who.user.locale}", answer)
        return answer

    async def choose(self, who: Member, command: str, option: str, value: Any) -> Any:
        """Return the value to send: what is suggested for it, if it is to be chosen of suggestions."""
        if not isinstance(value, Suggested):
            return value
        choices = await self.type(who, command, option, value.typed)
        assert choices, f"nothing is suggested for {value.typed!r} in /{command} {option}"
        return choices[0].value

    async def type(self, who: Member, command: str, option: str, typed: str) -> list[Choice]:
        """Type into an option and return what is suggested, which must break no rule."""
        answer = await who.autocomplete(self.channel, command, option, typed)
        assert not answer.broken, f"typing {typed!r:.50} into /{command} {option}: {answer.explain()}"
        return answer.choices

    def judge(self, asked: str, answer: Answer) -> None:
        """Raise AssertionError when an answer breaks a rule, notifies somebody, or is an excuse."""
        said = f"{asked:.300}: "
        assert not answer.broken, said + answer.explain()
        assert not answer.message.pings, f"{said}it notifies {answer.message.pings}"
        for key, language in ((key, each) for key in EXCUSES for each in self.texts.languages.values()):
            assert language.say(key) not in answer.message.text, f"{said}it says {language.say(key)}"
        self.api.check()

    async def ask_everything(self) -> None:
        """Use every command as usual, in every locale; keep what has buttons or menus."""
        commands = {name for name, _ in self.commands()}
        assert commands == set(ORDINARY), f"registered are {commands}, inspected {set(ORDINARY)}"
        menus = {each["name"] for each in self.registered(3)}
        assert menus == set(MENUS), f"registered are {menus}, inspected {set(MENUS)}"
        for locale, who in self.managers.items():
            for command, all_options in ORDINARY.items():
                for options in all_options:
                    answer = await self.ask(who, command, options)
                    private = command.split()[0] in PRIVATE
                    assert answer.message.ephemeral == private, f"/{command} {options}: who sees the answer?"
                    if who is self.alice and answer.message.components:
                        self.kept.append((f"/{command} {options}", answer.message))
            await self.ask_by_menu(who)
            answer = await self.ask(who, "rank", ORDINARY["rank"][0])
            assert LOCALES[locale] in answer.message.text, f"a person of {locale} is not answered in it"

    async def ask_by_menu(self, who: Member) -> None:
        """Use every command in the menu of a message on every kind of message."""
        for name, texts in MENUS.items():
            for text in texts:
                answer = await self.ask_of(who, name, text)
                assert not answer.message.ephemeral, f"{name} of {text}: who sees the answer?"
                if who is self.alice:
                    self.kept.append((f"{name} of {text}", answer.message))

    async def ask_of(self, who: Member, name: str, text: str) -> Answer:
        """Write a message and use a command in its menu; the answer must be right, whatever it says."""
        answer = await who.context_menu(self.channel, name, who.send(self.channel, text))
        self.judge(f"{name} of {text} in {who.user.locale}", answer)
        return answer

    async def ask_discreetly(self) -> None:
        """Ask everything that can be private privately, and share an answer of each command."""
        for command, options in self.commands():
            if all(option["name"] != "private" for option in options):
                continue
            for usual in ORDINARY[command]:
                asked = {**usual, "private": True}
                answer = await self.ask(self.alice, command, asked)
                assert answer.message.ephemeral, f"/{command} {asked} is everybody's to see"
                if usual is ORDINARY[command][0]:  # the others are shared later
                    await self.share(f"/{command} {asked}", answer.message)
                self.untouched.append((f"/{command} {asked}", answer.message))

    async def share(self, asked: str, message: Message) -> None:
        """Press the button that shares a private answer; everybody then sees it."""
        found = [each for each in message.buttons if each["custom_id"].startswith("share:")]
        assert len(found) == 1, f"{asked} cannot be shared"
        answer = await self.alice.click(message, custom_id=found[0]["custom_id"])
        public = await answer.followup()
        self.judge(f"sharing {asked}", answer)
        assert not public.ephemeral, f"{asked} is shared with nobody"
        assert self.alice.mention in public.content, f"nothing says who shared {asked}"
        assert not public.pings, f"sharing {asked} notifies {public.pings}"

    async def ask_badly(self) -> None:
        """Put what nobody should into every option of every command; all of it is a private mistake."""
        for command, options in self.commands():
            usual = ORDINARY[command][0]
            for option in options:
                for value in {3: HOSTILE, 4: NUMBERS}.get(option["type"], ()):  # others cannot be typed
                    answer = await self.ask(self.alice, command, {**usual, option["name"]: value})
                    told = f"/{command} {option['name']}:{value!r:.50}"
                    private = answer.message.ephemeral
                    assert private or option["type"] == 3, f"{told}: a mistake is everybody's to see"
        for name in MENUS:
            for text in (each[:2000] for each in HOSTILE):
                await self.ask_of(self.alice, name, text)

    async def type_everything(self) -> None:
        """Type into every option that completes; something is offered, and hostile text does no harm.

        The server has a nickname, which is offered besides as many models as fit.
        """
        await self.ask(self.alice, "alias add", {"name": "q-team", "model": "qwq-32b"})
        for command, options in self.commands():
            for option in (each["name"] for each in options if each.get("autocomplete")):
                texts = ("", "q", "7@", *HOSTILE)
                offered = [await self.type(self.alice, command, option, typed) for typed in texts]
                assert any(offered), f"nothing completes /{command} {option}"

    async def press_everything(self, when: str) -> None:
        """Press every button and choose every option of every kept answer."""
        assert self.kept, "no answer has a button or a menu"
        for asked, message in self.kept:
            for label in _labels(message):
                if not _disabled(message, label):
                    await self.press(f"{label} of {asked} {when}", message, label)
            for menu in list(message.selects):
                for option in menu["options"]:
                    if menu["custom_id"] in [each["custom_id"] for each in message.selects]:
                        answer = await self.alice.choose(
                            message, option["value"], custom_id=menu["custom_id"]
                        )
                        self.judge(f"{option['label']} of {asked} {when}", answer)

    async def press(self, asked: str, message: Message, label: str) -> None:
        """Press a button; a dialogue that it opens is sent as it is."""
        answer = await self.alice.click(message, label=label)
        if answer.interaction.modal is not None:
            assert not answer.broken, f"{asked}: {answer.explain()}"
            answer = await self.alice.submit(answer.modal, {})
        self.judge(asked, answer)

    async def press_at_once(self) -> None:
        """Let two people press at once: who asked turns the page, the other is told privately."""
        message = (await self.ask(self.alice, "top", {})).message
        bob = self.managers["zh-CN"]
        hers, his = await asyncio.gather(self.alice.click(message, label="▶️"), bob.click(message, label="⏭️"))
        self.judge("▶️ of one's own answer", hers)
        self.judge("⏭️ of another's answer", his)
        assert his.message is not message and his.message.ephemeral, "anybody turns the pages of others"  # noqa: PT018
        assert "2 / " in message.text, "the page was not turned"

    async def ask_privately(self) -> None:
        """Use what Discord offers in a direct message; nothing there may need a server."""
        for command in self.registered(1):
            if 1 in command["contexts"]:
                for name in (name for name in ORDINARY if name.split()[0] == command["name"]):
                    await self.ask(self.alice, name, ORDINARY[name][0], where=self.alice.dm)
        for name in MENUS:
            asked = await self.ask(self.alice, "top", {}, where=self.alice.dm)
            answer = await self.alice.context_menu(self.alice.dm, name, asked.message)
            self.judge(f"{name} of an answer in a direct message", answer)

    def registered(self, kind: int) -> list[Options]:
        """Return the registered commands: that are typed (1), or of the menu of a message (3)."""
        return [each for each in self.api.world.commands.values() if each["type"] == kind]

    def commands(self) -> Iterator[tuple[str, list[Options]]]:
        """Yield every registered command with its options, sub-commands by their whole name."""
        for command in self.registered(1):
            subs = [option for option in command["options"] if option["type"] == 1]
            yield from ((f"{command['name']} {sub['name']}", sub.get("options", [])) for sub in subs)
            if not subs:
                yield command["name"], command["options"]

    def read_the_journal(self) -> None:
        """Look through every request: nothing is refused, and every message says whom it may notify."""
        self.api.check()
        for request in self.api.journal.requests:
            assert request.status < 400, f"{request.method} {request.route} got {request.status}"
        for message in messages_of(self.api):
            allowed = message.get("allowed_mentions")
            assert allowed == {"parse": []}, (
                f"it does not say that nobody is notified: {allowed} in {message}"
            )


def messages_of(api: DiscordApi) -> Iterator[Options]:
    """Yield every message that the bot sent or edited, as it did."""
    for request in api.journal.requests:
        if request.route.endswith("/callback") and request.payload.get("type") in (4, 7):
            yield request.payload["data"]
        elif request.method in ("POST", "PATCH") and request.route in MESSAGES:
            yield request.payload


def _label(button: Options) -> str:
    return str(button.get("label") or (button.get("emoji") or {}).get("name"))


def _labels(message: Message) -> list[str]:
    """Return what stands on the buttons, what cannot be undone last."""
    return [_label(each) for each in sorted(message.buttons, key=lambda one: one["style"] == DANGER)]


def _disabled(message: Message, label: str) -> bool:
    """Return whether a button is disabled or gone by now."""
    found = [one for one in message.buttons if _label(one) == label]
    return not found or bool(found[0].get("disabled"))


async def inspect_bot(
    api: DiscordApi, start: Start, texts: Texts, locales: Iterable[str] = LOCALES
) -> Inspection:
    """Do everything people of some `locales` do with a bot, and with the same bot started again.

    Raises AssertionError which says what somebody did and which rule was broken.
    """
    api.ratelimits.limits["POST " + _IN_CHANNELS] = ANY_ROUTE  # one person presses "Test now" all the time
    guild = api.add_guild("inspected")
    manager = guild.add_role("managers", Permission.MANAGE_GUILD)
    people = {
        locale: guild.add_member(f"from-{locale}", locale=locale, roles=[manager]) for locale in locales
    }
    inspection = Inspection(api, texts, guild.add_text_channel("models"), people)
    async with start():
        await inspection.ask_everything()
        inspection.read_the_journal()
        await inspection.type_everything()
        await inspection.ask_badly()
        await inspection.ask_discreetly()
        await inspection.press_everything("while the bot runs")
    async with start():
        inspection.kept += inspection.untouched
        await inspection.press_everything("after the bot was started again")
        await inspection.press_at_once()
        await inspection.ask_privately()
    inspection.read_the_journal()
    return inspection
