"""What the models are, and how a database is compared with them."""

from typing import Any

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection

from connect4_models.schema import Base

# All that is in another module of connect4_models has to be imported here to be seen.
METADATA = Base.metadata

# Alembic's own options, for `revision` as for `check`.
COMPARED: dict[str, Any] = {"compare_type": True, "compare_server_default": True}


def differences(connection: Connection) -> list[str]:
    """What a revision would have to do for the database to be what the models say, a line each."""
    context = MigrationContext.configure(connection, opts=COMPARED)
    operations = produce_migrations(context, METADATA).upgrade_ops
    if operations is None or operations.is_empty():
        return []
    code = render_python_code(operations, migration_context=context)
    lines = (line.strip() for line in code.splitlines())
    return [line for line in lines if line and not line.startswith("#")]
