"""The database goes away while people use the bot: they are told in time, and it comes back by itself."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import subprocess
from collections.abc import AsyncIterator, Callable, Collection, Coroutine, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

import seeds
from bot.answering import PATIENCE
from bot.client import Bangdan
from bot.storeroom import Storeroom
from bot.texts import Texts
from store import connections
from store.archive import Archive
from tests.databases import PostgresMaker, SqliteMaker, skip_without_postgres
from tests.discord_api import Answer, Channel, DiscordApi, Member, Permission, wait_for_answer
from tests.discord_api.clock import ANSWER_SECONDS
from tests.discord_api.interaction import Response
from tests.faults.proxy import Proxy
from tests.fuzz.wholeness import check_whole
from tests.inspection import ORDINARY, Suggested
from tests.posting_office import Office

WITHOUT = {"about", "help", "settings", "alias list"}
"""Commands that are answered from memory."""
SOME = ("rank", "value", "subscribe", "subscriptions", "watch", "alias add")
"""Commands that read and write, each in another way."""
LONG = 60.0
"""Seconds for which a bot would bear a database that hangs, here so many that it never gives one up."""


class Desks:
    """People at a bot on a database behind a proxy."""

    def __init__(self, api: DiscordApi, channel: Channel, alice: Member, proxy: Proxy) -> None:
        self.api, self.channel, self.alice, self.proxy = api, channel, alice, proxy

    async def use(self, command: str) -> Answer:
        options = {
            key: value for key, value in ORDINARY[command][0].items() if not isinstance(value, Suggested)
        }
        answer = await self.alice.slash(self.channel, command, **options)
        assert not answer.broken, f"/{command}: {answer.explain()}"
        return answer

    async def use_all(self, commands: Collection[str] = ORDINARY.keys() - WITHOUT, *, gone: bool) -> None:
        """Use commands at once; each is answered, or told that the database is away."""
        answers = await asyncio.gather(*map(self.use, commands))
        told = [command for command, answer in zip(commands, answers, strict=True) if is_away(answer)]
        assert set(told) == (set(commands) if gone else set()), f"{told} of {commands}"

    async def meet_silence(self, *acts: Coroutine[Any, Any, Answer]) -> list[Answer]:
        """Act while the server hangs; it goes, and comes back, when everybody has got a first answer."""
        asked = self.api.world.interactions
        expected = len(asked) + len(acts)
        self.proxy.block()
        acting = asyncio.gather(*acts)
        await until(lambda: len(asked) == expected and all(each.response for each in asked.values()))
        self.proxy.refuse()
        answers = await acting
        self.proxy.allow()
        return answers


def is_away(answer: Answer) -> bool:
    return "database cannot be reached" in answer.message.text


@pytest.fixture
async def desks(
    discord_api: DiscordApi, texts: Texts, postgres_maker: PostgresMaker, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Desks]:
    skip_without_postgres()
    monkeypatch.setattr(connections._listening(), "silence", LONG)
    monkeypatch.setattr(connections, "CONNECTING", LONG)
    with postgres_maker.seeded() as url, Proxy.before(url) as proxy:
        archive = Archive.open(proxy.through(url), seeds.FOLDER)
        bot = Bangdan(archive, texts, freshness=0.0, guild_ready_timeout=0.02)
        bot._storeroom = Storeroom(queue=LONG)  # so nothing but the bot's own patience ends a wait
        guild = discord_api.add_guild()
        manager = guild.add_role("managers", Permission.MANAGE_GUILD)
        alice = guild.add_member("alice", roles=[manager])
        async with discord_api.run(bot):
            yield Desks(discord_api, guild.add_text_channel("models"), alice, proxy)
            proxy.allow()
        archive.close()


async def test_a_server_that_restarts_is_noticed_by_nobody(desks: Desks) -> None:
    await desks.use_all(gone=False)
    desks.proxy.cut()
    await desks.use_all(gone=False)


async def test_while_a_server_is_stopped_everybody_is_told(desks: Desks) -> None:
    desks.proxy.refuse()
    await desks.use_all(gone=True)
    desks.proxy.allow()
    await desks.use_all(gone=False)


async def test_while_a_server_hangs_everybody_is_told_in_time(desks: Desks) -> None:
    assert PATIENCE < ANSWER_SECONDS
    answers = await desks.meet_silence(*map(desks.use, SOME))
    assert [each.kind for each in answers] == [Response.DEFERRED_MESSAGE] * len(SOME)
    assert all(map(is_away, answers))
    await desks.use_all(SOME, gone=False)


async def test_a_dialogue_and_buttons_while_a_server_hangs(desks: Desks) -> None:
    panel = (await desks.use("subscribe")).message
    top = (await desks.use("top")).message
    labels = [str(each["label"]) for each in panel.buttons]
    pressed = [desks.alice.click(panel, label=label) for label in labels]
    for answer in await desks.meet_silence(*pressed, desks.alice.click(top, label="▶️")):
        answer.check()
    edited = await desks.alice.click(panel, label="Edit")
    (answer,) = await desks.meet_silence(desks.alice.submit(edited.modal, {}))
    assert "database cannot be reached" in (await answer.check().followup()).text
    assert not is_away(await desks.alice.submit((await desks.alice.click(panel, label="Edit")).modal, {}))


async def test_a_question_in_a_message_is_told_too(desks: Desks) -> None:
    desks.proxy.refuse()
    desks.alice.send(desks.alice.dm, "where does qwq-32b stand?")
    reply = await wait_for_reply(desks.alice.dm)
    assert "database cannot be reached" in reply
    desks.proxy.allow()


async def wait_for_reply(channel: Channel) -> str:
    async with asyncio.timeout(30):
        while True:
            for message in channel.messages:
                if message.author.is_bot:
                    return message.text
            await asyncio.sleep(0.01)


@asynccontextmanager
async def locked(url: str) -> AsyncIterator[None]:
    """Hold a SQLite file's write lock."""
    holder = sqlite3.connect(Path(url.removeprefix("sqlite:///")), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        holder.execute("ROLLBACK")
        holder.close()


async def test_while_another_holds_a_sqlite_file_questions_are_answered_and_writes_wait(
    discord_api: DiscordApi, texts: Texts, sqlite_maker: SqliteMaker
) -> None:
    guild = discord_api.add_guild()
    manager = guild.add_role("managers", Permission.MANAGE_GUILD)
    channel, alice = guild.add_text_channel("models"), guild.add_member("alice", roles=[manager])
    with sqlite_maker.seeded() as url:
        archive = Archive.open(url, seeds.FOLDER)
        async with discord_api.run(Bangdan(archive, texts, guild_ready_timeout=0.02)):
            async with locked(url):
                waiting = alice.start_slash(channel, "watch", model="qwq-32b")
                assert "1333" in (await alice.slash(channel, "rank", model="qwq-32b")).check().message.text
                assert waiting.response is None
            assert "qwq-32b" in (await wait_for_answer(waiting)).check().message.text.lower()
        archive.close()


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of twelve megabytes, where this may be mounted."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m", "small", str(folder)], check=False)
    if mounted.returncode:
        pytest.skip("a small disk can only be mounted by root")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


