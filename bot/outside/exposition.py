"""Prometheus' text format: what is counted and measured, as lines that it reads.

Written here and not taken from prometheus-client, since that costs every bot 2 MB of memory and a lock at
each count; the tests read these lines with it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

TYPE = "text/plain; version=0.0.4; charset=utf-8"
MOST = 1000
"""Combinations of labels that a family keeps; what comes after is counted as `other`."""

Labels = tuple[str, ...]


class Counts:
    """A family of counters, one for each combination of the values of its labels."""

    def __init__(self, name: str, labels: Sequence[str]) -> None:
        self.name = name
        self._labels = tuple(labels)
        self._counts: dict[Labels, int] = {}

    def add(self, *labels: str) -> None:
        """Count one."""
        counts = self._counts
        if labels not in counts and len(counts) >= MOST:
            labels = ("other",) * len(labels)
        counts[labels] = counts.get(labels, 0) + 1

    def lines(self, described: str) -> Iterator[str]:
        """Give the family as text."""
        yield from head(self.name, "counter", described)
        for labels, count in list(self._counts.items()):
            yield line(self.name, zip(self._labels, labels, strict=True), count)


class Times:
    """A family of histograms of seconds with one label."""

    def __init__(self, name: str, label: str, bounds: Sequence[float]) -> None:
        self.name = name
        self._label = label
        self._bounds = tuple(bounds)
        self._buckets: dict[str, list[int]] = {}
        self._sums: dict[str, float] = {}

    def add(self, label: str, seconds: float) -> None:
        """Count a time."""
        if label not in self._buckets:
            label = label if len(self._buckets) < MOST else "other"
        buckets = self._buckets.setdefault(label, [0] * (len(self._bounds) + 1))
        buckets[bisect_left(self._bounds, seconds)] += 1
        self._sums[label] = self._sums.get(label, 0.0) + seconds

    def lines(self, described: str) -> Iterator[str]:
        """Give the family as text; each bucket counts those below it as well."""
        yield from head(self.name, "histogram", described)
        bounds = [*map(str, self._bounds), "+Inf"]
        for label, buckets in list(self._buckets.items()):
            own = (self._label, label)
            for bound, count in zip(bounds, accumulate(buckets), strict=True):
                yield line(f"{self.name}_bucket", (own, ("le", bound)), count)
            yield line(f"{self.name}_sum", (own,), self._sums[label])
            yield line(f"{self.name}_count", (own,), sum(buckets))


def gauge(name: str, described: str, label: str, values: Mapping[str, float]) -> Iterator[str]:
    """Give a family of values that are so at the moment, one for each value of its label."""
    yield from head(name, "gauge", described)
    for each, value in values.items():
        yield line(name, ((label, each),), value)


def head(name: str, kind: str, described: str) -> Iterator[str]:
    """Give what stands before a family."""
    yield f"# HELP {name} {_escape(described)}"
    yield f"# TYPE {name} {kind}"


def line(name: str, labels: Iterable[tuple[str, str]], value: float) -> str:
    """Return one sample."""
    pairs = ",".join(f'{label}="{_quote(text)}"' for label, text in labels)
    return f"{name}{{{pairs}}} {value}" if pairs else f"{name} {value}"


def _escape(text: str) -> str:
    return text.replace("\\", r"\\").replace("\n", r"\n")


def _quote(text: str) -> str:
    return _escape(text).replace('"', r"\"")
