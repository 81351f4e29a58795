"""How Discord says no, and the journal of everything a bot asked for and every rule it broke."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, NamedTuple, TypeAlias

Json: TypeAlias = dict[str, Any]

DOCS = "https://discord.com/developers/docs/"
ERROR_CODES = DOCS + "topics/opcodes-and-status-codes#json-json-error-codes"
RECEIVING = DOCS + "interactions/receiving-and-responding"


class Code(IntEnum):
    """Discord's JSON error codes, as far as this server gives them, with HTTP status and message."""

    status: int
    text: str

    def __new__(cls, value: int, status: int, text: str) -> Code:
        code = int.__new__(cls, value)
        code._value_, code.status, code.text = value, status, text
        return code

    UNAUTHORIZED = 0, 401, "401: Unauthorized"
    UNKNOWN_APPLICATION = 10002, 404, "Unknown Application"
    UNKNOWN_CHANNEL = 10003, 404, "Unknown Channel"
    UNKNOWN_GUILD = 10004, 404, "Unknown Guild"
    UNKNOWN_MEMBER = 10007, 404, "Unknown Member"
    UNKNOWN_MESSAGE = 10008, 404, "Unknown Message"
    UNKNOWN_ROLE = 10011, 404, "Unknown Role"
    UNKNOWN_USER = 10013, 404, "Unknown User"
    UNKNOWN_WEBHOOK = 10015, 404, "Unknown Webhook"
    UNKNOWN_INTERACTION = 10062, 404, "Unknown interaction"
    TOO_MANY_PINS = 30003, 400, "Maximum number of pins reached for the channel (250)"
    TOO_MANY_COMMANDS = 30032, 400, "Maximum number of application commands reached (100)."
    FILE_TOO_LARGE = 40005, 413, "Request entity too large"
    ALREADY_CROSSPOSTED = 40033, 400, "This message has already been crossposted."
    ALREADY_ACKNOWLEDGED = 40060, 400, "Interaction has already been acknowledged."
    TOO_MANY_FOLLOWUPS = 40094, 400, "This interaction has reached the maximum number of follow up messages"
    MISSING_ACCESS = 50001, 403, "Missing Access"
    OTHERS_MESSAGE = 50005, 403, "Cannot edit a message authored by another user"
    EMPTY_MESSAGE = 50006, 400, "Cannot send an empty message"
    CANNOT_SEND_TO_USER = 50007, 403, "Cannot send messages to this user"
    NOT_A_TEXT_CHANNEL = 50008, 400, "Cannot send messages in a non-text channel"
    MISSING_PERMISSIONS = 50013, 403, "Missing Permissions"
    WRONG_CHANNEL_TYPE = 50024, 400, "Cannot execute action on this channel type"
    INVALID_WEBHOOK_TOKEN = 50027, 401, "Invalid Webhook Token"
    TAG_REQUIRED = 40067, 400, "A tag is required to create a forum post in this channel"
    THREAD_ARCHIVED = 50083, 400, "Thread is archived"
    NO_MUTUAL_GUILDS = 50278, 403, "Cannot send messages to this user due to having no mutual guilds"
    INVALID_FORM_BODY = 50035, 400, "Invalid Form Body"
    INVALID_JSON = 50109, 400, "The request body contains invalid JSON."
    THREAD_EXISTS = 160004, 400, "A thread has already been created for this message"
    THREAD_LOCKED = 160005, 403, "Thread is locked"


class Problem(NamedTuple):
    """One wrong field, such as `data.embeds.0.title`, with what Discord prints under its `_errors`."""

    path: str
    code: str
    message: str
    doc: str


@dataclass(frozen=True)
class Broken:
    """One rule a bot broke: Discord's code, the field, our explanation, the documentation, the request."""

    code: int
    message: str
    path: str = ""
    doc: str = ""
    request: str = ""

    def __str__(self) -> str:
        place = f" in {self.path}" if self.path else ""
        return f"{self.code}{place}: {self.message} ({self.request}; {self.doc})"


NO_ANSWER = Broken(
    10062, "The application did not respond within 3 seconds", doc=RECEIVING + "#responding-to-an-interaction"
)
NO_FOLLOWUP = Broken(
    10062,
    "The application deferred its answer and left the person waiting",
    doc=RECEIVING + "#followup-messages",
)


class Refusal(Exception):
    """Discord refuses a request.

    `problems` are the wrong fields of a form; `doc` is the place of Discord's documentation that names the
    rule; `why` is in our own words, for a test's log.
    """

    def __init__(
        self, code: Code, why: str = "", *, doc: str = ERROR_CODES, problems: Sequence[Problem] = ()
    ) -> None:
        self.code, self.why, self.doc, self.problems = code, why, doc, problems
        super().__init__(f"{code.status} {int(code)} {code.text} {why}".strip())

    def body(self) -> Json:
        """Return the JSON body, in the shape discord.py reads field errors from."""
        body: Json = {"message": self.code.text, "code": int(self.code)}
        for problem in self.problems:
            place = body.setdefault("errors", {})
            for key in filter(None, problem.path.split(".")):
                place = place.setdefault(key, {})
            place.setdefault("_errors", []).append({"code": problem.code, "message": problem.message})
        return body

    def broken(self, request: str) -> list[Broken]:
        """Return the rules the request broke: one for each wrong field, else the one of the code."""
        if self.problems:
            return [Broken(self.code, p.message, p.path, p.doc, request) for p in self.problems]
        said = f"{self.code.text} ({self.why})" if self.why else self.code.text
        return [Broken(self.code, said, "", self.doc, request)]


def refuse(problems: Sequence[Problem]) -> None:
    """Raise Discord's 50035 when there are problems."""
    if problems:
        raise Refusal(Code.INVALID_FORM_BODY, problems=problems)


class NotModelledError(Exception):
    """The client used a part of Discord this server does not have; the test fails at its end."""


class ImpossibleActionError(Exception):
    """Discord's own application would not let the person do this: no such button, an option left out."""


@dataclass(frozen=True)
class Request:
    """One request as the server saw it; `route` is the template, `payload` the JSON sent."""

    method: str
    path: str
    route: str
    payload: Json
    status: int
    at: float


@dataclass
class Journal:
    """Everything the server saw; `mistakes` are uses of what Discord, or this server, does not have."""

    requests: list[Request] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)

    def of(self, method: str, route: str) -> list[Request]:
        """Return the requests of one route, given as a template such as `/channels/{channel_id}/messages`."""
        return [request for request in self.requests if (request.method, request.route) == (method, route)]
