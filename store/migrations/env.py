"""Run by Alembic: apply the revisions over the connection that `store.database.upgrade` opened."""

from alembic import context

from store.news import tables

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=tables.metadata,
    render_as_batch=connection.dialect.name == "sqlite",  # SQLite alters a table by copying it
)
with context.begin_transaction():
    context.run_migrations()
