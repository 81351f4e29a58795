"""The verbs of the command line: each wires bot and store together and does one thing."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import aiohttp
import discord
import typer
import yarl
from rich.console import Console

import seeds
from bot.client import Bangdan
from bot.listing import (
    explanation,
    parsed_json,
    problem_line,
    proposal_json,
    proposal_line,
    receipt_line,
    resolution_json,
    resolution_line,
)
from bot.paper import draw
from bot.replies.reply import Outcome
from bot.settings import Settings
from bot.terminal import Misused, Sent, run_command
from bot.texts import Texts
from store.archive import Archive
from store.catalogue import read_catalogue
from store.errors import DocumentError
from store.parse import parse
from store.sources import read_document
from store.values import Parsed, Problem

REFUSED = 1
MISUSED = 2


def point_discord(api: str | None, gateway: str | None) -> None:
    """Make discord.py talk to a stand-in for Discord on this machine, where addresses are given."""
    if api is not None:
        discord.http.Route.BASE = api
    if gateway is not None:
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)


class CommandLine:
    """The verbs, with the settings and texts they share."""

    def __init__(self, settings: Settings, texts: Texts) -> None:
        self.settings = settings
        self.texts = texts
        self.language = texts.choose((settings.language,))

    def run(self) -> None:
        """Connect to Discord; without a token, serve the browser trial instead."""
        if self.settings.token is None:
            self.print(self.say("run.no_token"))
            self.trial(self.settings.trial_port)
            return
        logging.basicConfig(
            level=self.settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
        )
        point_discord(self.settings.discord_api, self.settings.discord_gateway)
        bot = Bangdan(self.open(), self.texts, self.settings.language)
        try:
            bot.run(self.settings.token, log_handler=None)
        except discord.LoginFailure:
            self.fail(self.say("run.bad_token"))
        except (aiohttp.ClientError, discord.GatewayNotFound, discord.DiscordServerError, OSError) as error:
            self.fail(self.say("run.unreachable", reason=type(error).__name__))
        except discord.HTTPException as error:  # such as commands that Discord refuses to register
            self.fail(self.say("run.refused", reason=error))

    def trial(self, port: int) -> None:
        """Serve the browser trial on 127.0.0.1 until Ctrl+C or until its page ends it."""
        try:
            from bot.trial import PortTaken, run_trial  # an extra: only this verb needs it
        except ImportError:
            self.fail(self.say("try.missing"))
        bot = Bangdan(self.open(), self.texts, self.settings.language, follow=False)

        def announce(url: str) -> None:
            self.print(self.say("try.ready", url=url))

        try:
            asyncio.run(run_trial(bot, self.language, port, announce))
        except KeyboardInterrupt:
            self.print(self.say("try.ended"))
        except PortTaken:
            self.fail(self.say("try.port", port=port))

    def ask(self, line: str, locale: str | None, as_json: bool) -> None:
        """Run one command and print what it sends."""
        tag = {"en": "en-US"}.get(locale or self.settings.language, locale or self.settings.language)
        try:
            sent = asyncio.run(self._ask(line, tag.replace("_", "-")))
        except Misused as misused:
            self.fail(
                self.texts.choose((tag, self.settings.language)).say(misused.key, **misused.values), MISUSED
            )
        if as_json:
            self.print_json({"command": sent.command, "messages": list(sent.messages)})
        else:
            console = Console()
            for message in sent.messages:
                draw(console, message)
        if sent.outcome is not Outcome.ANSWER:
            if sum(":" not in word for word in line.split()) > 3 and not as_json:
                print(self.say("ask.quote"), file=sys.stderr)
            raise typer.Exit(MISUSED if sent.outcome is Outcome.MISTAKE else REFUSED)

    async def _ask(self, line: str, locale: str) -> Sent:
        bot = Bangdan(self.open(), self.texts, self.settings.language)
        async with bot:
            await bot.load()
            return await run_command(bot, line, locale)

    def parse(self, files: list[Path], as_json: bool) -> None:
        """Print the typed rows of documents, without any database."""
        catalogue = read_catalogue(seeds.FOLDER)
        documents: list[Parsed] = []
        for file in files:
            try:
                documents.append(parse(str(file), read_document(file), catalogue))
            except DocumentError as error:
                documents.append(Parsed(str(file), (), error.problems))
        if as_json:
            self.print_json([parsed_json(each) for each in documents])
        for each in documents:
            if not as_json:
                for table in each.tables:
                    rows = self.language.count("ingest.rows", len(table.rows))
                    self.print(f"{each.path}  {table.board or '–'}  {table.title}  {table.coverage}  {rows}")
            self.tell(each.problems)
        if any(each.refused for each in documents):
            raise typer.Exit(REFUSED)

    def ingest(self, files: list[Path], board: str | None, as_of: datetime | None) -> None:
        """Store documents and print what became of each."""
        archive, refused = self.open(), False
        day = as_of.replace(tzinfo=UTC) if as_of and as_of.tzinfo is None else as_of
        for file in files:
            try:
                content = read_document(file)
                receipts = archive.add(str(file), content, f"file:{file.name}", board=board, as_of=day)
            except DocumentError as error:
                refused = True
                self.tell(error.problems)
                self.print(self.say("ingest.refused", path=file))
            else:
                for receipt in receipts:
                    self.print(receipt_line(receipt, self.language))
                    self.tell(receipt.notes)
        if refused:
            raise typer.Exit(REFUSED)

    def resolve(self, names: list[str], as_json: bool, explain: bool) -> None:
        """Print what model each name stands for, and why if that is asked."""
        reference = self.open().reference()
        for name in names or (line.rstrip("\r\n") for line in sys.stdin):
            resolution = reference.resolve(name)
            if as_json:
                because = {"because": resolution.because} if explain else {}
                print(json.dumps(resolution_json(resolution) | because, ensure_ascii=False))
                continue
            self.print(resolution_line(resolution, self.language))
            if explain:
                self.print(f"    {explanation(resolution, self.language)}")

    def review(self, accept: list[int], reject: list[int], as_json: bool) -> None:
        """Decide proposed renames: those that are given, else each by a question, else only list them."""
        archive = self.open()
        if accept or reject:
            decided = archive.decide(accept, accept=True) + archive.decide(reject, accept=False)
            self.print(self.language.count("aliases.decided", len(decided)))
            if len(decided) < len(accept) + len(reject):
                self.fail(self.say("aliases.unknown"), MISUSED)
            return
        proposals = archive.proposals()
        if as_json:
            self.print_json([proposal_json(each) for each in proposals])
            return
        for each in proposals:
            self.print(proposal_line(each, self.language))
            if sys.stdin.isatty():
                answer = input(self.say("aliases.ask")).strip().casefold()
                if answer[:1] in ("y", "n"):
                    archive.decide([each.id], accept=answer[0] == "y")
        if not proposals:
            self.print(self.say("aliases.none"))

    def upgrade(self) -> None:
        """Make the database or bring it up to date, and read the seeds."""
        self.open()
        self.print(self.say("upgrade.done"))

    def open(self) -> Archive:
        """Return the archive, ready to be asked."""
        return Archive.open(self.settings.database_url, seeds.FOLDER)

    def say(self, key: str, /, **values: object) -> str:
        """Return a sentence in the language of the settings."""
        return self.language.say(key, **values)

    def print(self, line: str) -> None:
        """Print a line as it is."""
        print(line, flush=True)

    def print_json(self, value: object) -> None:
        """Print a JSON value, its letters readable."""
        print(json.dumps(value, ensure_ascii=False, indent=2))

    def fail(self, sentence: str, code: int = REFUSED) -> NoReturn:
        """Say why there is no result, and end with `code`."""
        print(sentence, file=sys.stderr)
        raise typer.Exit(code)

    def tell(self, problems: Iterable[Problem]) -> None:
        """Say what is wrong with a document, a line each."""
        for problem in problems:
            print(problem_line(problem, self.language), file=sys.stderr)
