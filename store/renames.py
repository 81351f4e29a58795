"""Renames: a name that left a board while another came with nearly the same rating and votes.

They are only proposed. A person decides, since two models can resemble each other; once accepted, the
newer name is one of the older name's model.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, and_, insert, select, update

from store.database import writing
from store.edition import publish
from store.lines import SAME_ENTRY
from store.news.tables import watches
from store.schema import aliases, boards, entries, names, renames, snapshots, standings

SCORE_DRIFT = 3.0
"""Rating points by which a renamed model may have moved between two pages."""
VOTES_DRIFT = 0.03
"""Share of its votes that a renamed model may have gained or lost between two pages."""


@dataclass(frozen=True, slots=True)
class Line:
    """What two pages of a board are compared by: a model under a name, its rating and votes."""

    model: int
    name: int
    score: float
    votes: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """A rename that awaits a decision."""

    id: int
    board: str
    older: str
    newer: str
    older_score: float
    newer_score: float
    older_votes: int
    newer_votes: int


def pair_renames(older: Sequence[Line], newer: Sequence[Line]) -> list[tuple[Line, Line]]:
    """Return the pairs of a line that only `older` has and one that only `newer` has, alike in figures.

    A line that is like several others is left out: then nothing tells which of them it became.
    """
    stayed = {line.model for line in older} & {line.model for line in newer}
    gone = [line for line in older if line.model not in stayed]
    came = [line for line in newer if line.model not in stayed]
    alike = [(old, new) for old in gone for new in came if are_alike(old, new)]
    return [
        (old, new)
        for old, new in alike
        if sum(other is old for other, _ in alike) == 1 and sum(other is new for _, other in alike) == 1
    ]


def are_alike(old: Line, new: Line) -> bool:
    """Tell whether rating and votes of two lines are near enough for one model."""
    near = abs(old.votes - new.votes) <= VOTES_DRIFT * max(old.votes, new.votes)
    return near and abs(old.score - new.score) <= SCORE_DRIFT


def note_renames(connection: Connection, board_id: int, older: int, newer: int) -> None:
    """Propose the renames between two snapshots of a board that are not known yet."""
    for old, new in pair_renames(_lines(connection, older), _lines(connection, newer)):
        known = select(renames.c.id).where(renames.c.older_id == old.name, renames.c.newer_id == new.name)
        if connection.scalar(known) is None:
            connection.execute(
                insert(renames).values(
                    board_id=board_id,
                    older_id=old.name,
                    newer_id=new.name,
                    older_score=old.score,
                    newer_score=new.score,
                    older_votes=old.votes,
                    newer_votes=new.votes,
                )
            )


class Renames:
    """The renames that await a person's decision; safe to use from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def proposals(self) -> tuple[Proposal, ...]:
        """Return those that are open."""
        with self._engine.connect() as connection:
            return open_proposals(connection)

    def decide(self, proposals: Iterable[int], *, accept: bool) -> list[int]:
        """Accept or reject some by their ids, and return those that were open."""
        with writing(self._engine) as connection:
            return decide(connection, proposals, accept=accept)


def open_proposals(connection: Connection) -> tuple[Proposal, ...]:
    """Return the renames that nobody has decided yet, the first proposed first."""
    older, newer = names.alias("older"), names.alias("newer")
    rows = connection.execute(
        select(
            renames.c.id,
            boards.c.key.label("board"),
            older.c.text.label("older"),
            newer.c.text.label("newer"),
            renames.c.older_score,
            renames.c.newer_score,
            renames.c.older_votes,
            renames.c.newer_votes,
        )
        .join_from(renames, boards)
        .join(older, older.c.id == renames.c.older_id)
        .join(newer, newer.c.id == renames.c.newer_id)
        .where(renames.c.accepted.is_(None), older.c.model_id != newer.c.model_id)
        .order_by(renames.c.id)
    )
    return tuple(Proposal(**row._mapping) for row in rows)


def decide(connection: Connection, proposals: Iterable[int], *, accept: bool) -> list[int]:
    """Decide open proposals by their ids, and return the ids that were decided.

    An accepted rename gives the newer name to the older name's model.
    """
    decided = []
    for number in proposals:
        undecided = and_(renames.c.id == number, renames.c.accepted.is_(None))
        found = connection.execute(select(renames.c.older_id, renames.c.newer_id).where(undecided)).first()
        if found is None:
            continue
        connection.execute(update(renames).where(renames.c.id == number).values(accepted=accept))
        if accept:
            _merge(connection, found.older_id, found.newer_id)
        decided.append(number)
    if decided:
        publish(connection)
    return decided


def _merge(connection: Connection, older: int, newer: int) -> None:
    """Give a name to another one's model, with all that people said and asked of the one it was."""
    model = connection.scalar(select(names.c.model_id).where(names.c.id == older))
    was = connection.scalar(select(names.c.model_id).where(names.c.id == newer))
    connection.execute(update(names).where(names.c.id == newer).values(model_id=model))
    if connection.scalar(select(names.c.id).where(names.c.model_id == was).limit(1)) is None:
        for table in (aliases, watches):
            connection.execute(update(table).where(table.c.model_id == was).values(model_id=model))


def _lines(connection: Connection, snapshot: int) -> list[Line]:
    rows = connection.execute(
        select(names.c.model_id, entries.c.name_id, standings.c.score, standings.c.votes)
        .join_from(entries, names)
        .join(standings, SAME_ENTRY)
        .join(snapshots, snapshots.c.id == entries.c.snapshot_id)
        .where(
            entries.c.snapshot_id == snapshot,
            standings.c.dimension_id == snapshots.c.dimension_id,
            standings.c.score.is_not(None),
            standings.c.votes.is_not(None),
            snapshots.c.top.is_(None),
        )
    )
    return [Line(*row) for row in rows]
