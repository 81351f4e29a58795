"""Which controls a message has: Discord has five rows, of five buttons or one menu each."""

from __future__ import annotations

from collections.abc import Sequence

from bot.replies.reply import Control, Menu, Pages, Share, Show, Switch, Turn

ROWS = 5
WIDTH = 5
_ENDS = ("first", "last")
_NEEDED = (Share, Show, Switch)
"""Buttons beside the pager, the most needed first."""


def arrange(controls: Sequence[Control]) -> tuple[Control, ...]:
    """Return the controls that fit, from top to bottom.

    First the menus of ambiguous names, then the pager, the other buttons in one row, and as many of the
    menus that refine as there are rows left. Where rows are short, the pager gives its ends up for the
    other buttons.
    """
    menus: list[Menu] = [each for each in controls if isinstance(each, Menu)]
    pager = [each for each in controls if isinstance(each, (Turn, Pages))]
    buttons: list[Control] = [each for each in controls if isinstance(each, _NEEDED)]
    choosers = [each for each in menus if _is_chooser(each)][: ROWS - bool(pager or buttons)]
    if pager and buttons and len(choosers) + 2 > ROWS:
        pager = [each for each in pager if not (isinstance(each, Turn) and each.role in _ENDS)]
        buttons = _most_needed(buttons, WIDTH - len(pager))
        taken = len(choosers) + 1
    else:
        buttons = _most_needed(buttons, WIDTH)
        taken = len(choosers) + bool(pager) + bool(buttons)
    refining = [each for each in menus if not _is_chooser(each)]
    return (*choosers, *pager, *buttons, *refining[: ROWS - taken])


def _is_chooser(menu: Menu) -> bool:
    return menu.slot[1:].isdecimal()


def _most_needed(buttons: Sequence[Control], most: int) -> list[Control]:
    """Return at most so many of the buttons, in their order."""
    by_need = sorted(buttons, key=lambda each: _NEEDED.index(type(each)))
    kept = by_need[:most]
    return [each for each in buttons if each in kept]
