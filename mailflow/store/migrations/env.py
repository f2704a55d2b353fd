"""Alembic's entrance: runs on the connection the store hands over."""

from alembic import context
from sqlmodel import SQLModel

import mailflow.store.tables

assert mailflow.store.tables.Setting.metadata is SQLModel.metadata  # noqa: S101 - the import registers the tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
