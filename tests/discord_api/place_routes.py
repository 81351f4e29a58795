"""Applications and their commands, users, guilds, roles, channels, threads and forum posts."""

from __future__ import annotations

from collections.abc import Callable

from .command_rules import SLASH, check_commands
from .errors import Code, Json, Refusal
from .guild import MEMBERS
from .people import Member, User
from .permissions import Overwrite, Permission, Role
from .routing import Call, route

GLOBAL = "/applications/{application_id}/commands"
OF_GUILD = "/applications/{application_id}/guilds/{guild_id}/commands"


_APPLICATION: Json = {"icon": None, "description": "", "verify_key": "0" * 64, "flags": 0}


@route("GET", "/oauth2/applications/@me")
def application(call: Call) -> Json:
    known = {"id": str(call.world.application_id), "name": call.world.bot.name, "bot_public": True}
    return _APPLICATION | known | {"owner": call.world.owner.payload(), "bot_require_code_grant": False}


def _scope(call: Call) -> dict[int, Json]:
    """Return the commands of the scope in the path: global, or a guild's."""
    if call.id("application_id") != call.world.application_id:
        raise Refusal(Code.UNKNOWN_APPLICATION)
    if "guild_id" not in call.params:
        return call.world.commands
    guild = call.world.guilds.get(call.id("guild_id"))
    if guild is None or not guild.installed:
        raise Refusal(Code.MISSING_ACCESS, "the application is not in that guild")
    return call.world.scopes.setdefault(guild.id, {})


def _normal(call: Call, command: Json, command_id: int) -> Json:
    """Return a command as Discord keeps it, with every default filled in."""
    permissions = command.get("default_member_permissions")
    normal = {
        "type": SLASH,
        "contexts": [0, 1, 2],
        "integration_types": [0],
        "options": [],
        "description": "",
    }
    normal |= {"contexts": [0]} if command.get("dm_permission") is False else {}
    normal |= {key: value for key, value in command.items() if value is not None}
    normal |= {"id": str(command_id), "application_id": str(call.world.application_id)}
    normal |= {"version": str(call.world.clock.snowflake()), "nsfw": bool(command.get("nsfw"))}
    normal["default_member_permissions"] = None if permissions is None else str(permissions)
    if "guild_id" in call.params:
        normal |= {"guild_id": call.params["guild_id"], "contexts": [0], "integration_types": [0]}
    return normal


@route("PUT", GLOBAL, OF_GUILD)
def replace_commands(call: Call) -> list[Json]:
    scope = _scope(call)
    check_commands(call.items)
    ids = {(command["type"], command["name"]): key for key, command in scope.items()}
    scope.clear()
    for command in call.items:
        known = ids.get((command.get("type", SLASH), command["name"]))
        command_id = known or call.world.clock.snowflake()
        scope[command_id] = _normal(call, command, command_id)
    return list(scope.values())


@route("GET", "/gateway/bot")
def gateway(call: Call) -> Json:
    limit = {"total": 1000, "remaining": 1000, "reset_after": 86_400_000, "max_concurrency": 1}
    return {"url": call.world.gateway_url, "shards": call.world.shards, "session_start_limit": limit}


def _user(call: Call, user_id: int) -> User:
    if user_id not in call.world.users:
        raise Refusal(Code.UNKNOWN_USER)
    return call.world.users[user_id]


route("GET", GLOBAL, OF_GUILD)(lambda call: list(_scope(call).values()))
route("GET", "/users/@me")(lambda call: call.world.bot.payload())
route("GET", "/users/{user_id}")(lambda call: _user(call, call.id("user_id")).payload())
route("POST", "/users/@me/channels")(
    lambda call: _user(call, int(call.payload.get("recipient_id") or 0)).dm.payload()
)


_OVERWRITE = "/channels/{channel_id}/permissions/{target_id}"
_MEMBER = "/guilds/{guild_id}/members/{user_id}"


@route("PUT", _OVERWRITE)
def set_overwrite(call: Call) -> None:
    allow, deny = (Permission(int(call.payload.get(key) or 0)) for key in ("allow", "deny"))
    _replace_overwrite(call, [Overwrite(call.id("target_id"), call.payload.get("type") == 1, allow, deny)])


def _replace_overwrite(call: Call, by: list[Overwrite]) -> None:
    channel = call.channel(Permission.MANAGE_ROLES)
    others = [one for one in channel.overwrites if one.target_id != call.id("target_id")]
    channel.overwrites = others + by
    channel.tell("UPDATE")


def _member(call: Call) -> Member:
    guild, user_id = call.guild(), call.id("user_id")
    if user_id not in guild.members:
        raise Refusal(Code.UNKNOWN_MEMBER if user_id in call.world.users else Code.UNKNOWN_USER)
    return guild.members[user_id]


def _change_roles(call: Call, change: Callable[[list[Role], Role], None]) -> None:
    guild, member = call.guild(Permission.MANAGE_ROLES), _member(call)
    role = guild.roles.get(call.id("role_id"))
    if role is None:
        raise Refusal(Code.UNKNOWN_ROLE)
    if role.position >= max((mine.position for mine in guild.me.roles), default=0):
        raise Refusal(Code.MISSING_PERMISSIONS, f"@{role.name} is not below the bot's highest role")
    if role in member.roles:
        member.roles.remove(role)
    change(member.roles, role)
    guild.tell("GUILD_MEMBER_UPDATE", member.payload(), MEMBERS)


def _typing(call: Call) -> None:
    call.channel(Permission.SEND_MESSAGES)


route("POST", "/channels/{channel_id}/typing")(_typing)
route("DELETE", _OVERWRITE)(lambda call: _replace_overwrite(call, []))
route("GET", "/channels/{channel_id}")(lambda call: call.channel().payload())
route("GET", "/guilds/{guild_id}")(lambda call: call.guild().payload())
route("DELETE", "/users/@me/guilds/{guild_id}")(lambda call: call.guild().remove_bot())
route("GET", _MEMBER)(lambda call: _member(call).payload())
route("PUT", _MEMBER + "/roles/{role_id}")(lambda call: _change_roles(call, list.append))
route("DELETE", _MEMBER + "/roles/{role_id}")(lambda call: _change_roles(call, lambda roles, role: None))
