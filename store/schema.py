"""The tables of the database.

One `snapshots` row is one content of one board, and `sightings` tell when that content was issued.
Each of its `entries` is one line of the page, and each entry has one `standings` row a dimension: the
board's main score and every domain alike. Names and other words that every day repeats are kept once,
in `names` and `terms`.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time in UTC, also on SQLite, which keeps no zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware time into UTC; a naive one is a mistake of ours."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(value)
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back that SQLite dropped."""
        return value if value is None or value.tzinfo else value.replace(tzinfo=UTC)


UNDATED = datetime(1970, 1, 1, tzinfo=UTC)
"""The time of a page without a date: any dated page of the same board is newer."""

facts = Table(
    "facts",
    metadata,
    Column("key", String(100), primary_key=True),
    Column("value", Text, nullable=False),
    comment="what the installation knows of itself, such as which seeds it has read",
)

boards = Table(
    "boards",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(100), nullable=False, unique=True),
)

dimensions = Table(
    "dimensions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(200), nullable=False, unique=True),
    Column("label", String(200), nullable=False),
    Column("unit", String(20), nullable=False),
)

models = Table(
    "models",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(300), nullable=False, unique=True),
    Column("family", String(300), nullable=False),
)

names = Table(
    "names",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("text", String(300), nullable=False, unique=True),
    Column("model_id", ForeignKey("models.id"), nullable=False, index=True),
)

terms = Table(
    "terms",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("text", String(2000), nullable=False, unique=True),
)

snapshots = Table(
    "snapshots",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("board_id", ForeignKey("boards.id"), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("dimension_id", ForeignKey("dimensions.id"), nullable=False),
    Column("top", Integer, nullable=True),
    Column("rows", Integer, nullable=False),
    Column("origin", String(20), nullable=True),
    Column("method", String(20), nullable=True),
    Column("headings", JSON, nullable=True),  # of its score and measures, as printed
    UniqueConstraint("board_id", "digest"),
    comment="the rows of a board, identified by their content",
)

sightings = Table(
    "sightings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("board_id", ForeignKey("boards.id"), nullable=False),
    Column("snapshot_id", ForeignKey("snapshots.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    Column("read_at", UtcDateTime, nullable=False),
    Column("source", String(2000), nullable=False),
    UniqueConstraint("board_id", "at", "snapshot_id"),
    Index(None, "board_id", "at", "read_at"),
    sqlite_autoincrement=True,  # ids tell what is new, so none is ever used twice
    comment="each time stamp under which a snapshot was issued; the newest is what a board says today",
)

entries = Table(
    "entries",
    metadata,
    Column("snapshot_id", ForeignKey("snapshots.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("name_id", ForeignKey("names.id"), nullable=False),
    Column("organization_id", ForeignKey("terms.id"), nullable=True),
    Column("license_id", ForeignKey("terms.id"), nullable=True),
    Column("cutoff_id", ForeignKey("terms.id"), nullable=True),
    Column("url_id", ForeignKey("terms.id"), nullable=True),
    Column("price_input", Float, nullable=True),
    Column("price_output", Float, nullable=True),
    Column("currency", String(3), nullable=True),
    Column("size", Float, nullable=True),
    Column("context", Integer, nullable=True),
    Column("flags", String(200), nullable=False),
    Column("extras", JSON, nullable=True),
    Index(None, "name_id", "snapshot_id"),
)

standings = Table(
    "standings",
    metadata,
    Column("snapshot_id", ForeignKey("snapshots.id", ondelete="CASCADE"), primary_key=True),
    Column("dimension_id", ForeignKey("dimensions.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("rank", Integer, nullable=True),
    Column("rank_style_control", Integer, nullable=True),
    Column("best", Integer, nullable=True),
    Column("worst", Integer, nullable=True),
    Column("score", Float, nullable=True),
    Column("low", Float, nullable=True),
    Column("high", Float, nullable=True),
    Column("votes", Integer, nullable=True),
    Index(None, "snapshot_id", "dimension_id", "score"),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("board_id", ForeignKey("boards.id"), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("read_at", UtcDateTime, nullable=False),
    Column("source", String(2000), nullable=False),
    Column("rows", Integer, nullable=False),
    Column("code", String(40), nullable=False),
    Column("found", String(2000), nullable=False),
    Column("content", Text, nullable=False),
    Column("accepted", Boolean, nullable=True),
    UniqueConstraint("board_id", "digest"),
    comment="tables that the gate held back, whole; accepted is NULL until a person decides",
)

fetches = Table(
    "fetches",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("board_id", ForeignKey("boards.id"), nullable=False),
    Column("upstream", String(100), nullable=False),
    Column("name", String(300), nullable=False),
    Column("tried_at", UtcDateTime, nullable=False),
    Column("succeeded_at", UtcDateTime, nullable=True),
    Column("code", String(40), nullable=True),
    Column("found", String(2000), nullable=True),
    Column("address", String(2000), nullable=True),
    Column("etag", String(300), nullable=True),
    Column("modified", String(100), nullable=True),
    Column("through", UtcDateTime, nullable=True),
    Column("not_before", UtcDateTime, nullable=True),
    UniqueConstraint("board_id", "upstream", "name"),
    comment="the last try and the last success of each source; through is how far its history was read",
)

aliases = Table(
    "aliases",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("server", BigInteger, nullable=False),
    Column("folded", String(200), nullable=False),
    Column("typed", String(200), nullable=False),
    Column("model_id", ForeignKey("models.id"), nullable=False),
    Column("added_by", BigInteger, nullable=False),
    Column("added_at", UtcDateTime, nullable=False),
    UniqueConstraint("server", "folded"),
    sqlite_autoincrement=True,  # so that a name that took another's place is told by its id
    comment="names that one Discord server gave to models; they count there only",
)

renames = Table(
    "renames",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("board_id", ForeignKey("boards.id"), nullable=False),
    Column("older_id", ForeignKey("names.id"), nullable=False),
    Column("newer_id", ForeignKey("names.id"), nullable=False),
    Column("older_score", Float, nullable=False),
    Column("newer_score", Float, nullable=False),
    Column("older_votes", Integer, nullable=False),
    Column("newer_votes", Integer, nullable=False),
    Column("accepted", Boolean, nullable=True),
    UniqueConstraint("older_id", "newer_id"),
    comment="names that a board seems to have exchanged; accepted is NULL until a person decides",
)
