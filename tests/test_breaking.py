"""The inspection of the bot: the good one passes, here and in test_limits; a broken one is caught.

Here it is a process of its own on PostgreSQL, there it is in the test's process on SQLite.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from discord.app_commands import CommandSyncFailure

import seeds
from bot.client import Bangdan
from bot.texts import Texts
from store.archive import Archive
from tests import broken_bots
from tests.databases import SqliteMaker
from tests.discord_api import DiscordApi
from tests.discord_api.clock import ANSWER_SECONDS
from tests.inspection import inspect_bot, store_the_worst

READY_TIMEOUT = 0.02
PATIENCE: dict[type[Bangdan], float] = {
    broken_bots.Blocking: ANSWER_SECONDS,
    broken_bots.Late: ANSWER_SECONDS,
    broken_bots.Promising: ANSWER_SECONDS,
    broken_bots.Forgetful: 10,
    broken_bots.Mute: 10,
}
"""Seconds that people wait for bots that keep them waiting: too long, or for ever."""


async def test_the_bot_passes_as_a_process_of_its_own(
    discord_api: DiscordApi, postgres_url: str, texts: Texts
) -> None:
    archive = Archive.open(postgres_url, seeds.FOLDER)
    store_the_worst(archive)
    archive.close()
    addresses = {
        "BANGDAN_DISCORD_API": discord_api.api_url,
        "BANGDAN_DISCORD_GATEWAY": discord_api.gateway_url,
    }
    unlimited = {"BANGDAN_PERSON_LIMIT": "", "BANGDAN_SERVER_LIMIT": ""}  # nobody is this quick
    env = {"DATABASE_URL": postgres_url, "BANGDAN_REFRESH": "false", "BANGDAN_LOG_LEVEL": "ERROR"}
    await inspect_bot(
        discord_api,
        lambda: discord_api.spawn(sys.executable, "-m", "bot", "run", env=env | addresses | unlimited),
        texts,
    )


@pytest.fixture(scope="module")
def worst(sqlite_maker: SqliteMaker) -> Path:
    """The file of a database that holds the worst there is."""
    with sqlite_maker.archive() as archive:
        store_the_worst(archive)
    return Path(str(archive.engine.url.database))


@pytest.mark.parametrize(
    ("broken", "caught"),
    [
        (
            broken_bots.TooManyChoices,
            r"typing '7@' into /rank model: 50035 in data\.choices: Must be 25 or fewer",
        ),
        (broken_bots.Blocking, r"/rank .*: 10062"),
        (broken_bots.Late, r"/rank .*: 10062"),
        (broken_bots.TooLong, r"50035 in data\.embeds: Embed size exceeds maximum size of 6000"),
        (broken_bots.Loud, "does not say that nobody is notified: None"),
        (broken_bots.Echoing, "it notifies {'@everyone'}"),
        (broken_bots.Forgetful, "(?s)after the bot was started again.*did not respond within 3 seconds"),
        (broken_bots.RandomIds, "it says This message is too old for its buttons"),
        (broken_bots.Open, "anybody turns the pages of others"),
        (broken_bots.Mute, "did not respond within 3 seconds"),
        (broken_bots.Indiscreet, "everybody's to see"),
        (broken_bots.Gossiping, r"/rank .* is everybody's to see"),
        (broken_bots.Selfish, r"/rank .* is shared with nobody"),
        (broken_bots.Monolingual, "a person of zh-CN is not answered in it"),
        (broken_bots.Stammering, "40060: Interaction has already been acknowledged"),
        (broken_bots.Promising, "left the person waiting"),
        (broken_bots.Failing, "it says Something went wrong on our side"),
        (broken_bots.Unregistered, r"registered are set\(\)"),
        (broken_bots.Wordy, "description: Must be between 1 and 100"),
        (broken_bots.Grown, "registered are .*'news'"),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
async def test_a_bot_that_is_broken_on_purpose_is_caught(
    discord_api: DiscordApi,
    sqlite_maker: SqliteMaker,
    worst: Path,
    texts: Texts,
    broken: type[Bangdan],
    caught: str,
) -> None:
    discord_api.patience.refused = 0.2
    if broken in PATIENCE:
        discord_api.patience.answer = discord_api.patience.deferred = PATIENCE[broken]
    with (
        sqlite_maker.archive(worst) as archive,
        pytest.raises((AssertionError, CommandSyncFailure), match=caught),
    ):
        await inspect_bot(
            discord_api,
            lambda: discord_api.run(broken(archive, texts, guild_ready_timeout=READY_TIMEOUT)),
            texts,
            locales=("en-US", "zh-CN"),
        )
