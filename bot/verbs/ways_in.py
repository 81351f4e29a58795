"""The verbs that put questions to the bot: Discord, a browser, a terminal."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
import yarl

from bot.client import Bangdan
from bot.door import Door
from bot.errand import Errand
from bot.footprint import forget_what_is_past, start_small
from bot.journal import Secrets, keep_journal
from bot.limits import Limits
from bot.outside.figures import Figures
from bot.outside.window import Window
from bot.postroom import Postroom
from bot.replies.reply import Outcome
from bot.studio import Studio
from bot.texts import Texts
from bot.verbs.console import MISUSED, REFUSED, Console
from store.outbox.shares import EVERYTHING, Share
from store.tenancy import occupying

if TYPE_CHECKING:
    from bot.terminal import Sent


def point_discord(api: str | None, gateway: str | None) -> None:
    """Make discord.py talk to a stand-in for Discord on this machine, where addresses are given."""
    if api is not None:
        discord.http.Route.BASE = api
    if gateway is not None:
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)


def sharding(share: Share | None) -> dict[str, Any]:
    """Return discord.py's options for a process that has some shards; by default it asks the gateway."""
    return {} if share is None else {"shard_ids": list(share.numbers), "shard_count": share.count}


SWITCHING = 0.0005
"""Seconds after which a thread lets others run: an answer changes threads some times, and Python's own 5 ms
each time, while posts are written beside it, would be most of what a person waits."""


class WaysIn:
    """Run the bot, its browser trial, or one command of it."""

    def __init__(self, console: Console) -> None:
        self.console = console

    def run(self) -> None:
        """Connect to Discord; without a token, serve the browser trial instead."""
        settings = self.console.settings
        if settings.token is None:
            self.console.print(self.console.say("run.no_token"))
            self.trial(settings.trial_port)
            return
        keep_journal(settings.log_level, settings.log_format, Secrets(settings.secrets))
        point_discord(settings.discord_api, settings.discord_gateway)
        sys.setswitchinterval(SWITCHING)
        start_small()
        with occupying(settings.database_url):
            self._run(settings.token)

    def _run(self, token: str) -> None:
        settings, archive, figures = self.console.settings, self.console.open(), Figures()
        mirrors, share = self.console.mirrors(archive.catalogue), settings.shards or EVERYTHING
        wanted = partial(archive.upkeep.refresh_wanted, mirrors)
        errand = Errand(wanted, look=settings.refresh_look, note=figures.note_refresh)
        name = f"{socket.gethostname()[:24]}:{os.getpid()}"
        outbox = archive.outbox(name, timedelta(seconds=settings.lease), share)
        bot = Bangdan(
            archive,
            self.console.texts,
            settings.language,
            errand=errand if settings.refresh else None,
            postroom=Postroom(outbox, note=figures.note_delivery),
            studio=Studio(),
            door=Door(Limits(settings.person_limit, settings.server_limit), figures),
            **sharding(settings.shards),
        )
        bot.add_listener(settle, "on_ready")
        try:
            asyncio.run(stay_connected(bot, token, settings.metrics))
        except KeyboardInterrupt:
            pass  # that is how one ends it
        except discord.LoginFailure:
            self.console.fail(self.console.say("run.bad_token"))
        except (aiohttp.ClientError, discord.GatewayNotFound, discord.DiscordServerError, OSError) as error:
            self.console.fail(self.console.say("run.unreachable", reason=type(error).__name__))
        except discord.HTTPException as error:  # such as commands that Discord refuses to register
            self.console.fail(self.console.say("run.refused", reason=error))

    def trial(self, port: int) -> None:
        """Serve the browser trial on 127.0.0.1 until Ctrl+C or until its page ends it."""
        try:
            from bot.trial import PortTaken, run_trial  # an extra: only this verb needs it
        except ImportError:
            self.console.fail(self.console.say("try.missing"))

        def announce(url: str) -> None:
            self.console.print(self.console.say("try.ready", url=url))

        language = self.console.settings.language
        texts = Texts.load(renamed=False)  # the trial's page offers commands under their English names only
        with occupying(self.console.settings.database_url):
            archive = self.console.open()
            postroom = Postroom(archive.outbox("trial"))
            bot = Bangdan(archive, texts, language, follow=False, postroom=postroom, studio=Studio())
            try:
                asyncio.run(run_trial(bot, texts.choose((language,)), port, announce))
            except KeyboardInterrupt:
                self.console.print(self.console.say("try.ended"))
            except PortTaken:
                self.console.fail(self.console.say("try.port", port=port))

    def ask(self, line: str, locale: str | None, as_json: bool, picture: Path | None = None) -> None:
        """Run one command and print what it sends; its picture goes into the file `picture`."""
        from rich.console import Console as Paper  # only this verb draws in a terminal

        from bot.line import Misused
        from bot.paper import draw

        told = locale or self.console.settings.language
        tag = {"en": "en-US"}.get(told, told)
        try:
            studio = Studio() if picture else None  # nobody sees a picture in a terminal
            sent = asyncio.run(self._ask(line, tag.replace("_", "-"), studio))
        except Misused as misused:
            language = self.console.texts.choose((tag, self.console.settings.language))
            self.console.fail(language.say(misused.key, **misused.values), MISUSED)
        if as_json:
            self.console.print_json({"command": sent.command, "messages": list(sent.messages)})
        else:
            paper = Paper()
            for message in sent.messages:
                draw(paper, message)
        if picture is not None and sent.outcome is Outcome.ANSWER:
            self._save(sent.picture, picture)
        if sent.outcome is not Outcome.ANSWER:
            several = sum(":" not in word for word in line.split()) > 3
            if several and sent.command != "ask" and not as_json:
                print(self.console.say("ask.quote"), file=sys.stderr)
            sys.exit(MISUSED if sent.outcome is Outcome.MISTAKE else REFUSED)

    def _save(self, png: bytes | None, file: Path) -> None:
        if png is None:
            self.console.fail(self.console.say("ask.picture.none"))
        try:
            file.write_bytes(png)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            self.console.fail(self.console.say("ask.picture.unwritten", file=file, reason=reason))
        print(self.console.say("ask.picture", file=file), file=sys.stderr)

    async def _ask(self, line: str, locale: str, studio: Studio | None) -> Sent:
        from bot.terminal import run_command

        language = self.console.settings.language
        bot = Bangdan(self.console.open(), self.console.texts, language, studio=studio)
        async with bot:
            await bot.load()
            return await run_command(bot, line, locale)


async def stay_connected(bot: Bangdan, token: str, address: str) -> None:
    """Run a bot until it is closed, and show it at an `address` unless that is empty."""
    window = Window(bot, address) if address else None
    async with bot:
        if window is not None:
            await window.open()
        try:
            await bot.start(token)
        finally:
            if window is not None:
                await window.close()


async def settle() -> None:
    """Take little memory from now on: discord.py calls this when the bot is ready."""
    forget_what_is_past()
