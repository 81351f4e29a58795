"""What goes wrong around our bot, on purpose: `python -m tests.faults kill` (docs/faults.md has the table)."""
