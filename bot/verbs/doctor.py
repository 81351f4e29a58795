"""The verb that looks at everything the bot needs."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import aiohttp
import discord

import seeds
from bot.client import Bangdan
from bot.doctor.account import Clock, look_at_application, look_at_clock, look_at_commands
from bot.doctor.database import look_at_database
from bot.doctor.findings import Finding, Level
from bot.doctor.machine import look_at_fonts, look_at_zones
from bot.doctor.places import MOST, Asked, look_at_places
from bot.doctor.sources import look_at_sources
from bot.verbs.console import REFUSED, Console
from bot.verbs.ways_in import point_discord
from store.archive import Archive
from store.catalogue import read_catalogue
from store.database import make_engine
from store.names import Identities

SECONDS = 20.0
"""The most that Discord may take for all that is asked of it."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the database tells of what Discord is asked about; None where it cannot be told."""

    commands: Sequence[str] | None = None
    asked: Sequence[Asked] = ()


class Doctor:
    """Look at settings, account, channels, database, sources, clock and fonts."""

    def __init__(self, console: Console) -> None:
        self.console = console

    def examine(self, as_json: bool) -> None:
        """Print what was found and what to do, a line each; ends with 1 where something fails."""
        findings = asyncio.run(self._examine())
        if as_json:
            checks = [
                {"check": each.check, "level": each.level, "message": self._said(each)} for each in findings
            ]
            self.console.print_json({"well": well(findings), "checks": checks})
        else:
            for each in findings:
                level = self.console.say(f"doctor.level.{each.level}")
                self.console.print(f"{level}  {each.check}: {self._said(each)}")
        if not well(findings):
            sys.exit(REFUSED)

    def _said(self, finding: Finding) -> str:
        values = dict(finding.values)
        if "intent" in values:  # the name of an intent is a text itself
            values["intent"] = self.console.say(str(values["intent"]))
        return self.console.say(finding.key, **values)

    async def _examine(self) -> list[Finding]:
        settings = self.console.settings
        catalogue = read_catalogue(seeds.FOLDER)
        mirrors = self.console.mirrors(catalogue)
        found = [Finding(Level.OK, "settings", "doctor.settings.ok")]
        database, checkup = await look_at_database(settings.database_url)
        known = await self._ask_database() if checkup is not None and checkup.current else Known()
        found += [*await self._ask_discord(known), *database]
        found += await look_at_sources(catalogue, mirrors, self.console.language)
        return [*found, look_at_zones(), look_at_fonts()]

    async def _ask_database(self) -> Known:
        """Return what the database tells; its tables are this version's, and nothing is written."""
        engine = make_engine(self.console.settings.database_url)
        archive = Archive(engine, read_catalogue(seeds.FOLDER), Identities.read(seeds.FOLDER))
        try:
            async with Bangdan(archive, self.console.texts) as bot:
                await bot.load()
                names = [each.name for each in bot.tree.get_commands()]
            return Known(names, archive.requests.active(MOST))
        finally:
            archive.close()

    async def _ask_discord(self, known: Known) -> list[Finding]:
        settings, clock = self.console.settings, Clock()
        if settings.token is None:
            return [Finding(Level.SKIPPED, "token", "doctor.token.none")]
        point_discord(settings.discord_api, settings.discord_gateway)
        client = discord.Client(intents=discord.Intents.none(), http_trace=clock.trace())
        found: list[Finding] = []
        try:
            async with asyncio.timeout(SECONDS), client:
                await client.login(settings.token)
                found += look_at_application(client)
                found.append(await look_at_commands(client, known.commands))
                found += await look_at_places(client, known.asked, self.console.language)
        except discord.LoginFailure:
            found.append(Finding(Level.FAIL, "token", "doctor.token.bad"))
        except discord.HTTPException as refused:
            told = {"status": refused.status, "code": refused.code}
            found.append(Finding(Level.FAIL, "token", "doctor.discord.refused", told))
        except (aiohttp.ClientError, OSError) as error:  # a timeout is an OSError
            reason = {"reason": type(error).__name__}
            found.append(Finding(Level.FAIL, "token", "doctor.discord.unreachable", reason))
        return [*found, look_at_clock(clock.skew)]


def well(findings: Iterable[Finding]) -> bool:
    """Tell whether the bot can do its work."""
    return all(each.level is not Level.FAIL for each in findings)
