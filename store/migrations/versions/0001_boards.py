"""Boards, names, snapshots, sightings, entries and standings; nicknames and renames."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "boards",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_boards")),
        sa.UniqueConstraint("key", name=op.f("uq_boards_key")),
    )
    op.create_table(
        "dimensions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dimensions")),
        sa.UniqueConstraint("key", name=op.f("uq_dimensions_key")),
    )
    op.create_table(
        "facts",
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_facts")),
        comment="what the installation knows of itself, such as which seeds it has read",
    )
    op.create_table(
        "models",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("family", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_models")),
        sa.UniqueConstraint("key", name=op.f("uq_models_key")),
    )
    op.create_table(
        "terms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_terms")),
        sa.UniqueConstraint("text", name=op.f("uq_terms_text")),
    )
    op.create_table(
        "aliases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("server", sa.BigInteger(), nullable=False),
        sa.Column("folded", sa.String(length=200), nullable=False),
        sa.Column("typed", sa.String(length=200), nullable=False),
        sa.Column("model_id", sa.Integer(), nullable=False),
        sa.Column("added_by", sa.BigInteger(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["model_id"], ["models.id"], name=op.f("fk_aliases_model_id_models")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aliases")),
        sa.UniqueConstraint("server", "folded", name=op.f("uq_aliases_server_folded")),
        comment="names that one Discord server gave to models; they count there only",
        sqlite_autoincrement=True,
    )
    op.create_table(
        "names",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("model_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["model_id"], ["models.id"], name=op.f("fk_names_model_id_models")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_names")),
        sa.UniqueConstraint("text", name=op.f("uq_names_text")),
    )
    op.create_index(op.f("ix_names_model_id"), "names", ["model_id"], unique=False)
    op.create_table(
        "snapshots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("dimension_id", sa.Integer(), nullable=False),
        sa.Column("top", sa.Integer(), nullable=True),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f("fk_snapshots_board_id_boards")),
        sa.ForeignKeyConstraint(
            ["dimension_id"], ["dimensions.id"], name=op.f("fk_snapshots_dimension_id_dimensions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshots")),
        sa.UniqueConstraint("board_id", "digest", name=op.f("uq_snapshots_board_id_digest")),
        comment="the rows of a board, identified by their content",
    )
    op.create_table(
        "entries",
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.Column("license_id", sa.Integer(), nullable=True),
        sa.Column("cutoff_id", sa.Integer(), nullable=True),
        sa.Column("url_id", sa.Integer(), nullable=True),
        sa.Column("price_input", sa.Float(), nullable=True),
        sa.Column("price_output", sa.Float(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("size", sa.Float(), nullable=True),
        sa.Column("context", sa.Integer(), nullable=True),
        sa.Column("flags", sa.String(length=200), nullable=False),
        sa.Column("extras", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["cutoff_id"], ["terms.id"], name=op.f("fk_entries_cutoff_id_terms")),
        sa.ForeignKeyConstraint(["license_id"], ["terms.id"], name=op.f("fk_entries_license_id_terms")),
        sa.ForeignKeyConstraint(["name_id"], ["names.id"], name=op.f("fk_entries_name_id_names")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["terms.id"], name=op.f("fk_entries_organization_id_terms")
        ),
        sa.ForeignKeyConstraint(
            ["snapshot_id"],
            ["snapshots.id"],
            name=op.f("fk_entries_snapshot_id_snapshots"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["url_id"], ["terms.id"], name=op.f("fk_entries_url_id_terms")),
        sa.PrimaryKeyConstraint("snapshot_id", "position", name=op.f("pk_entries")),
    )
    op.create_index(
        op.f("ix_entries_name_id_snapshot_id"), "entries", ["name_id", "snapshot_id"], unique=False
    )
    op.create_table(
        "renames",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("older_id", sa.Integer(), nullable=False),
        sa.Column("newer_id", sa.Integer(), nullable=False),
        sa.Column("older_score", sa.Float(), nullable=False),
        sa.Column("newer_score", sa.Float(), nullable=False),
        sa.Column("older_votes", sa.Integer(), nullable=False),
        sa.Column("newer_votes", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f("fk_renames_board_id_boards")),
        sa.ForeignKeyConstraint(["newer_id"], ["names.id"], name=op.f("fk_renames_newer_id_names")),
        sa.ForeignKeyConstraint(["older_id"], ["names.id"], name=op.f("fk_renames_older_id_names")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_renames")),
        sa.UniqueConstraint("older_id", "newer_id", name=op.f("uq_renames_older_id_newer_id")),
        comment="names that a board seems to have exchanged; accepted is NULL until a person decides",
    )
    op.create_table(
        "sightings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(length=2000), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f("fk_sightings_board_id_boards")),
        sa.ForeignKeyConstraint(
            ["snapshot_id"],
            ["snapshots.id"],
            name=op.f("fk_sightings_snapshot_id_snapshots"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sightings")),
        sa.UniqueConstraint(
            "board_id", "at", "snapshot_id", name=op.f("uq_sightings_board_id_at_snapshot_id")
        ),
        comment="each time stamp under which a snapshot was issued; the newest is what a board says today",
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_sightings_board_id_at_read_at"), "sightings", ["board_id", "at", "read_at"], unique=False
    )
    op.create_index(op.f("ix_sightings_snapshot_id"), "sightings", ["snapshot_id"], unique=False)
    op.create_table(
        "standings",
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("dimension_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("rank_style_control", sa.Integer(), nullable=True),
        sa.Column("best", sa.Integer(), nullable=True),
        sa.Column("worst", sa.Integer(), nullable=True),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("low", sa.Float(), nullable=True),
        sa.Column("high", sa.Float(), nullable=True),
        sa.Column("votes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["dimension_id"], ["dimensions.id"], name=op.f("fk_standings_dimension_id_dimensions")
        ),
        sa.ForeignKeyConstraint(
            ["snapshot_id"],
            ["snapshots.id"],
            name=op.f("fk_standings_snapshot_id_snapshots"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("snapshot_id", "dimension_id", "position", name=op.f("pk_standings")),
    )
    op.create_index(
        op.f("ix_standings_snapshot_id_dimension_id_score"),
        "standings",
        ["snapshot_id", "dimension_id", "score"],
        unique=False,
    )
