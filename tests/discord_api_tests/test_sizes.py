"""Every limited size: at its limit it is taken, one beyond it is refused and named."""

import re

import discord
import pytest
from discord.http import HTTPClient, Route

from tests.discord_api import Channel, DiscordApi
from tests.discord_api.command_rules import STRING, check_suggestions
from tests.discord_api.errors import Refusal
from tests.discord_api_tests.sizes import COMMAND_SIZES, MESSAGE_SIZES, SUGGESTION_SIZES, Size


def at(path: str) -> str:
    """Return the pattern of discord.py's message about a place of that path."""
    return f"In {re.escape(path).replace(re.escape('*'), '[^.]+')}: Must be "


def by_path(value: object) -> str:
    return value.path if isinstance(value, Size) else str(value)


@pytest.mark.parametrize("size", MESSAGE_SIZES, ids=by_path)
async def test_of_messages(api: DiscordApi, http: HTTPClient, channel: Channel, size: Size) -> None:
    route = Route("POST", "/channels/{channel_id}/messages", channel_id=channel.id)
    await http.request(route, json=size.make(size.most))
    assert (len(channel.messages), api.broken) == (1, [])
    with pytest.raises(discord.HTTPException, match=at(size.path)) as refused:
        await http.request(route, json=size.make(size.most + 1))
    assert (refused.value.status, refused.value.code, len(channel.messages)) == (400, 50035, 1)


@pytest.mark.parametrize("size", COMMAND_SIZES, ids=by_path)
async def test_of_commands(api: DiscordApi, http: HTTPClient, size: Size) -> None:
    application = api.world.application_id
    await http.bulk_upsert_global_commands(application, payload=[size.make(size.most)])
    assert (len(api.world.commands), api.broken) == (1, [])
    with pytest.raises(discord.HTTPException, match=at(f"0.{size.path}")) as refused:
        await http.bulk_upsert_global_commands(application, payload=[size.make(size.most + 1)])
    assert refused.value.code == 50035


@pytest.mark.parametrize("size", SUGGESTION_SIZES, ids=by_path)
def test_of_suggestions(size: Size) -> None:
    check_suggestions(size.make(size.most)["choices"], STRING, "data")
    with pytest.raises(Refusal) as refused:
        check_suggestions(size.make(size.most + 1)["choices"], STRING, "data")
    (problem,) = refused.value.problems
    assert re.fullmatch(size.path.replace("*", r"\d+"), problem.path.removeprefix("data."))
