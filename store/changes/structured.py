"""Changes as JSON values, under keys that never change their meaning."""

from __future__ import annotations

from typing import Any

from store.answers import Standing
from store.changes.changeset import Changes
from store.changes.values import Entered, Lead, Left, Repriced, rank_of
from store.export import time_json
from store.values import Flag, Price


def changes_json(changes: Changes) -> dict[str, Any]:
    """Return changes as JSON values.

    `from` and `to` are the times of the two pages (null: undated). A line of a board is its `name`,
    `rank`, `score`, `low`, `high` (the interval's bounds), `votes`, `organization` and `preliminary`.

    - `leader`: null, or the lines `before` and `after`; `changed` tells whether another model leads,
      `tied` whether the two cannot be told apart, `swapped` whether that was so before as well, and `joined`
      and `left` name who shares first place.
    - `entered`, `left`: the line, with the rank `before` and `after` the top 10 was entered or left.
    - `new`, `gone`: the line; `certain` is false where a cut-off page may have hidden the model before.
    - `moved`: `name`, and the lines `before` and `after`.
    - `renamed`: the printed names `before` and `after` of a `kind`: "model", with `certain` false where only
      figures tell, or "vendor", with the number of its `models`.
    - `prices`: `name`, `currency`, and `before` and `after` with `input` and `output` per million tokens.
    - `bulk`: what happened to very many at once: its `kind` (`store.changes.values.Kind`), how many
      (`count` of `total`), by how much (`amount`), and what from (`before`) and to (`after`).
    """
    models = [
        {"kind": "model", "before": each.before.name, "after": each.standing.name, "certain": each.sure}
        for each in changes.renamed
    ]
    vendors = [
        {"kind": "vendor", "before": each.before, "after": each.after, "models": each.models}
        for each in changes.vendors
    ]
    return {
        "board": changes.newer.board.key,
        "from": time_json(changes.older.as_of),
        "to": time_json(changes.newer.as_of),
        "leader": _lead(changes.leader) if changes.leader else None,
        "entered": [_crossing(each) for each in changes.entered],
        "left": [_crossing(each) for each in changes.left],
        "new": [_line(each.standing) | {"certain": each.sure} for each in changes.new],
        "gone": [_line(each.standing) for each in changes.gone],
        "moved": [
            {"name": each.standing.name, "before": _line(each.before), "after": _line(each.standing)}
            for each in changes.moved
        ],
        "renamed": models + vendors,
        "prices": [_repriced(each) for each in changes.prices],
        "bulk": [
            {
                "kind": each.kind,
                "count": each.count,
                "total": each.total,
                "amount": each.amount,
                "before": each.before,
                "after": each.after,
            }
            for each in changes.bulk
        ],
    }


def _line(standing: Standing) -> dict[str, Any]:
    return {
        "name": standing.name,
        "rank": rank_of(standing),
        "score": standing.main.score,
        "low": standing.main.low,
        "high": standing.main.high,
        "votes": standing.main.votes,
        "organization": standing.organization,
        "preliminary": Flag.PRELIMINARY in standing.flags,
    }


def _lead(lead: Lead) -> dict[str, Any]:
    return {
        "before": _line(lead.before),
        "after": _line(lead.after),
        "changed": lead.changed,
        "tied": lead.tied,
        "swapped": lead.swapped,
        "joined": [each.name for each in lead.joined],
        "left": [each.name for each in lead.left],
    }


def _crossing(change: Entered | Left) -> dict[str, Any]:
    after = change.standing if isinstance(change, Entered) else change.after
    ranks = {
        "before": rank_of(change.before) if change.before else None,
        "after": rank_of(after) if after else None,
    }
    return _line(change.standing) | ranks


def _repriced(change: Repriced) -> dict[str, Any]:
    assert change.before.price is not None  # or it would be none
    assert change.standing.price is not None
    return {
        "name": change.standing.name,
        "currency": change.standing.price.currency,
        "before": _price(change.before.price),
        "after": _price(change.standing.price),
    }


def _price(price: Price) -> dict[str, Any]:
    return {"input": price.input, "output": price.output}
