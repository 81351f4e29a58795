"""Where snapshots come from, what was held back, and how fetching went.

Revision ID: 0002
Revises: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.schema import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("snapshots", sa.Column("origin", sa.String(20), nullable=True))
    op.add_column("snapshots", sa.Column("method", sa.String(20), nullable=True))
    op.add_column("snapshots", sa.Column("headings", sa.JSON(), nullable=True))
    op.create_table(
        "quarantine",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("read_at", UtcDateTime(), nullable=False),
        sa.Column("source", sa.String(2000), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("found", sa.String(2000), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantine")),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f("fk_quarantine_board_id_boards")),
        sa.UniqueConstraint("board_id", "digest", name=op.f("uq_quarantine_board_id_digest")),
        comment="tables that the gate held back, whole; accepted is NULL until a person decides",
    )
    op.create_table(
        "fetches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("upstream", sa.String(100), nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("tried_at", UtcDateTime(), nullable=False),
        sa.Column("succeeded_at", UtcDateTime(), nullable=True),
        sa.Column("code", sa.String(40), nullable=True),
        sa.Column("found", sa.String(2000), nullable=True),
        sa.Column("address", sa.String(2000), nullable=True),
        sa.Column("etag", sa.String(300), nullable=True),
        sa.Column("modified", sa.String(100), nullable=True),
        sa.Column("through", UtcDateTime(), nullable=True),
        sa.Column("not_before", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fetches")),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f("fk_fetches_board_id_boards")),
        sa.UniqueConstraint("board_id", "upstream", "name", name=op.f("uq_fetches_board_id_upstream_name")),
        comment="the last try and the last success of each source; through is how far its history was read",
    )


def downgrade() -> None:
    op.drop_table("fetches")
    op.drop_table("quarantine")
    for column in ("headings", "method", "origin"):
        op.drop_column("snapshots", column)
