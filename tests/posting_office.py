"""A post office for tests: our bot with its postroom on the loopback Discord, at a time that a test moves."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.client import Bangdan
from bot.composer import Composer
from bot.delivery import Note, ignore
from bot.postroom import Postroom
from bot.texts import Texts
from bot.verbs.ways_in import sharding
from store.archive import Archive
from store.news.values import LiveBoard, Rhythm, Schedule, Subscription
from store.outbox.shares import EVERYTHING, Share
from tests.discord_api import Channel, DiscordApi, Guild, User
from tests.newsroom import BOARD, REST, make_subscription
from tests.test_renames import page

AT_ONCE = Schedule(Rhythm.AT_ONCE)


@dataclass
class Office:
    """An archive with a small board, a server with a channel, and the bot that delivers to it."""

    archive: Archive
    api: DiscordApi
    texts: Texts
    ahead: timedelta = timedelta()
    guild: Guild = field(init=False)
    channel: Channel = field(init=False)
    owner: User = field(init=False)

    def __post_init__(self) -> None:
        stored = self.archive
        self.archive = Archive(stored.engine, stored.catalogue, stored.identities, self.now)
        self.guild = self.api.add_guild("Team")
        self.channel = self.guild.add_text_channel("news")
        self.owner = self.api.add_user("owner")
        self.guild.add_member(self.owner)
        self.lead(1, 1380)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def move(self, **by: float) -> None:
        """Move our time and Discord's on."""
        self.ahead += timedelta(**by)
        self.api.clock.advance(timedelta(**by).total_seconds())

    def lead(self, day: int, leader: float) -> None:
        """Store a page of January 2026 with nova rated `leader`, and let what is at once become due."""
        rows = sorted([("nova-2", leader, 3000 + day), *REST], key=lambda row: -row[1])
        self.archive.intake.add(f"{day}.md", page(f"2026-01-{day:02}", *rows), "test")
        self.move(seconds=31)

    def wait_for_due(self) -> None:
        """Move on to when the next delivery is due."""
        due = self.archive.outbox("looks").next_due()
        assert due is not None
        self.move(seconds=(due - self.now()).total_seconds() + 1)

    def subscribe(self, **wanted: Any) -> Subscription:
        place = {"server": self.guild.id, "channel": self.channel.id, "by": self.owner.id}
        given = place | {"schedule": AT_ONCE, "boards": (BOARD,)} | wanted
        return self.archive.requests.subscribe(make_subscription(**given))

    def pin(self) -> LiveBoard:
        wanted = LiveBoard(
            self.guild.id, self.channel.id, self.owner.id, BOARD, self.archive.catalogue.board(BOARD).score
        )
        return self.archive.requests.pin(wanted)

    @asynccontextmanager
    async def open(
        self, owner: str = "one", share: Share | None = None, note: Note = ignore, rate: int = 500
    ) -> AsyncIterator[Bangdan]:
        """Run the bot, delivering."""
        outbox = self.archive.outbox(owner, timedelta(seconds=30), share or EVERYTHING)
        postroom = Postroom(outbox, self.now, rate=rate, poll=0.05, note=note)
        async with self.api.run(self.bot(postroom, **sharding(share))) as bot:
            yield bot

    def bot(self, postroom: Postroom | None = None, **options: Any) -> Bangdan:
        return Bangdan(self.archive, self.texts, postroom=postroom, guild_ready_timeout=0.02, **options)

    def composer(self, bot: Bangdan) -> Composer:
        return Composer(bot.desk, self.texts, self.now)

    def pause_of(self, asked: Subscription) -> str | None:
        """Return why a subscription is paused."""
        stored = {each.id: each for each in self.archive.requests.subscriptions(self.guild.id)}
        pause = stored[asked.id].pause
        return f"{pause.code} {pause.found}".strip() if pause else None
