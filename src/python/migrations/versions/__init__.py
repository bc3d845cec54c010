"""The revisions, each a module that Alembic loads."""
