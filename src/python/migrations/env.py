"""Alembic's environment: what it runs, on the connection that the commands hand over, or as SQL."""

from alembic import context

from migrations.comparison import COMPARED, METADATA

context.configure(
    connection=context.config.attributes.get("connection"),
    dialect_name="postgresql",
    target_metadata=METADATA,
    transaction_per_migration=True,
    **COMPARED,
)
with context.begin_transaction():
    context.run_migrations()
