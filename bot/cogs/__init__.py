"""The commands, by purpose; each resolves, asks and presents, and nothing else."""

COGS = (
    *("lookup", "profile", "history", "value", "changes", "about", "alias", "asking"),
    *("subscriptions", "live", "watches", "places"),
)
EXTENSIONS = tuple(f"bot.cogs.{name}" for name in COGS)
"""The modules that discord.py loads."""
