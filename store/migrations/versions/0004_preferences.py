"""What servers and channels decided about answers.

Revision ID: 0004
Revises: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.schema import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "preferences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("server", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.BigInteger(), nullable=False),
        sa.Column("language", sa.String(20), nullable=True),
        sa.Column("board", sa.String(100), nullable=True),
        sa.Column("private", sa.Boolean(), nullable=True),
        sa.Column("zone", sa.String(64), nullable=True),
        sa.Column("changed_by", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preferences")),
        sa.UniqueConstraint("server", "channel", name=op.f("uq_preferences_server_channel")),
        comment="what servers (channel 0) and channels decided about answers; NULL is undecided",
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("preferences")
