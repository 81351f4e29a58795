"""The guide behind `/help`: commands as they are registered, in order of purpose, and examples that run."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any

import discord
from discord.app_commands import Command, Group, Transformer

from bot.arguments import CHOICES_LIMIT, Choices, Typed, field_choice
from bot.asking.understood import Understood
from bot.mistakes import CommandUnknown
from bot.questions import Unreadable
from bot.replies.guide import Choice, Example, Topic, overview_panel, topic_panel
from bot.replies.panel import Panel
from bot.replies.sharing import keep_private
from bot.texts import Language
from bot.tree import Tree, key_of, names_of
from bot.understanding import Asking

if TYPE_CHECKING:
    from bot.client import Bangdan

Event = discord.Interaction[Any]
Described = Command[Any, ..., Any] | Group

PURPOSES: Mapping[str, tuple[str, ...]] = {
    "look": ("rank", "top", "compare", "model"),
    "time": ("history", "changes", "value"),
    "ask": ("ask",),
    "news": ("watch", "watches", "subscribe", "subscriptions", "pin-board"),
    "server": ("settings", "alias"),
    "data": ("boards", "about", "help"),
}
"""Commands by what somebody wants; those that stand nowhere come last, as long as nobody puts them here."""
EXAMPLES = (
    Understood("rank", {"model": "qwq-32b"}),
    Understood("rank", {"model": "gpt-4o", "board": "arena-text"}),
    Understood("top", {"field": "law"}),
    Understood("top", {"field": "law", "openness": "open"}),
    Understood("top", {"vendor": "alibaba", "count": "5"}),
    Understood("compare", {"first": "qwq-32b", "second": "deepseek-r1"}),
    Understood("model", {"model": "qwq-32b"}),
    Understood("history", {"model": "qwq-32b"}),
    Understood("changes", {}),
    Understood("changes", {"since": "7d"}),
    Understood("value", {}),
    Understood("ask", {"question": "1"}),
    Understood("ask", {"question": "2"}),
    Understood("boards", {}),
    Understood("about", {}),
)
"""Examples; buttons hold their place here, so new ones go to the end. Questions are the catalogue's."""
FIRST = (2, 5, 11)
"""Those of the overview."""


class CommandArgument(Transformer):
    """A command by its name in any language."""

    async def transform(self, interaction: Event, value: str) -> str:
        """Return the name as it was typed."""
        return value

    async def autocomplete(self, interaction: Event, value: Typed) -> Choices:
        """Return the commands with a name that holds what is typed."""
        bot: Bangdan = interaction.client
        typed, language = str(value).removeprefix("/").casefold(), bot.language_of(interaction)
        fitting = [
            each
            for each in bot.tree.get_commands()
            if isinstance(each, Command | Group) and any(typed in name for name in names_of(each, bot.texts))
        ]
        named = [(language.say(key_of(each, named=True)), each.name) for each in fitting]
        return [field_choice(f"/{title}", name) for title, name in named][:CHOICES_LIMIT]


class Guide:
    """Shows the guide, and runs its examples."""

    def __init__(self, bot: Bangdan) -> None:
        self._bot = bot

    def overview(self, interaction: Event) -> Panel:
        """Return what there is."""
        language = self._bot.language_of(interaction)
        examples = [self.example(at, language) for at in FIRST]
        return overview_panel(self._purposes(language), examples, language)

    def topic(self, interaction: Event, typed: str) -> Panel:
        """Return how a command is used, by its name in any language; raises CommandUnknown."""
        language, tree = self._bot.language_of(interaction), self._bot.tree
        assert isinstance(tree, Tree)
        found = tree.named(self._bot.texts).get(" ".join(typed.removeprefix("/").casefold().split()))
        if found is None:
            raise CommandUnknown(typed)
        root = found.qualified_name.split()[0]
        topics = {each.path: each for each in chain(*self._purposes(language).values())}
        examples = [self.example(at, language) for at, each in enumerate(EXAMPLES) if each.command == root]
        return topic_panel(topics[root], list(topics.values()), examples, language)

    async def open(self, interaction: Event, subject: str) -> Panel:
        """Return a page of the guide by its subject: a command, or `o0` for the overview."""
        return self.overview(interaction) if subject == "o0" else self.topic(interaction, subject)

    async def run(self, interaction: Event, subject: str) -> None:
        """Answer an example, to whoever pressed it; raises Unreadable."""
        at = int(subject[1:])
        if not 0 <= at < len(EXAMPLES):
            raise Unreadable(subject)
        await interaction.response.defer(ephemeral=True, thinking=True)
        bot, language = self._bot, self._bot.language_of(interaction)
        asking = Asking(bot.desk, bot.texts, interaction.guild_id, bot.decisions.board(interaction))
        answering = bot.ask(asking.run, self.meant(at, language), language)
        await bot.send(interaction, keep_private(await bot.illustrated(answering, language), language))

    def meant(self, at: int, language: Language) -> Understood:
        """Return an example, with the catalogue's question where it is one in people's own words."""
        example = EXAMPLES[at]
        if example.command != "ask":
            return example
        question = language.words("asking.examples")[int(example.options["question"])]
        return Understood("ask", {"question": question})

    def example(self, at: int, language: Language) -> Example:
        """Return an example with its values as readers would write them."""
        meant = self.meant(at, language)
        options = {name: self._said(value, language) for name, value in meant.options.items()}
        return Example(f"e{at}", Understood(meant.command, options).line_in(language))

    def _said(self, value: str, language: Language) -> str:
        """Return a value as readers would write it."""
        catalogue = self._bot.archive.catalogue
        groups = (catalogue.dimensions, catalogue.organizations, catalogue.licenses)
        known = next((group[value] for group in groups if value in group), None)
        return known.title(language.tag) if known else value

    def _purposes(self, language: Language) -> dict[str, list[Topic]]:
        commands = [each for each in self._bot.tree.get_commands() if isinstance(each, Command | Group)]
        topics = {each.name: self._topic(each, language) for each in commands}
        found = {purpose: [topics.pop(name) for name in names] for purpose, names in PURPOSES.items()}
        found["data"] += topics.values()
        return found

    def _topic(self, command: Described, language: Language) -> Topic:
        path = command.qualified_name
        managers = command.default_permissions is not None
        if isinstance(command, Group):
            parts = tuple(self._topic(each, language) for each in command.commands)
            mention = " ".join(each.mention for each in parts)
            return Topic(path, mention, (), managers, parts)
        options = tuple(
            Choice(key_of(each, named=True), key_of(each, named=False), each.required)
            for each in command.parameters
        )
        return Topic(path, self._mention(command, language), options, managers)

    def _mention(self, command: Described, language: Language) -> str:
        """Return a command to click, or to read where its id is unknown, as on the trial's page."""
        tree = self._bot.tree
        assert isinstance(tree, Tree)
        number = tree.ids.get(command.qualified_name.split()[0])
        if number is not None and self._bot.follow:
            return f"</{command.qualified_name}:{number}>"
        words = key_of(command, named=True).split(".")
        return "`/" + " ".join(language.say(".".join(words[:end])) for end in range(2, len(words) + 1)) + "`"
