"""Pages to compare: small ones made up line by line, and real ones of the Arena's text board."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import seeds
from store.answers import Score, Snapshot, Standing
from store.boards import Catalogue
from store.catalogue import read_catalogue
from store.changes import Page
from store.names import Identities
from store.values import Coverage, Flag, Price

FOLDER = Path(__file__).parent / "cases" / "history"
DAYS = sorted(file.stem for file in FOLDER.glob("*.tsv"))
FIRST = datetime(2026, 1, 1, tzinfo=UTC)

Cost = tuple[float, float] | Price | None
"""A price, or dollars of tokens in and out."""

_ids = count(1)


@cache
def catalogue() -> Catalogue:
    return read_catalogue(seeds.FOLDER)


@cache
def identities() -> Identities:
    return Identities.read(seeds.FOLDER)


def make_snapshot(day: int = 0, top: int | None = None, board: str = "arena-text", **more: Any) -> Snapshot:
    known = catalogue().board(board)
    at = FIRST + timedelta(days=day)
    score = catalogue().dimensions[known.score]
    return replace(Snapshot(next(_ids), known, score, at, at, Coverage(top), 0, "test"), **more)


def make_line(
    name: str,
    score: float | None,
    rank: int | None = None,
    spread: float | None = 5,
    votes: int | None = 10_000,
    price: Cost = None,
    **more: Any,
) -> Standing:
    """Return a standing; its snapshot is put in by `make_page`."""
    low = high = None
    if score is not None and spread is not None:
        low, high = score - spread, score + spread
    main = Score(make_snapshot().score, score, low, high, votes, rank)
    cost = Price(price[1], "USD", price[0]) if isinstance(price, tuple) else price
    model = identities().identify(name).key
    return Standing(make_snapshot(), name, model, main, price=cost, **more)


def make_page(*lines: Standing, day: int = 0, top: int | None = None, **more: Any) -> Page:
    """Return a page of lines; those without a rank are numbered by their score."""
    snapshot = make_snapshot(day, top, **more)
    placed = []
    for line in lines:
        better = sum((each.main.score or 0) > (line.main.score or 0) for each in lines)
        main = replace(line.main, place=better + 1, dimension=snapshot.score)
        placed.append(replace(line, snapshot=snapshot, main=main))
    return Page.of(snapshot, placed)


@cache
def real_page(day: str) -> Page:
    """Return a real page of the text board, such as that of `20260708`."""
    head, *rows = (FOLDER / f"{day}.tsv").read_text("utf-8").splitlines()
    top = 30 if "top 30" in head else None
    snapshot = make_snapshot(top=top, as_of=datetime.strptime(day, "%Y%m%d").replace(tzinfo=UTC))
    return Page.of(snapshot, [_standing(row, snapshot) for row in csv.DictReader(rows, delimiter="\t")])


def _standing(row: dict[str, str], snapshot: Snapshot) -> Standing:
    def number(key: str) -> float | None:
        return float(row[key]) if row[key] else None

    score = number("score")
    main = Score(snapshot.score, score, number("low"), number("high"), int(row["votes"]), int(row["rank"]))
    output = number("output")
    return Standing(
        snapshot,
        row["name"],
        identities().identify(row["name"]).key,
        main,
        organization=row["organization"] or None,
        price=None if output is None else Price(output, "USD", number("input")),
        flags=frozenset(map(Flag, row["flags"].split())),
    )
