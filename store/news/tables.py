"""The tables of what people asked to be told and decided, and of what was delivered.

Boards and dimensions stand here by their keys of the catalogue, Discord's objects by their ids.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from store.schema import UtcDateTime
from store.schema import metadata as metadata

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("server", BigInteger, nullable=False, index=True),
    Column("channel", BigInteger, nullable=False, index=True),
    Column("created_by", BigInteger, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("everything", Boolean, nullable=False),
    Column("rhythm", String(10), nullable=False),
    Column("minute", Integer, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("weekday", Integer, nullable=False),
    Column("top", Integer, nullable=True),
    Column("vendors", JSON, nullable=False),
    Column("open_only", Boolean, nullable=False),
    Column("importance", Integer, nullable=False),
    Column("language", String(20), nullable=False),
    Column("role", BigInteger, nullable=True),
    Column("thread", Boolean, nullable=False),
    Column("publish", Boolean, nullable=False),
    Column("quiet", Boolean, nullable=False),
    Column("pause_code", String(40), nullable=True),
    Column("pause_found", String(200), nullable=True),
    sqlite_autoincrement=True,  # an id is part of what tells one post from another, for ever
    comment="channels that are told what changes; everything means every board",
)

told = Table(
    "told",
    metadata,
    Column("subscription_id", ForeignKey("subscriptions.id", ondelete="CASCADE"), primary_key=True),
    Column("board", String(100), primary_key=True),
    Column("snapshot_id", ForeignKey("snapshots.id", ondelete="SET NULL"), nullable=True),
    comment="the boards of each subscription, and the content of each that was told last",
)

live_boards = Table(
    "live_boards",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("server", BigInteger, nullable=False, index=True),
    Column("channel", BigInteger, nullable=False),
    Column("created_by", BigInteger, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("board", String(100), nullable=False),
    Column("dimension", String(200), nullable=False),
    Column("shown", Integer, nullable=False),
    Column("language", String(20), nullable=False),
    Column("message", BigInteger, nullable=True, index=True),
    Column("pause_code", String(40), nullable=True),
    Column("pause_found", String(200), nullable=True),
    UniqueConstraint("channel", "board", "dimension"),
    sqlite_autoincrement=True,
    comment="messages that always show the first of a board",
)

watches = Table(
    "watches",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("user", BigInteger, nullable=False, index=True),
    Column("model_id", ForeignKey("models.id"), nullable=False, index=True),
    Column("board", String(100), nullable=True),
    Column("occasion", String(20), nullable=False),
    Column("top", Integer, nullable=False),
    Column("server", BigInteger, nullable=True),
    Column("channel", BigInteger, nullable=True),
    Column("language", String(20), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,
    comment="what persons want to hear of a model",
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(10), nullable=False),
    Column("subject", BigInteger, nullable=False),
    Column("slot", String(100), nullable=False),
    Column("nonce", String(25), nullable=False),
    Column("due", UtcDateTime, nullable=False),
    Column("expires", UtcDateTime, nullable=False),
    Column("state", String(10), nullable=False),
    Column("content", JSON, nullable=True),
    Column("tries", Integer, nullable=False),
    Column("tried_at", UtcDateTime, nullable=True),
    Column("claimed_at", UtcDateTime, nullable=True),
    Column("claimed_by", String(40), nullable=True),
    Column("done_at", UtcDateTime, nullable=True),
    Column("message", BigInteger, nullable=True),
    Column("code", String(40), nullable=True),
    Column("found", String(200), nullable=True),
    UniqueConstraint("kind", "subject", "slot"),
    Index(None, "state", "due"),
    sqlite_autoincrement=True,
    comment="posts: planned with the news, claimed, and then sent, quiet, late or failed",
)

preferences = Table(
    "preferences",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("server", BigInteger, nullable=False),
    Column("channel", BigInteger, nullable=False),
    Column("language", String(20), nullable=True),
    Column("board", String(100), nullable=True),
    Column("private", Boolean, nullable=True),
    Column("zone", String(64), nullable=True),
    Column("changed_by", BigInteger, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    UniqueConstraint("server", "channel"),
    sqlite_autoincrement=True,  # a row is never changed, so that what is new is told by its id
    comment="what servers (channel 0) and channels decided about answers; NULL is undecided",
)
