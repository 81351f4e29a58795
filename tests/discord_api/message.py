"""Messages and their files."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .errors import Json
from .message_rules import BUTTON, COMPONENTS_V2, SELECTS, TEXT
from .permissions import Permission
from .rules import walk

if TYPE_CHECKING:
    from .channel import Channel
    from .interaction import Interaction
    from .people import User
    from .world import World

CROSSPOSTED, SUPPRESS_EMBEDS, HAS_THREAD, EPHEMERAL, LOADING, SILENT = (
    1,
    1 << 2,
    1 << 5,
    1 << 6,
    1 << 7,
    1 << 12,
)
_SETTABLE = SUPPRESS_EMBEDS | EPHEMERAL | SILENT | COMPONENTS_V2
_SHOWN = ("content", "embeds", "components")
_MENTION = re.compile(r"<@!?(\d+)>|<@&(\d+)>|@(everyone|here)")
_GUILD_MESSAGES, _DIRECT_MESSAGES = 1 << 9, 1 << 12


@dataclass(frozen=True)
class Upload:
    """A file on its way to Discord."""

    filename: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Attachment:
    """A file of a message; Discord serves it under `url`."""

    id: int
    filename: str
    data: bytes = field(repr=False)
    url: str
    description: str | None = None

    def payload(self) -> Json:
        """Return Discord's attachment object."""
        kind = mimetypes.guess_type(self.filename)[0] or "application/octet-stream"
        file = {"id": str(self.id), "filename": self.filename, "size": len(self.data), "content_type": kind}
        return file | {"url": self.url, "proxy_url": self.url, "description": self.description}


