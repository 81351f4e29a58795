"""Messages as a terminal shows them."""

from __future__ import annotations

from rich.console import Console

from bot.paper import draw


def test_a_list_that_goes_on_in_another_field_is_one_list() -> None:
    fields = [("New", "first"), ("\u200b", "second"), ("Gone", "third")]
    embed = {"fields": [{"name": name, "value": value} for name, value in fields]}
    console = Console(width=20, record=True, force_terminal=False)
    draw(console, {"content": "", "embeds": [embed], "components": []})

    lines = [line.strip("│╭╮╰╯─ ") for line in console.export_text().splitlines()]
    assert lines == ["", "New", "first", "second", "", "Gone", "third", ""]
