"""Alembic's environment script: it runs the revisions, or prints them as SQL.

The connection is the attribute of that name of Alembic's configuration; for SQL there is none.
https://alembic.sqlalchemy.org/en/latest/tutorial.html#the-migration-environment
"""

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
