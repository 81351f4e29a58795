"""Rows of the outbox: what is planned, each slot once."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, delete, insert, select, tuple_, update

from store.news.tables import deliveries
from store.outbox.values import Kind, State

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Slot:
    """A delivery to be planned; `subject` is the id of what was asked for, or of the person."""

    kind: Kind
    subject: int
    name: str
    due: datetime
    expires: datetime
    content: Any = None


def plan(connection: Connection, slots: Iterable[Slot]) -> None:
    """Plan deliveries; a slot that was planned before, whatever became of it, stays as it is."""
    wanted = list(slots)
    for begin in range(0, len(wanted), CHUNK):
        some = wanted[begin : begin + CHUNK]
        key = tuple_(deliveries.c.kind, deliveries.c.subject, deliveries.c.slot)
        these = key.in_([(each.kind, each.subject, each.name) for each in some])
        known = {
            (row.kind, row.subject, row.slot)
            for row in connection.execute(
                select(deliveries.c.kind, deliveries.c.subject, deliveries.c.slot).where(these)
            )
        }
        rows = [_row(each) for each in some if (each.kind, each.subject, each.name) not in known]
        if rows:
            connection.execute(insert(deliveries), rows)


def _row(slot: Slot) -> dict[str, Any]:
    return {
        "kind": slot.kind,
        "subject": slot.subject,
        "slot": slot.name,
        "nonce": secrets.token_hex(12),  # Discord takes 25 characters
        "due": slot.due,
        "expires": slot.expires,
        "state": State.PLANNED,
        "content": slot.content,
        "tries": 0,
    }


def any_slot(now: datetime) -> str:
    """Return the name of a slot that no schedule gives, and no other has."""
    return f"{now.isoformat()} {secrets.token_hex(4)}"


def planned_subjects(connection: Connection, kind: Kind, among: Collection[int]) -> set[int]:
    """Return those, all of `among` included, for whom one of this kind is planned and was never tried.

    Nobody claims these until the transaction ends: whoever does then reads what it has stored.
    """
    query = select(deliveries.c.subject).where(*_open(kind)).with_for_update()
    if len(among) <= CHUNK:  # of more, it is quicker to ask for all
        query = query.where(deliveries.c.subject.in_(among))
    return set(connection.scalars(query))


def add_steps(connection: Connection, kind: Kind, steps: Mapping[int, Any]) -> set[int]:
    """Add a step to what is planned and was never tried, by subject, and return whose that was."""
    query = select(deliveries.c.id, deliveries.c.subject, deliveries.c.content).where(*_open(kind))
    if len(steps) <= CHUNK:
        query = query.where(deliveries.c.subject.in_(steps))
    rows = [row for row in connection.execute(query.with_for_update()) if row.subject in steps]
    if rows:
        keep = update(deliveries).where(deliveries.c.id == bindparam("this")).values(content=bindparam("has"))
        more = [(row.id, [*row.content["steps"], steps[row.subject]]) for row in rows]
        connection.execute(keep, [{"this": this, "has": {"steps": each}} for this, each in more])
    return {row.subject for row in rows}


def _open(kind: Kind) -> tuple[ColumnElement[bool], ...]:
    return (deliveries.c.kind == kind, deliveries.c.state == State.PLANNED, deliveries.c.tries == 0)


def forget_planned(connection: Connection, kind: Kind, subject: int) -> None:
    """Take back what is planned and was never tried."""
    connection.execute(delete(deliveries).where(*_open(kind), deliveries.c.subject == subject))
