"""How and when an interaction may be answered; each bot here is deliberately bad."""

import asyncio
import time
from typing import Any

import discord
import pytest
from discord import app_commands
from discord.http import Route
from discord.webhook.async_ import async_context

from tests.discord_api import Channel, DiscordApi, Member
from tests.discord_api.errors import NO_ANSWER, NO_FOLLOWUP
from tests.discord_api_tests.bots import Interaction, SmallBot, refused, until


async def test_bots_that_never_answer_block_their_loop_or_are_late(
    api: DiscordApi, bot: SmallBot, channel: Channel, alice: Member
) -> None:
    @bot.answers(name="never")
    async def never(interaction: Interaction) -> None: ...

    @bot.answers(name="block")
    async def block(interaction: Interaction) -> None:
        await asyncio.sleep(0.1)
        time.sleep(3.1)
        await interaction.response.send_message("too late")

    @bot.answers(name="late")
    async def late(interaction: Interaction) -> None:
        await asyncio.sleep(3.1)
        await interaction.response.send_message("too late")

    async with api.run(bot):
        using = (alice.slash(channel, name) for name in ("never", "block", "late"))
        silent, blocked, waited = await asyncio.gather(*using)
        await until(lambda: len(bot.errors) == 2)
    assert (silent.broken, silent.latency) == ([NO_ANSWER], float("inf"))
    with pytest.raises(AssertionError, match="did not respond within 3 seconds"):
        _ = silent.message
    with pytest.raises(AssertionError, match="10062"):
        silent.check()
    assert {broken.code for broken in blocked.broken + waited.broken} == {10062}
    assert [type(error) for error in bot.errors] == [discord.NotFound, discord.NotFound]
    assert channel.messages == []


async def test_a_token_lives_fifteen_minutes_of_the_worlds_clock(
    api: DiscordApi, bot: SmallBot, channel: Channel, alice: Member
) -> None:
    proceed = asyncio.Event()

    @bot.answers()
    async def go(interaction: Interaction) -> None:
        await interaction.response.send_message("now")
        await proceed.wait()
        await interaction.edit_original_response(content="much later")

    async with api.run(bot):
        answer = await alice.slash(channel, "go")
        api.clock.advance(15 * 60 + 1)
        proceed.set()
        await until(lambda: len(bot.errors) == 1)
    assert [broken.code for broken in answer.broken] == [50027]
    assert answer.message.content == "now"


async def test_answering_twice(api: DiscordApi, bot: SmallBot, channel: Channel, alice: Member) -> None:
    @bot.answers()
    async def go(interaction: Interaction) -> None:
        await interaction.response.send_message("once")
        interaction.response._response_type = None
        await interaction.response.send_message("twice")

    async with api.run(bot):
        answer = await alice.slash(channel, "go")
        await until(lambda: len(bot.errors) == 1)
    assert [broken.code for broken in answer.broken] == [40060]
    assert [message.content for message in channel.messages] == ["once"]


async def test_a_deferred_answer_that_never_comes(
    api: DiscordApi, bot: SmallBot, channel: Channel, alice: Member
) -> None:
    @bot.answers()
    async def go(interaction: Interaction) -> None:
        await interaction.response.defer()

    api.patience.deferred = 0.2
    async with api.run(bot):
        answer = await alice.slash(channel, "go")
    assert answer.message.loading
    assert answer.broken == [NO_FOLLOWUP]


async def test_following_up_before_answering(
    api: DiscordApi, bot: SmallBot, channel: Channel, alice: Member
) -> None:
    @bot.answers()
    async def go(interaction: Interaction) -> None:
        await interaction.followup.send("too early")

    async with api.run(bot):
        api.patience.refused = 0.01
        answer = await alice.slash(channel, "go")
    assert [broken.code for broken in answer.broken] == [10015, 10062]


