"""What a person gets to see after they did something: the answer, or that there is none."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .errors import NO_ANSWER, NO_FOLLOWUP, Broken, Json
from .interaction import Interaction, Response
from .message_rules import LABEL, TEXT
from .rules import walk

if TYPE_CHECKING:
    from .message import Message


@dataclass(frozen=True)
class Choice:
    """One suggestion of an autocompletion."""

    name: str
    value: str | int | float


@dataclass(frozen=True)
class Modal:
    """A dialogue the bot opened; hand it to `Person.submit`."""

    interaction: Interaction
    custom_id: str
    title: str
    components: list[Json]

    @property
    def inputs(self) -> dict[str, tuple[str, Json]]:
        """Its inputs with their labels, by custom_id, whether in action rows or in labels."""
        found: dict[str, tuple[str, Json]] = {}
        label = ""
        for _, part in walk({"components": self.components}):
            if part["type"] == LABEL:
                label = part["label"]
            elif "custom_id" in part:
                found[part["custom_id"]] = (part.get("label") or label, part)
        return found

    @property
    def text(self) -> str:
        """All text a person can read in it, one part a line."""
        texts = [part.get("content") or "" for part in self.components if part["type"] == TEXT]
        return "\n".join([self.title, *texts, *(label for label, _ in self.inputs.values())])


@dataclass(frozen=True, repr=False)
class Answer:
    """The application's answer to one interaction; it follows later edits and follow-ups.

    kind: how the bot answered first; None when it did not. followups: the messages that came after the first.
    broken: every rule of Discord's the bot broke while answering.
    """

    interaction: Interaction
    kind: Response | None
    followups: list[Message]
    broken: list[Broken]

    def __repr__(self) -> str:
        return f"<Answer {self.kind} message={self.interaction.original} broken={self.broken}>"

    @property
    def message(self) -> Message:
        """The message that answers, or that a component's answer changed.

        Raises AssertionError, with every broken rule, when there is none.
        """
        message = self.interaction.original
        if message is None or message.deleted:
            raise AssertionError(f"no message answers {self.interaction.data}: {self.explain()}")
        return message

    @property
    def choices(self) -> list[Choice]:
        """The suggestions of an autocompletion."""
        return [Choice(choice["name"], choice["value"]) for choice in self.interaction.choices]

    @property
    def modal(self) -> Modal:
        """The dialogue the bot opened; raises AssertionError when it did not."""
        data = self.interaction.modal
        if data is None:
            raise AssertionError(f"no modal answers {self.interaction.data}: {self.explain()}")
        return Modal(self.interaction, data["custom_id"], data["title"], data["components"])

    @property
    def latency(self) -> float:
        """Real seconds from the person's action to the first answer; infinite when there was none."""
        return self.interaction.answered - self.interaction.sent if self.kind else float("inf")

    @property
    def completed_in(self) -> float:
        """Real seconds from the person's action to the last thing shown; infinite when nothing was."""
        completed = self.interaction.completed
        return completed - self.interaction.sent if completed else float("inf")

    async def followup(self, number: int = 1, *, seconds: float = 30.0) -> Message:
        """Return the follow-up of that number, waiting for it; raises TimeoutError."""
        await self._until(lambda: len(self.followups) >= number, seconds)
        return self.followups[number - 1]

    async def edited(self, times: int = 1, *, seconds: float = 30.0) -> Message:
        """Return the message once it has been edited `times` times; raises TimeoutError."""
        await self._until(lambda: self.message.edits >= times, seconds)
        return self.message

    async def _until(self, holds: Callable[[], bool], seconds: float) -> None:
        if not await self.interaction.changed.until(holds, seconds):
            raise TimeoutError(f"it did not come within {seconds} s: {self!r}")

    def explain(self) -> str:
        """Return every broken rule, one a line."""
        return "\n".join(map(str, self.broken)) or "no rule was broken"

    def check(self) -> Answer:
        """Return this answer; raises AssertionError when a rule was broken."""
        if self.broken:
            raise AssertionError(self.explain())
        return self


async def wait_for_answer(interaction: Interaction) -> Answer:
    """Wait as a person would: three seconds for a sign of life, then for what was promised.

    Returns as soon as the person sees something; what never came is in `broken`.
    """
    patience, until = interaction.world.patience, interaction.changed.until
    left = patience.answer - (time.monotonic() - interaction.sent)
    await until(lambda: interaction.response or interaction.broken, left)
    if interaction.response is None and interaction.broken:
        left = patience.answer - (time.monotonic() - interaction.sent)
        await until(lambda: interaction.response, min(left, patience.refused))
    missing = NO_ANSWER if interaction.response is None else None
    if interaction.response and not interaction.completed:
        updates, already = interaction.response is Response.DEFERRED_UPDATE, len(interaction.broken)
        seconds = patience.update if updates else patience.deferred
        await until(lambda: interaction.completed or len(interaction.broken) > already, seconds)
        if len(interaction.broken) > already:
            await until(lambda: interaction.completed, patience.refused)
        missing = None if interaction.completed or updates else NO_FOLLOWUP
    if missing:
        interaction.broken.append(missing)
        interaction.world.journal.broken.append(missing)
    await asyncio.sleep(0)
    return Answer(interaction, interaction.response, interaction.followups, interaction.broken)
