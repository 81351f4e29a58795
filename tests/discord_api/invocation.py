"""Turning "/rank model:qwq" into an interaction's data, as Discord's own application would."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

from . import command_rules as kinds
from .channel import Channel
from .errors import ImpossibleActionError, Json
from .message import Message, Upload
from .permissions import Permission, Role

if TYPE_CHECKING:
    from .people import Member, User

Value: TypeAlias = "str | int | float | bool | User | Member | Role | Channel | Upload"
LONGEST_TEXT = 6000
"""Characters Discord's application lets a person type into a text option."""
_SIMPLE: dict[int, type | tuple[type, ...]] = {
    kinds.STRING: str,
    kinds.INTEGER: int,
    kinds.BOOLEAN: bool,
    kinds.NUMBER: (int, float),
}


def find_command(user: User, channel: Channel, name: str, kind: int = kinds.SLASH) -> Json:
    """Return the registered command a person can see in a place, by its name in their language or its own.

    Raises ImpossibleActionError when there is none, or the person may not use it there.
    """
    here = user.world.commands_in(channel)
    found = [one for one in here if one["type"] == kind and name in names_of(one, user.locale)]
    obstacle = ""
    for command in found:
        if not (obstacle := _obstacle(user, channel, command)):
            return command
    if obstacle:
        raise ImpossibleActionError(f"{user.name} cannot use {name!r} here: {obstacle}")
    known = [command["name"] for command in here]
    raise ImpossibleActionError(f"no command {name!r} is registered; registered are {known}")


def names_of(part: Json, locale: str) -> set[str]:
    """Return the names a command or option has for a person of that locale."""
    return {part["name"], (part.get("name_localizations") or {}).get(locale, part["name"])}


def _obstacle(user: User, channel: Channel, command: Json) -> str:
    guild, installs = channel.guild, command["integration_types"]
    if channel.context not in command["contexts"]:
        return f"its contexts are {command['contexts']}"
    if not (channel.has_bot and 0 in installs) and not (user.installed and 1 in installs):
        return f"it is not installed for them (integration_types {installs})"
    permissions = channel.permissions(user.id)
    wanted = Permission(int(command["default_member_permissions"] or 0))
    if guild and not permissions & Permission.USE_APPLICATION_COMMANDS:
        return "they lack Use Application Commands"
    if guild and permissions & wanted != wanted:
        return f"it needs permissions {int(wanted)}"
    return ""


class Options:
    """Builds an invocation's options and the `resolved` objects they refer to."""

    def __init__(self, user: User, channel: Channel) -> None:
        self.user = user
        self.channel = channel
        self.resolved: Json = {}

    def build(
        self, command: Json, path: list[str], given: Mapping[str, Value], focused: str | None = None
    ) -> list[Json]:
        """Return the options of a command; `path` leads to a sub-command, `focused` is being typed.

        Raises ImpossibleActionError for what the application would not let a person enter.
        """
        if path:
            part = self._option(command, path[0])
            inner = self.build(part, path[1:], given, focused)
            return [{"name": part["name"], "type": part["type"], "options": inner}]
        known = command.get("options") or ()
        if any(option["type"] in (kinds.SUB_COMMAND, kinds.SUB_COMMAND_GROUP) for option in known):
            raise ImpossibleActionError(f"{command['name']!r} has sub-commands; name one of them")
        built = []
        for name, value in given.items():
            option = self._option(command, name)
            entry: Json = {"name": option["name"], "type": option["type"]}
            if focused in names_of(option, self.user.locale):
                entry |= {"value": str(value), "focused": True}
            elif focused:
                entry["value"] = value if isinstance(value, str | int | float) else self.refer(value)
            else:
                entry["value"] = self._value(option, value)
            built.append(entry)
        missing = {o["name"] for o in known if o.get("required")} - {entry["name"] for entry in built}
        if missing and focused is None:
            raise ImpossibleActionError(f"required options are missing: {sorted(missing)}")
        return built

    def _option(self, holder: Json, name: str) -> Json:
        for option in holder.get("options") or ():
            if name in names_of(option, self.user.locale):
                found: Json = option
                return found
        raise ImpossibleActionError(f"{holder['name']!r} has no option or sub-command {name!r}")

    def _value(self, option: Json, value: Value) -> str | int | float | bool:
        kind, name = option["type"], option["name"]
        if choices := option.get("choices"):
            for choice in choices:
                if value in (choice["value"], *names_of(choice, self.user.locale)):
                    chosen: str | int | float = choice["value"]
                    return chosen
            raise ImpossibleActionError(f"{name!r} has no choice {value!r}")
        if kind not in _SIMPLE:
            return self.refer(value)
        if not isinstance(value, _SIMPLE[kind]) or (isinstance(value, bool) and kind != kinds.BOOLEAN):
            raise ImpossibleActionError(f"{name!r} cannot take {value!r}")
        assert isinstance(value, str | int | float)
        size = len(value) if isinstance(value, str) else value
        least = option.get("min_length", option.get("min_value"))
        most = option.get("max_length", option.get("max_value"))
        most = LONGEST_TEXT if most is None and kind == kinds.STRING else most
        if (least is not None and size < least) or (most is not None and size > most):
            raise ImpossibleActionError(f"{name!r} must be between {least} and {most}, not {size}")
        return value

    def found(self) -> Json:
        """Return the `resolved` part of the interaction's data, if there is one."""
        return {"resolved": self.resolved} if self.resolved else {}

    def refer(self, value: Value | Message) -> str:
        """Return the id of a user, role, channel, message or file, and add it to the resolved objects."""
        if isinstance(value, str | int | float):
            raise ImpossibleActionError(f"{value!r} is not a user, role, channel or file")
        if isinstance(value, Upload):
            file = self.user.world.keep_file(value, self.channel.id)
            return self._add("attachments", file.id, file.payload())
        if isinstance(value, Role | Message):
            return self._add(type(value).__name__.lower() + "s", value.id, value.payload())
        if isinstance(value, Channel):
            permissions = {"permissions": str(int(value.permissions(self.user.id)))}
            return self._add("channels", value.id, value.payload() | permissions)
        guild = self.channel.guild
        if guild and (member := guild.members.get(value.id)):
            permissions = {"permissions": str(int(self.channel.permissions(value.id)))}
            self._add("members", value.id, member.payload(with_user=False) | permissions)
        return self._add("users", value.id, value.user.payload())

    def _add(self, kind: str, key: int, payload: Json) -> str:
        self.resolved.setdefault(kind, {})[str(key)] = payload
        return str(key)
