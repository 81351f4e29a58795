"""What goes wrong around our bot, on purpose: `python -m tests.faults kill` (see docs/faults.md)."""
