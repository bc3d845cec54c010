"""What the models are, and how a database is compared with them."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.runtime.migration import MigrationContext
from sqlalchemy.exc import SAWarning

from connect4_models.schema import Base

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection
    from sqlalchemy.schema import SchemaItem

# A model in another module of connect4_models is seen only if that module is imported here.
METADATA = Base.metadata
"""The tables that the revisions have to make."""

COMPARED: dict[str, Any] = {"compare_type": True, "compare_server_default": True}
"""Alembic's options for every comparison: types and server defaults count, too."""


def differences(connection: Connection) -> list[str]:
    """What a revision would have to do for the database to be what the models say.

    Each item is a line of Alembic's Python (https://alembic.sqlalchemy.org/en/latest/ops.html);
    none means that nothing is missing or different. What the database has beyond the models is not
    looked at: an extension's tables, an administrator's index.
    """
    context = MigrationContext.configure(
        connection,
        opts={**COMPARED, "include_name": _is_known, "include_object": _is_in_the_models},
    )
    with warnings.catch_warnings():
        # Of a column that is not the models'.
        warnings.filterwarnings("ignore", "Did not recognize type", SAWarning)
        operations = produce_migrations(context, METADATA).upgrade_ops
    if operations is None or operations.is_empty():
        return []
    code = render_python_code(operations, migration_context=context)
    lines = (line.strip() for line in code.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def _is_known(name: str | None, kind: str, _parents: Mapping[str, str | None]) -> bool:
    """Whether Alembic reads the table NAME at all: others may have types that it does not know."""
    return kind != "table" or name in METADATA.tables


def _is_in_the_models(
    _item: SchemaItem, _name: str | None, _kind: str, reflected: bool, model: SchemaItem | None
) -> bool:
    """Whether the item is the models' (not REFLECTED), or has a counterpart there."""
    return not reflected or model is not None