async def test_on_a_full_disk_questions_are_answered_and_what_cannot_be_kept_is_told(
    discord_api: DiscordApi, texts: Texts, sqlite_maker: SqliteMaker, full: Path
) -> None:
    channel, alice = people(discord_api)
    with sqlite_maker.seeded() as url:
        shutil.copyfile(url.removeprefix("sqlite:///"), full / "bangdan.db")
    archive = Archive.open(f"sqlite:///{full / 'bangdan.db'}", seeds.FOLDER)
    async with discord_api.run(Bangdan(archive, texts, freshness=0.0, guild_ready_timeout=0.02)):
        (await alice.slash(channel, "watches")).check()
        with suppress(OSError), (full / "filler").open("wb", buffering=0) as filler:
            while True:
                filler.write(bytes(4096))
        said = [(await alice.slash(channel, "watch", model=each)).check().message.text for each in MODELS]
        assert any("no space left" in each for each in said)
        assert "1333" in (await alice.slash(channel, "rank", model="qwq-32b")).check().message.text
        (full / "filler").unlink()
        said = [(await alice.slash(channel, "watch", model=each)).check().message.text for each in MODELS]
        assert not any("no space left" in each for each in said)
    check_whole(archive.engine)
    archive.close()


async def test_a_file_that_is_taken_away_and_brought_back_while_the_bot_runs(
    discord_api: DiscordApi, texts: Texts, sqlite_maker: SqliteMaker
) -> None:
    channel, alice = people(discord_api)
    with sqlite_maker.seeded() as url:
        file, archive = Path(url.removeprefix("sqlite:///")), Archive.open(url, seeds.FOLDER)
        async with discord_api.run(Bangdan(archive, texts, freshness=0.0, guild_ready_timeout=0.02)):
            away = file.rename(file.with_suffix(".away"))
            assert is_away(await alice.slash(channel, "rank", model="qwq-32b"))
            assert is_away(await alice.slash(channel, "watch", model="qwq-32b"))
            away.rename(file)
            assert "1333" in (await alice.slash(channel, "rank", model="qwq-32b")).check().message.text
        archive.close()


async def test_news_wait_for_the_database_and_are_told_once(
    discord_api: DiscordApi, texts: Texts, postgres_maker: PostgresMaker
) -> None:
    skip_without_postgres()
    with postgres_maker.seeded() as url, Proxy.before(url) as proxy:
        office = Office(Archive.open(proxy.through(url), seeds.FOLDER), discord_api, texts)
        channels = [office.guild.add_text_channel(f"c{number}") for number in range(25)]
        for each in channels:
            office.subscribe(channel=each.id)
        async with office.open():
            office.lead(2, 1480)
            await until(lambda: any(each.messages for each in channels))
            proxy.refuse()
            await asyncio.sleep(0.3)  # the bot meets it
            proxy.allow()
            await until(lambda: all(each.messages for each in channels))
        async with office.open("another"):  # what was not recorded would be found, and not sent again
            await asyncio.sleep(0.3)
        assert [len(each.messages) for each in channels] == [1] * len(channels)
        office.archive.close()


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not holds():
            await asyncio.sleep(0.01)


def people(api: DiscordApi) -> tuple[Channel, Member]:
    guild = api.add_guild()
    return guild.add_text_channel("models"), guild.add_member("alice")


MODELS = ("qwq-32b", "gpt-4o", "deepseek-r1", "claude opus 4", "o3-mini", "qwen3-235b", "gemini 2.5 pro")
