"""Alembic migrations, run from code: `store.database.upgrade`."""

HEAD = "0001"
"""The newest revision, so that an up-to-date database opens without loading Alembic."""