async def test_a_kind_of_answer_that_does_not_fit(
    api: DiscordApi, bot: SmallBot, channel: Channel, alice: Member
) -> None:
    @bot.answers()
    async def go(interaction: Interaction) -> None:
        params = discord.webhook.async_.interaction_response_params(type=8, data={"choices": []})
        await async_context.get().create_interaction_response(
            interaction.id, interaction.token, session=interaction._session, params=params
        )

    async with api.run(bot):
        api.patience.refused = 0.01
        answer = await alice.slash(channel, "go")
    assert (answer.broken[0].code, answer.broken[0].path) == (50035, "type")


async def test_an_interaction_nobody_made(api: DiscordApi, http: discord.http.HTTPClient) -> None:
    with refused(10062):
        await http.request(Route("POST", "/interactions/1/token/callback"), json={"type": 4})


@pytest.mark.parametrize(
    ("choices", "path"),
    [
        ([("a", str(number)) for number in range(26)], "data.choices"),
        ([("x" * 101, "a")], "data.choices.0.name"),
        ([("a", "x" * 101)], "data.choices.0.value"),
        ([("", "a")], "data.choices.0.name"),
    ],
)
async def test_suggestions(
    api: DiscordApi, bot: SmallBot, channel: Channel, alice: Member, choices: list[tuple[str, str]], path: str
) -> None:
    @bot.tree.command(description="-")
    async def rank(interaction: Interaction, model: str) -> None: ...

    @rank.autocomplete("model")
    async def complete(interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=name, value=value) for name, value in choices]

    async with api.run(bot):
        api.patience.refused = 0.01
        answer = await alice.autocomplete(channel, "rank", "model", "qw")
    assert (answer.broken[0].code, answer.broken[0].path) == (50035, path)
    assert answer.broken[0].doc.startswith("https://discord.com/developers/docs/")
    assert answer.choices == []


@pytest.mark.parametrize(
    ("modal", "path"),
    [
        ({"title": "x" * 46}, "data.title"),
        ({"custom_id": ""}, "data.custom_id"),
        ({"components": []}, "data.components"),
        ({"components": [1, 2, 3, 4, 5, 6]}, "data.components"),
        ({"input": {"label": "x" * 46}}, "data.components.0.components.0.label"),
        ({"input": {"placeholder": "x" * 101}}, "data.components.0.components.0.placeholder"),
        ({"input": {"value": "x" * 4001}}, "data.components.0.components.0.value"),
        ({"input": {"max_length": 4001}}, "data.components.0.components.0.max_length"),
    ],
)
async def test_modals(
    api: DiscordApi, bot: SmallBot, channel: Channel, alice: Member, modal: dict[str, Any], path: str
) -> None:
    class Bad(discord.ui.Modal):
        def to_dict(self) -> dict[str, Any]:
            field = {"type": 4, "custom_id": "a", "style": 1, "label": "A", **dict(modal.get("input") or {})}
            count = len(modal.get("components", [1]))
            rows = [{"type": 1, "components": [{**field, "custom_id": str(at)}]} for at in range(count)]
            base = {"title": "t", "custom_id": "m", "components": rows}
            return base | {key: value for key, value in modal.items() if key in ("title", "custom_id")}

    @bot.answers()
    async def go(interaction: Interaction) -> None:
        await interaction.response.send_modal(Bad(title="t"))

    async with api.run(bot):
        api.patience.refused = 0.01
        answer = await alice.slash(channel, "go")
    assert (answer.broken[0].code, answer.broken[0].path) == (50035, path)


async def test_a_refused_answer_and_its_apology(
    api: DiscordApi, bot: SmallBot, channel: Channel, alice: Member
) -> None:
    @bot.answers()
    async def go(interaction: Interaction) -> None:
        try:
            await interaction.response.send_message(embed=discord.Embed(description="x" * 4097))
        except discord.HTTPException as error:
            await interaction.response.send_message(str(error))

    async with api.run(bot):
        answer = await alice.slash(channel, "go")
    assert "In data.embeds.0.description: Must be 4096 or fewer in length." in answer.message.content
    assert [(broken.code, broken.path) for broken in answer.broken] == [(50035, "data.embeds.0.description")]
