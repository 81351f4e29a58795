"""The Discord bot: commands, answers, and the three ways in (Discord, a browser, a terminal)."""
