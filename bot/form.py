"""The form: the controls of an answer as Discord's components, written once and then addressed to each owner.

An answer that is kept is asked for by many; all that differs between them is whose its controls are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from discord.ui import DynamicItem, View

from bot.replies.layout import arrange
from bot.replies.reply import Control, Controls, Menu, Pages, Share, Show, Switch, Turn
from bot.show import ShowButton
from bot.view import AS_IT_IS, ChoiceMenu, ShareButton, TurnButton
from bot.writing import write

Row = dict[str, Any]
"""A row of components as Discord has it."""

NOBODY = 0
"""The owner of what is written, until it is addressed."""
OWNED = ("turn", "pick", "share")
"""How the identifiers of components begin that name their owner next."""
ANYWHERE = "0" * 24
"""The nonce of buttons that answer questions, below what is no post."""


class Form(View):
    """Components that were written before; what outlives a restart answers whoever uses them."""

    def __init__(self, rows: list[Row]) -> None:
        super().__init__(timeout=None)
        self._rows = rows
        self.stop()  # discord.py has nothing to wait for

    def to_components(self) -> list[Row]:
        """Return the rows."""
        return self._rows


def build_view(controls: Sequence[Control], owner: int) -> View | None:
    """Return the components of an answer that fit, or None when it has none."""
    if not controls:
        return None
    if not isinstance(controls, Controls):
        return Form(_address(_write(controls), owner))
    if controls.written is None:
        controls.written = _write(controls)
    return Form(_address(controls.written, owner))


def _write(controls: Sequence[Control]) -> list[Row]:
    view = View(timeout=None)
    for control in arrange(controls):
        view.add_item(make_item(control, NOBODY))
    return view.to_components()


def _address(rows: Sequence[Row], owner: int) -> list[Row]:
    return [{**row, "components": [_addressed(each, owner) for each in row["components"]]} for row in rows]


def _addressed(component: Row, owner: int) -> Row:
    kind, _, rest = component["custom_id"].split(":", 2)
    return {**component, "custom_id": f"{kind}:{owner}:{rest}"} if kind in OWNED else component


def make_item(control: Control, owner: int) -> DynamicItem[Any]:
    """Return what discord.py has for a control."""
    match control:
        case Turn(question, role, disabled):
            return TurnButton.make(owner, role, write(question), None, disabled)
        case Switch(question, role, label):
            return TurnButton.make(owner, role, write(question), label, False)
        case Show():
            return ShowButton.make(ANYWHERE, control)
        case Share(question, label):
            return ShareButton.make(owner, write(question) if question else AS_IT_IS, label)
        case Pages(text):
            return TurnButton.make(owner, "at", "-", text, True)
        case Menu():
            return ChoiceMenu.make(owner, control)
