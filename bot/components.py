"""The components that outlive a restart: buttons and menus that hold what they do."""

from __future__ import annotations

from bot.panel import PanelButton, PanelMenu
from bot.show import ShowButton
from bot.view import ChoiceMenu, ShareButton, TurnButton

COMPONENTS = (TurnButton, ChoiceMenu, ShareButton, ShowButton, PanelButton, PanelMenu)


def is_known(custom_id: str) -> bool:
    """Return whether a component is answered by this version of the bot."""
    return any(each.__discord_ui_compiled_template__.fullmatch(custom_id) for each in COMPONENTS)
