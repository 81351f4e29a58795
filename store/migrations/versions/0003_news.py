"""What people asked to be told, and what was delivered.

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.schema import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("server", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("everything", sa.Boolean(), nullable=False),
        sa.Column("rhythm", sa.String(10), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("top", sa.Integer(), nullable=True),
        sa.Column("vendors", sa.JSON(), nullable=False),
        sa.Column("open_only", sa.Boolean(), nullable=False),
        sa.Column("importance", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(20), nullable=False),
        sa.Column("role", sa.BigInteger(), nullable=True),
        sa.Column("thread", sa.Boolean(), nullable=False),
        sa.Column("publish", sa.Boolean(), nullable=False),
        sa.Column("quiet", sa.Boolean(), nullable=False),
        sa.Column("pause_code", sa.String(40), nullable=True),
        sa.Column("pause_found", sa.String(200), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscriptions")),
        comment="channels that are told what changes; everything means every board",
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_subscriptions_server"), "subscriptions", ["server"])
    op.create_index(op.f("ix_subscriptions_channel"), "subscriptions", ["channel"])
    op.create_table(
        "told",
        sa.Column("subscription_id", sa.Integer(), nullable=False),
        sa.Column("board", sa.String(100), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("subscription_id", "board", name=op.f("pk_told")),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["subscriptions.id"],
            name=op.f("fk_told_subscription_id_subscriptions"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshots.id"], name=op.f("fk_told_snapshot_id_snapshots"), ondelete="SET NULL"
        ),
        comment="the boards of each subscription, and the content of each that was told last",
    )
    op.create_table(
        "live_boards",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("server", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("board", sa.String(100), nullable=False),
        sa.Column("dimension", sa.String(200), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(20), nullable=False),
        sa.Column("message", sa.BigInteger(), nullable=True),
        sa.Column("pause_code", sa.String(40), nullable=True),
        sa.Column("pause_found", sa.String(200), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_boards")),
        sa.UniqueConstraint(
            "channel", "board", "dimension", name=op.f("uq_live_boards_channel_board_dimension")
        ),
        comment="messages that always show the first of a board",
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_live_boards_server"), "live_boards", ["server"])
    op.create_index(op.f("ix_live_boards_message"), "live_boards", ["message"])
    op.create_table(
        "watches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user", sa.BigInteger(), nullable=False),
        sa.Column("model_id", sa.Integer(), nullable=False),
        sa.Column("board", sa.String(100), nullable=True),
        sa.Column("occasion", sa.String(20), nullable=False),
        sa.Column("top", sa.Integer(), nullable=False),
        sa.Column("server", sa.BigInteger(), nullable=True),
        sa.Column("channel", sa.BigInteger(), nullable=True),
        sa.Column("language", sa.String(20), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watches")),
        sa.ForeignKeyConstraint(["model_id"], ["models.id"], name=op.f("fk_watches_model_id_models")),
        comment="what persons want to hear of a model",
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_watches_user"), "watches", ["user"])
    op.create_index(op.f("ix_watches_model_id"), "watches", ["model_id"])
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("subject", sa.BigInteger(), nullable=False),
        sa.Column("slot", sa.String(100), nullable=False),
        sa.Column("nonce", sa.String(25), nullable=False),
        sa.Column("due", UtcDateTime(), nullable=False),
        sa.Column("expires", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("content", sa.JSON(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("tried_at", UtcDateTime(), nullable=True),
        sa.Column("claimed_at", UtcDateTime(), nullable=True),
        sa.Column("claimed_by", sa.String(40), nullable=True),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.Column("message", sa.BigInteger(), nullable=True),
        sa.Column("code", sa.String(40), nullable=True),
        sa.Column("found", sa.String(200), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("kind", "subject", "slot", name=op.f("uq_deliveries_kind_subject_slot")),
        comment="posts: planned with the news, claimed, and then sent, quiet, late or failed",
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_deliveries_state_due"), "deliveries", ["state", "due"])


def downgrade() -> None:
    for table in ("deliveries", "watches", "live_boards", "told", "subscriptions"):
        op.drop_table(table)
