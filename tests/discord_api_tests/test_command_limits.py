"""What application commands may be, shown by registering what they may not; test_sizes.py has the sizes."""

import discord
import pytest
from discord import app_commands
from discord.http import HTTPClient

from tests.discord_api import DiscordApi, Guild
from tests.discord_api.command_rules import is_command_name
from tests.discord_api_tests.bots import Interaction, SmallBot, refused
from tests.discord_api_tests.sizes import Payload, command, option


def choice(**parts: object) -> Payload:
    return option(choices=[{"name": "n", "value": "v", **parts}])


REFUSED = [
    ("0.name", command(name="Rank")),
    ("0.name", command(name="two words")),
    ("0.name", command(name="")),
    ("0.name", {"description": "d"}),
    ("0.description", command(description="")),
    ("0.name_localizations.zh-CN", command(name_localizations={"zh-CN": "排 名"})),
    ("0.name_localizations.zh", command(name_localizations={"zh": "排名"})),
    ("0.options.0.name", command(option(name="Model"))),
    ("0.options.1", command(option(name="a"), option(name="b", required=True))),
    ("0.options.1.name", command(option(), option())),
    ("0.options.0.type", command(option(type=12))),
    ("0.options.0.choices.0.value", command(choice(value=1))),
    ("0.options.0.choices.0.name_localizations.fr", command(choice(name_localizations={"fr": ""}))),
    ("0.options.0.autocomplete", command(choice() | {"autocomplete": True})),
    ("0.options.0.name_localizations.zh-TW", command(option(name_localizations={"zh-TW": "x" * 33}))),
    ("0.options", command(option(type=1, name="a"), option(name="b"))),
    ("0.options.0.options", command(option(type=1, options=[option(type=1)]))),
    ("0.description", {"type": 2, "name": "Who Is", "description": "d"}),
    ("0.name", {"type": 3, "name": "x" * 33}),
]


async def register(http: HTTPClient, api: DiscordApi, *commands: Payload) -> object:
    return await http.bulk_upsert_global_commands(api.world.application_id, payload=list(commands))


@pytest.mark.parametrize(
    ("path", "payload"), REFUSED, ids=lambda value: value if isinstance(value, str) else ""
)
async def test_refused(api: DiscordApi, http: HTTPClient, path: str, payload: Payload) -> None:
    with pytest.raises(discord.HTTPException, match=f"In {path}: ") as refused:
        await register(http, api, payload)
    assert refused.value.code == 50035
    assert api.world.commands == {}


async def test_the_size_of_a_whole_command(api: DiscordApi, http: HTTPClient) -> None:
    choices = [{"name": f"{number}" + "x" * 80, "value": "y" * 99} for number in range(25)]
    two = [option(name="a", choices=choices), option(name="b", choices=choices)]
    with pytest.raises(discord.HTTPException, match=r"maximum size \(8000\)"):
        await register(http, api, command(*two))
    long = {"zh-CN": "z" * 100}
    wide = [{"name": f"{number}", "value": "y" * 99, "name_localizations": long} for number in range(20)]
    await register(http, api, command(option(name="a", choices=wide)))


async def test_how_many_commands(api: DiscordApi, http: HTTPClient) -> None:
    await register(http, api, *(command(name=f"c{number}") for number in range(100)))
    with refused(30032):
        await register(http, api, *(command(name=f"c{number}") for number in range(101)))
    menus = [{"type": 2, "name": f"Menu {number}"} for number in range(16)]
    with refused(30032):
        await register(http, api, *menus)


async def test_names_are_unique_for_each_kind(api: DiscordApi, http: HTTPClient) -> None:
    with pytest.raises(discord.HTTPException, match="In 1: Application commands duplicate name"):
        await register(http, api, command(), command())
    await register(http, api, command(), {"type": 2, "name": "rank"})


async def test_a_command_keeps_its_id(api: DiscordApi, http: HTTPClient) -> None:
    await register(http, api, command())
    before = list(api.world.commands)
    await register(http, api, command(name="new"), command())
    assert list(api.world.commands)[1] == before[0]


@pytest.mark.parametrize("name", ["rank", "排名", "watch-add", "o'clock", "हिन्दी", "ไทย", "a" * 32, "模型2"])
def test_names_people_may_type(name: str) -> None:
    assert is_command_name(name)


@pytest.mark.parametrize("name", ["", "Rank", "É", "a b", "a.b", "a" * 33, "😀", "模，型"])
def test_names_nobody_may(name: str) -> None:
    assert not is_command_name(name)


async def test_discord_py_names_the_option_at_fault(api: DiscordApi, bot: SmallBot) -> None:
    @bot.tree.command(description="-")
    @app_commands.choices(model=[app_commands.Choice(name="x" * 101, value="x")])
    async def rank(interaction: Interaction, model: str) -> None: ...

    with pytest.raises(
        app_commands.CommandSyncFailure, match=r"(?s)'rank'.*'model'.*choices.0.name: Must be"
    ):
        async with api.run(bot):
            pass


async def test_a_guilds_own_commands(api: DiscordApi, http: HTTPClient, guild: Guild) -> None:
    application = api.world.application_id
    await http.bulk_upsert_guild_commands(application, guild.id, payload=[command()])
    assert [one["name"] for one in await http.get_guild_commands(application, guild.id)] == ["rank"]
    assert await http.get_global_commands(application) == []
    foreign = api.add_guild(bot=False)
    with pytest.raises(discord.Forbidden):
        await http.bulk_upsert_guild_commands(application, foreign.id, payload=[])
