"""Gives a database, and all objects in it, to one role, which can then change the schema."""

from __future__ import annotations

from psycopg2 import sql

# Of what revisions make. A superuser's objects cannot be reassigned at once: REASSIGN OWNED
# refuses those of the cluster's first role.
_GIVE_EVERYTHING = """
DO $$
DECLARE
    statement text;
BEGIN
    FOR statement IN
        SELECT format('ALTER TABLE %s OWNER TO {owner}', oid::regclass) FROM pg_class
            WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
        UNION ALL
        SELECT format('ALTER ROUTINE %s OWNER TO {owner}', oid::regprocedure) FROM pg_proc
            WHERE pronamespace = 'public'::regnamespace
    LOOP
        EXECUTE statement;
    END LOOP;
    ALTER DATABASE {database} OWNER TO {owner};
END $$
"""


def give_everything(database: str, owner: str) -> sql.Composed:
    """The statement that makes the role OWNER the owner of DATABASE and of what is in it.

    A superuser who is connected to DATABASE has to execute it. It succeeds or fails as a whole.
    """
    return sql.SQL(_GIVE_EVERYTHING).format(
        database=sql.Identifier(database), owner=sql.Identifier(owner)
    )
