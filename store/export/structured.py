"""Tables as JSON: everything, under keys that never change their meaning."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from store.boards import Board
from store.values import Measure, Row, Table


def write_json(table: Table, board: Board) -> str:
    """Return a table with its source as JSON text.

    `unit` is that of `score`, `units` are those of `measures`; `intervals`, `ranks` and `votes_by` hold
    what a measure has beside its value.
    """
    units = {label: measure.unit for row in table.rows for label, measure in row.measures.items()}
    fields = {
        "board": board.key,
        "title": table.title or board.title(),
        "as_of": time_json(table.as_of),
        "coverage": str(table.coverage),
        "origin": table.origin,
        "method": table.method,
        "source": board.source,
        "license": board.license or None,
        "attribution": board.attribution,
        "score_label": table.score_label,
        "unit": table.unit,
        **({"units": units} if units else {}),
        "rows": [row_json(row) for row in table.rows],
    }
    return json.dumps(fields, ensure_ascii=False, indent=2) + "\n"


def row_json(row: Row) -> dict[str, Any]:
    """Return a row as JSON values; `low` and `high` are the interval's bounds, `price` that of output."""
    return {
        "position": row.position,
        "rank": row.rank,
        "rank_style_control": row.rank_style_control,
        "best": row.best,
        "worst": row.worst,
        "name": row.name,
        "score": row.score,
        "low": row.low,
        "high": row.high,
        "votes": row.votes,
        "organization": row.organization,
        "license": row.license,
        "cutoff": row.cutoff,
        "url": row.url,
        "price": row.price.output if row.price else None,
        "price_input": row.price.input if row.price else None,
        "currency": row.price.currency if row.price else None,
        "size": row.size,
        "context": row.context,
        **_measures_json(row.measures),
        "extras": dict(row.extras),
        "flags": sorted(row.flags),
    }


def _measures_json(measures: Mapping[str, Measure]) -> dict[str, Any]:
    ranks = {label: measure.rank for label, measure in measures.items() if measure.rank is not None}
    votes = {label: measure.votes for label, measure in measures.items() if measure.votes is not None}
    return {
        "measures": {label: measure.value for label, measure in measures.items()},
        "intervals": {
            label: [measure.low, measure.high]
            for label, measure in measures.items()
            if measure.low is not None or measure.high is not None
        },
        **({"ranks": ranks} if ranks else {}),
        **({"votes_by": votes} if votes else {}),
    }


def time_json(moment: datetime | None) -> str | None:
    """Return a time in UTC as ISO 8601, and a day alone where midnight stands for it."""
    if moment is None:
        return None
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment.timestamp() % 86400 else f"{moment:%Y-%m-%d}"
