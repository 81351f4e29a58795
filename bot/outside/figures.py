"""The figures of one bot: what it does is counted where it is done, which costs a look into a dictionary.

Labels are words of the code and keys of the catalogue; nothing that people type is one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from bot.outside.exposition import Counts, Times, gauge, head, line
from store.condition import Condition

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 5.0, 15.0)
"""Seconds; Discord waits for three."""

Say = Callable[[str], str]


class Figures:
    """Counts commands, refreshes and deliveries; used from one event loop."""

    def __init__(self) -> None:
        self._commands = Counts("bangdan_commands_total", ("command", "outcome"))
        self._times = Times("bangdan_command_seconds", "command", BOUNDS)
        self._refreshes = Counts("bangdan_refreshes_total", ("board", "outcome"))
        self._deliveries = Counts("bangdan_deliveries_total", ("kind", "outcome"))

    def note_command(self, name: str, outcome: str, seconds: float) -> None:
        """Count a command, or something like it, with what became of it and how long that took."""
        self._commands.add(name, outcome)
        self._times.add(name, seconds)

    def note_refresh(self, board: str, outcome: str) -> None:
        """Count a try to fetch a board."""
        self._refreshes.add(board, outcome)

    def note_delivery(self, kind: str, outcome: str) -> None:
        """Count a try to deliver a post."""
        self._deliveries.add(kind, outcome)

    def lines(self, say: Say) -> Iterator[str]:
        """Give what was counted, in Prometheus' format; `say` says what a key means."""
        yield from self._commands.lines(say("metrics.commands"))
        yield from self._times.lines(say("metrics.seconds"))
        yield from self._refreshes.lines(say("metrics.refreshes"))
        yield from self._deliveries.lines(say("metrics.deliveries"))


def condition_lines(condition: Condition | None, say: Say) -> Iterator[str]:
    """Give what the database tells, or that it tells nothing."""
    yield from head("bangdan_database_up", "gauge", say("metrics.database"))
    yield line("bangdan_database_up", (), int(condition is not None))
    if condition is not None:
        ages = {key: round(age) for key, age in condition.ages.items()}
        yield from gauge("bangdan_snapshot_age_seconds", say("metrics.age"), "board", ages)
        queue = {"waiting": condition.waiting, "due": condition.due, "claimed": condition.claimed}
        yield from gauge("bangdan_outbox_deliveries", say("metrics.queue"), "state", queue)


def gateway_lines(latencies: Mapping[int, float | None], say: Say) -> Iterator[str]:
    """Give how the connections to Discord are; a shard without one has no latency."""
    up = {str(shard): int(latency is not None) for shard, latency in latencies.items()}
    yield from gauge("bangdan_gateway_up", say("metrics.gateway"), "shard", up)
    known = {str(shard): latency for shard, latency in latencies.items() if latency is not None}
    yield from gauge("bangdan_gateway_latency_seconds", say("metrics.latency"), "shard", known)


def build_lines(version: str, python: str, say: Say) -> Iterator[str]:
    """Give which build it is."""
    yield from head("bangdan_build_info", "gauge", say("metrics.build"))
    yield line("bangdan_build_info", (("version", version), ("python", python)), 1)
