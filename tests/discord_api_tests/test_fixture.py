"""The pytest fixture: what the server does not have fails the very test that used it."""

import subprocess
import sys
from pathlib import Path

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


def test_an_unknown_route_fails_the_test_though_the_bot_did_not_mind(tmp_path: Path) -> None:
    (tmp_path / "test_inner.py").write_text(INNER)
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", f"--config-file={ROOT / 'pyproject.toml'}", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1, run.stdout + run.stderr
    assert "the bot used what this server does not have: unknown route GET /stage-instances/1" in run.stdout
