"""The pytest fixtures: they start bots, their example runs, and what the server lacks fails the test."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import discord
import pytest
import pytest_asyncio

from tests.discord_api import BotProcess, DiscordApi
from tests.discord_api.fixtures import bot  # noqa: F401 - a fixture of these tests
from tests.discord_api_tests import empty_bot

ROOT = Path(__file__).parents[2]
INNER = """
import discord
from tests.discord_api.fixtures import discord_api

async def test_uses_an_unknown_route(discord_api):
    async with discord.Client(intents=discord.Intents.none()) as client:
        with discord_api.point():
            await client.login(discord_api.token)
            try:
                await client.http.request(discord.http.Route("GET", "/stage-instances/1"))
            except discord.NotFound:
                pass
"""


@pytest_asyncio.fixture(params=["in this process", "as a process of its own"])
async def bot_under_test(request: pytest.FixtureRequest) -> discord.Client | Sequence[str]:
    if request.param == "in this process":
        return empty_bot.EmptyBot()
    return [sys.executable, empty_bot.__file__]


async def test_a_bot_is_started_in_this_process_or_as_its_own(
    discord_api: DiscordApi,
    bot: discord.Client | BotProcess,  # noqa: F811
) -> None:
    guild = discord_api.add_guild()
    answer = await guild.add_member("alice").slash(guild.add_text_channel("general"), "ping")
    assert answer.check().message.content == "pong"


def run_pytest(folder: Path, test: str) -> subprocess.CompletedProcess[str]:
    """Run a test in a pytest of its own, with the settings of this project."""
    (folder / "test_inner.py").write_text(test)
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", f"--config-file={ROOT / 'pyproject.toml'}", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_unknown_route_fails_the_test_though_the_bot_did_not_mind(tmp_path: Path) -> None:
    run = run_pytest(tmp_path, INNER)
    assert run.returncode == 1, run.stdout + run.stderr
    assert "the bot used what this server does not have: unknown route GET /stage-instances/1" in run.stdout


def test_the_example_of_the_readme_runs(tmp_path: Path) -> None:
    readme = (ROOT / "tests" / "discord_api" / "README.md").read_text()
    run = run_pytest(tmp_path, readme.split("```python\n")[1].split("```")[0])
    assert run.returncode == 0, run.stdout + run.stderr
    assert "1 passed" in run.stdout
