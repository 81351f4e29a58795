"""The form: what is below an answer is written once, and is each time for whoever asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from bot.form import build_view
from bot.questions import RankQuestion, TopQuestion
from bot.replies.reply import Control, Controls, Menu, Option, Pages, Share, Show, Switch, Turn
from bot.view import ChoiceMenu, ShareButton, TurnButton

TOP, RANK = TopQuestion("arena-text", "arena-text:rating"), RankQuestion("qwq-32b")
CONTROLS: tuple[Control, ...] = (
    Menu(
        RANK, "m0", "Which?", (Option("QwQ-32B", "a"), Option("QwQ-32B-Preview", "b", "older", chosen=True))
    ),
    Turn(TOP, "back", True),
    Pages("1 / 3"),
    Turn(TOP, "next", False),
    Switch(TOP, "theme", "Light"),
    Share(None, "Share"),
    Show(RANK, "Rank"),
)
ALICE, BOB = 7, 2**63 - 1


def components_of(controls: Sequence[Control], owner: int) -> Iterator[dict[str, Any]]:
    view = build_view(controls, owner)
    for row in view.to_components() if view else ():
        yield from row["components"]


async def test_of_two_who_ask_the_same_each_gets_their_own_and_nothing_else_differs() -> None:
    kept = Controls(CONTROLS)
    hers, his = [*components_of(kept, ALICE)], [*components_of(kept, BOB)]

    assert [each["custom_id"].replace(f":{ALICE}:", f":{BOB}:") for each in hers] == [
        each["custom_id"] for each in his
    ]
    assert all(f":{ALICE}:" in each["custom_id"] for each in hers if not each["custom_id"].startswith("show"))
    assert [{**each, "custom_id": ""} for each in hers] == [{**each, "custom_id": ""} for each in his]
    assert hers == [*components_of(CONTROLS, ALICE)]


async def test_what_is_written_is_kept_with_the_answer() -> None:
    kept = Controls(CONTROLS)
    build_view(kept, ALICE)
    written = kept.written
    build_view(kept, BOB)

    assert written is not None
    assert kept.written is written


@pytest.mark.parametrize("kind", [TurnButton, ChoiceMenu, ShareButton])
async def test_every_component_that_is_somebodys_names_its_owner_where_it_is_read(kind: type) -> None:
    template = kind.__discord_ui_compiled_template__  # type: ignore[attr-defined]
    found = [template.fullmatch(each["custom_id"]) for each in components_of(Controls(CONTROLS), BOB)]

    assert {int(each["owner"]) for each in found if each} == {BOB}


async def test_an_answer_without_controls_has_no_components() -> None:
    assert build_view((), ALICE) is None
    assert build_view(Controls(), ALICE) is None


async def test_discord_py_keeps_nothing_of_what_was_sent() -> None:
    view = build_view(Controls(CONTROLS), ALICE)
    assert view is not None
    assert view.is_finished()
