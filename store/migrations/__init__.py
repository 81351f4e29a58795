"""Alembic migrations, run from code: `store.database.upgrade`."""

HEAD = "0004"
"""The newest revision, so that an up-to-date database opens without loading Alembic."""
