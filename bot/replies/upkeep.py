"""What `/boards` says of a board's sources: when one answered, what failed, what was held back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.replies.marks import code, safe
from bot.texts import Language
from store.fetches import Fetch
from store.quarantine import Held


@dataclass(frozen=True, slots=True)
class Upkeep:
    """How fetching went last, and what awaits a decision."""

    fetches: Sequence[Fetch] = ()
    held: Sequence[Held] = ()

    def of(self, board: str, language: Language) -> list[str]:
        """Return what there is to say of a board, a line each."""
        own = [each for each in self.fetches if each.board == board]
        held = [each for each in self.held if each.board == board]
        succeeded = [each.succeeded_at for each in own if each.succeeded_at is not None]
        checked = [language.say("boards.checked", when=language.moment(max(succeeded)))] if succeeded else []
        failing = [_failure(each, language) for each in own if each.code is not None]
        untried = [language.say("boards.untried")] if failing and not succeeded else []
        return [*checked, *untried, *failing, *(_holding(each, language) for each in held)]


def _failure(fetch: Fetch, language: Language) -> str:
    return language.say(
        "boards.failing",
        source=code(f"{fetch.live.upstream} {fetch.live.name}", 60),
        when=language.moment(fetch.tried_at),
        reason=_reason(fetch.code or "", fetch.found, language),
    )


def _holding(held: Held, language: Language) -> str:
    return language.say(
        "boards.held",
        number=held.id,
        day=language.moment(held.as_of) if held.as_of else language.say("board.undated"),
        rows=language.count("ingest.rows", held.rows),
        reason=_reason(f"problem.{held.code}", held.found, language),
    )


def _reason(key: str, found: str | None, language: Language) -> str:
    said = language.say(key).rstrip(".。")
    return f"{said} ({safe(found, 80)})" if found else said
