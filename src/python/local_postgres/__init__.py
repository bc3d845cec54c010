"""A PostgreSQL that is started and stopped with the program that needs it."""

from local_postgres.errors import LocalPostgresError, OtherMajorVersionError
from local_postgres.supervisor import LocalPostgres

__all__ = ["LocalPostgres", "LocalPostgresError", "OtherMajorVersionError"]
