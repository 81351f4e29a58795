"""A few hundred mutated inputs of each kind; `python -m tests.fuzz` puts in as many as you like."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bot.client import Bangdan
from bot.panel import is_subject
from bot.texts import Texts
from store.archive import Archive
from tests.databases import SqliteMaker
from tests.discord_api import DiscordApi, wait_for_answer
from tests.discord_api.interaction import Kind as Action
from tests.discord_api.world import Event
from tests.fuzz.__main__ import KINDS
from tests.fuzz.mutations import damage, shake, twist
from tests.fuzz.running import Kind, run
from tests.inspection import ORDINARY

FEW = {
    **{"pages": 150, "backups": 100, "sheets": 60, "stored": 60, "names": 60, "questions": 60, "typed": 200},
    **{"buttons": 250, "settings": 100, "commands": 60, "presses": 100, "messages": 30, "menus": 30},
    "events": 100,
}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
async def test_mutated_inputs_do_no_harm(kind: Kind, sqlite_maker: SqliteMaker, tmp_path: Path) -> None:
    with sqlite_maker.seeded() as url:
        folder = tmp_path / kind.name
        folder.mkdir()
        shutil.copyfile(url.removeprefix("sqlite:///"), folder / "bangdan.db")
        report = await run(kind, range(FEW[kind.name]), 1, folder)
    assert not report.failures, "\n".join(f"{kind.name}:{at}\n{trace}" for at, trace in report.failures[:3])
    assert report.inputs == FEW[kind.name]


REAL = ((damage, b"a page of a board"), (twist, "a question"), (shake, {"a": [1, {"b": "c"}]}))


@pytest.mark.parametrize(("mutate", "real"), REAL)
def test_the_same_seed_makes_the_same_inputs(mutate: Any, real: Any) -> None:
    made = [[mutate(Random(f"1 {n}"), real) for n in range(50)] for _ in range(2)]
    assert made[0] == made[1]
    assert any(each != real for each in made[0])


@pytest.mark.parametrize("written", ["d1", "a-1", "c9223372036854775807"])
def test_what_a_panel_can_be_about(written: str) -> None:
    assert is_subject(written)


@pytest.mark.parametrize(
    "written", ["", "d", "1", "dd1", "d1x", "d１", "d9223372036854775808", "d" + "9" * 99]
)
def test_what_no_panel_can_be_about(written: str) -> None:
    assert not is_subject(written)


async def test_a_button_of_another_version_is_answered(
    discord_api: DiscordApi, shelf: Archive, texts: Texts
) -> None:
    channel = discord_api.add_guild().add_text_channel("models")
    assert channel.guild is not None
    alice = channel.guild.add_member("alice")
    async with discord_api.run(Bangdan(shelf, texts, guild_ready_timeout=0.02)):
        top = (await alice.slash(channel, "top", **ORDINARY["top"][0])).check().message
        data = {"component_type": 2, "custom_id": "what was this", "id": 1}
        pressed = discord_api.world.interact(Action.COMPONENT, alice.user, channel, data, top)
        answer = (await wait_for_answer(pressed)).check()
    assert "too old for its buttons" in answer.message.text
    assert answer.message.ephemeral


async def test_an_event_that_cannot_be_read_does_not_end_the_bot(
    discord_api: DiscordApi, shelf: Archive, texts: Texts
) -> None:
    channel = discord_api.add_guild().add_text_channel("models")
    assert channel.guild is not None
    alice = channel.guild.add_member("alice")
    async with discord_api.run(Bangdan(shelf, texts, guild_ready_timeout=0.02)):
        for name in ("INTERACTION_CREATE", "MESSAGE_CREATE", "GUILD_CREATE", "CHANNEL_DELETE"):
            discord_api.world.publish(Event(name, {"id": None}))
        await asyncio.sleep(0)
        assert "1333" in (await alice.slash(channel, "rank", model="qwq-32b")).check().message.text