@dataclass(eq=False, repr=False)
class Message:
    """A message as people see it; it changes when it is edited, and `deleted` tells when it is gone."""

    world: World
    id: int
    channel: Channel
    author: User
    sent_at: str = ""
    flags: int = 0
    kind: int = 0
    interaction: Interaction | None = None
    reference: Message | None = None
    content: str = ""
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    allowed_mentions: Json | None = None
    nonce: str | int | None = None
    pinned_at: str | None = None
    edited_at: str | None = None
    edits: int = 0
    notified: set[str] = field(default_factory=set)
    deleted: bool = False

    def __repr__(self) -> str:
        state = "deleted " * self.deleted + "ephemeral " * self.ephemeral + "loading " * self.loading
        return f"<{state}Message of {self.author.name}: {self.text!r}>"

    @property
    def ephemeral(self) -> bool:
        """Whether only the user of the interaction sees it."""
        return bool(self.flags & EPHEMERAL)

    @property
    def loading(self) -> bool:
        """Whether it still says that the application is thinking."""
        return bool(self.flags & LOADING)

    @property
    def published(self) -> bool:
        """Whether it was published from its announcement channel."""
        return bool(self.flags & CROSSPOSTED)

    @property
    def text(self) -> str:
        """All text a person can read in it: content, embeds, text displays, labels; one part a line."""
        return "\n".join(filter(None, self._texts()))

    def _texts(self) -> Iterator[str]:
        yield self.content
        for embed in self.embeds:
            yield (embed.get("author") or {}).get("name") or ""
            yield from (embed.get("title") or "", embed.get("description") or "")
            yield from (f"{item['name']}\n{item['value']}" for item in embed.get("fields") or ())
            yield (embed.get("footer") or {}).get("text") or ""
        yield from (part.get("content") or part.get("label") or "" for part in self._parts())

    def _parts(self) -> list[Json]:
        return [part for _, part in walk({"components": self.components})]

    @property
    def buttons(self) -> list[Json]:
        """Its buttons, as Discord's component objects."""
        return [part for part in self._parts() if part.get("type") == BUTTON]

    @property
    def selects(self) -> list[Json]:
        """Its select menus, as Discord's component objects."""
        return [part for part in self._parts() if part.get("type") in SELECTS]

    @property
    def pings(self) -> set[str]:
        """Whom it means to notify, as mentions such as `<@1>`: what it mentions and allows to.

        Without allowed_mentions everything mentioned counts. Permissions do not: a forgotten
        allowed_mentions shows even where the bot may not mention everyone; see `notified`.
        """
        found: set[str] = set()
        shown = [part["content"] for part in self._parts() if part.get("type") == TEXT]
        for match in _MENTION.finditer("\n".join([self.content, *shown])):
            user, role, _ = match.groups()
            kind = "users" if user else "roles" if role else "everyone"
            allowed = {"parse": [kind]} if self.allowed_mentions is None else self.allowed_mentions
            if kind in allowed.get("parse", ()) or (user or role) in map(str, allowed.get(kind) or ()):
                found.add(f"<@{user}>" if user else match.group())
        return found

    def notify(self) -> None:
        """Notify whom of `pings` the author may, by the roles' settings and the channel's permissions."""
        may = self.channel.permissions(self.author.id) & Permission.MENTION_EVERYONE
        roles = self.channel.guild.roles.values() if self.channel.guild else ()
        known = {role.mention for role in roles}
        closed = {role.mention for role in roles if not role.mentionable} | {"@everyone", "@here"}
        gone = {ping for ping in self.pings if ping.startswith("<@&")} - known
        self.notified = self.pings - gone - (set() if may else closed)

    def shown(self) -> Json:
        """Return what an edit can change."""
        shown: Json = {key: getattr(self, key) for key in _SHOWN}
        return shown | {"attachments": [file.payload() for file in self.attachments]}

    def apply(self, payload: Json, files: list[Upload]) -> None:
        """Take over what a request sets of the message; fields it leaves out stay."""
        for key in _SHOWN:
            if key in payload:
                setattr(self, key, payload[key] or type(getattr(self, key))())
        self.allowed_mentions = payload.get("allowed_mentions", self.allowed_mentions)
        self.nonce = payload.get("nonce", self.nonce)
        self.flags |= (payload.get("flags") or 0) & _SETTABLE
        if "attachments" in payload or files:
            self._attach(payload.get("attachments"), files)
        self.embeds = [self._resolve(embed) for embed in self.embeds]

    def _attach(self, listed: list[Json] | None, files: list[Upload]) -> None:
        described = {str(item.get("id")): item.get("description") for item in listed or ()}
        kept = [file for file in self.attachments if listed is None or str(file.id) in described]
        for index, file in enumerate(files):
            kept.append(self.world.keep_file(file, self.channel.id, described.get(str(index))))
        self.attachments = kept

    def _resolve(self, embed: Json) -> Json:
        embed = {"type": "rich", **embed}
        urls = {f"attachment://{file.filename}": file.url for file in self.attachments}
        for key in ("image", "thumbnail"):
            if (url := (embed.get(key) or {}).get("url")) in urls:
                embed[key] = {**embed[key], "url": urls[url]}
        return embed

    def edit(self, payload: Json, files: list[Upload] | None = None) -> None:
        """Change it, and tell the bot; one that is loading gets what was promised, which is no edit."""
        self.apply(payload, files or [])
        if self.loading:
            self.flags &= ~LOADING
        else:
            self.edited_at = self.world.clock.iso()
            self.edits += 1
        self.tell("MESSAGE_UPDATE", self.payload())

    def delete(self) -> None:
        """Remove it, and tell the bot."""
        self.deleted = True
        self.channel.history.pop(self.id, None)
        self.tell("MESSAGE_DELETE", {"id": str(self.id), "channel_id": str(self.channel.id)})

    def tell(self, name: str, data: Json) -> None:
        """Tell the bot about this message; without the intent, the content only of what concerns it."""
        world, guild = self.world, self.channel.guild
        self.channel.changed.fire()
        unseen = guild and not self.channel.permissions(world.bot.id) & Permission.VIEW_CHANNEL
        if self.ephemeral or unseen or not self.channel.has_bot:
            return
        if guild and name == "MESSAGE_CREATE" and self.author.id in guild.members and not self.interaction:
            data = data | {"member": guild.members[self.author.id].payload(with_user=False)}
        hide = guild is not None and self.author is not world.bot and world.bot.mention not in self.pings
        world.tell(name, data, guild, _GUILD_MESSAGES if guild else _DIRECT_MESSAGES, hide=hide)

    def created_payload(self) -> Json:
        """Return what the answer to its creation and MESSAGE_CREATE say: only these have its nonce."""
        return self.payload() | ({} if self.nonce is None else {"nonce": self.nonce})

    def payload(self) -> Json:
        """Return Discord's message object, as it is read later."""
        users = [self.world.users.get(int(ping[2:-1])) for ping in self.pings if ping[2:3].isdigit()]
        payload: Json = self.shown() | {"id": str(self.id), "channel_id": str(self.channel.id)}
        payload |= {"author": self.author.payload(), "type": self.kind, "flags": self.flags, "tts": False}
        payload |= {"timestamp": self.sent_at, "edited_timestamp": self.edited_at}
        payload |= {"pinned": bool(self.pinned_at), "mentions": [user.payload() for user in users if user]}
        payload["mention_everyone"] = bool(self.notified & {"@everyone", "@here"})
        payload["mention_roles"] = [ping[3:-1] for ping in self.pings if ping.startswith("<@&")]
        if self.flags & HAS_THREAD and (thread := self.world.channels.get(self.id)):
            payload["thread"] = thread.payload()
        if self.reference:
            ids = {"message_id": str(self.reference.id), "channel_id": str(self.reference.channel.id)}
            payload["message_reference"] = {"type": 0, **ids}
            payload["referenced_message"] = None if self.reference.deleted else self.reference.payload()
        if self.interaction:
            payload["webhook_id"] = payload["application_id"] = str(self.world.application_id)
            payload["interaction_metadata"] = self.interaction.metadata()
        return payload
