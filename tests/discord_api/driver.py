"""People who use the bot: what a test does in the language of a user."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias, cast

from .answers import Answer, Modal, wait_for_answer
from .channel import Channel
from .command_rules import MESSAGE_MENU, SLASH, USER_MENU
from .errors import ImpossibleActionError, Json
from .interaction import Interaction, Kind
from .invocation import Options, Value, find_command
from .message import Message, Upload
from .message_rules import BUTTON, LINK, STRING_SELECT, TEXT_INPUT
from .permissions import Permission

if TYPE_CHECKING:
    from .people import Member, User

Filling: TypeAlias = "Value | Sequence[Value]"
"""What a person enters into a field of a dialogue: a text, or what is chosen from a menu."""


class Person:
    """Somebody who acts: a user, or a member of a guild.

    Every action is what Discord's application would let them do, else it raises ImpossibleActionError. It
    returns when the person sees the answer, or when Discord would have told them that there is none.
    """

    @property
    def user(self) -> User:
        """The user who acts."""
        raise NotImplementedError

    @property
    def mention(self) -> str:
        """The text that mentions the user."""
        return f"<@{self.user.id}>"

    @property
    def dm(self) -> Channel:
        """The direct-message channel between the user and the bot."""
        return self.user.world.open_dm(self.user)

    async def slash(self, channel: Channel, command: str, /, **options: Value) -> Answer:
        """Use a slash command; sub-commands are named as `"watch add"`, options by name."""
        return await wait_for_answer(self.start_slash(channel, command, **options))

    def start_slash(self, channel: Channel, command: str, /, **options: Value) -> Interaction:
        """Use a slash command without waiting; `wait_for_answer` waits."""
        return self._interact(Kind.COMMAND, channel, self._typed(channel, command, options))

    async def autocomplete(
        self, channel: Channel, command: str, option: str, typed: str, /, **others: Value
    ) -> Answer:
        """Type into an option of a slash command, and see the suggestions in `answer.choices`."""
        data = self._typed(channel, command, {**others, option: typed}, focused=option)
        return await wait_for_answer(self._interact(Kind.AUTOCOMPLETE, channel, data))

    async def context_menu(
        self, channel: Channel, command: str, target: Message | User | Member, /
    ) -> Answer:
        """Use a command of the menu of a message or a person."""
        kind = MESSAGE_MENU if isinstance(target, Message) else USER_MENU
        found = find_command(self.user, channel, command, kind)
        options = Options(self.user, channel)
        data = _data(found) | {"target_id": options.refer(target)} | options.found()
        return await wait_for_answer(self._interact(Kind.COMMAND, channel, data))

    async def click(
        self, message: Message, *, label: str | None = None, custom_id: str | None = None
    ) -> Answer:
        """Press a button, found by its label (or emoji) or custom_id; the only one needs neither."""
        found = [
            button
            for button in message.buttons
            if label in (None, button.get("label"), (button.get("emoji") or {}).get("name"))
            and custom_id in (None, button.get("custom_id"))
        ]
        button = _only(found, f"button {label or custom_id or ''}", message)
        if button["style"] >= LINK:
            raise ImpossibleActionError("that button is a link")
        return await self._use(message, button, {"component_type": BUTTON})

    async def choose(
        self, message: Message, values: Value | list[Value], *, custom_id: str | None = None
    ) -> Answer:
        """Choose from a select menu: options by label or value; users, roles and channels as objects."""
        found = [part for part in message.selects if custom_id in (None, part["custom_id"])]
        select = _only(found, f"select menu {custom_id or ''}", message)
        wanted = values if isinstance(values, list) else [values]
        options = Options(self.user, message.channel)
        chosen = _chosen(select, wanted, options)
        data = {"component_type": select["type"], "values": chosen}
        return await self._use(message, select, data | options.found())

    async def submit(self, modal: Modal, fields: Mapping[str, Filling]) -> Answer:
        """Fill in and send a dialogue; fields are named by label or custom_id, others keep their value.

        Menus are filled as with `choose`.
        """
        known = {key for custom_id, (label, _) in modal.inputs.items() for key in (custom_id, label)}
        if unknown := set(fields) - known:
            raise ImpossibleActionError(f"the dialogue has no fields {sorted(unknown)} but {sorted(known)}")
        opened = modal.interaction
        options = Options(self.user, opened.channel)
        filled = {
            custom_id: _filled(part, label, fields.get(custom_id, fields.get(label)), options)
            for custom_id, (label, part) in modal.inputs.items()
        }
        data = {"custom_id": modal.custom_id, "components": _replaced(modal.components, filled)}
        data |= options.found()
        return await wait_for_answer(self._interact(Kind.MODAL, opened.channel, data, opened.message))

    def send(
        self, channel: Channel, content: str, *files: Upload, reply_to: Message | None = None
    ) -> Message:
        """Write a message into a channel."""
        self._must_see(channel)
        kind = 19 if reply_to else 0
        return channel.post(self.user, {"content": content}, list(files), reference=reply_to, kind=kind)

    def can_see(self, message: Message) -> bool:
        """Tell whether the person sees the message: it is there and not ephemeral for somebody else."""
        mine = message.interaction is not None and message.interaction.user is self.user
        return not message.deleted and (mine or not message.ephemeral)

    async def _use(self, message: Message, component: Json, data: Json) -> Answer:
        if not self.can_see(message):
            raise ImpossibleActionError(f"{self.user.name} does not see that message")
        if component.get("disabled"):
            raise ImpossibleActionError(f"it is disabled: {component}")
        data = {**data, "custom_id": component["custom_id"], "id": component.get("id", 1)}
        return await wait_for_answer(self._interact(Kind.COMPONENT, message.channel, data, message))

    def _interact(
        self, kind: Kind, channel: Channel, data: Json, message: Message | None = None
    ) -> Interaction:
        self._must_see(channel)
        return self.user.world.interact(kind, self.user, channel, data, message)

    def _typed(
        self, channel: Channel, command: str, given: Mapping[str, Value], focused: str | None = None
    ) -> Json:
        name, *path = command.split(" ")
        found = find_command(self.user, channel, name, SLASH)
        options = Options(self.user, channel)
        built = options.build(found, path, given, focused)
        return _data(found) | {"options": built} | options.found()

    def _must_see(self, channel: Channel) -> None:
        if Permission.VIEW_CHANNEL not in channel.permissions(self.user.id):
            raise ImpossibleActionError(f"{self.user.name} does not see #{channel.name}")


def _data(command: Json) -> Json:
    return {key: command[key] for key in ("id", "name", "type", "guild_id") if key in command}


def _only(found: list[Json], what: str, message: Message) -> Json:
    if len(found) == 1:
        return found[0]
    parts = message.buttons + message.selects
    raise ImpossibleActionError(f"{len(found)} of {what.strip()!r} among {parts}")


def _chosen(select: Json, wanted: list[Value], options: Options) -> list[str]:
    least, most = select.get("min_values", 1), select.get("max_values", 1)
    least = least if select.get("required", True) or wanted else 0
    if not least <= len(wanted) <= most:
        raise ImpossibleActionError(f"between {least} and {most} values can be chosen, not {len(wanted)}")
    if select["type"] != STRING_SELECT:
        return [options.refer(value) for value in wanted]
    values = []
    for value in wanted:
        matching = [one["value"] for one in select["options"] if value in (one["value"], one["label"])]
        if len(matching) != 1:
            raise ImpossibleActionError(f"{value!r} is not one of {select['options']}")
        values += matching
    return values


def _filled(part: Json, label: str, given: Filling | None, options: Options) -> Json:
    filled: Json = {"type": part["type"], "custom_id": part["custom_id"], "id": part.get("id", 1)}
    if part["type"] != TEXT_INPUT:
        if given is None:
            given = [one["value"] for one in part.get("options", ()) if one.get("default")]
        single = isinstance(given, str) or not isinstance(given, Sequence)
        wanted = cast("list[Value]", [given] if single else list(cast("Sequence[Value]", given)))
        return filled | {"values": _chosen(part, wanted, options)}
    text = str(part.get("value") or "") if given is None else str(given)
    required = part.get("required", True)
    least, most = part.get("min_length") or int(required), part.get("max_length") or 4000
    if (text or required) and not least <= len(text) <= most:
        raise ImpossibleActionError(f"{label!r} cannot take {len(text)} characters")
    return filled | {"value": text}


def _replaced(components: list[Json], filled: Mapping[str, Json]) -> list[Json]:
    """Return the components as they are sent: inputs filled in, what holds them bare."""
    sent = []
    for part in components:
        if inner := part.get("components"):
            sent.append({"type": part["type"], "components": _replaced(inner, filled)})
        elif "component" in part:
            sent.append({"type": part["type"], "component": filled[part["component"]["custom_id"]]})
        elif part.get("custom_id") in filled:
            sent.append(filled[part["custom_id"]])
    return sent
